//! Short names between the wasm and the JavaScript that loads it.
//!
//! wasm-bindgen gives each import and export a long name with a hash in it, which no compression can make small, and
//! writes it into both files. Nobody but these two ever reads them.

use std::collections::HashMap;

use anyhow::{Result, ensure};

use crate::wasm::binary::{EXPORTS, IMPORTS, MAGIC, Reader, push_number, push_section, sections};

/// Shorter names stay as they are.
const LONG: usize = 8;

/// The module that wasm-bindgen has the wasm import everything from.
pub(crate) const MODULE: &str = "./coworker-notifications_bg.js";

/// Gives imports and exports short names, in the wasm and in its glue alike; the module that the wasm imports from gets
/// the name `module`.
pub(crate) fn shorten(wasm: &[u8], glue: &str, module: &str) -> Result<(Vec<u8>, String)> {
    let (mut imports, mut exports) = (Names::default(), Names::default());
    let mut short = MAGIC.to_vec();
    for (id, body) in sections(wasm)? {
        let body = match id {
            IMPORTS => imports.rename(body, 2, module)?,
            EXPORTS => exports.rename(body, 1, module)?,
            _ => body.to_vec(),
        };
        push_section(&mut short, id, &body);
    }
    Ok((short, replace(glue, &imports, &exports).replace(MODULE, module)))
}

/// Old names and new ones.
#[derive(Default)]
struct Names(HashMap<String, String>);

impl Names {
    /// Renames what a section lists: entries of some names, a kind and an index.
    fn rename(&mut self, section: &[u8], names: usize, module: &str) -> Result<Vec<u8>> {
        let mut rest = Reader(section);
        let count = rest.number()?;
        let mut renamed = Vec::new();
        push_number(&mut renamed, count);
        for _ in 0..count {
            for nth in 0..names {
                let name = rest.name()?;
                // The first of an import's two names is the module's: the glue writes it as a string.
                let short = match name {
                    _ if nth + 1 == names => self.short(name),
                    MODULE => module.to_owned(),
                    _ => name.to_owned(),
                };
                push_number(&mut renamed, short.len());
                renamed.extend(short.as_bytes());
            }
            let kind = rest.byte()?;
            ensure!(names == 1 || kind == 0, "an import that is no function: its name cannot be made short");
            renamed.push(kind);
            push_number(&mut renamed, rest.number()?);
        }
        ensure!(rest.0.is_empty(), "a section of names holds more than names");
        Ok(renamed)
    }

    fn short(&mut self, name: &str) -> String {
        if name.len() < LONG {
            return name.to_owned();
        }
        let number = self.0.len();
        // A dollar begins no name of wasm-bindgen's.
        self.0.entry(name.to_owned()).or_insert_with(|| format!("${}", base36(number))).clone()
    }
}

/// The glue with its new names: it has exports as `wasm.name`, and imports as the keys of an object.
fn replace(glue: &str, imports: &Names, exports: &Names) -> String {
    let mut replaced = String::with_capacity(glue.len());
    let mut rest = glue;
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    while let Some(start) = rest.find(is_part) {
        let (before, from) = rest.split_at(start);
        let (identifier, after) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
        replaced.push_str(before);
        let names = if replaced.ends_with("wasm.") { exports } else { imports };
        replaced.push_str(names.0.get(identifier).map_or(identifier, String::as_str));
        rest = after;
    }
    replaced + rest
}

fn base36(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that imports `m.__wbg_long_name` and exports it as `exported_long` and as `short`.
    fn module() -> Vec<u8> {
        let types = section(1, b"\x01\x60\0\0");
        let imports = section(IMPORTS, b"\x01\x01m\x0f__wbg_long_name\0\0");
        let exports = section(EXPORTS, b"\x02\x0dexported_long\0\0\x05short\0\0");
        [b"\0asm\x01\0\0\0".to_vec(), types, imports, exports].concat()
    }

    fn section(id: u8, body: &[u8]) -> Vec<u8> {
        [&[id, body.len() as u8], body].concat()
    }

    #[test]
    fn both_sides_get_the_same_short_names() {
        let glue = "export function exported_long() { wasm.exported_long(); }
            const i = { __wbg_long_name: f, other__wbg_long_name: wasm.short };";
        let (wasm, glue) = shorten(&module(), glue, "build").unwrap();
        let expected = "export function exported_long() { wasm.$0(); }
            const i = { $0: f, other__wbg_long_name: wasm.short };";
        assert_eq!(glue, expected);
        assert!(wasm.ends_with(b"\x07\x0e\x02\x02$0\0\0\x05short\0\0"), "{wasm:?}");
        assert!(wasm.windows(5).any(|bytes| bytes == b"\x01m\x02$0"), "{wasm:?}");
    }

    #[test]
    fn the_module_that_is_imported_from_is_named_after_the_build() {
        let name = [&[MODULE.len() as u8], MODULE.as_bytes()].concat();
        let imports = section(IMPORTS, &[b"\x01".as_slice(), &name, b"\x01f\0\0"].concat());
        let wasm = [b"\0asm\x01\0\0\0".to_vec(), imports].concat();
        let (wasm, glue) = shorten(&wasm, &format!("return {{ \"{MODULE}\": i }};"), "build").unwrap();
        assert_eq!(glue, "return { \"build\": i };");
        assert!(wasm.ends_with(b"\x01\x05build\x01f\0\0"), "{wasm:?}");
    }

    #[test]
    fn what_is_no_wasm_is_refused() {
        assert!(shorten(b"<!doctype html>", "", "build").is_err());
        let whole = module();
        assert!(shorten(&whole[..whole.len() - 3], "", "build").is_err());
    }
}
