"""The members of a tar archive (POSIX ustar and pax, GNU, V7), header by header: all that is held is their names and places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from attrs import frozen

from commlint.errors import RecordError
from commlint.model.reading.limits import beyond
from commlint_archives import names
from commlint_archives.errors import cut_off, damaged, empty, unsupported
from commlint_archives.folder import ArchiveFolder, Opener
from commlint_archives.inflate import pieces

if TYPE_CHECKING:
    from commlint.model.environment import Limits
    from commlint.model.protocols import Item
    from commlint.model.source import Source

_BLOCK = 512
_LONGEST = 1 << 20  # bytes of an extended header: names, times and rights need a thousandth of it
_OCTAL = re.compile(rb"[0-7]+")
_FILES = b"0\x007"
_FOLDER = b"5"


@frozen
class Member:
    """A file, or a folder (whose place counts as nothing): its name as it is written, and where its bytes are."""

    name: bytes
    start: int
    size: int
    folder: bool = False
    sparse: bool = False


def of_tar(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Item]:
    """The folder in the bytes of a tar archive, then what was wrong with them. Raises RecordError empty-record, damaged-file."""
    members: list[Member] = []
    trouble: RecordError | None = None
    try:
        for member in listed(stream):
            if len(members) >= limits.members:
                raise beyond("members", limits.members)
            members.append(member)
    except RecordError as error:
        if not members:
            raise
        trouble = error
    if not members:
        raise empty()
    charset = names.charset_of(member.name for member in members)
    found = [(names.cleaned(names.decoded(member.name, charset)), member) for member in members]
    folders = frozenset(name for name, member in found if member.folder)
    files = [(name, member) for name, member in found if not member.folder and name]
    mails = names.messages([name for name, _ in files], folders)
    wanted = [(name, member) for name, member in files if name in mails or not names.hidden(name)]
    openers: dict[str, Opener] = dict(zip(names.told_apart([name for name, _ in wanted]), (partial(_opened, stream, member) for _, member in wanted), strict=True))
    with ArchiveFolder(source, openers, limits, messages=mails) as folder:
        yield folder
    if trouble is not None:
        yield trouble


def is_tar(beginning: bytes) -> bool:
    """Whether bytes begin with a header whose sum is right."""
    return len(beginning) >= _BLOCK and any(beginning[:_BLOCK]) and _sound(beginning[:_BLOCK])


def listed(stream: BinaryIO) -> Iterator[Member]:
    """The files and folders, in order; links and devices lead to nothing that is inside. Raises RecordError damaged-file."""
    end = stream.seek(0, 2)
    at, name, size = 0, b"", -1
    sparse = ended = False
    while at < end:
        block = _header(stream, at)
        ended = not any(block)
        if ended:  # what others have put behind the end is read too
            at += _BLOCK
            continue
        own, kind, start = _number(block[124:136]), block[156:157], at + _BLOCK
        if kind in (b"x", b"L", b"g", b"K"):
            at = start + _padded(own)
            text = _extended(stream, start, own)
            if kind == b"L":
                name = text.rstrip(b"\0")
            elif kind == b"x":
                fields = dict(_fields(text))
                name = fields.get(b"GNU.sparse.name") or fields.get(b"path") or name
                size = _decimal(fields.get(b"size"), size)
                sparse = any(key.startswith(b"GNU.sparse") for key in fields)
            continue
        length = own if size < 0 else size
        yield from _member(block, kind, Member(name or _name(block), start, length, sparse=sparse or kind == b"S"))
        at = start + (_padded(length) if kind in _FILES or kind == b"S" or kind not in b"123456" else 0) + _sparse_blocks(stream, start, kind)
        name, size, sparse = b"", -1, False
    if at > end or not ended:
        raise cut_off()


def _member(block: bytes, kind: bytes, member: Member) -> Iterator[Member]:
    """`member` when it is a file or folder. V7 marks folders by a slash only."""
    if kind == _FOLDER or (kind in _FILES and member.name.endswith(b"/")):
        yield Member(member.name, 0, 0, folder=True)
    elif kind in _FILES or kind == b"S":
        yield member


def _header(stream: BinaryIO, at: int) -> bytes:
    """The header at `at`; zeros for an end that is no whole block. Raises RecordError damaged-file."""
    stream.seek(at)
    block = stream.read(_BLOCK)
    if 0 < len(block) < _BLOCK and any(block):
        raise cut_off()
    if any(block) and not _sound(block):
        raise damaged("the tar archive is damaged: what lay behind was not checked", "tar 包已损坏\uff0c其后的内容未检查")
    return block


def _sound(block: bytes) -> bool:
    """Whether the sum of the header is what it says; old programs added up signed bytes."""
    try:
        said = _number(block[148:156])
    except RecordError:
        return False
    blank = block[:148] + b" " * 8 + block[156:]
    total = sum(blank)
    return said in (total, total - 256 * sum(byte > 127 for byte in blank))


def _number(field: bytes) -> int:
    """Octal digits, or a binary number behind a set bit (GNU)."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = field.partition(b"\0")[0].strip()
    if digits and not _OCTAL.fullmatch(digits):
        raise damaged("the tar archive is damaged: what lay behind was not checked", "tar 包已损坏\uff0c其后的内容未检查")
    return int(digits or b"0", 8)


def _padded(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK


def _name(block: bytes) -> bytes:
    name = block[:100].partition(b"\0")[0]
    prefix = block[345:500].partition(b"\0")[0] if block[257:263] == b"ustar\0" else b""
    return prefix + b"/" + name if prefix else name


def _extended(stream: BinaryIO, start: int, size: int) -> bytes:
    if size > _LONGEST:
        raise damaged(f"a header of {size:,} bytes: what lay behind was not checked", f"出现 {size:,} 字节的头部\uff0c其后的内容未检查")
    stream.seek(start)
    return stream.read(size)


def _fields(text: bytes) -> Iterable[tuple[bytes, bytes]]:
    """The records of a pax header: ``length key=value`` with a line break; as far as they make sense."""
    at = 0
    while at < len(text):
        digits = text[at : at + 20].partition(b" ")[0]
        length = int(digits) if digits.isdigit() else 0
        if length <= len(digits):
            return
        key, _, value = text[at + len(digits) + 1 : at + length].removesuffix(b"\n").partition(b"=")
        yield key, value
        at += length


def _decimal(text: bytes | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdigit() and len(text) < 20 else otherwise


def _sparse_blocks(stream: BinaryIO, start: int, kind: bytes) -> int:
    """How long the extension headers of an old GNU sparse file are."""
    if kind != b"S":
        return 0
    stream.seek(start - _BLOCK + 482)
    more, length = stream.read(1), 0
    while more == b"\1":
        stream.seek(start + length + 504)
        more, length = stream.read(1), length + _BLOCK
    return length


def _opened(stream: BinaryIO, member: Member) -> Iterator[bytes]:
    """The bytes of a file. Raises RecordError."""
    if member.sparse:
        raise unsupported("GNU sparse")
    size = 0
    for piece in pieces(stream, member.start, member.size):
        size += len(piece)
        yield piece
    if size < member.size:
        raise cut_off()
