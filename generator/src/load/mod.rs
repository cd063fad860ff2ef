//! Text into a document: JSON and YAML, references, older vocabularies raised.
