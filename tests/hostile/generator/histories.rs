//! Repositories that lie, repeat themselves and break off.

use std::fs;

use super::super::make::pack::{MULTI_HEAD, Pack, Part, chunk, with_change};
use super::super::make::store::{FILE, FOLDER, Id, MODULE, commit_of, deflated, tag_of, tree_of};
use super::super::sandbox::{Limits, fifo, give_away, is_root};
use super::super::scene::{Look, Scene};
use super::{FORMATS, ODD_NAMES, all_seeds, hostile_configuration, one_of, with_secret};
use crate::support::tokens::Random;

/// Objects to come, and what they lead to.
struct History {
    scene: Scene,
    planted: Vec<String>,
    objects: Vec<(Id, &'static str, Vec<u8>)>,
    head: Id,
    is_packed: bool,
}

impl History {
    /// A few commits with files, some of them with secrets.
    fn new(random: &mut Random) -> Self {
        let scene = Scene::new();
        let head = scene.base;
        let mut history = Self {
            scene,
            planted: Vec::new(),
            objects: Vec::new(),
            head,
            is_packed: random.below(2) == 0,
        };
        for _ in 0..1 + random.below(4) {
            let text = match random.below(3) {
                0 => b"harmless\n".to_vec(),
                _ => with_secret(random, &mut history.planted).into_bytes(),
            };
            let blob = history.add("blob", text);
            let inner = history.add("tree", tree_of(&[(FILE, b"f", blob)]));
            history.commit(&[(FILE, b"a", blob), (FOLDER, b"d", inner)]);
        }
        history
    }

    fn add(&mut self, kind: &'static str, data: Vec<u8>) -> Id {
        let id = Id::of(kind, &data);
        self.add_as(id, kind, data);
        id
    }

    fn add_as(&mut self, id: Id, kind: &'static str, data: Vec<u8>) {
        if self.objects.iter().all(|(other, _, _)| *other != id) {
            self.objects.push((id, kind, data));
        }
    }

    fn commit(&mut self, entries: &[(&str, &[u8], Id)]) {
        let tree = self.add("tree", tree_of(entries));
        let data = commit_of(tree, &[self.head], "next");
        self.head = self.add("commit", data);
    }

    /// A blob with a secret of its own.
    fn secret(&mut self, random: &mut Random) -> Id {
        let text = with_secret(random, &mut self.planted);
        self.add("blob", text.into_bytes())
    }

    /// Writes the objects, loose or as a pack.
    fn write(&self) {
        if !self.is_packed {
            self.objects
                .iter()
                .for_each(|(id, kind, data)| self.scene.store.put_as(*id, kind, data));
            return;
        }
        let parts: Vec<_> =
            self.objects.iter().map(|(_, kind, data)| Part::whole(kind, data.clone())).collect();
        let ids: Vec<_> = self.objects.iter().map(|(id, _, _)| *id).collect();
        Pack::of(&parts).write(&self.scene.store, &ids);
    }
}

type Twist = fn(&mut History, &mut Random);

/// What is put into the history.
const CONTENTS: [Twist; 9] = [
    |history, random| {
        let mut id = history.secret(random);
        let mut mode = FILE;
        for _ in 0..8 + random.below(4) {
            let names: Vec<Vec<u8>> = (0..10).map(|number| vec![b'a' + number]).collect();
            let rows: Vec<_> = names.iter().map(|name| (mode, name.as_slice(), id)).collect();
            id = history.add("tree", tree_of(&rows));
            mode = FOLDER;
        }
        history.commit(&[(FOLDER, b"bomb", id)]);
    },
    |history, random| {
        let [one, other] = [1, 2].map(|number| Id::invented(number + random.below(9) as u8 * 2));
        history.add_as(one, "tree", tree_of(&[(FOLDER, b"a", other), (FOLDER, b"b", one)]));
        history.add_as(other, "tree", tree_of(&[(FOLDER, b"a", one)]));
        history.commit(&[(FOLDER, b"circle", one)]);
    },
    |history, random| {
        let [one, other] = [101, 102].map(Id::invented);
        history.add_as(one, "tag", tag_of(other, "tag", "one"));
        history.add_as(
            other,
            "tag",
            tag_of(one, one_of(random, &["tag", "commit", "blob"]), "other"),
        );
        history.scene.store.refer("refs/tags/circle", one);
    },
    |history, random| {
        let modes = ["100664", "120000", "644", "0", "777777777777", "160000", "40000", "100000"];
        let blob = history.secret(random);
        // A submodule belongs to another repository.
        let mode = one_of(random, &modes);
        if mode == MODULE {
            history.commit(&[(FILE, b"it", blob), (mode, b"odd", blob)]);
        } else {
            history.commit(&[(mode, b"odd", blob)]);
        }
    },
    |history, random| {
        let names = [ODD_NAMES.as_slice(), &[b"..", b"", b".git", b"a/b", b"/etc"]].concat();
        let blob = history.secret(random);
        history.commit(&[(FILE, one_of(random, &names), blob)]);
    },
    |history, random| {
        // Entries out of order, and one name twice.
        let (one, other) = (history.secret(random), history.secret(random));
        history.commit(&[(FILE, b"z", one), (FILE, b"a", other), (FILE, b"z", other)]);
    },
    |history, random| {
        // A merge of many, most of which are not there.
        let tree = history.add("tree", Vec::new());
        let parents: Vec<_> =
            (0..random.below(6)).map(|number| Id::invented(50 + number as u8)).collect();
        let data = commit_of(tree, &[&[history.head], parents.as_slice()].concat(), "merge");
        history.head = history.add("commit", data);
    },
    |history, random| {
        let secret = with_secret(random, &mut history.planted).replace(['\n', '\r'], " ");
        let odd = [
            "a <b> 1 +0",
            "<>",
            "",
            "\u{1b}[31m <::error::> 99999999999999999999 +9999",
            "a\u{0}b",
        ];
        let tree = history.add("tree", Vec::new());
        let (head, who) = (history.head, one_of(random, &odd));
        let text =
            format!("tree {tree}\nparent {head}\nauthor {who}\ncommitter {who}\n\n{secret}\n");
        history.head = history.add("commit", text.into_bytes());
    },
    |history, random| {
        let noise = random.bytes(3000);
        let blob = history.add(
            "blob",
            [noise.as_slice(), b"eyJhbGciOiJIUzI1NiJ9.".repeat(4000).as_slice()].concat(),
        );
        history.commit(&[(FILE, b"noise", blob)]);
    },
];

/// What is done to the files of the repository.
const FILES: [Twist; 13] = [
    |history, random| {
        // A loose object that is cut, or a byte of it that differs.
        let (id, kind, data) = one_of(random, &history.objects);
        let mut bytes = deflated(&[format!("{kind} {}\0", data.len()).as_bytes(), &data].concat());
        match random.below(2) {
            0 => bytes.truncate(random.below(bytes.len())),
            _ => {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
        }
        if !history.is_packed {
            fs::write(history.scene.store.loose_path(id), bytes).unwrap();
        }
    },
    |history, random| {
        let (id, kind, data) = one_of(random, &history.objects);
        if !history.is_packed {
            history.scene.store.put_claiming(id, kind, 1 << (20 + random.below(43)), &data);
        }
    },
    |history, random| {
        // Two offsets of the index exchanged.
        let store = &history.scene.store;
        let count = history.objects.len();
        let Ok(index) = fs::read(store.path("objects/pack/pack-1.idx")) else { return };
        let start = 8 + 1024 + count * 24;
        let (one, other) = (start + random.below(count) * 4, start + random.below(count) * 4);
        let lie = with_change(index, |bytes| {
            (0..4).for_each(|byte| bytes.swap(one + byte, other + byte))
        });
        store.write("objects/pack/pack-1.idx", lie);
    },
    |history, random| {
        let store = &history.scene.store;
        if !history.is_packed {
            return;
        }
        history.scene.sandbox.git(&["multi-pack-index", "write"]);
        let index = fs::read(store.path("objects/pack/multi-pack-index")).unwrap();
        let table = chunk(&index, MULTI_HEAD, b"OOFF");
        let count = table.len() / 8;
        let [one, other] = [(); 2].map(|()| table.start + random.below(count) * 8 + 4);
        let lie = with_change(index, |bytes| {
            (0..4).for_each(|byte| bytes.swap(one + byte, other + byte))
        });
        drop(fs::remove_file(store.path("objects/pack/multi-pack-index")));
        store.write("objects/pack/multi-pack-index", lie);
    },
    |history, random| {
        let names = [
            "packed-refs",
            "shallow",
            "objects/info/alternates",
            "index",
            "commondir",
            "info/grafts",
        ];
        let path = history.scene.store.path(one_of(random, &names));
        drop(fs::remove_file(&path));
        match random.below(3) {
            0 => fifo(&path),
            1 => std::os::unix::fs::symlink("/dev/zero", path).unwrap(),
            _ => fs::create_dir(path).unwrap(),
        }
    },
    |history, random| {
        let bytes = random.bytes(300);
        let lines = [
            "",
            "# pack-refs with: sorted\n",
            "0\n",
            "DIRC\0\0\0\x02\0\0\0\x09",
            "ref: refs/heads/loop\n",
        ];
        let names = [
            "packed-refs",
            "shallow",
            "index",
            "refs/heads/odd",
            "refs/heads/loop",
            "objects/info/alternates",
        ];
        let text = [one_of(random, &lines).as_bytes(), &bytes[..random.below(300)]].concat();
        history.scene.store.write(one_of(random, &names), text);
    },
    |history, random| {
        let settings = [
            "[core]\n\trepositoryformatversion = 99\n",
            "[core]\n\tfsmonitor = touch ../out/pwned\n\tsshCommand = touch ../out/pwned\n",
            "[include]\n\tpath = /dev/zero\n",
            "[include]\n\tpath = config\n",
            "[extensions]\n\tpartialClone = origin\n\tobjectFormat = sha256\n",
            "[extensions]\n\tworktreeConfig = true\n\trefStorage = reftable\n",
            "[core]\n\tworktree = /\n\tbare = true\n",
            "[filter \"pwned\"]\n\tclean = touch ../out/pwned\n\tsmudge = touch ../out/pwned\n",
            "[core\n",
        ];
        let text = fs::read_to_string(history.scene.store.path("config")).unwrap();
        history.scene.store.write("config", text + one_of(random, &settings));
    },
    |history, random| {
        let head = history.head;
        let (id, _, _) = one_of(random, &history.objects);
        history.scene.store.write("shallow", format!("{id}\n{head}\n"));
    },
    |history, _| {
        // What git takes for another object; this is no reason not to look at it.
        let (head, base) = (history.head, history.scene.base);
        history.scene.store.refer(&format!("refs/replace/{head}"), base);
        history.scene.store.write("info/grafts", format!("{head}\n"));
    },
    |history, random| {
        let ids: Vec<_> = (0..40).map(|_| one_of(random, &history.objects).0).collect();
        for (number, id) in ids.iter().enumerate() {
            history
                .scene
                .store
                .refer(&format!("refs/heads/{}{number}", ["a", "b/c", "::x"][number % 3]), *id);
        }
    },
    |history, random| {
        let secret = history.planted.first().cloned().unwrap_or_default();
        hostile_configuration(&history.scene.sandbox, random, &secret);
    },
    |history, random| {
        if is_root() && random.below(3) == 0 {
            give_away(&history.scene.sandbox.inside());
        }
    },
    |history, random| {
        let (id, _, _) = one_of(random, &history.objects);
        drop(fs::remove_file(history.scene.store.loose_path(id)));
    },
];

fn check(random: &mut Random) {
    let mut history = History::new(random);
    for _ in 0..random.below(3) {
        one_of(random, &CONTENTS)(&mut history, random);
    }
    history.write();
    for _ in 0..random.below(3) {
        one_of(random, &FILES)(&mut history, random);
    }
    let History { scene, planted, head, .. } = &history;
    for look in Look::ALL {
        let format = if Look::REPORTS.contains(&look) { one_of(random, &FORMATS) } else { &[] };
        scene.look(look, *head, format, Limits::ANY).keeps(planted).is_plain();
    }
    for look in Look::REPORTS {
        let args =
            ["--no-config", "--no-baseline", "--no-inline-allow", "-f", "json", "--show-secrets"];
        scene.look(look, *head, &args, Limits::ANY).keeps(&[]).is_honest(planted);
    }
    scene.sandbox.run(&["git", "--staged"], Limits::ANY).keeps(planted).is_plain();
    scene.sandbox.run(&["scan"], Limits::ANY).keeps(planted).is_plain();
    assert!(!scene.sandbox.outside().join("pwned").exists(), "something of the repository was run");
}

#[test]
fn hostile_histories() {
    all_seeds(check);
}
