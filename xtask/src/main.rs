//! Specwright command line.
fn main() {}
