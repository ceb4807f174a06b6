//! Being a go-plugin.
