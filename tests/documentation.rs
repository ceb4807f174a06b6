//! Checks the text of the documentation against the code, and its links. The scenarios of
//! `tests/cli` apply its configurations. `make docs-check` checks it for the registries.

#![allow(clippy::unwrap_used, reason = "every function here is part of a test")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use regex_lite::{Captures, Regex};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A title that is missing from the guide helps nobody, nor does one that only the guide has.
#[test]
fn the_troubleshooting_guide_has_every_title_and_no_other() {
    let guide = fs::read_to_string(format!("{ROOT}/docs/guides/troubleshooting.md")).unwrap();
    let headings = guide.lines().filter_map(|line| line.strip_prefix("### "));
    let in_guide: BTreeSet<_> = headings.map(general).collect();
    let in_code: BTreeSet<_> = files("src", "rs")
        .flat_map(|file| titles(&fs::read_to_string(file).unwrap()))
        .collect();
    let missing: Vec<_> = in_code.difference(&in_guide).collect();
    let stale: Vec<_> = in_guide.difference(&in_code).collect();
    assert!(missing.is_empty(), "the guide lacks {missing:#?}");
    assert!(stale.is_empty(), "only the guide has {stale:#?}");
}

/// The registries show only files in `docs/`, and resolve links on the first page differently:
/// <https://github.com/BerriAI/terraform-provider-litellm/pull/65>.
#[test]
fn links_lead_to_files() {
    let link = Regex::new(r"\]\(([^)#:]+)(#[^)]*)?\)").unwrap();
    let pages = files("docs", "md").chain(files("examples", "md"));
    let pages = pages.chain(texts_in_root()).collect::<Vec<_>>();
    assert!(pages.len() > 5, "{pages:?}");
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        let docs = Path::new(ROOT).join("docs");
        for found in link.captures_iter(&text) {
            let target = page.parent().unwrap().join(&found[1]);
            let shown = format!("{} links to {}", page.display(), &found[1]);
            assert!(target.exists(), "{shown}, which is not there");
            if page.starts_with(&docs) {
                assert!(page != docs.join("index.md"), "{shown}");
                let inside = target.canonicalize().unwrap().starts_with(&docs);
                assert!(inside, "{shown}, which registries do not have");
            }
        }
    }
}

/// Other pages of `docs/` need the schema and `tfplugindocs`: `make docs`.
#[test]
fn guides_are_what_their_templates_render_to() {
    let file = Regex::new(r#"\{\{ tffile "([^"]+)" \}\}"#).unwrap();
    for template in files("templates/guides", "md").chain(files("templates/guides", "tmpl")) {
        let text = fs::read_to_string(&template).unwrap();
        let rendered = file.replace_all(&text, |found: &Captures| {
            let code = fs::read_to_string(Path::new(ROOT).join(&found[1])).unwrap();
            format!("```terraform\n{}\n```", code.trim())
        });
        let name = template.file_name().unwrap().to_string_lossy();
        let guide = format!("{ROOT}/docs/guides/{}", name.trim_end_matches(".tmpl"));
        assert!(
            fs::read_to_string(&guide).unwrap() == rendered,
            "{guide} is not up to date"
        );
    }
}

/// `make workflows` checks the blocks in YAML.
#[test]
fn blocks_in_json_are_valid() {
    let block = Regex::new(r"(?s)```json\n(.*?)```").unwrap();
    let mut checked = 0;
    for page in files("docs", "md").chain(files("examples", "md")) {
        let text = fs::read_to_string(&page).unwrap();
        for found in block.captures_iter(&text) {
            let value = serde_json::from_str::<serde_json::Value>(&found[1]);
            assert!(value.is_ok(), "{}: {value:?}", page.display());
            checked += 1;
        }
    }
    assert!(checked > 0);
}

/// The titles of all diagnostics in a source file.
fn titles(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let literal = Regex::new(r#""((?:[^"\\]|\\.)*)""#).unwrap();
    let literals = |text: &str| -> Vec<String> {
        let all = literal.captures_iter(text);
        all.map(|found| general(&found[1])).collect()
    };
    let first_literal = |pattern: &str| -> Vec<String> {
        let places = Regex::new(pattern).unwrap();
        let places = places.find_iter(source);
        places.flat_map(|it| literals(it.as_str())).collect()
    };
    let direct = first_literal(r#"Diagnostic::(error|warning)\(\s*(format!\(\s*)?"[^"]*""#);
    let named = first_literal(r"let title = [^;]*;");
    let of_failures = source.split("fn title(").nth(1);
    let of_failures = of_failures.map(|rest| literals(rest.split("\n}").next().unwrap_or(rest)));
    let of_calls = first_literal(r#"failure::with\([^"]*"[^"]*""#);
    let causes = of_failures.into_iter().flatten().chain(of_calls);
    let failures = causes.map(|cause| format!("Could not …: {cause}"));
    let all = direct.into_iter().chain(named).chain(failures);
    all.filter(|title| title != "Could not …: …").collect()
}

/// A title without its variable parts.
fn general(title: &str) -> String {
    let placeholder = Regex::new(r"\{[^}]*\}").unwrap();
    placeholder.replace_all(title, "…").replace('`', "")
}

fn texts_in_root() -> impl Iterator<Item = PathBuf> {
    let entries = Path::new(ROOT).read_dir().unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|it| it == "md"))
}

/// The files with this extension under a directory of the repository.
fn files(directory: &str, extension: &'static str) -> impl Iterator<Item = PathBuf> {
    let mut directories = vec![Path::new(ROOT).join(directory)];
    let mut found = Vec::new();
    while let Some(directory) = directories.pop() {
        for entry in directory.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|it| it == extension) {
                found.push(path);
            }
        }
    }
    found.into_iter()
}
