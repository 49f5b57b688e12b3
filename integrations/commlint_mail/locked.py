"""Whether a file is encrypted, as far as its first and last bytes tell: zip, 7z, rar, PDF, Office, PGP, S/MIME."""

from __future__ import annotations

import re

_OLE_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_AES_OF_7Z = b"\x06\xf1\x07\x01"
_PGP = re.compile(rb"\s{0,100}-----BEGIN PGP MESSAGE-----")


def encrypted(first: bytes, last: bytes) -> bool | None:
    """Whether the file with these `first` and `last` bytes is; None when its format does not say, or is not known."""
    if first.startswith(b"PK\x03\x04"):
        return _zip(first, last)
    if first.startswith(b"%PDF-"):
        return True if b"/Encrypt" in last or b"/Encrypt" in first[:4096] else False if b"startxref" in last else None
    if first.startswith(b"7z\xbc\xaf\x27\x1c"):
        return True if _AES_OF_7Z in last else None  # what the packed header says is not read
    if first.startswith(b"Rar!\x1a\x07\x01\x00"):
        return _rar5(first)
    if first.startswith(b"Rar!\x1a\x07\x00"):
        return _rar4(first)
    if first.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return True if _OLE_PACKAGE in first or _OLE_PACKAGE in last else None
    return True if _PGP.match(first) else None


def _zip(first: bytes, last: bytes) -> bool:
    """Bit 0 of the flags of any member (APPNOTE 4.4.4): the first one's, and those of the directory at the end."""
    if len(first) > 6 and first[6] & 1:
        return True
    at = last.find(b"PK\x01\x02")
    while 0 <= at < len(last) - 8:
        if last[at + 8] & 1:
            return True
        at = last.find(b"PK\x01\x02", at + 4)
    return False


def _rar4(first: bytes) -> bool | None:
    """The flag of the archive head for encrypted heads, of the first file's head for its data."""
    if len(first) < 20 or first[9] != 0x73:
        return None
    if first[10] & 0x80:
        return True
    at = 7 + int.from_bytes(first[12:14], "little")
    return bool(first[at + 3] & 0x04) if len(first) > at + 3 and first[at + 2] == 0x74 else None


def _rar5(first: bytes) -> bool | None:
    """A head of encryption (type 4), or in the head of the first file the record of encryption (type 1)."""
    at = 8
    for _ in range(8):
        size, begin = _number(first, at + 4)
        kind, inner = _number(first, begin)
        if not size or inner >= len(first):
            return None
        if kind == 4:
            return True
        flags, inner = _number(first, inner)
        extra, inner = _number(first, inner) if flags & 1 else (0, inner)
        data, inner = _number(first, inner) if flags & 2 else (0, inner)
        if kind == 2:
            return _record_of_encryption(first[max(0, begin + size - extra) : begin + size])
        at = begin + size + data
    return None


def _record_of_encryption(extra: bytes) -> bool:
    at = 0
    while at < len(extra):
        size, begin = _number(extra, at)
        kind, _ = _number(extra, begin)
        if kind == 1:
            return True
        at = begin + max(1, size)
    return False


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of 7 bits a byte, the lowest first, and what stands behind it."""
    value = 0
    for count, byte in enumerate(data[at : at + 10]):
        value |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            return value, at + count + 1
    return value, len(data)
