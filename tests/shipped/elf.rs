//! Reads the parts of an ELF file that the loader needs: `elf(5)`, 64 bits, little-endian.

const PT_DYNAMIC: u64 = 2;
const PT_INTERP: u64 = 3;
const DT_NEEDED: u64 = 1;

/// Whether the file needs a dynamic loader.
pub(crate) fn has_interpreter(file: &[u8]) -> bool {
    segments(file).any(|(kind, _)| kind == PT_INTERP)
}

/// The number of shared libraries that the file needs. A static position-independent executable
/// also has a dynamic section, but without libraries in it.
pub(crate) fn needed_libraries(file: &[u8]) -> usize {
    let dynamic = segments(file).filter(|(kind, _)| *kind == PT_DYNAMIC);
    dynamic
        .flat_map(|(_, content)| content.chunks_exact(16))
        .filter(|entry| number(entry, 0, 8) == DT_NEEDED)
        .count()
}

/// The type and content of each segment.
fn segments(file: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    assert_eq!(file[..6], *b"\x7fELF\x02\x01");
    let (headers, size, count) = (
        number(file, 32, 8),
        number(file, 54, 2),
        number(file, 56, 2),
    );
    (0..count).map(move |index| {
        let header = &file[usize::try_from(headers + index * size).unwrap()..];
        let begin = usize::try_from(number(header, 8, 8)).unwrap();
        let length = usize::try_from(number(header, 32, 8)).unwrap();
        (number(header, 0, 4), &file[begin..begin + length])
    })
}

fn number(bytes: &[u8], offset: usize, length: usize) -> u64 {
    let digits = bytes[offset..offset + length].iter().rev();
    digits.fold(0, |value, digit| value << 8 | u64::from(*digit))
}
