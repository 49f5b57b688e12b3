"""The RTF bodies of Outlook: unpacked (MS-OXRTFCP), and read as the HTML or text that they were made of (MS-OXRTFEX), else as text."""

from __future__ import annotations

import re
import struct

from attrs import evolve, frozen

from commlint.model.reading.charset import of_label
from commlint_mail.mapi import charset_of

_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier"
    b"{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_PACKED, _PLAIN = b"LZFu", b"MELA"
_TOKEN = re.compile(r"\\(?:'(?P<hex>[0-9A-Fa-f]{2})|(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|(?P<sign>[^A-Za-z]))|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\", re.DOTALL)
_UNREAD = frozenset(["fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "objdata", "header", "footer", "headerl", "headerr", "footerl", "footerr", "footnote", "listtable", "listoverridetable", "generator", "themedata", "datastore", "xmlnstbl", "mhtmltag", "fldinst"])
_SIGNS = {"par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n", "tab": "\t", "cell": "\t", "nestcell": "\t", "nestrow": "\n", "emdash": "\u2014", "endash": "\u2013", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d", "bullet": "\u2022", "emspace": "\u2003", "enspace": "\u2002"}
_CHARSETS = {134: 936, 136: 950, 128: 932, 129: 949, 130: 1361, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250}


@frozen
class Unpacked:
    """What an RTF body says, `html` when that is HTML; `cut` when it was too long to read it all."""

    text: str
    html: bool = False
    cut: bool = False


def read(packed: bytes, most: int = 2_000_000) -> Unpacked:
    """The body in a PidTagRtfCompressed, at most so many bytes of RTF. Never fails; empty where nothing can be read."""
    content, cut = unpacked(packed, most)
    if not content.startswith(b"{\\rtf"):
        return Unpacked("", cut=cut)
    reader = _Reader(content.decode("latin-1"))
    reader.read()
    return Unpacked(reader.written(), reader.html, cut)


def unpacked(packed: bytes, most: int = 2_000_000) -> tuple[bytes, bool]:
    """The RTF in a packed one, as far as it goes, and whether `most` cut it."""
    if len(packed) < 16:
        return b"", False
    size, kind = struct.unpack_from("<4xI4s", packed)
    if kind == _PLAIN:
        return packed[16 : 16 + min(size, most)], size > most
    return (_expanded(packed, min(size, most)), size > most) if kind == _PACKED else (b"", False)


def _expanded(packed: bytes, size: int) -> bytes:
    """Runs of single bytes and references into the last 4,096 bytes, eight to a control byte."""
    out = bytearray(_DICTIONARY)
    start, at, end = len(_DICTIONARY), 16, len(packed)
    while at < end and len(out) - start < size:
        control = packed[at]
        at += 1
        for bit in range(8):
            if at >= end:
                break
            if not control >> bit & 1:
                out.append(packed[at])
                at += 1
                continue
            if at + 1 >= end:
                return bytes(out[start : start + size])
            place, length = packed[at] << 4 | packed[at + 1] >> 4, (packed[at + 1] & 15) + 2
            at += 2
            if place == len(out) % 4096:  # it points at where writing goes on: the end
                return bytes(out[start : start + size])
            first = len(out) - (len(out) - place) % 4096
            for step in range(length):
                out.append(out[first + step] if first + step >= 0 else 0x20)
    return bytes(out[start : start + size])


@frozen
class _State:
    """What a group inherits and its end takes back."""

    unread: bool = False
    tag: bool = False  # inside {\*\htmltag …}
    unseen: bool = False  # behind \htmlrtf
    skip: int = 1  # characters that stand for a \u
    font: int = -1


class _Reader:
    """A walk over the tokens of an RTF text, whose bytes stand for themselves."""

    def __init__(self, rtf: str) -> None:
        self.rtf = rtf
        self.html = "\\fromhtml1" in rtf[:4096]
        self.state = _State()
        self.stack: list[_State] = []
        self.out: list[str] = []
        self.bytes = bytearray()
        self.label = ""
        self.page = 1252
        self.fonts: dict[int, int] = {}
        self.in_fonts = 0  # depth at which the table of fonts stands
        self.font = -1
        self.starred = False
        self.to_skip = 0

    def read(self) -> None:
        at = 0
        while (token := _TOKEN.match(self.rtf, at)) is not None:
            at = token.end()
            if token["word"] is not None:
                at += self._word(token["word"], int(token["number"]) if token["number"] else None)
            elif token["hex"] is not None:
                self._bytes(bytes((int(token["hex"], 16),)))
            elif token["brace"] is not None:
                self._brace(opens=token["brace"] == "{")
            elif token["sign"] is not None:
                self._sign(token["sign"])
            elif token["text"] is not None:
                self._bytes(token["text"].encode("latin-1"))

    def written(self) -> str:
        self._flush()
        text = "".join(self.out)
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _brace(self, *, opens: bool) -> None:
        self.to_skip = 0
        self.starred = False
        if opens:
            self.stack.append(self.state)
        elif self.stack:
            self.state = self.stack.pop()
            if len(self.stack) < self.in_fonts:
                self.in_fonts = 0

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.starred = True
        elif sign in "\\{}":
            self._bytes(sign.encode())
        elif sign == "~":
            self._text("\u00a0")
        elif sign in "\r\n":
            self._text("\n")

    def _word(self, word: str, number: int | None) -> int:
        """Take a control word; gives how many characters of data follow it."""
        starred, self.starred = self.starred, False
        state = self.state
        if word == "bin":
            return max(0, number or 0)
        if word == "htmltag" and starred:
            self.state = evolve(state, tag=True)
        elif starred or word in _UNREAD:
            self.state = evolve(state, unread=True)
            self.in_fonts = len(self.stack) if word == "fonttbl" else self.in_fonts
        elif word == "htmlrtf":
            self.state = evolve(state, unseen=number != 0)
        elif word == "u" and number is not None:
            self._text(chr(number % 65536))
            self.to_skip = state.skip
        elif word in _SIGNS:
            self._text(_SIGNS[word])
        else:
            self._format(word, number)
        return 0

    def _format(self, word: str, number: int | None) -> None:
        if word == "uc":
            self.state = evolve(self.state, skip=max(0, min(number or 0, 16)))
        elif word == "ansicpg" and number:
            self.page = number
        elif word == "f" and number is not None:
            self.font = number
            self.state = evolve(self.state, font=number)
        elif word == "fcharset" and self.in_fonts and number in _CHARSETS:
            self.fonts[self.font] = _CHARSETS[number]
        elif word == "plain":
            self.state = evolve(self.state, font=-1)

    @property
    def _seen(self) -> bool:
        return not self.state.unread and (self.state.tag or not self.state.unseen)

    def _bytes(self, raw: bytes) -> None:
        if self.to_skip:
            passed = min(self.to_skip, len(raw))
            self.to_skip -= passed
            raw = raw[passed:]
        if not raw or not self._seen:
            return
        label = charset_of(self.page if self.state.tag else self.fonts.get(self.state.font, self.page))
        if label != self.label:
            self._flush()
            self.label = label
        self.bytes += raw

    def _text(self, text: str) -> None:
        self.to_skip = 0
        if self._seen:
            self._flush()
            self.out.append(text)

    def _flush(self) -> None:
        if self.bytes:
            self.out.append(of_label(bytes(self.bytes), self.label).text)
            self.bytes.clear()
