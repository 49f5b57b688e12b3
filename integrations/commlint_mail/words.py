"""Encoded words in headers (RFC 2047), as real programs write them: split inside a character, glued, without padding."""

from __future__ import annotations

import re

from commlint.model.reading.charset import of_label
from commlint_mail.transfer import base64_bytes, quoted_bytes

# Tolerant: blanks inside, a missing "?=" at the end of the value.
_WORD = re.compile(r"=\?(?P<charset>[^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?(?P<coding>[bBqQ])\?(?P<text>[^?]*)(?:\?=|\?\Z|\Z)")


def decoded_words(text: str) -> str:
    """`text` with its encoded words decoded; adjacent words of one charset and coding are joined as bytes first."""
    if "=?" not in text:
        return text
    out: list[str] = []
    waiting: list[bytes] = []
    charset = ""
    done = 0
    for word in _WORD.finditer(text):
        between = text[done : word.start()]
        glued = bool(waiting) and not between.strip()
        if waiting and not (glued and word["charset"].lower() == charset):
            out.append(of_label(b"".join(waiting), charset).text)
            waiting = []
        if not glued:
            out.append(between)
        charset = word["charset"].lower()
        waiting.append(_bytes(word["coding"], word["text"]))
        done = word.end()
    if waiting:
        out.append(of_label(b"".join(waiting), charset).text)
    return "".join(out) + text[done:]


def _bytes(coding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    return base64_bytes(raw) if coding in "bB" else quoted_bytes(raw.replace(b"_", b" "))
