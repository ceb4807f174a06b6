//! The Connectors API in memory.

fn main() {}
