"""Content-Type and Content-Disposition with their parameters (RFC 2045, RFC 2231), in linear time.

Pieces may be out of order or missing, names may be raw 8-bit, RFC 2047 words in quotes or percent escapes, semicolons may be
missing or twice: all of it occurs.
"""

from __future__ import annotations

import re
from functools import lru_cache

from attrs import frozen

from commlint.model.reading.charset import decodes, of_label
from commlint_mail.words import decoded_words

MAX_PARAMETERS = 500
_SHORT = 300  # bytes of a value that is worth remembering: the same few come in mail after mail
_VALUE = re.compile(rb"[\s\"]*([^;\s\"]*)")
_PARAMETER = re.compile(rb"[;\s]*+(?P<name>[^\s=;\"*]++)(?P<star>\*(?P<number>\d{1,4})?(?P<extended>\*)?)?[ \t]*+=[ \t]*+(?:3D(?=\"))?(?:(?P<quoted>\"(?:[^\"\\]|\\.)*+\"?)|(?P<bare>[^;]*+))", re.DOTALL)
_QUOTED = re.compile(rb"[ \t]++\"(?P<text>(?:[^\"\\]|\\.)*+)\"?", re.DOTALL)
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_ESCAPED_NAME = re.compile(rb"(?:[^%]*%[89A-Fa-f][0-9A-Fa-f]%[89A-Fa-f][0-9A-Fa-f])")
_DECLARED = re.compile(rb"(?P<charset>[A-Za-z0-9][\w.:-]{1,39})'(?:[A-Za-z-]{0,20}')?(?=[^'])")
_COMMENT = re.compile(rb"[ \t]*\([^()]*\)[ \t]*$")
_FILES = ("filename", "name")


@frozen
class Field:
    """A value such as ``text/plain`` (lower case) and its parameters, decoded, names in lower case."""

    value: str
    parameters: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """Parameter `name`, empty when missing."""
        for key, value in self.parameters:
            if key == name:
                return value
        return ""


def parsed(raw: bytes) -> Field:
    """The field in a raw header value. Never fails; parameters beyond MAX_PARAMETERS are not read."""
    return _remembered(raw) if len(raw) <= _SHORT else _parsed(raw)


@lru_cache(maxsize=512)
def _remembered(raw: bytes) -> Field:
    return _parsed(raw)


def _parsed(raw: bytes) -> Field:
    value = _VALUE.match(raw)
    at = value.end() if value else 0
    single: dict[str, bytes] = {}
    pieces: dict[str, dict[int, tuple[bytes, bool]]] = {}
    for _ in range(MAX_PARAMETERS):
        match = _PARAMETER.match(raw, at)
        if match is None:
            at = raw.find(b";", at + 1)
            if at < 0:
                break
            continue
        at = match.end()
        name = match["name"].decode("ascii", "replace").lower()
        if match["quoted"] is not None:
            text, at = _strings(raw, match["quoted"], at)
        else:
            text = _bare(name, match["bare"].strip())
        if match["star"] is None:
            single.setdefault(name, text)
        else:
            extended = bool(match["extended"]) or match["number"] is None
            pieces.setdefault(name, {}).setdefault(int(match["number"] or 0), (text, extended))
    found = {name: _plain(text, name) for name, text in single.items()}
    for name, parts in pieces.items():  # `filename*` says more than `filename`
        said = _joined(parts)
        if name not in found or "\ufffd" not in said:
            found[name] = said
    return Field(value[1].decode("ascii", "replace").lower() if value else "", tuple(found.items()))


def _strings(raw: bytes, quoted: bytes, at: int) -> tuple[bytes, int]:
    """A string in quotes and those right behind it, as folded values have them: "=?utf-8?B?…" "=?utf-8?B?…"."""
    text = _ESCAPE.sub(rb"\1", quoted[1 : -1 if len(quoted) > 1 and quoted.endswith(b'"') else len(quoted)])
    following = _QUOTED.match(raw, at)
    while following is not None:
        text += b" " + _ESCAPE.sub(rb"\1", following["text"])
        at = following.end()
        following = _QUOTED.match(raw, at)
    return text, at


def _bare(name: str, text: bytes) -> bytes:
    if name in _FILES:
        return text[1:-1] if len(text) > 1 and text.startswith(b"'") and text.endswith(b"'") else text
    return _COMMENT.sub(b"", text)


def _unescaped(text: bytes) -> bytes:
    """Percent escapes as bytes; a percent sign that begins none stays."""
    return _PERCENT.sub(lambda match: bytes((int(match[1], 16),)), text)


def _plain(text: bytes, name: str) -> str:
    if name in _FILES and b"%" in text:
        escaped = _from_web(text)
        if escaped:
            return escaped
    return decoded_words(text.decode("ascii") if text.isascii() else of_label(text, "").text)


def _from_web(text: bytes) -> str:
    """A name in percent escapes that nothing announces, as web programs write it; empty when it is none."""
    declared = _DECLARED.match(text)
    if declared is not None and text.count(b"'", declared.start(), declared.end()) == 2:
        return _joined({0: (text, True)})
    return (decodes(_unescaped(text), "utf-8") or "") if _ESCAPED_NAME.match(text) else ""


def _joined(parts: dict[int, tuple[bytes, bool]]) -> str:
    """The pieces by number; the first says the charset: utf-8'zh'%E4…"""
    ordered = [parts[number] for number in sorted(parts)]
    charset = ""
    first, extended = ordered[0]
    declared = _DECLARED.match(first) if extended else None
    if declared is not None:
        charset = declared["charset"].decode("ascii")
        ordered[0] = (first[declared.end() :], True)
    elif extended and first.startswith(b"''"):
        ordered[0] = (first[2:], True)
    whole = b"".join(_unescaped(text) if escaped else text for text, escaped in ordered)
    if b"=?" in whole:
        return _plain(whole, "")
    return of_label(whole, charset or "utf-8").text if charset or extended else _plain(whole, "filename")
