//! From IR to IR: what follows from what the document says.
