//! The client of Onomondo's REST API.
