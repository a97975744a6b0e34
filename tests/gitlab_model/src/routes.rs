//! Which requests the model knows, since which release, and who may send them.

use std::collections::BTreeMap;

use crate::api;
use crate::auth::{self, Caller};
use crate::core::Core;
use crate::http::{Request, decode};
use crate::profile::{Release, Tier};
use crate::reply::{Outcome, Reply};

/// Whose requests a route serves.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Access {
    /// Anyone's; the handler looks at credentials itself.
    Public,
    /// Those of tokens with one of these scopes.
    Scopes(&'static [&'static str]),
    /// Those of any access token.
    AnyScope,
    /// Those of a running job.
    Job,
}

/// Scopes that may read.
pub(crate) const READ: Access = Access::Scopes(&["api", "read_api"]);
/// Scopes that may write.
pub(crate) const WRITE: Access = Access::Scopes(&["api"]);

/// A method and a path, and what answers it.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// Segments that begin with `:` are parameters.
    pub(crate) path: &'static str,
    pub(crate) access: Access,
    /// The first release that has it.
    pub(crate) since: Release,
    /// The lowest tier that has it.
    pub(crate) tier: Tier,
    /// The fine-grained permission that it needs; empty: classic tokens only.
    pub(crate) permission: &'static str,
    pub(crate) run: fn(&mut Call<'_>) -> Outcome,
}

impl Route {
    /// Makes a route that all releases of the model have.
    pub(crate) const fn new(
        method: &'static str,
        path: &'static str,
        access: Access,
        run: fn(&mut Call<'_>) -> Outcome,
    ) -> Route {
        Route { method, path, access, since: (0, 0), tier: Tier::Free, permission: "", run }
    }

    /// Limits the route to a release and later ones.
    pub(crate) const fn since(mut self, major: u8, minor: u8) -> Route {
        self.since = (major, minor);
        self
    }

    /// Limits the route to a tier and higher ones.
    pub(crate) const fn tier(mut self, tier: Tier) -> Route {
        self.tier = tier;
        self
    }

    /// Lets fine-grained tokens with this permission in.
    pub(crate) const fn granted(mut self, permission: &'static str) -> Route {
        self.permission = permission;
        self
    }
}

/// One request on its way through a handler.
pub(crate) struct Call<'a> {
    pub(crate) core: &'a mut Core,
    pub(crate) request: &'a Request,
    pub(crate) caller: Caller,
    parameters: BTreeMap<&'static str, String>,
}

impl Call<'_> {
    /// Returns a segment of the path, decoded.
    pub(crate) fn segment(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// Returns a number of the path.
    pub(crate) fn number(&self, name: &'static str) -> Result<u64, Reply> {
        let text = self.segment(name);
        text.parse().map_err(|_| Reply::parameter(&format!("{name} is invalid")))
    }

    /// Returns a parameter that has to be there.
    pub(crate) fn required(&self, name: &str) -> Result<String, Reply> {
        let text = self.request.text(name).filter(|text| !text.is_empty());
        text.ok_or_else(|| Reply::parameter(&format!("{name} is missing")))
    }

    /// Returns a parameter that is true or false.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        match self.request.text(name)?.as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }
}

/// Returns all routes.
pub(crate) fn all() -> impl Iterator<Item = &'static Route> {
    api::TABLES.iter().flat_map(|table| table.iter())
}

/// Finds the route of a path; of several, that with the most fixed segments.
fn find(core: &Core, method: &str, path: &str) -> Option<(&'static Route, Vec<String>)> {
    let segments: Vec<&str> = path.split('/').collect();
    let fits = |route: &&Route| {
        let fixed = |(own, segment): (&str, &&str)| own.starts_with(':') || own == *segment;
        route.method == method
            && core.release >= route.since
            && route.path.split('/').count() == segments.len()
            && route.path.split('/').zip(&segments).all(fixed)
    };
    let route = all().filter(fits).min_by_key(|route| route.path.matches(':').count())?;
    let values = route.path.split('/').zip(&segments);
    let values = values.filter(|(own, _)| own.starts_with(':'));
    Some((route, values.map(|(_, segment)| decode(segment)).collect()))
}

/// Answers a request. The path is below the path of the installation.
pub(crate) fn answer(core: &mut Core, request: &Request, path: &str) -> (Reply, &'static str) {
    let Some((route, values)) = find(core, &request.method, path) else {
        let reply = if path.starts_with("/api/") {
            Reply::no_route()
        } else {
            Reply::html(404, "The page could not be found or you don't have permission to view it.")
        };
        return (reply, "");
    };
    let names = route.path.split('/').filter_map(|segment| segment.strip_prefix(':'));
    let parameters = names.zip(values).collect();
    let outcome = auth::check(core, request, route, path).and_then(|caller| {
        if core.tier < route.tier {
            return Err(Reply::forbidden());
        }
        (route.run)(&mut Call { core, request, caller, parameters })
    });
    (outcome.unwrap_or_else(|reply| reply), route.path)
}
