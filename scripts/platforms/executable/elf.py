"""Executables of Linux and FreeBSD: `elf(5)`, little-endian."""

from struct import unpack_from

PROCESSORS = {3: "386", 40: "arm", 62: "amd64", 183: "arm64"}
ET_DYN = 3
PT_LOAD, PT_DYNAMIC, PT_INTERP = 1, 2, 3
DT_NEEDED, DT_STRTAB = 1, 5


def read(content: bytes) -> tuple:
    if content[:4] != b"\x7fELF" or content[5] != 1:
        raise ValueError("not a little-endian ELF file")
    kind, machine = unpack_from("<HH", content, 16)
    segments = list(wide_segments(content) if content[4] == 2 else narrow_segments(content))
    needs = {text(content, offset) for type_, offset, _, _ in segments if type_ == PT_INTERP}
    for type_, offset, _, size in segments:
        if type_ == PT_DYNAMIC:
            needs |= needed(content, segments, content[offset:offset + size], content[4] == 2)
    return PROCESSORS[machine], kind == ET_DYN, frozenset(needs)


def wide_segments(content: bytes):
    """The type, file offset, address, and size of each segment."""
    headers, = unpack_from("<Q", content, 32)
    size, count = unpack_from("<HH", content, 54)
    for index in range(count):
        type_, _, offset, address, _, length = unpack_from("<IIQQQQ", content, headers + index * size)
        yield type_, offset, address, length


def narrow_segments(content: bytes):
    headers, = unpack_from("<I", content, 28)
    size, count = unpack_from("<HH", content, 42)
    for index in range(count):
        type_, offset, address, _, length = unpack_from("<IIIII", content, headers + index * size)
        yield type_, offset, address, length


def needed(content: bytes, segments: list, dynamic: bytes, wide: bool) -> set:
    """The shared libraries that the dynamic section names."""
    form, step = ("<QQ", 16) if wide else ("<II", 8)
    entries = [unpack_from(form, dynamic, at) for at in range(0, len(dynamic) - step + 1, step)]
    names = [value for tag, value in entries if tag == DT_NEEDED]
    if not names:
        return set()
    table = next(value for tag, value in entries if tag == DT_STRTAB)
    place = next(table - address + offset for type_, offset, address, size in segments
                 if type_ == PT_LOAD and address <= table < address + size)
    return {text(content, place + name) for name in names}


def text(content: bytes, begin: int) -> str:
    return content[begin:content.index(b"\0", begin)].decode()
