//! Packages, built as their users would build them: `n8n-node build`, with n8n's tools linked.

use super::{Built, tools};
use crate::disk::digest;
use crate::workspace::{Failure, Workspace};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Says what a build was made from.
const STAMP: &str = "built.stamp";

/// Builds the package of an API, unless it was built from the same files before.
///
/// # Errors
/// The tools cannot be installed, the package is not there, or it does not build.
pub(crate) fn build(workspace: &Workspace, api: &str) -> Result<Built, Failure> {
    let name = package_name(api);
    build_from(
        workspace,
        &workspace.generated().join("n8n").join(&name),
        &name,
    )
}

/// Builds the package in a folder, which is left as it is.
///
/// # Errors
/// As for [`build`].
pub(crate) fn build_from(
    workspace: &Workspace,
    source: &Path,
    name: &str,
) -> Result<Built, Failure> {
    let folder = tools::install(workspace.root()).map_err(|error| failed("npm", &error))?;
    let package = workspace.root().join("target/n8n/packages").join(name);
    let built = Built {
        modules: folder.clone(),
        package: package.clone(),
    };
    let sources = sources(source).map_err(|error| unreadable(source, &error))?;
    let stamp = stamp(source, &sources).map_err(|error| unreadable(source, &error))?;
    let stamp_file = package.with_extension(STAMP);
    if package.join("dist/package.json").is_file()
        && fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp)
    {
        return Ok(built);
    }
    copy(source, &sources, &package, &folder).map_err(|error| unreadable(&package, &error))?;
    let output = Command::new("node")
        .arg(folder.join("node_modules/@n8n/node-cli/bin/n8n-node.mjs"))
        .arg("build")
        .current_dir(&package)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed("node", &error))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stdout);
        return Err(Failure::Run {
            program: format!("n8n-node build, {name}"),
            message: format!("{said}{}", String::from_utf8_lossy(&output.stderr)),
        });
    }
    fs::write(&stamp_file, stamp).map_err(|error| unreadable(&stamp_file, &error))?;
    Ok(built)
}

/// The package's name: `n8n-nodes-twenty`.
pub(crate) fn package_name(api: &str) -> String {
    format!("n8n-nodes-{}", api.replace('_', "-"))
}

/// Every file of a package that belongs to its sources, relative to its folder, ordered.
fn sources(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(folder.join(&inside))? {
            let entry = entry?;
            let path = inside.join(entry.file_name());
            let other = ["dist", "node_modules"]
                .iter()
                .any(|name| path == Path::new(name));
            if entry.file_type()?.is_dir() && !other {
                folders.push(path);
            } else if entry.file_type()?.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What a build is a function of.
fn stamp(folder: &Path, sources: &[PathBuf]) -> std::io::Result<String> {
    let mut stamp = format!("{:016x} tools\n", digest(tools::lock().as_bytes()));
    for path in sources {
        let digest = digest(&fs::read(folder.join(path))?);
        stamp.push_str(&format!("{digest:016x} {}\n", path.display()));
    }
    Ok(stamp)
}

/// An empty folder with the sources, and the tools where npm would install them.
fn copy(from: &Path, sources: &[PathBuf], to: &Path, tools: &Path) -> std::io::Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    for path in sources {
        let target = to.join(path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(from.join(path), target)?;
    }
    link(&tools.join("node_modules"), &to.join("node_modules"))
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(from, to)
}

#[cfg(windows)]
fn link(from: &Path, to: &Path) -> std::io::Result<()> {
    std::os::windows::fs::symlink_dir(from, to)
}

fn failed(program: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::Run {
        program: program.to_owned(),
        message: error.to_string(),
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    crate::workspace::unreadable(path, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_depends_on_the_sources_alone() {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("nodes/A.node.ts", "a");
        write("dist/A.js", "a");
        write("node_modules/b/index.js", "b");
        let found = sources(dir.path()).unwrap();
        assert_eq!(found, [PathBuf::from("nodes/A.node.ts")]);
        let before = stamp(dir.path(), &found).unwrap();
        write("dist/A.js", "b");
        assert_eq!(stamp(dir.path(), &found).unwrap(), before);
        write("nodes/A.node.ts", "b");
        assert_ne!(stamp(dir.path(), &found).unwrap(), before);
    }
}
