"""The messages of a file of JSON, one by one with their places: JSON Lines, an array, or pages as an interface answers with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from commlint.model.span import Span
from commlint_chat.json_spans import elements, value_at

LISTS: tuple[tuple[str, ...], ...] = (
    ("data", "items"), ("items",), ("messages",), ("data", "messages"), ("data", "list"), ("records",), ("chatdata",), ("msg_list",), ("list",), ("result", "messages"), ("result", "items"), ("result",), ("data",), ("events",),
)
"""Where pages keep their messages."""
_SAYING = ("text", "content", "msgid", "message_id", "msgtype", "msg_type", "sender", "from", "header", "headers")
_BETWEEN = re.compile(r"[ \t\r\n,]*")


@frozen
class Item:
    """An object that may be a message: its number among them (of the line in JSON Lines), its line, where it stands, what it says."""

    number: int
    line: int
    span: Span
    value: Mapping[str, Any]


@frozen
class Bad:
    """A line that is no message, and why, in English and Chinese; `rest` when nothing behind it could be read."""

    line: int
    reason: str
    zh: str
    rest: bool = False


def items(text: str, *, path: Sequence[str] = (), lines: bool, deep: bool = False) -> Iterator[Item | Bad]:
    """What `text` holds; messages are looked for under `path` of each value, else where pages keep them. Never fails.

    `deep`: of a file that is one object, the first list of objects in it is that of the messages, whatever it is called.
    """
    if lines and not _is_document(text):
        yield from _lines(text, path)
    else:
        yield from _numbered(_document(text, path, deep=deep), text)


def _is_document(text: str) -> bool:
    """Whether a file that is called JSON Lines is one value over many lines."""
    start = len(text) - len(text.lstrip(" \t\r\n\ufeff"))
    end = text.find("\n", start)
    if text[start : start + 1] not in ("[", "{") or end < 0 or len(text[start:end].strip()) > 2:
        return False  # a whole message stands on the first line
    return text[start:end].strip() in ("[", "{", "[{")


def _lines(text: str, path: Sequence[str]) -> Iterator[Item | Bad]:
    start, number = 0, 0
    while start <= len(text):
        number += 1
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        left = len(line) - len(line.lstrip(" \t\r\ufeff"))
        if left < len(line):
            yield from _line(text, Span(start + left, end), number, path)
        start = end + 1


def _line(text: str, span: Span, number: int, path: Sequence[str]) -> Iterator[Item | Bad]:
    line = span.of(text)
    try:
        value, end = value_at(line, 0)
    except (ValueError, RecursionError):
        yield Bad(number, "not JSON", "不是 JSON")
        return
    if line[end:].strip():
        yield Bad(number, "more than one value", "不止一个 JSON 值")
        return
    inner = (path if _under(value, path) is not None else ()) or _page(value)
    if inner is None and not isinstance(value, dict):
        yield Bad(number, "not an object", "不是对象")
    elif inner is None:
        yield Item(number, number, Span(span.start, span.start + end), value)
    else:
        yield from _of_page(line, inner, number, span.start)


def _of_page(line: str, path: Sequence[str], number: int, start: int) -> Iterator[Item | Bad]:
    try:
        for each, place in elements(line, path):
            yield Item(number, number, place.shift(start), each) if isinstance(each, dict) else Bad(number, "not an object", "不是对象")
    except KeyError:  # a key stands there twice, and the first has no list
        yield Bad(number, "a key stands there twice", "键重复")


def _under(value: object, path: Sequence[str]) -> object:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _page(value: object) -> tuple[str, ...] | None:
    """Where a value that is no message keeps a list of objects; () when it is one itself, None when there is none."""
    if _holds(value):
        return ()
    if not isinstance(value, dict) or any(key in value for key in _SAYING):
        return None
    return next((path for path in LISTS if _holds(_under(value, path))), None)


def _deeper(value: object, above: tuple[str, ...], levels: int) -> tuple[str, ...] | None:
    """Where the one value of a file keeps a list of objects, under whatever keys."""
    if not isinstance(value, dict) or any(key in value for key in _SAYING):
        return None
    here = next((key for key, inner in value.items() if _holds(inner)), None)
    if here is not None:
        return (*above, here)
    return next((found for key, inner in value.items() if levels > 1 and (found := _deeper(inner, (*above, key), levels - 1))), None)


def _holds(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value[:100])


def _document(text: str, path: Sequence[str], *, deep: bool) -> Iterator[tuple[Any, Span] | int]:
    """The objects of one value over many lines, or of several behind one another; a number is where it is broken."""
    at = len(text) - len(text.lstrip(" \t\r\n\ufeff"))
    if text[at : at + 1] == "[" and not path:
        yield from _list(text, (), at)
        return
    alone = True
    while at < len(text):
        try:
            value, end = value_at(text, at)
        except (ValueError, RecursionError) as error:
            yield from _broken(text, path, at, error)
            return
        inner = (path if _under(value, path) is not None else ()) or _page(value)
        if inner is None and deep and alone and end >= len(text.rstrip()):
            inner = _deeper(value, (), 3)
        alone = False
        if inner is None:
            yield value, Span(at, end)
        else:
            yield from _list(text, inner, at)
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]  # it matches nothing too


def _list(text: str, path: Sequence[str], at: int) -> Iterator[tuple[Any, Span] | int]:
    last = at
    try:
        for value, span in elements(text, path, at):
            inner = _page(value) if isinstance(value, dict) else None
            if inner:
                yield from _list(text, inner, span.start)
            else:
                yield value, span
            last = span.end
    except (ValueError, RecursionError, KeyError) as error:
        yield _where(error, last)


def _where(error: Exception, last: int) -> int:
    return max(last, getattr(error, "pos", last))


def _broken(text: str, path: Sequence[str], at: int, error: Exception) -> Iterator[tuple[Any, Span] | int]:
    """What can be read of a page that ends too early."""
    for each in (path,) if path else LISTS:
        found = [one for one in _list(text, each, at) if not isinstance(one, int) and isinstance(one[0], dict)] if each else []
        if found:
            yield from found
            break
    yield _where(error, at)


def _numbered(found: Iterator[tuple[Any, Span] | int], text: str) -> Iterator[Item | Bad]:
    line, at = 1, 0
    for number, each in enumerate(found, 1):
        place = each if isinstance(each, int) else each[1].start
        line += text.count("\n", at, place)
        at = max(at, place)
        if isinstance(each, int):
            yield Bad(line, "not JSON from here on", "从此处起不是有效的 JSON", rest=True)
            return
        value, span = each
        yield Item(number, line, span, value) if isinstance(value, dict) else Bad(line, "not an object", "不是对象")
