"""Executables of macOS: <mach-o/loader.h> and <kern/cs_blobs.h>, 64 bits."""

import hashlib
from struct import unpack_from

PROCESSORS = {0x01000007: "amd64", 0x0100000C: "arm64"}
MAGIC = 0xFEEDFACF
MH_PIE = 0x200000
LOAD_DYLIB, LOAD_WEAK_DYLIB, REEXPORT_DYLIB = 0xC, 0x80000018, 0x8000001F
CODE_SIGNATURE = 0x1D

SIGNATURE, DIRECTORY = 0xFADE0CC0, 0xFADE0C02
SHA256 = 2


def read(content: bytes) -> tuple:
    magic, processor, _, _, count, _, flags = unpack_from("<IIIIIII", content)
    if magic != MAGIC:
        raise ValueError("not a 64-bit Mach-O file")
    needs, signature, at = set(), None, 32
    for _ in range(count):
        command, size = unpack_from("<II", content, at)
        if command in (LOAD_DYLIB, LOAD_WEAK_DYLIB, REEXPORT_DYLIB):
            name, = unpack_from("<I", content, at + 8)
            needs.add(content[at + name:content.index(b"\0", at + name)].decode())
        elif command == CODE_SIGNATURE:
            signature, = unpack_from("<I", content, at + 8)
        at += size
    # Apple silicon runs only signed executables. An ad hoc signature is enough.
    if signature is not None:
        check_signature(content, signature)
    elif PROCESSORS[processor] == "arm64":
        raise ValueError("it is not signed")
    return PROCESSORS[processor], bool(flags & MH_PIE), frozenset(needs)


def check_signature(content: bytes, begin: int) -> None:
    """Checks that the signature has the right hash of each page. The signature is big-endian."""
    magic, _, count = unpack_from(">III", content, begin)
    if magic != SIGNATURE:
        raise ValueError("its signature cannot be read")
    for index in range(count):
        _, offset = unpack_from(">II", content, begin + 12 + index * 8)
        directory = begin + offset
        if unpack_from(">I", content, directory) == (DIRECTORY,):
            break
    else:
        raise ValueError("its signature has no hashes")
    hashes, = unpack_from(">I", content, directory + 16)
    pages, end, size, kind, _, shift = unpack_from(">IIBBBB", content, directory + 28)
    if kind != SHA256:
        raise ValueError("its signature does not use SHA-256")
    for page in range(pages):
        text = content[page << shift:min((page + 1) << shift, end)]
        at = directory + hashes + page * size
        if hashlib.sha256(text).digest() != content[at:at + size]:
            raise ValueError(f"its signature does not match page {page}")
