//! n8n packages: proving that what was generated works.
//!
//! ```text
//! prove  every action in n8n's own code
//! ```

mod prove;

pub(crate) use prove::proves_every_package;

use std::path::PathBuf;

/// A package that was built, and what it is run with.
#[derive(Debug)]
pub(crate) struct Built {
    /// The folder whose `node_modules` has n8n-core.
    pub(crate) modules: PathBuf,
    /// The package's folder, with `dist`.
    pub(crate) package: PathBuf,
}
