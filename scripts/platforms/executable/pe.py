"""Executables of Windows: https://learn.microsoft.com/windows/win32/debug/pe-format, 64 bits."""

from struct import unpack_from

PROCESSORS = {0x8664: "amd64", 0xAA64: "arm64"}
WIDE = 0x20B
# DLL characteristics: can be loaded at any address, even above 4 GB.
DYNAMIC_BASE, HIGH_ENTROPY = 0x40, 0x20


def read(content: bytes) -> tuple:
    begin, = unpack_from("<I", content, 0x3C)
    if content[:2] != b"MZ" or content[begin:begin + 4] != b"PE\0\0":
        raise ValueError("not a PE file")
    machine, count = unpack_from("<HH", content, begin + 4)
    optional_size, = unpack_from("<H", content, begin + 20)
    optional = begin + 24
    magic, = unpack_from("<H", content, optional)
    if magic != WIDE:
        raise ValueError("not a 64-bit executable")
    characteristics, = unpack_from("<H", content, optional + 70)
    imports, = unpack_from("<I", content, optional + 120)
    # The address, size, and offset in the file of each section.
    headers = optional + optional_size
    sections = [unpack_from("<III", content, headers + index * 40 + 12) for index in range(count)]
    anywhere = DYNAMIC_BASE | HIGH_ENTROPY
    return PROCESSORS[machine], characteristics & anywhere == anywhere, frozenset(names(content, sections, imports))


def names(content: bytes, sections: list, imports: int):
    """The names of the libraries in the import directory, which ends with an empty entry."""
    at = place(sections, imports)
    while True:
        name, = unpack_from("<I", content, at + 12)
        if name == 0:
            return
        begin = place(sections, name)
        yield content[begin:content.index(b"\0", begin)].decode()
        at += 20


def place(sections: list, address: int) -> int:
    for begin, size, offset in sections:
        if begin <= address < begin + size:
            return address - begin + offset
    raise ValueError(f"address {address:#x} is in no section")
