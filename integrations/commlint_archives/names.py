"""What the files in an archive are called: names decoded, and made harmless. Nothing is ever written under them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from commlint.errors import RecordError
from commlint.model.reading.charset import decodes, of_file

_DRIVE = re.compile(r"[A-Za-z]:(?=/)")
_CONTROLS = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_DEEP = 24  # folders in folders: more is no place that a person made
_LONG = 60  # characters of one segment kept, from its beginning and its end
_WHOLE = 800  # characters of a path
_SKIPPED = frozenset({"__MACOSX", "CVS", "__pycache__", "node_modules", "venv"})  # as in folders on disk; the first is of macOS


def charset_of(names: Iterable[bytes]) -> str:
    """The charset of names that do not say theirs: one for a whole archive, since one program wrote them."""
    foreign = b"\n".join(dict.fromkeys(name for name in names if not name.isascii()))[:65_536]
    if not foreign:
        return "utf-8"
    try:
        found = of_file(foreign).charset
    except RecordError:
        return "gb18030" if decodes(foreign, "gb18030") is not None else "cp437"
    return "cp437" if found == "cp1252" else found


def decoded(raw: bytes, charset: str) -> str:
    """A name in UTF-8 where it is, else in `charset`."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(charset, "replace")


def cleaned(name: str) -> str:
    """A relative path with forward slashes: no root, drive, `..` or control characters; the middle of what is too deep or long is left out."""
    path = _CONTROLS.sub("\ufffd", name).replace("\\", "/")
    segments = [_shortened(part) for part in _DRIVE.sub("", path, count=1).split("/") if part not in ("", ".", "..")]
    if len(segments) > _DEEP:
        segments = [*segments[: _DEEP // 2], "\u2026", *segments[-_DEEP // 2 :]]
    path = "/".join(segments)
    return path if len(path) <= _WHOLE else f"{segments[0]}/\u2026/{segments[-1]}"


def _shortened(part: str) -> str:
    return part if len(part) <= 2 * _LONG else f"{part[:_LONG]}\u2026{part[-_LONG:]}"


def hidden(path: str) -> bool:
    """Whether a file lies where nobody looks: hidden, or among what programs keep for themselves."""
    return any(part.startswith(".") or part in _SKIPPED for part in path.split("/"))


def told_apart(names: Sequence[str]) -> Iterator[str]:
    """`names` with a number put into those that were there already: ``a.md``, ``a~2.md``. Which of them a program would unpack is its choice."""
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for name in names:
        unique = name
        while unique in taken:
            counts[name] = counts.get(name, 1) + 1
            stem, dot, suffix = name.rpartition(".")
            unique = f"{stem}~{counts[name]}{dot}{suffix}" if dot and "/" not in suffix else f"{name}~{counts[name]}"
        taken.add(unique)
        yield unique


def messages(names: Collection[str], folders: Collection[str]) -> frozenset[str]:
    """The files that are messages of a Maildir (cr.yp.to/proto/maildir.html): in `cur` or `new`, where `tmp` is beside them."""
    every = {name.rpartition("/")[0] for name in names} | set(folders)
    boxes = {place[:-3] for place in every if place.rpartition("/")[2] == "cur" and {f"{place[:-3]}new", f"{place[:-3]}tmp"} & every}
    parted = ((name, *name.rpartition("/")[::2]) for name in names)
    return frozenset(name for name, place, last in parted if place[-3:] in ("cur", "new") and place[:-3] in boxes and not last.startswith("."))
