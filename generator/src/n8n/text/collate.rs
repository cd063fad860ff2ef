//! The order of `String.prototype.localeCompare`, which n8n's linter sorts by, as far as labels need it.

/// A key by which labels sort as in the linter: signs before digits before letters, letters without
/// regard to case and accents, then without regard to case, small letters first.
pub(in crate::n8n) fn sort_key(label: &str) -> (Vec<(u8, u32)>, Vec<u32>, Vec<u8>) {
    let primary = label.chars().map(weight).collect();
    let accents = label.chars().map(accent).collect();
    let case = label.chars().map(|c| u8::from(c.is_uppercase())).collect();
    (primary, accents, case)
}

/// The order of signs in the root collation (CLDR).
const SIGNS: &str = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

fn weight(c: char) -> (u8, u32) {
    if let Some(place) = SIGNS.find(c) {
        return (0, u32::try_from(place).unwrap_or(u32::MAX));
    }
    if c.is_numeric() {
        return (2, u32::from(c));
    }
    if c.is_alphabetic() {
        return (3, u32::from(base(c)));
    }
    (1, u32::from(c))
}

/// A letter in lower case, without its accent where it is of Latin-1.
fn base(c: char) -> char {
    let lower = c.to_lowercase().next().unwrap_or(c);
    match lower {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        _ => lower,
    }
}

fn accent(c: char) -> u32 {
    let lower = c.to_lowercase().next().unwrap_or(c);
    if base(c) == lower {
        0
    } else {
        u32::from(lower)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_sort_as_a_browser_sorts_them() {
        // As Node 20 sorts them: `labels.sort((a, b) => a.localeCompare(b))`.
        let sorted = [
            "10", "9", "a b", "A b", "ab", "Aspect", "Éclair", "éclairs", "ID", "Identity", "Name",
            "Name 2", "Names", "URL",
        ];
        let mut labels = sorted;
        labels.reverse();
        labels.sort_by_key(|label| sort_key(label));
        assert_eq!(labels, sorted);
    }
}
