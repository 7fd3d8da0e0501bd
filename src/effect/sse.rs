//! Reads a stream of server-sent events (HTML standard, "event stream"), wherever its bytes are cut.

/// The longest line that can matter here. A longer one is read as a comment.
const LONGEST: usize = 65_536;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sent {
    /// `event:`; empty where the server gives none.
    pub(super) name: String,
    /// `data:`, its lines joined.
    pub(super) data: String,
}

/// What has been read so far.
#[derive(Debug, Default)]
pub(super) struct Reader {
    line: Vec<u8>,
    /// A carriage return came last: a line feed now belongs to it.
    after_return: bool,
    /// The first line is over: only that one may begin with a byte order mark.
    begun: bool,
    name: String,
    data: Option<String>,
    id: Option<String>,
    last_id: String,
    retry: Option<u64>,
}

impl Reader {
    /// A reader of a stream that continues after this id.
    pub(super) fn after(last_id: String) -> Self {
        Self { last_id, ..Self::default() }
    }

    /// Takes the next bytes, whole characters or not; returns the events that end in them.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<Sent> {
        let mut events = Vec::new();
        for byte in bytes {
            match byte {
                b'\n' if std::mem::take(&mut self.after_return) => {}
                b'\r' | b'\n' => {
                    self.after_return = *byte == b'\r';
                    let line = std::mem::take(&mut self.line);
                    events.extend(self.end_line(&line));
                }
                _ => {
                    self.after_return = false;
                    if self.line.len() == LONGEST {
                        self.line = vec![b':'];
                    }
                    self.line.push(*byte);
                }
            }
        }
        events
    }

    /// The id of the last event: a reopened stream continues after it.
    pub(super) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// How long the server asks to wait before the next stream (milliseconds).
    pub(super) fn retry(&self) -> Option<u64> {
        self.retry
    }

    fn end_line(&mut self, line: &[u8]) -> Option<Sent> {
        let line = String::from_utf8_lossy(line);
        let is_first = !std::mem::replace(&mut self.begun, true);
        let line = line.strip_prefix('\u{feff}').filter(|_| is_first).unwrap_or(&line);
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => self.name = value.to_owned(),
            "data" => match &mut self.data {
                Some(data) => data.extend(["\n", value]),
                None => self.data = Some(value.to_owned()),
            },
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(u32::into).or(self.retry);
            }
            // A comment begins with a colon.
            _ => {}
        }
        None
    }

    /// An empty line ends an event; an event without data is dropped.
    fn dispatch(&mut self) -> Option<Sent> {
        if let Some(id) = &self.id {
            self.last_id.clone_from(id);
        }
        let name = std::mem::take(&mut self.name);
        self.data.take().map(|data| Sent { name, data })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> (Vec<Sent>, Reader) {
        let mut reader = Reader::default();
        (reader.push(bytes), reader)
    }

    fn sent(name: &str, data: &str) -> Sent {
        Sent { name: name.into(), data: data.into() }
    }

    #[test]
    fn an_event_ends_with_an_empty_line() {
        let text =
            "event: changed\nid: 7\ndata: {\"total\":3}\n\n: 25 s\n\nevent: bye\ndata:\n\nevent: changed\ndata: cut";
        let (events, reader) = read(text.as_bytes());
        assert_eq!(events, [sent("changed", "{\"total\":3}"), sent("bye", "")]);
        assert_eq!(reader.last_id(), "7");
    }

    #[test]
    fn lines_end_in_three_ways() {
        for text in
            ["data:a\n\ndata:b\n\n", "data:a\r\n\r\ndata:b\r\n\r\n", "data:a\r\rdata:b\r\r", "data:a\r\n\ndata:b\n\r"]
        {
            assert_eq!(read(text.as_bytes()).0, [sent("", "a"), sent("", "b")], "{text:?}");
        }
    }

    #[test]
    fn fields_are_read_as_the_standard_says() {
        let text = "\u{feff}data:  two spaces\ndata\ndata:c:d\nunknown: x\nretry: 3000\nretry: soon\nid: a\0b\n\n\n\n\u{feff}data: x\n\n";
        let (events, reader) = read(text.as_bytes());
        assert_eq!(events, [sent("", " two spaces\n\nc:d")]);
        assert_eq!((reader.retry(), reader.last_id()), (Some(3_000), ""));
    }

    #[test]
    fn an_id_counts_once_its_event_is_whole_and_an_empty_one_is_one() {
        let mut reader = Reader::after("5".into());
        reader.push(b"id: 6\ndata: x\n");
        assert_eq!(reader.last_id(), "5");
        reader.push(b"\n");
        assert_eq!(reader.last_id(), "6");
        reader.push(b"data: y\n\n");
        assert_eq!(reader.last_id(), "6");
        reader.push(b"id\n\n");
        assert_eq!(reader.last_id(), "");
    }

    #[test]
    fn a_line_without_end_costs_no_memory_and_no_later_event() {
        let mut reader = Reader::default();
        for _ in 0..100 {
            reader.push(&[b'x'; 10_000]);
            assert!(reader.line.len() <= LONGEST + 1);
        }
        assert_eq!(reader.push(b"\ndata: x\n\n"), [sent("", "x")]);
    }

    fn stream() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            Just("data: é😀\u{feff}".to_owned()),
            Just("event: changed".to_owned()),
            Just("id: 12".to_owned()),
            Just("retry: 5".to_owned()),
            Just(": comment".to_owned()),
            Just("\n".to_owned()),
            Just("\r\n".to_owned()),
            Just("\r".to_owned()),
            Just("\u{feff}".to_owned()),
            any::<String>(),
        ];
        prop_oneof![
            prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat().into_bytes()),
            prop::collection::vec(any::<u8>(), 0..200),
        ]
    }

    proptest! {
        #[test]
        fn it_does_not_matter_how_the_bytes_are_cut(bytes in stream(), sizes in prop::collection::vec(1_usize..7, 1..20)) {
            let (whole, reader) = read(&bytes);
            let mut cut = Reader::default();
            let mut events = Vec::new();
            let mut rest = bytes.as_slice();
            for size in sizes.iter().cycle() {
                let (chunk, after) = rest.split_at((*size).min(rest.len()));
                events.extend(cut.push(chunk));
                rest = after;
                if rest.is_empty() {
                    break;
                }
            }
            prop_assert_eq!(events, whole);
            prop_assert_eq!((cut.last_id(), cut.retry()), (reader.last_id(), reader.retry()));
        }
    }
}
