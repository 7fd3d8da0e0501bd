//! No circles: of two modules of a folder, at most one imports from the other, directly or by way of a third.

use std::collections::BTreeMap;

use super::{Finding, Source};

/// Folders of which this holds. The order of `src/feed` is stricter, and has a file of its own.
const FOLDERS: &[&str] = &[
    "src",
    "src/api",
    "src/bell",
    "src/effect",
    "src/element",
    "src/feed/pull",
    "src/model",
    "src/view",
    "src/view/text",
];

const NO_CIRCLE: &str =
    "modules that import each other cannot be read one after the other: move what both need below both";

/// A path that a file names, from the crate's root, and the line.
type Named = (usize, Vec<String>);
/// For each module of a folder: what it imports, and where.
type Imports<'a> = BTreeMap<String, BTreeMap<String, (&'a Source, usize)>>;

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    FOLDERS.iter().flat_map(|folder| of_one(folder, sources)).collect()
}

fn of_one(folder: &str, sources: &[Source]) -> Vec<Finding> {
    let imports = imports(folder, sources);
    let mut findings = Vec::new();
    for (module, imported) in &imports {
        for (other, (source, line)) in imported {
            if leads(&imports, other, module, &mut Vec::new()) {
                let what = format!("{module} imports {other}, which needs {module}");
                findings.push(source.finding(*line, what, NO_CIRCLE));
            }
        }
    }
    findings
}

/// Whether `from` is `to`, or needs it.
fn leads<'a>(imports: &'a Imports<'_>, from: &'a str, to: &str, seen: &mut Vec<&'a str>) -> bool {
    if from == to {
        return true;
    }
    if seen.contains(&from) {
        return false;
    }
    seen.push(from);
    imports.get(from).is_some_and(|next| next.keys().any(|next| leads(imports, next, to, seen)))
}

fn imports<'a>(folder: &str, sources: &'a [Source]) -> Imports<'a> {
    let within = format!("{folder}/");
    let depth = folder.matches('/').count();
    let inside: Vec<_> = sources
        .iter()
        .filter(|source| source.is(&["rs"]) && source.path.starts_with(&within))
        .map(|source| (source, module_path(&source.path)))
        .collect();
    let modules: Vec<_> = inside.iter().filter_map(|(_, own)| own.get(depth).cloned()).collect();
    // What the folder's own module exports of its modules.
    let mut exports = BTreeMap::new();
    for (source, own) in inside.iter().filter(|(_, own)| own.len() == depth) {
        for (_, path) in named(source, own) {
            if let Some([module, name]) = path.get(depth..).filter(|_| path.starts_with(own)) {
                exports.insert(name.clone(), module.clone());
            }
        }
    }
    let mut imports = Imports::new();
    for (source, own) in &inside {
        let Some(module) = own.get(depth) else { continue };
        for (line, path) in named(source, own) {
            let Some(name) = path.get(depth).filter(|_| path[..depth] == own[..depth]) else { continue };
            let other = if modules.contains(name) { Some(name) } else { exports.get(name) };
            if let Some(other) = other.filter(|other| *other != module && modules.contains(other)) {
                imports.entry(module.clone()).or_default().entry(other.clone()).or_insert((source, line));
            }
        }
    }
    imports
}

/// The module in a file: `src/api/mod.rs` and `src/api.rs` hold `api`, `src/lib.rs` the crate itself.
fn module_path(path: &str) -> Vec<String> {
    let parts = path.trim_end_matches(".rs").split('/').skip(1);
    parts.filter(|part| !matches!(*part, "mod" | "lib")).map(str::to_owned).collect()
}

/// The paths that a file imports or writes out, its tests left aside. `own` is its module.
fn named(source: &Source, own: &[String]) -> Vec<Named> {
    let lines = source.code().take_while(|(_, line)| line.trim() != "mod tests {");
    let tokens: Vec<_> = lines.flat_map(|(number, line)| tokens(line).map(move |token| (number, token))).collect();
    let mut found = Vec::new();
    let mut before = "";
    for (at, (_, token)) in tokens.iter().enumerate() {
        let begins = matches!(*token, "crate" | "self" | "super") && before != "::";
        if begins || before == "use" {
            let base = if *token == "crate" { &[] } else { own };
            read(&tokens, at, base.to_vec(), &mut found);
        }
        before = token;
    }
    found
}

/// Reads a path that goes on from `base`, groups in braces included; returns where it ends.
fn read(tokens: &[(usize, &str)], mut at: usize, mut base: Vec<String>, found: &mut Vec<Named>) -> usize {
    while let Some((line, token)) = tokens.get(at) {
        at += 1;
        match *token {
            "{" => {
                while let Some((_, token)) = tokens.get(at).filter(|(_, token)| *token != "}") {
                    at = if *token == "," { at + 1 } else { read(tokens, at, base.clone(), found) };
                }
                return at + 1;
            }
            "super" => drop(base.pop()),
            "crate" | "self" | "*" => {}
            name => base.push(name.to_owned()),
        }
        if tokens.get(at).is_none_or(|(_, next)| *next != "::") {
            found.push((*line, base));
            return at;
        }
        at += 1;
    }
    at
}

/// Names, `::` and single characters of a line.
fn tokens(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let name = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let length = match name {
            0 if rest.starts_with("::") => 2,
            0 => rest.chars().next()?.len_utf8(),
            name => name,
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        Some(token)
    })
}

#[cfg(test)]
mod tests {
    use super::super::source;
    use super::check;

    fn found(files: &[(&str, &str)]) -> Vec<(String, usize)> {
        let sources: Vec<_> = files.iter().map(|(path, text)| source(path, text)).collect();
        check(&sources).into_iter().map(|finding| (finding.path, finding.line)).collect()
    }

    #[test]
    fn two_modules_do_not_import_each_other() {
        let answer = ("src/api/answer.rs", "use super::{\n    Page,\n    body::{trim, excerpt},\n};\n");
        assert_eq!(found(&[answer, ("src/api/body.rs", "use crate::model::Link;\n")]), []);
        let body = ("src/api/body.rs", "\nfn read() -> super::answer::Response {}\n");
        assert_eq!(found(&[answer, body]), [("src/api/answer.rs".into(), 3), ("src/api/body.rs".into(), 2)]);
    }

    #[test]
    fn nor_by_way_of_a_third_or_of_what_the_folder_exports() {
        let exports = ("src/api/mod.rs", "mod a;\nmod b;\nmod c;\npub use a::{One, Two};\n");
        let (a, b) = (("src/api/a.rs", "use super::b::B;\n"), ("src/api/b.rs", "use crate::api::{c, d};\n"));
        assert_eq!(found(&[exports, a, b, ("src/api/c.rs", "use super::super::error::Failure;\n")]), []);
        let c = ("src/api/c.rs", "use super::Two;\n");
        assert_eq!(found(&[exports, a, b, c]).len(), 3);
    }

    #[test]
    fn folders_are_modules_too() {
        let feed = ("src/feed/push.rs", "use crate::{model::Link, effect};\n");
        let effect = ("src/effect/mod.rs", "pub(crate) fn run(feed: &crate::feed::Feed) {}\n");
        assert_eq!(found(&[feed, effect]).len(), 2);
    }

    #[test]
    fn tests_and_comments_may_import_what_they_like() {
        let a = ("src/api/a.rs", "use super::b::B;\n");
        let b = ("src/api/b.rs", "/// See `super::a`.\n#[cfg(test)]\nmod tests {\n    use super::super::a;\n}\n");
        assert_eq!(found(&[a, b]), []);
    }
}
