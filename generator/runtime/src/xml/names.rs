//! What may be a name in XML (XML 1.0, section 2.3), without a colon.

/// Whether a text can be the name of an element.
pub(super) fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(begins) && characters.all(goes_on)
}

fn begins(c: char) -> bool {
    matches!(c,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}'
        | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

fn goes_on(c: char) -> bool {
    let more = matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}');
    more || begins(c)
}

/// A character that XML cannot carry, not even as a reference (XML 1.0, section 2.2).
pub(super) fn forbidden(text: &str) -> Option<char> {
    let is_fine = |c: char| {
        matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}')
            || c >= '\u{10000}'
    };
    text.chars().find(|c| !is_fine(*c))
}

/// Says so.
pub(super) fn refusal(c: char) -> String {
    format!("XML cannot carry the character U+{:04X}", u32::from(c))
}
