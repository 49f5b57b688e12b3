"""Content-Type and Content-Disposition with their parameters (RFC 2045, RFC 2231), in linear time.

Pieces may be out of order or missing, names may be raw 8-bit or RFC 2047 words in quotes: all of it occurs.
"""

from __future__ import annotations

import re

from attrs import frozen

from commlint.model.reading.charset import of_label
from commlint_mail.words import decoded_words

MAX_PARAMETERS = 500
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_PARAMETER = re.compile(rb';[ \t]*(?P<name>[^\s=;"*]+)(?P<star>\*(?P<number>\d{1,4})?(?P<extended>\*)?)?[ \t]*=[ \t]*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"?|(?P<bare>[^;]*))', re.DOTALL)


@frozen
class Field:
    """A value such as ``text/plain`` (lower case) and its parameters, decoded, names in lower case."""

    value: str
    parameters: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """Parameter `name`, empty when missing."""
        return next((value for key, value in self.parameters if key == name), "")


def parsed(raw: bytes) -> Field:
    """The field in a raw header value. Never fails; parameters beyond MAX_PARAMETERS are not read."""
    value, _, _ = raw.partition(b";")
    single: dict[str, bytes] = {}
    pieces: dict[str, dict[int, tuple[bytes, bool]]] = {}
    for count, match in enumerate(_PARAMETER.finditer(raw, len(value))):
        if count >= MAX_PARAMETERS:
            break
        name = match["name"].decode("ascii", "replace").lower()
        text = re.sub(rb"\\(.)", rb"\1", match["quoted"]) if match["quoted"] is not None else match["bare"].strip()
        if match["star"] is None:
            single.setdefault(name, text)
        else:
            extended = bool(match["extended"]) or match["number"] is None
            pieces.setdefault(name, {}).setdefault(int(match["number"] or 0), (text, extended))
    found = {name: _plain(text) for name, text in single.items()}
    found |= {name: _joined(parts) for name, parts in pieces.items()}  # `filename*` says more than `filename`
    return Field(value.strip().decode("ascii", "replace").lower(), tuple(found.items()))


def _unescaped(text: bytes) -> bytes:
    """Percent escapes as bytes; a percent sign that begins none stays."""
    return _PERCENT.sub(lambda match: bytes((int(match[1], 16),)), text)


def _plain(text: bytes) -> str:
    return decoded_words(text.decode("ascii") if text.isascii() else of_label(text, "").text)


def _joined(parts: dict[int, tuple[bytes, bool]]) -> str:
    """The pieces by number; the first says the charset: utf-8'zh'%E4…"""
    ordered = [parts[number] for number in sorted(parts)]
    charset = ""
    first, extended = ordered[0]
    if extended and first.count(b"'") >= 2:
        label, _, rest = first.split(b"'", 2)
        charset = label.decode("ascii", "replace")
        ordered[0] = (rest, True)
    whole = b"".join(_unescaped(text) if escaped else text for text, escaped in ordered)
    return of_label(whole, charset or "utf-8").text if charset or extended else _plain(whole)
