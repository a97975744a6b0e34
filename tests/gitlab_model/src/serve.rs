//! Listens, reads requests, answers them, or lets them fail as a fault says.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::control;
use crate::core::{Core, Quirks};
use crate::faults::{Fault, FaultKind};
use crate::http::{Reader, Request};
use crate::openapi;
use crate::reply::Reply;
use crate::routes;
use crate::secrets::hex;
use crate::tls::Tls;

/// One request as the model logged it: no values of headers, no body.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Logged {
    /// The method.
    pub method: String,
    /// The path, as it was sent.
    pub path: String,
    /// The query, as it was sent.
    pub query: String,
    /// The names of the headers, in lower case.
    pub headers: Vec<String>,
    /// SHA-256 of the body, in hex; of no bytes where there was none.
    pub body_sha256: String,
    /// Which connection it came by, counted from 1.
    pub connection: u64,
    /// The status of the answer, also of one that was not sent; 0 where nothing was done.
    pub status: u16,
}

/// What all connections share.
pub(crate) struct Shared {
    pub(crate) core: Mutex<Core>,
    pub(crate) faults: Mutex<Vec<Fault>>,
    pub(crate) log: Mutex<Vec<Logged>>,
    pub(crate) violations: Mutex<BTreeSet<String>>,
    pub(crate) stopping: AtomicBool,
    pub(crate) connections: Mutex<Vec<TcpStream>>,
    pub(crate) tls: Option<Tls>,
    pub(crate) root: String,
    counter: AtomicU64,
}

/// Locks, also after another thread panicked with the lock: each change is whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub(crate) fn new(core: Core, faults: Vec<Fault>, tls: Option<Tls>) -> Shared {
        Shared {
            root: core.instance.relative_url_root.clone(),
            core: Mutex::new(core),
            faults: Mutex::new(faults),
            log: Mutex::default(),
            violations: Mutex::default(),
            stopping: AtomicBool::new(false),
            connections: Mutex::default(),
            tls,
            counter: AtomicU64::new(0),
        }
    }
}

/// Accepts connections until the model stops; each has a thread.
pub(crate) fn listen(shared: &Arc<Shared>, listener: &TcpListener) {
    for stream in listener.incoming() {
        if shared.stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let number = shared.counter.fetch_add(1, Ordering::SeqCst) + 1;
        if let Ok(copy) = stream.try_clone() {
            lock(&shared.connections).push(copy);
        }
        let shared = Arc::clone(shared);
        std::thread::spawn(move || {
            // A connection that fails is the peer's affair.
            let _ = connection(&shared, stream, number);
        });
    }
}

fn connection(shared: &Shared, stream: TcpStream, number: u64) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let raw = stream.try_clone()?;
    let result = match &shared.tls {
        Some(tls) => requests(shared, &mut tls.accept(stream)?, &raw, number),
        None => requests(shared, &mut { stream }, &raw, number),
    };
    let peer = raw.peer_addr().ok();
    lock(&shared.connections).retain(|copy| copy.peer_addr().ok() != peer);
    // A reset is sent when the last copy is closed; a shutdown before would end it in order.
    let reset = matches!(&result, Err(error) if error.kind() == io::ErrorKind::ConnectionReset);
    if !reset {
        let _ = raw.shutdown(Shutdown::Both);
    }
    result
}

fn requests<S: Read + Write>(
    shared: &Shared,
    stream: &mut S,
    raw: &TcpStream,
    number: u64,
) -> io::Result<()> {
    let mut reader = Reader::new();
    loop {
        let mut request = match reader.next(stream) {
            Ok(Some(request)) => request,
            Ok(None) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return send(stream, &Reply::plain(400, "Bad Request\n"), true);
            }
            Err(error) => return Err(error),
        };
        request.connection = number;
        let close = request.header("connection").is_some_and(|value| value == "close");
        let goes_on = match request.path.strip_prefix("/-/model/") {
            Some(rest) => {
                let reply = control::answer(shared, &request, rest);
                send(stream, &reply, close)?;
                true
            }
            None => exchange(shared, &request, stream, raw, close)?,
        };
        if close || !goes_on {
            return Ok(());
        }
    }
}

/// Does the work of one request and delivers the answer. Returns whether the connection goes on.
fn exchange<S: Write>(
    shared: &Shared,
    request: &Request,
    stream: &mut S,
    raw: &TcpStream,
    close: bool,
) -> io::Result<bool> {
    let mut faults = lock(&shared.faults);
    let struck = faults
        .iter_mut()
        .filter_map(|fault| fault.strikes(&request.method, &request.path).then(|| fault.clone()));
    let struck: Vec<Fault> = struck.collect();
    drop(faults);
    let delivery = struck.iter().find(|fault| !is_quirk(fault.kind));
    if let Some(fault) = delivery {
        match fault.kind {
            FaultKind::Instead(_) => {
                let reply = fault.instead().unwrap_or_else(|| Reply::empty(500));
                log(shared, request, reply.status);
                send(stream, &reply, close)?;
                return Ok(true);
            }
            FaultKind::CutBefore | FaultKind::ResetBefore | FaultKind::StallBefore => {
                log(shared, request, 0);
                return lose(shared, raw, fault);
            }
            _ => {}
        }
    }
    let reply = work(shared, request, &struck);
    log(shared, request, reply.status);
    match delivery {
        Some(fault) => deliver(shared, stream, raw, &reply, fault),
        None => send(stream, &reply, close).map(|()| true),
    }
}

fn is_quirk(kind: FaultKind) -> bool {
    use FaultKind::{LinkForeign, NoTotals, RowsInserted, RowsRemoved};
    matches!(kind, LinkForeign | NoTotals | RowsInserted | RowsRemoved)
}

/// Does the work of a request under the lock.
fn work(shared: &Shared, request: &Request, struck: &[Fault]) -> Reply {
    let has = |kind| struck.iter().any(|fault| fault.kind == kind);
    let quirks = Quirks {
        foreign_links: has(FaultKind::LinkForeign),
        no_totals: has(FaultKind::NoTotals),
        insert_row: has(FaultKind::RowsInserted),
        remove_row: has(FaultKind::RowsRemoved),
    };
    let Some(path) = request.path.strip_prefix(shared.root.as_str()) else {
        return Reply::html(404, "404 Not Found");
    };
    let mut core = lock(&shared.core);
    core.quirks = quirks;
    let (mut reply, route) = routes::answer(&mut core, request, path);
    let found = openapi::violations(&request.method, route, &reply);
    lock(&shared.violations).extend(found);
    if core.instance.rate_headers {
        reply = reply
            .with("RateLimit-Limit", "7200")
            .with("RateLimit-Name", "throttle_authenticated_api")
            .with("RateLimit-Observed", "1")
            .with("RateLimit-Remaining", "7199")
            .with("RateLimit-Reset", &(jiff::Timestamp::now().as_second() + 60).to_string());
    }
    reply
}

fn log(shared: &Shared, request: &Request, status: u16) {
    lock(&shared.log).push(Logged {
        method: request.method.clone(),
        path: request.path.clone(),
        query: request.query.clone(),
        headers: request.headers.iter().map(|(name, _)| name.clone()).collect(),
        body_sha256: hex(&Sha256::digest(&request.body)),
        connection: request.connection,
        status,
    });
}

fn send(stream: &mut impl Write, reply: &Reply, close: bool) -> io::Result<()> {
    let (head, body) = reply.bytes(close);
    stream.write_all(&[head, body].concat())?;
    stream.flush()
}

/// Ends a connection without an answer. Always returns `false`: it does not go on.
fn lose(shared: &Shared, raw: &TcpStream, fault: &Fault) -> io::Result<bool> {
    match fault.kind {
        FaultKind::StallBefore => wait(shared, fault.stall),
        FaultKind::ResetBefore | FaultKind::ResetAfter => {
            // Closing with no time to linger sends a reset; all copies have to be closed.
            socket2::SockRef::from(raw).set_linger(Some(Duration::ZERO))?;
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        _ => {}
    }
    Ok(false)
}

/// Delivers an answer as a fault says, after the work is done.
fn deliver<S: Write>(
    shared: &Shared,
    stream: &mut S,
    raw: &TcpStream,
    reply: &Reply,
    fault: &Fault,
) -> io::Result<bool> {
    let (head, body) = reply.bytes(false);
    match fault.kind {
        FaultKind::CutAfter => Ok(false),
        FaultKind::ResetAfter => lose(shared, raw, fault),
        FaultKind::HalfHeaders => {
            stream.write_all(&head[..head.len() / 2])?;
            stream.flush().map(|()| false)
        }
        FaultKind::HalfBody | FaultKind::StallBody => {
            stream.write_all(&head)?;
            stream.write_all(&body[..body.len() / 2])?;
            stream.flush()?;
            if fault.kind == FaultKind::StallBody {
                wait(shared, fault.stall);
            }
            Ok(false)
        }
        FaultKind::StallAfter => {
            wait(shared, fault.stall);
            send(stream, reply, true).map(|()| false)
        }
        FaultKind::BadGatewayAfter => {
            send(stream, &Reply::html(502, "502 Bad Gateway"), true).map(|()| false)
        }
        FaultKind::Slow => {
            for byte in head.iter().chain(&body) {
                stream.write_all(&[*byte])?;
                stream.flush()?;
                std::thread::sleep(Duration::from_millis(1));
            }
            Ok(true)
        }
        FaultKind::Endless => endless(shared, stream),
        FaultKind::BrokenJson => {
            let half = body.len() / 2;
            let broken = Reply { body: body[..half].to_vec(), ..reply.clone() };
            send(stream, &broken, false).map(|()| true)
        }
        _ => send(stream, reply, false).map(|()| true),
    }
}

/// Sends a JSON array that does not end, until the peer leaves.
fn endless(shared: &Shared, stream: &mut impl Write) -> io::Result<bool> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[1";
    stream.write_all(head.as_bytes())?;
    let part = ",1".repeat(4096);
    while !shared.stopping.load(Ordering::SeqCst) {
        stream.write_all(part.as_bytes())?;
    }
    Ok(false)
}

/// Waits, but not longer than the model runs.
fn wait(shared: &Shared, time: Duration) {
    let start = Instant::now();
    while start.elapsed() < time && !shared.stopping.load(Ordering::SeqCst) {
        std::thread::sleep(Duration::from_millis(10));
    }
}
