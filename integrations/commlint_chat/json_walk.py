"""A walk through a JSON text of any size: members and elements one by one with their places, in memory for one message.

What is not asked for is stepped over without being made into values; what is asked for is a `Node`, which knows where it
stands and finds the places of what lies in it when they are wanted. Of several members of one name the last counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]  # in the module since 2.6, not in the stubs
from typing import Any

from commlint.model.span import Span
from commlint_chat.json_spans import Text, decoded

_BLANK = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r"[^\s,\[\]{}\":]+")
# A string counts as one mark; one without an end runs to the end of the text. Possessive: no mark is tried twice.
_MARK = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)
_HALF = re.compile("[\ud800-\udfff]")
_DECODE = JSONDecoder(strict=False).raw_decode


class DamagedError(ValueError):
    """The text is no JSON from `at` on."""

    def __init__(self, at: int) -> None:
        super().__init__(f"no JSON at {at}")
        self.at = at


class Walk:
    """A place `at` in a JSON text, before `end`, that moves on over what is taken or skipped. All methods raise DamagedError."""

    def __init__(self, text: str, at: int = 0, end: int | None = None) -> None:
        self.text = text
        self.end = len(text) if end is None else end
        self.at = at + 1 if text.startswith("\ufeff", at) else at
        self._blank()

    @property
    def sign(self) -> str:
        """The character at hand: ``{`` of an object, ``[`` of a list; empty at the end."""
        return self.text[self.at] if self.at < self.end else ""

    def members(self) -> Iterator[str]:
        """The keys of the object at hand, each while its value is; what is then not taken is skipped. None of what is no object."""
        if self.sign != "{":
            self.skip()
            return
        self._on()
        while self.sign != "}":
            key = self._key()
            start = self.at
            yield key
            if self.at == start:
                self.skip()
            self._comma("}")
        self._on()

    def elements(self) -> Iterator[int]:
        """The numbers (from 0) of the elements of the list at hand, each while it is; as `members`."""
        if self.sign != "[":
            self.skip()
            return
        self._on()
        number = 0
        while self.sign != "]":
            start = self.at
            yield number
            if self.at == start:
                self.skip()
            number += 1
            self._comma("]")
        self._on()

    def skip(self) -> Span:
        """Step over the value at hand; where it stands."""
        start, end = self.at, _end(self.text, self.at, self.end)
        self.at = end
        self._blank()
        return Span(start, end)

    def _key(self) -> str:
        if self.sign != '"':
            raise DamagedError(self.at)
        try:
            key, self.at = scanstring(self.text, self.at + 1, False)
        except ValueError as error:
            raise DamagedError(self.at) from error
        self._blank()
        if self.sign != ":":
            raise DamagedError(self.at)
        self._on()
        return str(key)

    def _comma(self, closing: str) -> None:
        if self.sign == ",":
            self._on()
        elif self.sign != closing:
            raise DamagedError(self.at)

    def _on(self) -> None:
        self.at += 1
        self._blank()

    def _blank(self) -> None:
        self.at = _BLANK.match(self.text, self.at, self.end).end()  # type: ignore[union-attr]  # it matches nothing too


def _end(text: str, at: int, most: int) -> int:
    """Where the value at `at` ends, by its brackets and quotes alone. Raises DamagedError when it does not before `most`."""
    sign = text[at] if at < most else ""
    if sign not in ('"', "{", "["):
        scalar = _SCALAR.match(text, at, most)
        if scalar is None:
            raise DamagedError(at)
        return scalar.end()
    depth = 0
    for mark in _MARK.finditer(text, at, most):
        first = text[mark.start()]
        if first == '"':
            if mark.end() - mark.start() < 2 or text[mark.end() - 1] != '"':
                break
        else:
            depth += 1 if first in "{[" else -1
        if depth <= 0:
            return mark.end()
    raise DamagedError(at)


class Node:
    """A value that stands at `span` of `text`; `value` None where there is none. Inner nodes are made when they are asked for."""

    __slots__ = ("_inner", "span", "text", "value")

    def __init__(self, text: str, span: Span, value: Any) -> None:
        self.text, self.span, self.value = text, span, value
        self._inner: dict[str, Span] | None = None

    @classmethod
    def at(cls, text: str, span: Span) -> Node:
        """The value at `span`. Raises DamagedError when it is no JSON, or nested too deep."""
        try:
            value, end = _DECODE(text, span.start)
        except (ValueError, RecursionError) as error:
            raise DamagedError(getattr(error, "pos", span.start)) from error
        if end != span.end:
            raise DamagedError(end)
        return cls(text, span, value)

    def __bool__(self) -> bool:
        return self.value is not None

    def __getitem__(self, key: str) -> Node:
        """The member `key`, the empty node where there is none."""
        if not isinstance(self.value, dict) or self.value.get(key) is None:
            return _NOTHING
        if self._inner is None:
            walk = Walk(self.text, self.span.start)
            self._inner = {key: walk.skip() for key in walk.members()}
        return Node(self.text, self._inner[key], self.value[key])

    def __iter__(self) -> Iterator[Node]:
        """The elements of a list; nothing of anything else."""
        if isinstance(self.value, list) and self.value:
            walk = Walk(self.text, self.span.start)
            for number in walk.elements():
                yield Node(self.text, walk.skip(), self.value[number])

    def get(self, key: str) -> Any:
        """The value of the member `key`, None without."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def word(self, key: str) -> str:
        """The string or whole number under `key` as a string without half characters; empty for anything else."""
        return word(self.get(key))

    @property
    def string(self) -> Text | None:
        """The string that it is, with its places in the text; None where it is none."""
        return decoded(self.text, Span(self.span.start + 1, self.span.end - 1)) if isinstance(self.value, str) else None


_NOTHING = Node("", Span(0, 0), None)


def word(value: object) -> str:
    """A string or whole number as a string that can be written in UTF-8; empty for anything else."""
    if isinstance(value, str):
        return value if value.isascii() else _HALF.sub("\ufffd", value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def mapping(value: object) -> dict[str, Any]:
    """`value` where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """`value` where it is a list, else an empty one."""
    return value if isinstance(value, list) else []
