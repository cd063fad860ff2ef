//! Texts of JSON one after the other: a line each, or behind record separators (RFC 7464).

use bytes::{Buf, Bytes};

use super::parser::TooLarge;

/// Cuts pieces that end anywhere into records.
#[derive(Debug)]
pub(super) struct Records {
    separator: u8,
    chunk: Bytes,
    /// The beginning of a record whose end has not come.
    record: Vec<u8>,
    begun: bool,
    /// The most bytes of a record that are kept.
    limit: usize,
}

impl Records {
    pub(super) const fn new(separator: u8, limit: usize) -> Self {
        Self {
            separator,
            chunk: Bytes::new(),
            record: Vec::new(),
            begun: false,
            limit,
        }
    }

    /// Whether record separators stand before the texts, not line feeds behind them.
    pub(super) const fn is_sequence(&self) -> bool {
        self.separator != b'\n'
    }

    /// Takes the next piece, once the one before has no more records.
    pub(super) fn push(&mut self, chunk: Bytes) {
        self.chunk = chunk;
    }

    /// The next record of the piece that is not blank.
    ///
    /// # Errors
    /// A record is larger than the limit.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>, TooLarge> {
        while !self.chunk.is_empty() {
            let end = self.chunk.iter().position(|byte| *byte == self.separator);
            let more = end.unwrap_or(self.chunk.len());
            if self.record.len().saturating_add(more) > self.limit {
                return Err(TooLarge);
            }
            self.record.extend_from_slice(&self.chunk.split_to(more));
            if end.is_none() {
                break;
            }
            self.chunk.advance(1);
            if let Some(record) = self.last() {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    /// What there is of a record; where nothing follows, it is the last.
    pub(super) fn last(&mut self) -> Option<Vec<u8>> {
        let mut record = std::mem::take(&mut self.record);
        if !std::mem::replace(&mut self.begun, true) && record.starts_with(b"\xef\xbb\xbf") {
            record.drain(..3);
        }
        (!record.trim_ascii().is_empty()).then_some(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(separator: u8, text: &str, size: usize) -> Vec<String> {
        let mut records = Records::new(separator, 100);
        let mut all = Vec::new();
        for piece in text.as_bytes().chunks(size) {
            records.push(Bytes::copy_from_slice(piece));
            while let Some(record) = records.next().unwrap() {
                all.push(record);
            }
        }
        all.extend(records.last());
        let text = |record: Vec<u8>| String::from_utf8(record).unwrap().trim().to_owned();
        all.into_iter().map(text).collect()
    }

    #[test]
    fn records_are_cut_wherever_they_are_split() {
        let lines = "\u{feff}{\"a\":1}\r\n\n  \n[\"\u{e9}\"]\n7";
        let sequence = "\u{1e}{\"a\":\n1}\n\u{1e}\u{1e}[\"\u{e9}\"]\n\u{1e}7\n";
        for size in 1..=sequence.len() {
            assert_eq!(
                records(b'\n', lines, size),
                ["{\"a\":1}", "[\"\u{e9}\"]", "7"]
            );
            let found = records(0x1e, sequence, size);
            assert_eq!(found, ["{\"a\":\n1}", "[\"\u{e9}\"]", "7"]);
        }
    }

    #[test]
    fn a_record_that_does_not_end_is_not_kept_for_ever() {
        let mut records = Records::new(b'\n', 100);
        records.push(Bytes::from(vec![b'x'; 100]));
        assert_eq!(records.next(), Ok(None));
        records.push(Bytes::from_static(b"x"));
        assert_eq!(records.next(), Err(TooLarge));
    }
}
