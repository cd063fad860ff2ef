//! Text and regular expressions: what samples of a `pattern` are made of, and whether a text is one.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use std::collections::BTreeSet;

/// The longest text that is made.
const LONGEST: usize = 4_096;

/// Steps after which a text is no longer compared with an expression.
const MOST_STEPS: usize = 100_000;

/// How deep groups may lie within each other.
const DEEPEST: u32 = 50;

/// A text that matches an ECMA-262 expression (JSON Schema Validation, section 6.3.3).
///
/// Of what is optional one is given, of alternatives and classes the seed takes one; the same seed
/// gives the same text.
///
/// `None`: the expression uses look-around or back-references, matches nothing, or asks for too long a
/// text.
///
/// ```
/// use specwright::pattern::matching;
///
/// let id = matching("^user_[a-z0-9]{4}$", 7).unwrap();
/// assert!(id.starts_with("user_") && id.len() == 9);
/// assert_eq!(matching("(?=a)b", 7), None);
/// ```
pub fn matching(pattern: &str, seed: u64) -> Option<String> {
    let parsed = ParserBuilder::new()
        .nest_limit(DEEPEST)
        .build()
        .parse(pattern)
        .ok()?;
    let mut writer = Writer {
        text: String::new(),
        seed,
    };
    writer.write(&parsed)?;
    Some(writer.text)
}

/// Whether a text matches an ECMA-262 expression, which is not anchored by itself.
///
/// `None`: the expression cannot be read, or comparing takes too long.
///
/// ```
/// use specwright::pattern::matches;
///
/// assert_eq!(matches("^user_[a-z0-9]{4}$", "user_ab12"), Some(true));
/// assert_eq!(matches("[0-9]", "none"), Some(false));
/// assert_eq!(matches("(?=a)b", "b"), None);
/// ```
pub fn matches(pattern: &str, text: &str) -> Option<bool> {
    let parsed = ParserBuilder::new()
        .nest_limit(DEEPEST)
        .build()
        .parse(pattern)
        .ok()?;
    let text: Vec<char> = text.chars().collect();
    let mut steps = 0;
    let mut ends = BTreeSet::new();
    for start in 0..=text.len() {
        ends.extend(ends_of(&parsed, &text, start, &mut steps)?);
        if !ends.is_empty() {
            return Some(true);
        }
    }
    Some(false)
}

/// Where a match that begins at `start` can end.
fn ends_of(hir: &Hir, text: &[char], start: usize, steps: &mut usize) -> Option<BTreeSet<usize>> {
    *steps += 1;
    if *steps > MOST_STEPS {
        return None;
    }
    let one = |matched: bool, end: usize| matched.then_some(end).into_iter().collect();
    Some(match hir.kind() {
        HirKind::Empty => one(true, start),
        HirKind::Look(Look::Start) => one(start == 0, start),
        HirKind::Look(Look::End) => one(start == text.len(), start),
        HirKind::Look(_) => return None,
        HirKind::Literal(literal) => {
            let literal = std::str::from_utf8(&literal.0).ok()?;
            let rest = text.get(start..)?;
            let matched = literal
                .chars()
                .eq(rest.iter().copied().take(literal.chars().count()));
            one(matched, start + literal.chars().count())
        }
        HirKind::Class(class) => {
            let code = text.get(start).map(|c| u32::from(*c));
            let inside = |range: (u32, u32)| code.is_some_and(|c| range.0 <= c && c <= range.1);
            let matched = match class {
                Class::Unicode(class) => class
                    .ranges()
                    .iter()
                    .any(|it| inside((it.start().into(), it.end().into()))),
                Class::Bytes(class) => class
                    .ranges()
                    .iter()
                    .any(|it| inside((it.start().into(), it.end().into()))),
            };
            one(matched, start + 1)
        }
        HirKind::Capture(group) => ends_of(&group.sub, text, start, steps)?,
        HirKind::Concat(parts) => {
            let mut at = BTreeSet::from([start]);
            for part in parts {
                at = all_ends(part, text, &at, steps)?;
            }
            at
        }
        HirKind::Alternation(choices) => {
            let mut ends = BTreeSet::new();
            for choice in choices {
                ends.extend(ends_of(choice, text, start, steps)?);
            }
            ends
        }
        HirKind::Repetition(repetition) => {
            let mut at = BTreeSet::from([start]);
            let mut ends = BTreeSet::new();
            let mut times = 0;
            while !at.is_empty() {
                if times >= repetition.min && !at.iter().all(|end| ends.contains(end)) {
                    ends.extend(at.iter().copied());
                } else if times >= repetition.min {
                    break;
                }
                if repetition.max.is_some_and(|max| times >= max) {
                    break;
                }
                at = all_ends(&repetition.sub, text, &at, steps)?;
                times += 1;
            }
            ends
        }
    })
}

/// Where a match that begins at any of `starts` can end.
fn all_ends(
    hir: &Hir,
    text: &[char],
    starts: &BTreeSet<usize>,
    steps: &mut usize,
) -> Option<BTreeSet<usize>> {
    let mut ends = BTreeSet::new();
    for start in starts {
        ends.extend(ends_of(hir, text, *start, steps)?);
    }
    Some(ends)
}

struct Writer {
    text: String,
    seed: u64,
}

impl Writer {
    fn write(&mut self, hir: &Hir) -> Option<()> {
        if self.text.len() > LONGEST {
            return None;
        }
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => self.text.push_str(std::str::from_utf8(&literal.0).ok()?),
            HirKind::Class(class) => {
                let letter = self.letter(class)?;
                self.text.push(letter);
            }
            HirKind::Repetition(repetition) => {
                let once = repetition.max.is_none_or(|max| max > 0);
                for _ in 0..repetition.min.max(u32::from(once)) {
                    self.write(&repetition.sub)?;
                }
            }
            HirKind::Capture(group) => self.write(&group.sub)?,
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.write(part))?,
            HirKind::Alternation(choices) => {
                let choice = self.pick(choices.len())?;
                self.write(choices.get(choice)?)?;
            }
        }
        Some(())
    }

    /// One character of a class: a letter or digit where it has some.
    fn letter(&mut self, class: &Class) -> Option<char> {
        let ranges: Vec<(u32, u32)> = match class {
            Class::Unicode(class) => {
                let ranges = class.ranges().iter();
                ranges
                    .map(|range| (range.start().into(), range.end().into()))
                    .collect()
            }
            Class::Bytes(class) => {
                let ranges = class.ranges().iter();
                ranges
                    .map(|range| (range.start().into(), range.end().into()))
                    .collect()
            }
        };
        let plain: Vec<char> = ('a'..='z').chain('0'..='9').chain('A'..='Z').collect();
        let has = |letter: &char| {
            let code = u32::from(*letter);
            ranges
                .iter()
                .any(|(first, last)| (first..=last).contains(&&code))
        };
        let plain: Vec<char> = plain.into_iter().filter(has).collect();
        if let Some(at) = self.pick(plain.len()) {
            return plain.get(at).copied();
        }
        let visible = ranges
            .iter()
            .filter_map(|(first, last)| char::from_u32((*first).max(32).min(*last)));
        let visible: Vec<char> = visible.collect();
        let at = self.pick(visible.len())?;
        visible.get(at).copied()
    }

    /// One of so many, by the seed.
    fn pick(&mut self, of: usize) -> Option<usize> {
        // Knuth's linear congruential generator; its high bits are the better ones.
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.seed >> 33).ok()?.checked_rem(of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_matches() {
        let patterns = [
            r"^cr_\w{12}$",
            r"^PT(?:(\d+)H)?(?:(\d+)M)?$",
            "^[A-Z0-9]+_[A-Z0-9]+$",
            "^(?:red|green)-[^a-z]$",
            r"^\+[1-9]\d{1,14}$",
            "[ -/]{3}",
            "^$",
            "",
        ];
        for pattern in patterns {
            let regex = regex_lite::Regex::new(pattern).unwrap();
            for seed in 0..50 {
                let text = matching(pattern, seed).unwrap();
                assert!(regex.is_match(&text), "{pattern} {seed}: {text:?}");
                assert_eq!(matching(pattern, seed).unwrap(), text);
            }
        }
        let several: std::collections::BTreeSet<_> =
            (0..20).map(|seed| matching("[a-z]{8}", seed)).collect();
        assert_eq!(several.len(), 20, "seeds tell texts apart");
    }

    #[test]
    fn what_matches_is_what_another_engine_says() {
        let patterns = [
            r"^cr_\w{12}$",
            r"^PT(?:(\d+)H)?(?:(\d+)M)?$",
            "^(?:[01]\\d|2[0-3]):[0-5]\\d$",
            "a|bc*",
            "(mo|tu)$",
            "^(a*)*$",
            "^a{2,3}b?$",
            "",
        ];
        let texts = [
            "cr_abcdefghij12",
            "PT1H",
            "PT",
            "23:59",
            "24:00",
            "bccc",
            "xmo",
            "mox",
            "aaa",
            "aab",
            "aaaa",
            "",
        ];
        for pattern in patterns {
            let regex = regex_lite::Regex::new(pattern).unwrap();
            for text in texts {
                assert_eq!(
                    matches(pattern, text),
                    Some(regex.is_match(text)),
                    "{pattern} {text}"
                );
            }
        }
        assert_eq!(
            matches("^(((a*)*)*)*b$", &"a".repeat(2_000)),
            None,
            "it ends"
        );
        assert_eq!(matches("(a)\\1", "aa"), None);
    }

    #[test]
    fn what_cannot_be_made_is_none() {
        let deep = format!("{}a{}", "(".repeat(1_000), ")".repeat(1_000));
        let patterns = [
            "(?=a)",
            r"(a)\1",
            "(",
            "[^\\s\\S]",
            "((a{1000}){1000}){1000}",
            "a{4000000000}",
            &deep,
        ];
        for pattern in patterns {
            assert_eq!(matching(pattern, 1), None, "{pattern:.40}");
        }
    }
}
