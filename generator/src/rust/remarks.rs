//! Comments and empty lines inside a function, which tokens cannot hold.

use proc_macro2::TokenStream;
use quote::quote;
use std::cell::RefCell;

/// Columns of a line of code and its remarks.
const WIDTH: usize = 100;

/// Comments and empty lines inside a function, which tokens cannot hold.
///
/// Each is a call of a macro that there is not, with a number; in the text its line becomes the
/// comment. That is sound because generated string literals are written on one line.
#[derive(Default)]
pub(super) struct Remarks(RefCell<Vec<String>>);

impl Remarks {
    /// An empty line and a comment of our own words, in front of what follows.
    pub(super) fn say(&self, text: &str) -> TokenStream {
        let mut texts = self.0.borrow_mut();
        texts.push(text.to_owned());
        let number = proc_macro2::Literal::usize_unsuffixed(texts.len() - 1);
        quote!(remark!(#number);)
    }

    /// An empty line.
    pub(super) fn gap(&self) -> TokenStream {
        quote!(remark!();)
    }

    /// The text with the remarks where they belong.
    pub(super) fn put(&self, text: &str) -> String {
        let texts = self.0.borrow();
        let mut out = String::with_capacity(text.len());
        let mut before = "";
        for line in text.lines() {
            let code = line.trim_start();
            let indent = line.get(..line.len() - code.len()).unwrap_or_default();
            let remark = code.strip_prefix("remark!(");
            match remark.and_then(|rest| rest.strip_suffix(");")) {
                None => out.push_str(&format!("{line}\n")),
                Some(number) => {
                    if !before.ends_with('{') {
                        out.push('\n');
                    }
                    let text = number.parse().ok().and_then(|it: usize| texts.get(it));
                    for words in text
                        .map(|text| wrapped(text, indent.len()))
                        .into_iter()
                        .flatten()
                    {
                        out.push_str(&format!("{indent}// {words}\n"));
                    }
                }
            }
            before = line;
        }
        out
    }
}

/// The lines of a comment that begins so many columns from the left.
pub(super) fn wrapped(text: &str, indent: usize) -> Vec<String> {
    let most = WIDTH.saturating_sub(indent + "// ".len());
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::format::{HEADER, SourceFile};
    use super::*;

    #[test]
    fn remarks_stand_where_they_were_made() {
        let remarks = Remarks::default();
        let (first, gap) = (remarks.say("What it does."), remarks.gap());
        let long = remarks.say(&"word ".repeat(30));
        let mut file = SourceFile::new("");
        file.remarked(
            quote!(fn f() { #first a("remark!(1);"); #gap b(); if c { #long d(); } }),
            remarks,
        );
        let words = |count| vec!["word"; count].join(" ");
        let expected = format!(
            "fn f() {{\n    // What it does.\n    a(\"remark!(1);\");\n\n    b();\n    if c {{\n        \
             // {}\n        // {}\n        d();\n    }}\n}}\n",
            words(18),
            words(12)
        );
        assert_eq!(file.text().unwrap(), format!("{HEADER}\n{expected}"));
    }
}
