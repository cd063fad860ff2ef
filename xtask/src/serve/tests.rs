//! The stand-in without sockets.
