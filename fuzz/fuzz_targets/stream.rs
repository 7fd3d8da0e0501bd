//! Whatever a server writes into its stream, it is read the same however the bytes are cut, and no line holds memory.
//!
//! The first byte of the input says how long the pieces are.

#![no_main]

use libfuzzer_sys::fuzz_target;

// The widget's own reader, which is no part of its public interface.
#[path = "../../src/effect/sse.rs"]
mod sse;

use sse::Reader;

fuzz_target!(|input: &[u8]| {
    let Some((size, bytes)) = input.split_first() else { return };
    let mut whole = Reader::after("5".to_owned());
    let events = whole.push(bytes);
    let mut cut = Reader::after("5".to_owned());
    let in_pieces: Vec<_> = bytes.chunks(usize::from(*size).max(1)).flat_map(|piece| cut.push(piece)).collect();
    assert_eq!(in_pieces, events);
    assert_eq!((cut.last_id(), cut.retry()), (whole.last_id(), whole.retry()));
    assert!(!whole.last_id().contains(['\0', '\n', '\r']), "it goes into a header");
    for event in &events {
        assert!(!event.name.contains(['\n', '\r']) && !event.data.contains('\r'));
    }
    let read: usize = events.iter().map(|event| event.name.len() + event.data.len()).sum();
    // What is no character becomes one of three bytes.
    assert!(read <= 3 * bytes.len(), "nothing is made up");

    // Whatever came before, an event after an empty line is one.
    whole.push(b"\n\n");
    let after = whole.push(b"event: changed\ndata: {}\n\n");
    assert!(after.iter().any(|event| event.name == "changed" && event.data == "{}"), "{after:?}");
});
