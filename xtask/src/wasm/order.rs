//! Puts a wasm's functions in an order that compresses well.
//!
//! What two functions have in common costs a compressor the less, the nearer they stand to each other. So after each
//! function comes the one that has the largest part of itself in common with it. That is no more than a good guess at the
//! best order, and takes a second.

use std::collections::HashMap;
use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{ElementItems, FunctionBody, Operator, Parser, Payload};

use super::binary::{self, MAGIC, Reader, push_number, push_section};

/// Functions have in common what so many bytes in a row have of them.
const LENGTH: usize = 3;
/// A function as short as this has little to have in common, so it counts less.
const SHORT: f64 = 8.0;
/// Values of eight bytes count as aligned to four: half of them do anyway, and this is no more than a hint to the browser.
const ALIGNMENT: u8 = 2;

/// The same program with its functions in another order.
pub(super) fn arrange(wasm: &[u8]) -> Result<Vec<u8>> {
    let functions = Functions::read(wasm)?;
    let order = order(&functions.bodies.iter().map(|body| &wasm[range(body.range())]).collect::<Vec<_>>());
    let mut places: Vec<usize> = (0..functions.imported + order.len()).collect();
    for (place, function) in order.iter().enumerate() {
        places[functions.imported + function] = functions.imported + place;
    }
    let mut arranged = MAGIC.to_vec();
    for (id, section) in binary::sections(wasm)? {
        let section = match id {
            binary::FUNCTIONS => list(&order, |function, out| push_number(out, functions.types[function])),
            binary::EXPORTS => exports(section, &places)?,
            binary::START => bail!("a start function, which nothing here puts in its new place"),
            binary::ELEMENTS => functions.elements(wasm, &places)?,
            binary::CODE => functions.code(wasm, &order, &places)?,
            _ => section.to_vec(),
        };
        push_section(&mut arranged, id, &section);
    }
    Ok(arranged)
}

/// The indices of the bodies in their new order: it begins with the shortest.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let mut parts: Vec<Vec<u32>> = Vec::new();
    let mut users: HashMap<u32, Vec<usize>> = HashMap::new();
    for (index, body) in bodies.iter().enumerate() {
        let mut own: Vec<u32> = body
            .windows(LENGTH)
            .map(|window| window.iter().fold(0, |part, byte| part << 8 | u32::from(*byte)))
            .collect();
        own.sort_unstable();
        own.dedup();
        for part in &own {
            users.entry(*part).or_default().push(index);
        }
        parts.push(own);
    }
    let mut order = Vec::new();
    let mut is_placed = vec![false; bodies.len()];
    let mut next = (0..bodies.len()).min_by_key(|index| bodies[*index].len());
    while let Some(here) = next {
        is_placed[here] = true;
        order.push(here);
        let mut common = vec![0_u32; bodies.len()];
        for user in parts[here].iter().flat_map(|part| &users[part]) {
            common[*user] += 1;
        }
        let share = |index: usize| f64::from(common[index]) / (parts[index].len() as f64 + SHORT);
        // Of equal ones the first.
        let others = (0..bodies.len()).rev().filter(|index| !is_placed[*index]);
        next = others.max_by(|one, other| share(*one).total_cmp(&share(*other)));
    }
    order
}

/// A list of the specification's binary format: how many there are, then each.
fn list<T: Copy>(items: &[T], write: impl Fn(T, &mut Vec<u8>)) -> Vec<u8> {
    let mut out = Vec::new();
    push_number(&mut out, items.len());
    for item in items {
        write(*item, &mut out);
    }
    out
}

/// The exports, with the new places of functions.
fn exports(section: &[u8], places: &[usize]) -> Result<Vec<u8>> {
    let mut rest = Reader(section);
    let count = rest.number()?;
    let mut out = Vec::new();
    push_number(&mut out, count);
    for _ in 0..count {
        let before = rest.0;
        rest.name()?;
        let is_function = rest.byte()? == 0;
        out.extend(&before[..before.len() - rest.0.len()]);
        let index = rest.number()?;
        push_number(&mut out, if is_function { place(places, index)? } else { index });
    }
    Ok(out)
}

fn place(places: &[usize], function: usize) -> Result<usize> {
    places.get(function).copied().with_context(|| format!("there is no function {function}"))
}

fn range(range: Range<u64>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// What a file says of its functions.
struct Functions<'a> {
    /// How many are imported: they come first, and keep their places.
    imported: usize,
    types: Vec<usize>,
    bodies: Vec<FunctionBody<'a>>,
    /// Where a table's functions are listed, and what stands before the list.
    tables: Vec<(Range<usize>, Vec<usize>)>,
}

impl<'a> Functions<'a> {
    fn read(wasm: &'a [u8]) -> Result<Self> {
        let mut functions = Self { imported: 0, types: Vec::new(), bodies: Vec::new(), tables: Vec::new() };
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        ensure!(matches!(import?.ty, wasmparser::TypeRef::Func(_)), "an import that is no function");
                        functions.imported += 1;
                    }
                }
                Payload::FunctionSection(types) => {
                    for one in types {
                        functions.types.push(one? as usize);
                    }
                }
                Payload::ElementSection(tables) => {
                    for table in tables {
                        let table = table?;
                        let ElementItems::Functions(items) = table.items else { bail!("a table with expressions") };
                        let head = range(table.range).start..range(items.range()).start;
                        let items = items.into_iter().map(|item| Ok(item? as usize));
                        functions.tables.push((head, items.collect::<Result<_>>()?));
                    }
                }
                Payload::CodeSectionEntry(body) => functions.bodies.push(body),
                _ => {}
            }
        }
        Ok(functions)
    }

    fn elements(&self, wasm: &[u8], places: &[usize]) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        push_number(&mut out, self.tables.len());
        for (head, items) in &self.tables {
            out.extend(&wasm[head.clone()]);
            push_number(&mut out, items.len());
            for item in items {
                push_number(&mut out, place(places, *item)?);
            }
        }
        Ok(out)
    }

    fn code(&self, wasm: &[u8], order: &[usize], places: &[usize]) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        push_number(&mut out, order.len());
        for function in order {
            let body = body(wasm, &self.bodies[*function], places)?;
            push_number(&mut out, body.len());
            out.extend(body);
        }
        Ok(out)
    }
}

/// A body that names functions by their new places.
fn body(wasm: &[u8], body: &FunctionBody<'_>, places: &[usize]) -> Result<Vec<u8>> {
    let mut operators = body.get_operators_reader()?;
    let mut out = wasm[body.range().start as usize..operators.original_position() as usize].to_vec();
    while !operators.eof() {
        let start = operators.original_position() as usize;
        let operator = operators.read()?;
        let written = &wasm[start..operators.original_position() as usize];
        match operator {
            Operator::Call { function_index }
            | Operator::ReturnCall { function_index }
            | Operator::RefFunc { function_index } => {
                out.push(written[0]);
                push_number(&mut out, place(places, function_index as usize)?);
            }
            Operator::I64Load { .. }
            | Operator::F64Load { .. }
            | Operator::I64Store { .. }
            | Operator::F64Store { .. } => {
                out.extend([written[0], written[1].min(ALIGNMENT)]);
                out.extend(&written[2..]);
            }
            _ => out.extend(written),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DROPS: [u8; 9] = [0, 0x41, 1, 0x1a, 0x41, 2, 0x1a, 0x1a, 0x0b];

    /// A function that calls another; it has no locals.
    fn caller(of: u8) -> Vec<u8> {
        vec![0, 0x10, of, 0x0b]
    }

    /// A program with one imported function, and these bodies. It exports the first body as `f`, and its table has the last.
    fn program(bodies: &[Vec<u8>]) -> Vec<u8> {
        let count = bodies.len() as u8;
        let mut code = vec![count];
        for body in bodies {
            code.push(body.len() as u8);
            code.extend(body);
        }
        let mut wasm = MAGIC.to_vec();
        push_section(&mut wasm, 1, &[1, 0x60, 0, 0]);
        push_section(&mut wasm, binary::IMPORTS, &[1, 1, b'm', 1, b'i', 0, 0]);
        push_section(&mut wasm, binary::FUNCTIONS, &[vec![count], vec![0; bodies.len()]].concat());
        push_section(&mut wasm, 4, &[1, 0x70, 0, 1]);
        push_section(&mut wasm, 5, &[1, 0, 1]);
        push_section(&mut wasm, binary::EXPORTS, &[2, 1, b'f', 0, 1, 1, b'm', 2, 0]);
        push_section(&mut wasm, binary::ELEMENTS, &[1, 0, 0x41, 0, 0x0b, 1, count]);
        push_section(&mut wasm, binary::CODE, &code);
        wasm
    }

    /// The place of the exported function, the table's function and the bodies in their order.
    fn read(wasm: &[u8]) -> (usize, usize, Vec<Vec<u8>>) {
        let functions = Functions::read(wasm).unwrap();
        let export = binary::sections(wasm).unwrap().into_iter().find(|(id, _)| *id == binary::EXPORTS).unwrap().1;
        assert_eq!(export[5..], [1, b'm', 2, 0], "the memory is where it was");
        let bodies = functions.bodies.iter().map(|body| wasm[range(body.range())].to_vec()).collect();
        (usize::from(export[4]), functions.tables[0].1[0], bodies)
    }

    #[test]
    fn functions_that_have_much_in_common_stand_together() {
        let loads = [0_u8, 0x20, 0, 0x28, 2, 4, 0x20, 0, 0x28, 2, 8, 0x0b];
        let alike = |body: &[u8], last: u8| [body, &[last]].concat();
        let bodies = [alike(&DROPS, 1), alike(&loads, 2), alike(&DROPS, 3), alike(&loads, 4)];
        let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
        assert_eq!(order(&bodies), [0, 2, 1, 3]);
    }

    #[test]
    fn calls_exports_and_tables_name_the_same_functions_as_before() {
        // The first calls the second, the second the imported one.
        let wasm = program(&[[&DROPS[..8], &[0x10, 2, 0x0b]].concat(), caller(0), DROPS.to_vec()]);
        let (exported, table, bodies) = read(&arrange(&wasm).unwrap());
        assert_eq!(bodies[0], caller(0), "the shortest is the first, and calls what is imported as before");
        assert_eq!(
            bodies[exported - 1],
            [&DROPS[..8], &[0x10, 1, 0x0b]].concat(),
            "it calls the shortest at its new place"
        );
        assert_eq!(bodies[table - 1], DROPS);
    }

    #[test]
    fn values_of_eight_bytes_are_said_to_be_aligned_to_four_at_most() {
        let load = |alignment| vec![0, 0x41, 0, 0x29, alignment, 16, 0x1a, 0x0b];
        let wasm = program(&[load(3)]);
        assert_eq!(read(&arrange(&wasm).unwrap()).2, [load(2)]);
        let wasm = program(&[load(0)]);
        assert_eq!(read(&arrange(&wasm).unwrap()).2, [load(0)]);
    }

    #[test]
    fn what_is_no_wasm_or_breaks_off_is_refused() {
        assert!(arrange(b"<!doctype html>").is_err());
        let whole = program(&[DROPS.to_vec()]);
        assert!(arrange(&whole[..whole.len() - 3]).is_err());
        assert!(arrange(&program(&[caller(9)])).is_err(), "a call of a function that is not there");
    }
}
