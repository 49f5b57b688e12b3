"""The leaves of a MIME tree, by a loop and not by recursion: nesting of any depth is read or refused, never a crash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from attrs import field, frozen

from commlint.model.environment import Limits
from commlint.model.reading.charset import of_label
from commlint_mail import headers, parameters
from commlint_mail.stored import Stored
from commlint_mail.transfer import Measure, measured, named, transferred

_TEXTS = ("text/plain", "text/html", "text/enriched", "text/richtext")
_NOT_SHOWN = frozenset(("text/calendar", "text/x-vcalendar", "text/vcard", "text/x-vcard", "text/directory", "text/css", "text/rfc822-headers", "text/x-amp-html", "text/watch-html"))
_PLAIN = parameters.Field("text/plain")
_MESSAGE = parameters.Field("message/rfc822")
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f]+")


@frozen
class Leaf:
    """One part without parts, or a whole attached message: what it is, what it is called, where it is. `path` names its place: 1.2.1.

    `alternative` is the path of the nearest multipart/alternative around it, None when there is none; `within` the type of what it
    is a part of. Its bytes are decoded when they are asked for.
    """

    media_type: str
    kind: parameters.Field
    filename: str
    disposition: str
    path: tuple[int, ...]
    stored: Stored = field(repr=False, eq=False)
    start: int
    end: int
    encoding: str = ""
    alternative: tuple[int, ...] | None = None
    within: str = ""
    content_id: str = ""

    @property
    def content(self) -> bytes:
        """All its bytes, decoded."""
        return transferred(self.stored[self.start : self.end], self.encoding)

    def beginning(self, most: int) -> bytes:
        """The bytes behind the first `most` encoded ones."""
        return transferred(self.stored[self.start : min(self.end, self.start + most)], self.encoding)

    @property
    def measure(self) -> Measure:
        """Its size and edges, without holding all of it."""
        return measured(self.stored, self.start, self.end, self.encoding)

    def text(self, content: bytes, charset: str = "") -> str:
        """Its `content` as text, in the charset that it is really in."""
        return of_label(content, charset or self.kind.get("charset")).text

    @property
    def readable(self) -> bool:
        """Whether it is text of the message rather than a file."""
        return self.media_type in _TEXTS and not self.filename and self.disposition != "attachment"


@frozen
class Tree:
    """The leaves in order; `unscanned` says which limit left something unread (depth | parts)."""

    leaves: tuple[Leaf, ...]
    unscanned: str = ""


@frozen
class _Node:
    head: headers.Headers
    start: int
    end: int
    path: tuple[int, ...]
    alternative: tuple[int, ...] | None
    within: str = ""


def tree(content: Stored, head: headers.Headers, *, end: int | None = None, limits: Limits) -> Tree:
    """The leaves of a message whose header block is `head`."""
    end = len(content) if end is None else min(end, len(content))
    leaves: list[Leaf] = []
    unscanned = ""
    todo = [_Node(head, head.end, end, (), None)]
    while todo:
        node = todo.pop()
        if len(node.path) > limits.depth:
            unscanned = "depth"
            continue
        kind = _type(node)
        children: list[_Node] = []
        if kind.value.startswith("multipart/"):
            room = max(0, limits.parts - len(leaves) - len(todo))
            children = list(islice(_children(content, node, kind, limits.headers), room + 1))
            if len(children) > room:
                unscanned = "parts"
                children = children[:room]
                if not children:
                    continue
        if children:
            todo += reversed(children)
        else:
            leaves.append(_leaf(content, node, kind))
    return Tree(tuple(leaves), unscanned)


def _children(content: Stored, node: _Node, kind: parameters.Field, most: int) -> Iterator[_Node]:
    alternative = node.path if kind.value == "multipart/alternative" else node.alternative
    for number, (start, end) in enumerate(_pieces(content, node.start, node.end, kind), 1):
        inner = headers.split(content, start, end, most=most, inner=True)
        yield _Node(inner, inner.end, end, (*node.path, number), alternative, kind.value)


def _pieces(content: Stored, start: int, end: int, kind: parameters.Field) -> Iterator[tuple[int, int]]:
    """The stretches between the lines of the boundary that is said; when it occurs nowhere, of the one that is used."""
    said = kind.get("boundary").rstrip().encode("utf-8", "surrogatepass")[:200]
    divided = False
    for piece in _between(content, start, end, said) if said else ():
        divided = True
        yield piece
    if not divided:
        used = _USED.search(content[start : min(end, start + 4096)])
        yield from _between(content, start, end, used["boundary"]) if used else ()


def _between(content: Stored, start: int, end: int, boundary: bytes) -> Iterator[tuple[int, int]]:
    """The stretches between delimiter lines (RFC 2046 section 5.1.1); a missing last delimiter is the end."""
    begun = -1
    for first, behind, last in _delimiters(content, start, end, b"--" + boundary):
        if begun >= 0:
            yield begun, max(begun, _before_break(content, first))
        if last:
            return
        begun = behind
    if begun >= 0:
        yield begun, end


# A first line that looks like a boundary: fields of a part stand below it.
_USED = re.compile(rb"(?:\A|\n)--(?P<boundary>[^\s-][^\r\n]{0,198}?|-[^\r\n]{4,198}?)[ \t]*\r?\n(?=content-[a-z-]{1,40}[ \t]*:)", re.IGNORECASE)


def _delimiters(content: Stored, start: int, end: int, delimiter: bytes) -> Iterator[tuple[int, int, bool]]:
    """Lines that are `delimiter`, whether with the closing "--"; found by a plain search, so deep nesting stays cheap."""
    length = len(delimiter)
    at = content.find(delimiter, start, end)
    while at >= 0:
        behind = at + length
        if behind >= end or content[behind] in _BEHIND_DELIMITER:
            rest = content[behind : min(end, behind + 80)].partition(b"\n")[0].strip()
            if rest in (b"", b"--") and (at == start or content[at - 1 : at] in (b"\n", b"\r")):
                newline = content.find(b"\n", behind, end)
                behind = end if newline < 0 else newline + 1
                yield at, behind, rest == b"--"
        at = content.find(delimiter, behind, end)


_BEHIND_DELIMITER = b" \t\r\n\x0b\x0c-"


def _before_break(content: Stored, at: int) -> int:
    """The line break before a delimiter belongs to it."""
    if content[max(0, at - 2) : at] == b"\r\n":
        return at - 2
    return at - 1 if content[max(0, at - 1) : at] in (b"\n", b"\r") else at


def _leaf(content: Stored, node: _Node, kind: parameters.Field) -> Leaf:
    head = node.head
    disposition = parameters.parsed(raw) if (raw := head.raw("content-disposition")) else _NONE
    composite = kind.value.startswith("multipart/")  # without a boundary that occurs: the text is still there
    filename = _base_name(disposition.get("filename") or kind.get("name") or disposition.get("name"))
    # a text of a kind that nobody knows is plain text (RFC 2046 section 4.1.4)
    unknown = not filename and node.alternative is None and kind.value.startswith("text/") and kind.value not in _TEXTS and kind.value not in _NOT_SHOWN
    return Leaf(
        media_type="text/plain" if composite or unknown else kind.value,
        kind=kind,
        filename=filename,
        disposition=disposition.value,
        path=node.path,
        stored=content,
        start=node.start,
        end=node.end,
        encoding="" if composite else _encoding(head.raw("content-transfer-encoding")),
        alternative=node.alternative,
        within=node.within,
        content_id=head.text("content-id").strip("<> "),
    )


_NONE = parameters.Field("")


@lru_cache(maxsize=64)
def _short_encoding(raw: bytes) -> str:
    return named(headers.decoded(raw))


def _encoding(raw: bytes) -> str:
    return _short_encoding(raw) if len(raw) < 64 else ""


def _type(node: _Node) -> parameters.Field:
    raw = node.head.raw("content-type")
    default = _MESSAGE if node.within == "multipart/digest" else _PLAIN
    if not raw:
        return default
    kind = parameters.parsed(raw)
    if "/" in kind.value.rstrip("/"):
        return kind
    short = {"text": "text/plain", "plain": "text/plain", "html": "text/html", "multipart": "multipart/mixed"}.get(kind.value.rstrip("/"), default.value)
    return parameters.Field(short, kind.parameters)


def _base_name(name: str) -> str:
    """The last segment: a file name never leads anywhere."""
    return _UNPRINTED.sub(" ", name).replace("\\", "/").rpartition("/")[2].strip() if name else ""
