//! Instructions, copied with other indices of functions (WebAssembly core specification, "instructions").

use anyhow::{Result, bail};

use super::super::reader::{Reader, push_number};

/// A function's locals and instructions, copied; `to` has each function's new index.
pub(super) fn moved_body(body: &[u8], to: &impl Fn(usize) -> Result<usize>) -> Result<Vec<u8>> {
    let (mut rest, mut copy) = (Reader(body), Vec::with_capacity(body.len()));
    for _ in 0..copied(&mut rest, &mut copy)? {
        // So many locals of a type.
        copied(&mut rest, &mut copy)?;
        copy.push(rest.byte()?);
    }
    moved(&mut rest, to, &mut copy)?;
    if !rest.0.is_empty() {
        bail!("a function goes on after its end");
    }
    Ok(copy)
}

/// Copies instructions up to the end that belongs to none of them.
pub(super) fn moved(rest: &mut Reader<'_>, to: &impl Fn(usize) -> Result<usize>, copy: &mut Vec<u8>) -> Result<()> {
    let mut open = 1;
    while open > 0 {
        let code = rest.byte()?;
        copy.push(code);
        match code {
            // block, loop, if
            0x02..=0x04 => {
                open += 1;
                number(rest, copy)?;
            }
            // end
            0x0b => open -= 1,
            // unreachable, nop, else, return, drop, select; numbers; ref.is_null
            0x00 | 0x01 | 0x05 | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => {}
            // br, br_if; locals, globals, tables; memory.size, memory.grow; i32.const, i64.const; ref.null
            0x0c | 0x0d | 0x20..=0x26 | 0x3f..=0x42 | 0xd0 => number(rest, copy)?,
            // call_indirect; loads and stores: an alignment and an offset
            0x11 | 0x28..=0x3e => numbers(2, rest, copy)?,
            // br_table
            0x0e => {
                let labels = copied(rest, copy)?;
                numbers(labels + 1, rest, copy)?;
            }
            // call, ref.func
            0x10 | 0xd2 => push_number(copy, to(rest.number()?)?),
            // select of a type
            0x1c => {
                let types = copied(rest, copy)?;
                numbers(types, rest, copy)?;
            }
            // f32.const, f64.const
            0x43 => copy.extend(rest.take(4)?),
            0x44 => copy.extend(rest.take(8)?),
            0xfc => match copied(rest, copy)? {
                // Fractions to whole numbers.
                0..=7 => {}
                // memory.init, memory.copy, table.init, table.copy
                8 | 10 | 12 | 14 => numbers(2, rest, copy)?,
                // data.drop, memory.fill, elem.drop, table.grow, table.size, table.fill
                9 | 11 | 13 | 15..=17 => number(rest, copy)?,
                other => bail!("the instruction 0xfc {other} is not known here"),
            },
            other => bail!("the instruction {other:#x} is not known here"),
        }
    }
    Ok(())
}

/// Copies a number and says what it is.
fn copied(rest: &mut Reader<'_>, copy: &mut Vec<u8>) -> Result<usize> {
    let number = rest.number()?;
    push_number(copy, number);
    Ok(number)
}

fn numbers(count: usize, rest: &mut Reader<'_>, copy: &mut Vec<u8>) -> Result<()> {
    (0..count).try_for_each(|_| number(rest, copy))
}

/// Copies a number of any width, with or without a sign.
fn number(rest: &mut Reader<'_>, copy: &mut Vec<u8>) -> Result<()> {
    loop {
        let byte = rest.byte()?;
        copy.push(byte);
        if byte < 0x80 {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(instructions: &[u8]) -> Result<Vec<u8>> {
        moved_body(instructions, &|function| Ok(function + 200))
    }

    #[test]
    fn only_the_indices_of_functions_change() {
        // Two locals of a type; block, i64.const -1, f64.const, call 3, br_table, ref.func 0, memory.copy, end, end.
        let body = b"\x01\x02\x7f\x02\x40\x42\x7f\x44........\x10\x03\x0e\x01\0\0\xd2\0\xfc\x0a\0\0\x0b\x0b";
        let moved = b"\x01\x02\x7f\x02\x40\x42\x7f\x44........\x10\xcb\x01\x0e\x01\0\0\xd2\xc8\x01\xfc\x0a\0\0\x0b\x0b";
        assert_eq!(copy(body).unwrap(), moved);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for body in [b"\0\x12\0\x0b".as_slice(), b"\0\x10", b"\0\x0b\x0b", b"\0\xfc\x63\x0b"] {
            assert!(copy(body).is_err(), "{body:x?}");
        }
    }
}
