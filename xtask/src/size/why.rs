//! `cargo xtask size --why`: what the wasm's bytes are, by the part of the program that they come from.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::wasm::binary::{CODE, CUSTOM, DATA, IMPORTS, Reader, sections};
use crate::{files, node, tools, ui, wasm};

/// What it was like when somebody last looked: a line for each part.
const KNOWN: &str = "xtask/sizes.txt";
/// The widget's crate, as it is called in names.
const OWN: &str = "coworker_notifications::";
/// As many functions are told by name.
const BIGGEST: usize = 25;
/// Smaller parts are told together.
const SMALL: usize = 400;

/// Bytes by part.
type Parts = BTreeMap<String, usize>;

/// Prints the parts of the wasm, what has grown, and the biggest functions; `keep` remembers the parts.
pub(super) fn run(project: &Project, keep: bool) -> Result<()> {
    let (bindgen, node) = (tools::wasm_bindgen(project)?, node::Tools::ensure(project)?);
    let Some(path) = wasm::named(project, &bindgen, &node)? else {
        bail!("`cargo xtask dist` must have built the wasm with the standard library's sources and wasm-opt");
    };
    let wasm = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut functions = functions(&wasm)?;
    let parts = parts(&wasm, &functions)?;
    let known = fs::read_to_string(project.path(KNOWN)).map(|text| parse(&text)).unwrap_or_default();

    ui::line(&format!("\n{:<32} {:>8} {:>8}", "bytes, before compression", "now", "change"));
    let mut by_size: Vec<_> = parts.iter().collect();
    by_size.sort_by_key(|(_, bytes)| std::cmp::Reverse(**bytes));
    for (part, bytes) in by_size {
        ui::line(&format!("{part:<32} {bytes:>8} {:>8}", change(*bytes, known.get(part).copied().unwrap_or_default())));
    }
    let (now, before) = (parts.values().sum(), known.values().sum());
    ui::line(&format!("{:<32} {now:>8} {:>8}", "together", change(now, before)));

    ui::line("\nthe biggest functions");
    functions.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    for (name, bytes) in functions.iter().take(BIGGEST) {
        ui::line(&format!("{bytes:>8}  {}", name.chars().take(110).collect::<String>()));
    }
    if keep {
        let lines = parts.iter().map(|(part, bytes)| format!("{part} {bytes}\n"));
        files::write(&project.path(KNOWN), lines.collect::<String>())?;
    }
    Ok(())
}

fn change(now: usize, before: usize) -> String {
    match now.cmp(&before) {
        std::cmp::Ordering::Equal => String::new(),
        std::cmp::Ordering::Greater => format!("+{}", now - before),
        std::cmp::Ordering::Less => format!("-{}", before - now),
    }
}

/// Reads what `--keep` has written.
fn parse(text: &str) -> Parts {
    let line = |line: &str| {
        let (part, bytes) = line.rsplit_once(' ')?;
        Some((part.to_owned(), bytes.parse().ok()?))
    };
    text.lines().filter_map(line).collect()
}

/// The functions' names, and how many bytes their code has.
fn functions(wasm: &[u8]) -> Result<Vec<(String, usize)>> {
    let sections = sections(wasm)?;
    let (mut names, mut imported, mut sizes) = (BTreeMap::new(), 0, Vec::new());
    for (id, body) in sections {
        let mut body = Reader(body);
        match id {
            // wasm-bindgen imports nothing but functions.
            IMPORTS => imported = body.number()?,
            CODE => {
                for _ in 0..body.number()? {
                    let size = body.number()?;
                    body.take(size)?;
                    sizes.push(size);
                }
            }
            CUSTOM if body.name()? == "name" => names = function_names(body)?,
            _ => {}
        }
    }
    let named = |(index, size)| {
        let name = names.get(&(imported + index)).map_or("?", |name| name);
        (without_hashes(name), size)
    };
    Ok(sizes.into_iter().enumerate().map(named).collect())
}

/// The function names of a name section (WebAssembly core specification, "name section"), by index.
fn function_names<'a>(mut section: Reader<'a>) -> Result<BTreeMap<usize, &'a str>> {
    const FUNCTIONS: u8 = 1;
    let mut names = BTreeMap::new();
    while !section.0.is_empty() {
        let kind = section.byte()?;
        let length = section.number()?;
        let mut map = Reader(section.take(length)?);
        if kind == FUNCTIONS {
            for _ in 0..map.number()? {
                names.insert(map.number()?, map.name()?);
            }
        }
    }
    Ok(names)
}

/// A name without the hashes in brackets that tell two versions of a crate apart.
fn without_hashes(name: &str) -> String {
    let mut pieces = name.split('[');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |name, piece| match piece.split_once(']') {
        Some((hash, rest)) if hash.len() >= 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => name + rest,
        _ => name + "[" + piece,
    })
}

/// Adds up what belongs together, small things apart.
fn parts(wasm: &[u8], functions: &[(String, usize)]) -> Result<Parts> {
    let mut parts = Parts::new();
    for (name, bytes) in functions {
        *parts.entry(part(name)).or_default() += bytes;
    }
    let small: usize = parts.values().filter(|bytes| **bytes < SMALL).sum();
    parts.retain(|_, bytes| *bytes >= SMALL);
    parts.insert("(small)".to_owned(), small);
    for (id, body) in sections(wasm)? {
        match id {
            DATA => *parts.entry("(data)".to_owned()).or_default() += body.len(),
            IMPORTS => *parts.entry("(imports)".to_owned()).or_default() += body.len(),
            _ => {}
        }
    }
    Ok(parts)
}

/// What a function is there for: the widget's module that its name speaks of, if only as a type that other code was
/// made for; else the crate it is from.
fn part(name: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let first = |text: &str| text.split(|c| !is_part(c)).next().unwrap_or_default().to_owned();
    match name.split_once(OWN) {
        Some((_, module)) => OWN.to_owned() + &first(module),
        // Between wasm and JavaScript, as wasm-bindgen calls it.
        None if !name.contains("::") => "(bindings)".to_owned(),
        None => first(name.trim_start_matches(|c| !is_part(c)).trim_start_matches("dyn ").trim_start_matches("mut ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wasm::binary::MAGIC;

    fn section(id: u8, body: &[u8]) -> Vec<u8> {
        [&[id, body.len() as u8], body].concat()
    }

    /// One import, then two functions of 2 and 4 bytes, the first of which is called `a::b`.
    fn module() -> Vec<u8> {
        let imports = section(IMPORTS, b"\x01\x01m\x01f\0\0");
        let code = section(CODE, b"\x02\x02\0\x0b\x04\0\x01\x01\x0b");
        let names = section(CUSTOM, b"\x04name\x01\x07\x01\x01\x04a::b\x02\x01\0");
        [MAGIC.to_vec(), imports, code, names].concat()
    }

    #[test]
    fn functions_have_their_names_and_sizes() {
        assert_eq!(functions(&module()).unwrap(), [("a::b".to_owned(), 2), ("?".to_owned(), 4)]);
        assert!(functions(&module()[..30]).is_err());
    }

    #[test]
    fn parts_are_added_up() {
        let long = |name: &str| (name.to_owned(), 300);
        let parts = parts(&module(), &[long("yew::a"), long("<yew::b as core::c>::d"), long("core::e")]).unwrap();
        let expected = [("(imports)", 7), ("(small)", 300), ("yew", 600)];
        assert_eq!(parts, expected.map(|(part, bytes)| (part.to_owned(), bytes)).into());
    }

    #[test]
    fn a_function_belongs_to_the_module_it_was_made_for() {
        for (name, expected) in [
            ("<coworker_notifications::effect::store::Store>::dispatch", "coworker_notifications::effect"),
            (
                "core::ptr::drop_in_place::<alloc::rc::Rc<coworker_notifications::feed::Feed>>",
                "coworker_notifications::feed",
            ),
            ("<yew::virtual_dom::vtag::VTag as yew::Reconcilable>::attach", "yew"),
            ("<&mut serde_json::ser::Serializer>::serialize_str", "serde_json"),
            ("<str>::trim", "str"),
            ("bell_new externref shim", "(bindings)"),
        ] {
            assert_eq!(part(name), expected, "{name}");
        }
    }

    #[test]
    fn hashes_are_left_out_and_slices_are_not() {
        assert_eq!(without_hashes("<[yew[91d1231b8a2bc76c]::VNode]>::to_vec"), "<[yew::VNode]>::to_vec");
        assert_eq!(without_hashes("plain"), "plain");
    }

    #[test]
    fn what_was_kept_is_read_again() {
        let parts = parse("yew 600\n(small) 3\nnonsense\n");
        assert_eq!(parts, [("(small)".to_owned(), 3), ("yew".to_owned(), 600)].into());
        assert_eq!((change(5, 3), change(3, 5), change(3, 3)), ("+2".into(), "-2".into(), String::new()));
    }
}
