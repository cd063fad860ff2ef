//! The few headers of a delivery that matter.

use super::Error;

/// The headers that were asked for.
#[derive(Debug, Clone)]
pub(super) struct Received(Vec<Header>);

#[derive(Debug, Clone)]
struct Header {
    name: &'static str,
    value: Vec<u8>,
    count: usize,
}

impl Received {
    /// Takes the named headers, whatever the case of their names.
    pub(super) fn pick<N: AsRef<str>, V: AsRef<[u8]>>(
        names: impl IntoIterator<Item = &'static str>,
        headers: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let wanted = names.into_iter().map(|name| Header {
            name,
            value: Vec::new(),
            count: 0,
        });
        let mut picked: Vec<Header> = wanted.collect();
        for (name, value) in headers {
            let same = |header: &&mut Header| header.name.eq_ignore_ascii_case(name.as_ref());
            for header in picked.iter_mut().filter(same) {
                header.value = value.as_ref().to_vec();
                header.count += 1;
            }
        }
        Self(picked)
    }

    /// The only value of a header.
    pub(super) fn one(&self, name: &'static str) -> Result<&[u8], Error> {
        match self.0.iter().find(|header| header.name == name) {
            Some(header) if header.count > 1 => Err(Error::DuplicateHeader(name)),
            Some(header) if !header.value.is_empty() => Ok(&header.value),
            _ => Err(Error::MissingHeader(name)),
        }
    }

    /// The only value of a header that may be missing; `None` where it is no text.
    pub(super) fn text(&self, name: &'static str) -> Result<Option<&str>, Error> {
        match self.one(name) {
            Ok(value) => Ok(std::str::from_utf8(value).ok()),
            Err(Error::MissingHeader(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
