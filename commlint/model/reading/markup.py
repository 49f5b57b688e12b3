"""HTML cut into tags and text, in linear time whatever the input (WHATWG HTML 13.2.5, as far as text depends on it).

The standard library's html.parser takes quadratic time on unfinished tags: 600 kB of ``<a `` keep it busy for minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NAME = re.compile(r"</?([a-zA-Z][^\s/>\0]{0,99})")
# A tag as nearly all are; what does not match is looked at piece by piece. Without steps back, and never past the next "<".
_PLAIN = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,60}+)(?:>|(?=[\s/])[^<>"']*+(?:(?<==)(?:"[^"<>]*+"|'[^'<>]*+')[^<>"']*+)*+>)""")
_STOP = re.compile("[>\"']")
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTE = re.compile(r"""([^\s=>/"']{1,100})(?:\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_RAW = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})
_MAX_ATTRIBUTES = 5_000  # characters of a tag that are looked at for attributes


START, END, TEXT = range(3)


class Token(NamedTuple):
    """A tag with its name in lower case (mark START or END), or a stretch of text; `start` and `end` are places in the HTML.

    A text that has a name is raw (of a script, style or title): it holds no tags.
    """

    mark: int
    name: str
    start: int
    end: int


def tokens(html: str) -> Iterator[Token]:
    """The tags and texts of `html` in order; comments and declarations are left out. What is no tag is text."""
    return _Cutter(html).tokens()


def attributes(html: str, tag: Token) -> dict[str, str]:
    """The attributes of a start tag, names in lower case; of several of one name the first counts."""
    begins = tag.start + 1 + len(tag.name)
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(html, begins, min(tag.end - 1, begins + _MAX_ATTRIBUTES)):
        found.setdefault(match[1].lower(), match[2] or match[3] or match[4] or "")
    return found


def is_xml(html: str) -> bool:
    """Whether it says that it is XML: then tags may close themselves, and there may be stretches without markup."""
    return html[:100].lstrip("\ufeff \t\r\n").startswith("<?xml")


def closes_itself(html: str, tag: Token) -> bool:
    """Whether a start tag ends in a slash."""
    return html[tag.end - 2] == "/"


class _Cutter:
    """A walk over the HTML. What is looked for and is not there is looked for once: that keeps it linear."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.xml = is_xml(html)
        self.missing: set[str] = set()
        self.unfinished = False  # a tag that never ends has begun: there is none behind it
        self.text = 0  # where text that was not given out yet begins

    def tokens(self) -> Iterator[Token]:
        html, match_plain = self.html, _PLAIN.match
        at = html.find("<")
        while at >= 0 and not self.unfinished:
            token: Token | None
            plain = match_plain(html, at)
            if plain is not None:
                end = plain.end()
                token = Token(END if plain[1] else START, plain[2].lower(), at, end)
            else:
                end, token = self._construct(at)
                if end < 0:
                    at = html.find("<", at + 1)
                    continue
            if self.text < at:
                yield Token(TEXT, "", self.text, at)
            self.text = end
            if token is not None:
                yield token
                if token[1] in _RAW and token[0] == START and not (self.xml and closes_itself(html, token)):
                    yield from self._raw(token)
            at = html.find("<", self.text)
        if self.text < len(html):
            yield Token(TEXT, "", self.text, len(html))

    def _construct(self, at: int) -> tuple[int, Token | None]:
        """What begins at a "<": where it ends (-1: it is text), and its token unless it is a comment."""
        name = _NAME.match(self.html, at)
        if name is not None:
            end = self._tag_end(name.end())
            mark = END if self.html[at + 1] == "/" else START
            return end, Token(mark, name[1].lower(), at, end) if end >= 0 else None
        if self.html.startswith("<!--", at):
            closed = _COMMENT_END.search(self.html, at + 2)
            return closed.end() if closed else len(self.html), None
        if self.xml and self.html.startswith("<![CDATA[", at):
            end = self._find("]]>", at)
            return (end + 3, Token(TEXT, "", at + 9, end)) if end >= 0 else (-1, None)
        if self.html.startswith(("<!", "<?", "</"), at):
            return self._find(">", at + 2) + 1 or -1, None
        return -1, None

    def _tag_end(self, at: int) -> int:
        """Behind the ">" that ends a tag; one in a quoted value does not. -1 when there is none."""
        while stop := _STOP.search(self.html, at):
            mark, at = stop.group(), stop.end()
            if mark == ">":
                return at
            if self.html[max(0, at - 8) : at - 1].rstrip().endswith("="):
                at = self._find(mark, at) + 1 or at
        self.unfinished = True
        return -1

    def _find(self, wanted: str, at: int) -> int:
        if wanted in self.missing:
            return -1
        found = self.html.find(wanted, at)
        if found < 0:
            self.missing.add(wanted)
        return found

    def _raw(self, opened: Token) -> Iterator[Token]:
        """The text of a script, style or title, up to its end tag or the end of all."""
        closing = re.compile(rf"</{opened.name}(?=[\s/>])", re.IGNORECASE).search(self.html, opened.end)
        end = closing.start() if closing else len(self.html)
        if opened.end < end:
            yield Token(TEXT, opened.name, opened.end, end)
        self.text = end
