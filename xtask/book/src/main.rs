//! Builds every book below a folder, and follows every link in the pages that mdBook wrote.
//!
//! `book generated/docs target/books`: exit status 0 when all books build and all links lead somewhere.

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [books, out] = arguments.as_slice() else {
        eprintln!("usage: book BOOKS OUT");
        return ExitCode::from(2);
    };
    match run(books, out) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Builds and checks the books in a folder; whether there is one and all are right.
fn run(books: &Path, out: &Path) -> Result<bool> {
    let mut folders: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(books)? {
        let folder = entry?.path();
        if folder.join("book.toml").exists() {
            folders.push(folder);
        }
    }
    folders.sort();
    let out = std::path::absolute(out)?;
    let mut right = !folders.is_empty();
    for folder in folders {
        let name = folder.file_name().unwrap_or_default();
        let target = out.join(name);
        build(&folder, &target)?;
        let (links, broken) = check(&target)?;
        println!(
            "{}: {links} links, {} lead nowhere",
            name.display(),
            broken.len()
        );
        for link in broken.iter().take(20) {
            println!("  {link}");
        }
        right &= broken.is_empty() && links > 0;
    }
    Ok(right)
}

fn build(folder: &Path, target: &Path) -> Result<()> {
    let mut config = Config::from_disk(folder.join("book.toml"))?;
    config.build.build_dir = target.to_owned();
    MDBook::load_with_config(folder, config)?.build()?;
    Ok(())
}

/// How many links the pages have, and those that lead nowhere.
fn check(folder: &Path) -> Result<(usize, Vec<String>)> {
    let mut pages = BTreeMap::new();
    read(folder, folder, &mut pages)?;
    let anchors: BTreeMap<&str, BTreeSet<String>> = pages
        .iter()
        .map(|(path, text)| (path.as_str(), values(text, " id=\"")))
        .collect();
    let mut count = 0;
    let mut broken = Vec::new();
    for (path, text) in &pages {
        // What is around the content is mdBook's own.
        let content = text
            .split_once("<main>")
            .and_then(|(_, rest)| rest.split_once("</main>"));
        let Some((content, _)) = content.filter(|_| path != "print.html" && path != "404.html")
        else {
            continue;
        };
        for link in values(content, " href=\"") {
            let outside = ["https:", "http:", "mailto:"]
                .iter()
                .any(|it| link.starts_with(it));
            count += 1;
            if outside {
                continue;
            }
            let (page, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let page = match page {
                "" => path.clone(),
                page => resolve(path, page),
            };
            let known = anchors.get(page.as_str());
            if !known.is_some_and(|known| anchor.is_empty() || known.contains(&decoded(anchor))) {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    Ok((count, broken))
}

fn read(root: &Path, folder: &Path, pages: &mut BTreeMap<String, String>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(root, &path, pages)?;
        } else if path.extension().is_some_and(|it| it == "html") {
            let name = path
                .strip_prefix(root)?
                .to_string_lossy()
                .replace('\\', "/");
            pages.insert(name, std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

/// The values of an attribute.
fn values(text: &str, attribute: &str) -> BTreeSet<String> {
    let values = text.split(attribute).skip(1);
    let values = values.filter_map(|rest| rest.split('"').next());
    values.map(|value| value.replace("&amp;", "&")).collect()
}

/// The page that a relative link leads to.
fn resolve(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        if part == ".." {
            parts.pop();
        } else if part != "." {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// A fragment without its escapes.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = (*first == b'%').then(|| tail.get(..2)).flatten();
        let escape = escape.and_then(|it| std::str::from_utf8(it).ok());
        match escape.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
