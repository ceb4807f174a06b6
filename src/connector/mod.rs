//! The `onomondo_connector` resource.
