"""The leaves of a MIME tree, by a loop and not by recursion: nesting of any depth is read or refused, never a crash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from attrs import frozen

from commlint.model.reading.charset import of_label
from commlint_mail import headers, parameters
from commlint_mail.transfer import transferred

MAX_DEPTH = 100
MAX_PARTS = 1000
_TEXTS = ("text/plain", "text/html")


@frozen
class Leaf:
    """One part without parts, or a whole attached message: what it is, what it is called, its bytes decoded. `path` names its place: 1.2.1.

    `alternative` is the path of the nearest multipart/alternative around it, empty when there is none.
    """

    media_type: str
    charset: str
    filename: str
    disposition: str
    content: bytes
    path: tuple[int, ...]
    alternative: tuple[int, ...] | None = None
    flowed: bool = False
    delsp: bool = False
    embedded: bool = False  # inside an attached message

    @property
    def text(self) -> str:
        """The content as text, in the charset that it is really in."""
        return of_label(self.content, self.charset).text

    @property
    def readable(self) -> bool:
        """Whether it is text of the message rather than a file."""
        return self.media_type in _TEXTS and self.disposition != "attachment" and not self.filename and not self.embedded


@frozen
class Tree:
    """The leaves in order; `unscanned` says which limit left something unread (depth | parts), or that text could not be decoded (damage)."""

    leaves: tuple[Leaf, ...]
    unscanned: str = ""


@frozen
class _Node:
    head: headers.Headers
    start: int
    end: int
    path: tuple[int, ...]
    alternative: tuple[int, ...] | None
    digest: bool = False
    embedded: bool = False
    message: bool = False  # what a message/rfc822 holds


def tree(content: bytes, head: headers.Headers) -> Tree:
    """The leaves of a message whose header block is `head`."""
    leaves: list[Leaf] = []
    unscanned = ""
    todo = [_Node(head, head.end, len(content), (), None)]
    while todo:
        node = todo.pop()
        if len(node.path) > MAX_DEPTH:
            unscanned = "depth"
            continue
        room = MAX_PARTS - len(leaves) - len(todo)
        children = list(islice(_children(content, node), room + 1))
        if len(children) > room:
            unscanned = "parts"
            children = children[:room]
        if not children or children[0].message:
            leaves.append(_leaf(content, node))
            if leaves[-1].readable and not leaves[-1].content and content[node.start : node.end].strip():
                unscanned = unscanned or "damage"
        todo += reversed(children)
    return Tree(tuple(leaves), unscanned)


def _children(content: bytes, node: _Node) -> Iterator[_Node]:
    kind = _type(node)
    encoding = node.head.text("content-transfer-encoding").lower()
    if kind.value == "message/rfc822" and encoding not in ("base64", "quoted-printable"):
        inner = headers.split(content, node.start, node.end)
        yield _Node(inner, inner.end, node.end, (*node.path, 1), None, embedded=True, message=True)
    elif kind.value.startswith("multipart/"):
        alternative = node.path if kind.value == "multipart/alternative" else node.alternative
        for number, (start, end) in enumerate(_pieces(content, node.start, node.end, _boundary(kind)), 1):
            inner = headers.split(content, start, end)
            yield _Node(inner, inner.end, end, (*node.path, number), alternative, kind.value == "multipart/digest", node.embedded)


def _boundary(kind: parameters.Field) -> bytes:
    return kind.get("boundary").rstrip().encode("utf-8", "surrogatepass")[:200]


def _pieces(content: bytes, start: int, end: int, boundary: bytes) -> Iterator[tuple[int, int]]:
    """The stretches between delimiter lines (RFC 2046 section 5.1.1); a missing last delimiter is the end."""
    if not boundary:
        return
    begun = -1
    for first, behind, last in _delimiters(content, start, end, b"--" + boundary):
        if begun >= 0:
            yield begun, max(begun, _before_break(content, first))
        if last:
            return
        begun = behind
    if begun >= 0:
        yield begun, end


def _delimiters(content: bytes, start: int, end: int, delimiter: bytes) -> Iterator[tuple[int, int, bool]]:
    """Lines that are `delimiter`, whether with the closing "--"; found by a plain search, so deep nesting stays cheap."""
    at = content.find(delimiter, start, end)
    while at >= 0:
        newline = content.find(b"\n", at, end)
        behind = end if newline < 0 else newline + 1
        rest = content[at + len(delimiter) : min(behind, at + len(delimiter) + 80)].strip()
        if rest in (b"", b"--") and (at == start or content[at - 1 : at] in (b"\n", b"\r")):
            yield at, behind, rest == b"--"
        at = content.find(delimiter, max(at + 1, behind), end)


def _before_break(content: bytes, at: int) -> int:
    """The line break before a delimiter belongs to it."""
    if content.endswith(b"\r\n", 0, at):
        return at - 2
    return at - 1 if content.endswith((b"\n", b"\r"), 0, at) else at


def _leaf(content: bytes, node: _Node) -> Leaf:
    kind = _type(node)
    disposition = parameters.parsed(node.head.raw("content-disposition"))
    payload = content[node.start : node.end]
    composite = kind.value.startswith("multipart/")  # without a boundary that occurs: the text is still there
    encoding = "" if composite else node.head.text("content-transfer-encoding")
    return Leaf(
        media_type="text/plain" if composite else kind.value,
        charset=kind.get("charset"),
        filename=_base_name(disposition.get("filename") or kind.get("name")),
        disposition=disposition.value,
        content=transferred(payload, encoding),
        path=node.path,
        alternative=node.alternative,
        flowed=kind.get("format").lower() == "flowed",
        delsp=kind.get("delsp").lower() == "yes",
        embedded=node.embedded,
    )


def _type(node: _Node) -> parameters.Field:
    raw = node.head.raw("content-type")
    if not raw or b"/" not in raw.partition(b";")[0]:
        default = "message/rfc822" if node.digest else "text/plain"
        return parameters.Field(default, parameters.parsed(raw).parameters)
    return parameters.parsed(raw)


def _base_name(name: str) -> str:
    """The last segment: a file name never leads anywhere."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", name).replace("\\", "/").rpartition("/")[2].strip()
