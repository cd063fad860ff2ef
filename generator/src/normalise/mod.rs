//! The document into the IR.
