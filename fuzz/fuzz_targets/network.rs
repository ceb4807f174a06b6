#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onomondo_provider::fuzz::network(bytes));
