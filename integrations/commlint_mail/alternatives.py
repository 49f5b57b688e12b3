"""Whether the text and the HTML of one mail say the same, and which lines of each the other does not have. Linear in their length.

What generators change does not count: line breaks, marks, list numbers, addresses of links, stand-ins for pictures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import unescape
from itertools import pairwise

from attrs import frozen

from commlint.model.span import Span

_TOKEN = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]")
_DROPPED = re.compile(
    r"<(?:mailto|https?|tel|file|cid):[^<>\n]{0,2000}>|\[(?:cid|image|图片|图像)[^\[\]\n]{0,200}\]|\[\d{1,3}\]|(?:https?://|mailto:|www\.)[^\s\u3000-\u9fff<>\uff00-\uffef]{1,2000}", re.IGNORECASE
)
_MARK = re.compile(r"[ \t\u3000>]*(?:(?:\d{1,3}[.)\u3001]|[*\-\u2022\u00b7\u25cf\u25aa\u25e6o+])[ \t\u3000]+)?")
_STUB = re.compile(
    r"(?:不支持|不能显示|无法(?:正常)?(?:显示|查看|阅读|浏览)|看不到|请(?:使用|用|切换)[^\n]{0,12}|未能显示)[^\n]{0,20}(?:html|网页|邮件|内容|格式)|html[^\n]{0,12}(?:格式|邮件|方式|版本|查看|显示|阅读|浏览)"
    r"|multi-?part message in mime|(?:not|n't) (?:support|display|show|view|read|see)[^\n]{0,40}(?:html|message|e-?mail)|html[- ](?:e-?mail|message|format|version|viewer|capable|enabled|only|mail)|(?:view|read|see) (?:this|the|it|our)[^\n]{0,30}(?:browser|online|html)",
    re.IGNORECASE,
)
_STUB_LENGTH = 200


@frozen
class Compared:
    """The stretches, whole lines, of each that the other does not say; `stub`: the text only says that there is HTML."""

    text: tuple[Span, ...]
    html: tuple[Span, ...]
    stub: bool = False

    @property
    def same(self) -> bool:
        """Whether neither says more."""
        return not (self.text or self.html or self.stub)


def alike(text: str, html: str) -> bool:
    """Whether HTML, shown or not, holds the letters of the text and no others: told without reading it as a page, which takes long."""
    for name in ("head", "style", "script", "title"):
        html = _without(html, name)
    return _letters(text) == _letters(unescape(_TAG.sub(" ", html)))


_TAG = re.compile(r"<(?:!--[^<>]*--|[a-zA-Z/][^<>]*)>")
_NO_LETTERS = re.compile(r"[\W_]+")


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text)


def _without(html: str, name: str) -> str:
    """Without elements `name`; unchanged where they are not written in small letters, or do not end."""
    start = html.find(f"<{name}")
    if start < 0:
        return html
    kept, done = [], 0
    while start >= 0:
        end = html.find(f"</{name}>", start)
        if end < 0 or html[start + 1 + len(name) : start + 2 + len(name)] not in (">", " ", "\t", "\n", "\r", "/"):
            return html
        kept.append(html[done:start])
        done = end + len(name) + 3
        start = html.find(f"<{name}", done)
    return "".join((*kept, html[done:]))


def compared(text: str, html: str) -> Compared:
    """A text beside what is seen of the HTML that it stands for."""
    written, shown = _lines(text, marks=True), _lines(html, marks=False)
    if [token for _, tokens in written for token in tokens] == [token for _, tokens in shown for token in tokens]:
        return Compared((), ())
    said = [(span, tokens) for span, tokens in written if not (len(span) <= _STUB_LENGTH and _STUB.search(span.of(text)))]
    if not any(tokens for _, tokens in said):
        return Compared((), tuple(span for span, tokens in shown if tokens), stub=True)
    return Compared(_unsaid(said, _Said(shown)), _unsaid(shown, _Said(written)))


_Line = tuple[Span, list[str]]


def _lines(text: str, *, marks: bool) -> list[_Line]:
    """Each line and its words."""
    out: list[_Line] = []
    start = 0
    for line in text.split("\n"):
        at = _MARK.match(line).end() if marks else 0  # type: ignore[union-attr]  # matches the empty string
        out.append((Span(start, start + len(line)), _tokens(line[at:])))
        start += len(line) + 1
    return out


def _tokens(line: str) -> list[str]:
    clean = line if line.isascii() else unicodedata.normalize("NFKC", line)
    return _TOKEN.findall(_DROPPED.sub(" ", clean).lower())


class _Said:
    """The words of the other side, and which stand beside which."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        flat = [token for _, tokens in lines for token in tokens]
        self.words = frozenset(flat)
        self.pairs = frozenset(pairwise(flat))

    def has(self, tokens: Sequence[str]) -> bool:
        """Whether it says a line: all its numbers, and all but a stray word."""
        missing = 0
        for token in tokens:
            if token not in self.words:
                if token.isascii():
                    return False
                missing += 1
        for pair in pairwise(tokens):
            if pair not in self.pairs:
                missing += 1
                if pair[0].isdecimal() or pair[1].isdecimal():
                    return False
        return missing == 0 or (len(tokens) > 10 and missing <= 1 + len(tokens) // 50)


def _unsaid(lines: Sequence[_Line], other: _Said) -> tuple[Span, ...]:
    return tuple(span for span, tokens in lines if tokens and not other.has(tokens))
