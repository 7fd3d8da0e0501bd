//! The order of the functions in a wasm: like beside like, as compression remembers best what it has just seen.

mod instructions;
mod likeness;

use anyhow::{Result, ensure};

use super::reader::{
    CODE, ELEMENTS, EXPORTS, FUNCTIONS, GLOBALS, IMPORTS, Reader, START, push_number, rewritten, sections,
};

/// What an export, an import or a list in the section of elements is about, where it is about functions.
const FUNCTION: u8 = 0;

/// The same program with its functions in another order.
pub(super) fn arrange(wasm: &[u8]) -> Result<Vec<u8>> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for (id, section) in sections(wasm)? {
        match id {
            IMPORTS => imported = imported_functions(section)?,
            CODE => {
                bodies = entries(section, |rest| {
                    let length = rest.number()?;
                    rest.take(length)
                })?
            }
            _ => {}
        }
    }
    let order = likeness::order(&bodies);
    let mut places = vec![0; order.len()];
    for (place, function) in order.iter().enumerate() {
        places[*function] = imported + place;
    }
    let moved = |function: usize| -> Result<usize> {
        ensure!(function < imported + places.len(), "there is no function {function}");
        Ok(function.checked_sub(imported).map_or(function, |own| places[own]))
    };
    rewritten(wasm, |id, section| match id {
        FUNCTIONS => {
            let types = entries(section, Reader::number)?;
            ensure!(types.len() == order.len(), "not all functions have a type and a body");
            Ok(list(&order, |function, to| {
                push_number(to, types[function]);
                Ok(())
            })?)
        }
        CODE => list(&order, |function, to| {
            let body = instructions::moved_body(bodies[function], &moved)?;
            push_number(to, body.len());
            to.extend(body);
            Ok(())
        }),
        GLOBALS => moved_entries(section, |rest, to| {
            to.extend(rest.take(2)?);
            instructions::moved(rest, &moved, to)
        }),
        EXPORTS => moved_entries(section, |rest, to| {
            let name = rest.name()?;
            push_number(to, name.len());
            to.extend(name.as_bytes());
            let (kind, index) = (rest.byte()?, rest.number()?);
            to.push(kind);
            push_number(to, if kind == FUNCTION { moved(index)? } else { index });
            Ok(())
        }),
        ELEMENTS => moved_entries(section, |rest, to| {
            ensure!(rest.number()? == 0, "a list of functions of a kind that is not known here");
            push_number(to, 0);
            instructions::moved(rest, &moved, to)?;
            let count = rest.number()?;
            push_number(to, count);
            for _ in 0..count {
                push_number(to, moved(rest.number()?)?);
            }
            Ok(())
        }),
        START => {
            let mut start = Vec::new();
            push_number(&mut start, moved(Reader(section).number()?)?);
            Ok(start)
        }
        _ => Ok(section.to_vec()),
    })
}

fn imported_functions(section: &[u8]) -> Result<usize> {
    let imports = entries(section, |rest| {
        rest.name()?;
        rest.name()?;
        ensure!(rest.byte()? == FUNCTION, "an import that is no function");
        rest.number()
    })?;
    Ok(imports.len())
}

/// What a section lists.
fn entries<'a, T>(section: &'a [u8], read: impl Fn(&mut Reader<'a>) -> Result<T>) -> Result<Vec<T>> {
    let mut rest = Reader(section);
    let entries: Result<Vec<_>> = (0..rest.number()?).map(|_| read(&mut rest)).collect();
    ensure!(rest.0.is_empty(), "a section holds more than it says");
    entries
}

/// A section that lists these functions.
fn list(order: &[usize], mut write: impl FnMut(usize, &mut Vec<u8>) -> Result<()>) -> Result<Vec<u8>> {
    let mut section = Vec::new();
    push_number(&mut section, order.len());
    order.iter().try_for_each(|function| write(*function, &mut section))?;
    Ok(section)
}

/// A section with what it lists written anew, in the same order.
fn moved_entries(section: &[u8], write: impl Fn(&mut Reader<'_>, &mut Vec<u8>) -> Result<()>) -> Result<Vec<u8>> {
    let mut moved = Vec::new();
    let mut rest = Reader(section);
    let count = rest.number()?;
    push_number(&mut moved, count);
    (0..count).try_for_each(|_| write(&mut rest, &mut moved))?;
    ensure!(rest.0.is_empty(), "a section holds more than it says");
    Ok(moved)
}
