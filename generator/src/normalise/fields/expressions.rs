//! Regular expressions that are none (ECMA-262, section 22.2.1, as JSON Schema asks for).

/// What keeps a text from being a regular expression. What only some engines refuse is let pass.
pub(super) fn fault(pattern: &str) -> Option<&'static str> {
    let mut scan = Scan {
        rest: pattern.chars().collect(),
        at: 0,
        depth: 0,
        atom: false,
    };
    while scan.at < scan.rest.len() {
        if let Some(fault) = scan.step() {
            return Some(fault);
        }
    }
    (scan.depth > 0).then_some("a group is not closed")
}

struct Scan {
    rest: Vec<char>,
    at: usize,
    depth: usize,
    /// Whether something stands before that can be repeated.
    atom: bool,
}

impl Scan {
    fn next(&mut self) -> Option<char> {
        let next = self.rest.get(self.at).copied();
        self.at += 1;
        next
    }

    fn eat(&mut self, text: &str) -> bool {
        let is_next = text
            .chars()
            .enumerate()
            .all(|(index, c)| self.rest.get(self.at + index) == Some(&c));
        if is_next {
            self.at += text.chars().count();
        }
        is_next
    }

    fn step(&mut self) -> Option<&'static str> {
        match self.next()? {
            '\\' => {
                self.atom = true;
                self.next().is_none().then_some("it ends with a backslash")
            }
            '[' => self.class(),
            '(' => self.group(),
            ')' => {
                self.atom = true;
                match self.depth.checked_sub(1) {
                    Some(depth) => {
                        self.depth = depth;
                        None
                    }
                    None => Some("a group is closed that was not opened"),
                }
            }
            '*' | '+' | '?' => self.repeat(),
            '{' => match self.count() {
                Some(fault @ Some(_)) => fault,
                Some(None) => self.repeat(),
                None => {
                    self.atom = true;
                    None
                }
            },
            '|' | '^' => {
                self.atom = false;
                None
            }
            _ => {
                self.atom = true;
                None
            }
        }
    }

    fn repeat(&mut self) -> Option<&'static str> {
        if !self.atom {
            return Some("there is nothing to repeat");
        }
        self.eat("?");
        self.atom = false;
        None
    }

    fn class(&mut self) -> Option<&'static str> {
        self.eat("^");
        self.atom = true;
        loop {
            match self.next() {
                Some(']') => return None,
                Some('\\') => {
                    self.next();
                }
                Some(_) => {}
                None => return Some("a class of characters is not closed"),
            }
        }
    }

    fn group(&mut self) -> Option<&'static str> {
        self.depth += 1;
        self.atom = false;
        if !self.eat("?") {
            return None;
        }
        let is_known = ["<=", "<!", ":", "=", "!", "<"]
            .into_iter()
            .any(|kind| self.eat(kind));
        (!is_known).then_some("JSON Schema's expressions have no such groups")
    }

    /// `{2,5}` after its brace; none where the brace is only a brace.
    fn count(&mut self) -> Option<Option<&'static str>> {
        let start = self.at;
        let end = (start..self.rest.len()).find(|index| self.rest.get(*index) == Some(&'}'))?;
        let text: String = self.rest.get(start..end)?.iter().collect();
        let (least, most) = text
            .split_once(',')
            .map_or((text.as_str(), None), |(least, most)| (least, Some(most)));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !is_number(least) || !most.is_none_or(|most| most.is_empty() || is_number(most)) {
            return None;
        }
        self.at = end + 1;
        // Numbers of more digits than fit are endless.
        let value = |text: &str| text.parse().unwrap_or(u64::MAX);
        let is_backward = most
            .filter(|most| !most.is_empty())
            .is_some_and(|most| value(most) < value(least));
        Some(is_backward.then_some("a repetition has a lower end than start"))
    }
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn expressions_that_are_none_are_told_from_those_that_are() {
        for pattern in [
            "",
            "^[a-z]{2,5}$",
            "a{",
            "{}",
            "(?<year>\\d{4})-(?=x)(?:y)??",
            "[\\]]+",
            "[^]]",
            "(?<!a)b*?",
            "\\p{L}+",
        ] {
            assert_eq!(fault(pattern), None, "{pattern}");
        }
        for pattern in [
            "[", "(", ")", "*a", "a**", "a{5,2}", "\\", "(?i)a", "a|+", "x{2}{3}",
        ] {
            assert!(fault(pattern).is_some(), "{pattern}");
        }
    }
}
