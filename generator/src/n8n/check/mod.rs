//! The descriptors against themselves, before they are written.

use super::model::ResourceDescriptor;
use crate::diag::Diagnostics;

/// Adds a diagnostic for everything that is wrong.
pub(super) fn check(_resources: &[ResourceDescriptor], _diagnostics: &mut Diagnostics) {}
