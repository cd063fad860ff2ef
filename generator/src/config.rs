//! The configuration: which APIs there are, and what the user knows better than the document.
