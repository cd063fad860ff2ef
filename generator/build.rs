//! Rebuilds the crate when a file that it embeds changes, which `include_dir` cannot ask for itself.

fn main() {
    for path in [
        "n8n/runtime",
        "runtime/src",
        "runtime/Cargo.toml",
        "../Cargo.toml",
        "../templates",
    ] {
        println!("cargo:rerun-if-changed={path}");
    }
}
