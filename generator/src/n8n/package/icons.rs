//! The package's pictures: the first letters of its name on a plate, for light and dark editors.
//!
//! Letters are drawn as text, which n8n's editor shows in its own font.

use super::identity::Identity;
use super::literal::fill;
use super::{Files, N8nError};

/// Degrees of the colour wheel between neighbouring colours: far enough to be told apart.
const STEP: u32 = 15;

pub(super) fn add(files: &mut Files, identity: &Identity) -> Result<(), N8nError> {
    let template = include_str!("../../../../templates/n8n/icon.svg.jinja");
    let (letters, hue) = (letters(&identity.title), hue(&identity.name));
    for (theme, plate, ink) in [("", (62, 46), 100), (".dark", (70, 72), 14)] {
        let values = minijinja::context!(
            letters => letters.as_str(),
            size => if letters.len() > 1 { 26 } else { 34 },
            plate => format!("hsl({hue}, {}%, {}%)", plate.0, plate.1),
            ink => format!("hsl({hue}, 40%, {ink}%)"),
        );
        let path = format!("nodes/{}/{}{theme}.svg", identity.icons, identity.name);
        files.add(&path, fill(template, values)?)?;
    }
    Ok(())
}

/// One or two letters of ASCII: the first of the first two words.
fn letters(title: &str) -> String {
    let first = |word: &str| word.chars().find(char::is_ascii_alphanumeric);
    let letters: String = title
        .split_whitespace()
        .filter_map(first)
        .map(|c| c.to_ascii_uppercase())
        .take(2)
        .collect();
    if letters.is_empty() {
        "A".to_owned()
    } else {
        letters
    }
}

/// A hue from a name (FNV-1a), the same on every machine.
fn hue(name: &str) -> u32 {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    hash % (360 / STEP) * STEP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_plain_whatever_the_title_is() {
        assert_eq!(letters("Twenty"), "T");
        assert_eq!(letters("acme cloud platform"), "AC");
        assert_eq!(letters("<script> \"&"), "S");
        assert_eq!(letters("名前"), "A");
    }
}
