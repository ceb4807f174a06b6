//! The folders of `src/` depend on each other only in the direction that ARCHITECTURE.md shows.
//! Folders that could be a separate crate do not name this provider.
// Tests report failures by panicking. Clippy allows that only in `#[test]` functions.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Each folder, with the folders that it may name.
const ARROWS: [(&str, &[&str]); 9] = [
    ("plugin", &[]),
    ("server", &["protocol"]),
    ("protocol", &[]),
    (
        "provider",
        &[
            "protocol",
            "connector",
            "sim",
            "tag",
            "messages",
            "onomondo",
        ],
    ),
    ("connector", &["protocol", "messages", "onomondo"]),
    ("sim", &["protocol", "messages", "onomondo"]),
    ("tag", &["protocol", "messages", "onomondo"]),
    ("messages", &["protocol", "onomondo"]),
    ("onomondo", &[]),
];

/// Each module of the sandbox, with the modules that it may name.
const SANDBOX: [(&str, &[&str]); 14] = [
    ("router", &["control", "sandbox", "api", "faults", "server"]),
    (
        "control",
        &["sandbox", "faults", "server", "account", "error"],
    ),
    (
        "sandbox",
        &[
            "arguments",
            "faults",
            "server",
            "account",
            "clock",
            "shared",
        ],
    ),
    ("arguments", &["seed", "server", "account"]),
    ("seed", &["faults", "account", "clock"]),
    ("api", &["account", "schema", "error", "shared"]),
    ("faults", &["server", "shared"]),
    ("server", &["account", "error", "clock", "shared"]),
    ("account", &["schema", "error", "clock"]),
    ("schema", &["error"]),
    ("error", &[]),
    ("clock", &[]),
    ("shared", &[]),
    ("stop", &[]),
];

/// The folders that are the same for any provider.
const OF_ANY_PROVIDER: [&str; 3] = ["plugin", "server", "protocol"];

/// Names that only this provider has.
const NAMES: [&str; 2] = ["onomondo", "connector"];

/// A source file: its folder under `src/`, its path, and its text.
struct Source {
    folder: String,
    path: PathBuf,
    text: String,
}

impl Source {
    /// The text without comment lines.
    fn code(&self) -> String {
        let lines = self.text.lines();
        let code: Vec<_> = lines
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        code.join("\n")
    }
}

/// The library's files in folders. The files beside the folders connect them.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    for folder in children(&root) {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        if folder.is_dir() && name != "bin" {
            collect(&folder, &name, &mut sources);
        }
    }
    sources
}

fn collect(path: &Path, folder: &str, sources: &mut Vec<Source>) {
    if path.is_dir() {
        for path in children(path) {
            collect(&path, folder, sources);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        sources.push(Source {
            folder: folder.to_owned(),
            text: fs::read_to_string(path).unwrap(),
            path: path.to_owned(),
        });
    }
}

fn children(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// The first modules of paths such as `crate::a::b` and `crate::{a, b::{c}}`.
fn named(code: &str) -> BTreeSet<String> {
    let word = |text: &str| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
        text[..end].to_owned()
    };
    let mut named = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let Some(group) = rest.strip_prefix('{') else {
            named.insert(word(rest));
            continue;
        };
        let mut depth = 1;
        let mut begins = true;
        for (at, character) in group.char_indices() {
            match character {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => begins = true,
                _ if begins && !character.is_whitespace() => {
                    named.insert(word(&group[at..]));
                    begins = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    named
}

#[test]
fn folders_depend_only_on_later_ones() {
    expect_arrows(&sources(), &ARROWS);
}

#[test]
fn modules_of_the_sandbox_depend_only_on_later_ones() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/onomondo-sandbox");
    let mut sources = Vec::new();
    for path in children(&root) {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        // `main` connects the modules.
        if name != "main" {
            collect(&path, &name, &mut sources);
        }
    }
    for (room, _) in SANDBOX {
        assert!(sources.iter().any(|it| it.folder == room), "no `{room}`");
    }
    expect_arrows(&sources, &SANDBOX);
}

fn expect_arrows(sources: &[Source], arrows: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for source in sources {
        let row = arrows.iter().find(|(folder, _)| *folder == source.folder);
        let (_, may_name) = row.unwrap_or_else(|| {
            panic!("`{}` is in no row of arrows", source.folder);
        });
        for other in named(&source.code()) {
            if other != source.folder && !may_name.contains(&other.as_str()) {
                wrong.push(format!("{} names `{other}`", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn folders_for_any_provider_do_not_name_this_one() {
    let mut wrong = Vec::new();
    for source in sources() {
        if OF_ANY_PROVIDER.contains(&source.folder.as_str()) {
            for (index, line) in source.text.lines().enumerate() {
                let line = line.to_lowercase();
                if NAMES.iter().any(|name| line.contains(name)) {
                    let path = source.path.display();
                    wrong.push(format!("{path}:{}: {}", index + 1, line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_form_of_a_path_is_seen() {
    let code = "
        use crate::{
            one::{A, b::{C}},
            two, three::D,
        };
        use crate::four::E;
        fn f() { crate::five::g() }
        pub(crate) fn h() {}
    ";
    let named = named(code);
    let named: Vec<_> = named.iter().map(String::as_str).collect();
    assert_eq!(named, ["five", "four", "one", "three", "two"]);
    // The test also finds files in every folder.
    let folders: BTreeSet<_> = sources().into_iter().map(|source| source.folder).collect();
    for folder in OF_ANY_PROVIDER {
        assert!(folders.contains(folder), "{folders:?}");
    }
}
