"""Where the values of one line of JSON stand, and the way from a decoded string back to its escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]')
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


@frozen
class Text:
    """A decoded string and the map from it to the JSON it stands in."""

    text: str
    source_map: SourceMap


def string_at(line: str, path: tuple[str, ...], base: int = 0) -> Text | None:
    """The string value under `path` of the object in `line` (valid JSON); the map counts from `base`. None if it is no string."""
    span = _find(line, path)
    return None if span is None else decoded(line, span, base)


def decoded(line: str, span: Span, base: int = 0) -> Text:
    """The string whose characters between the quotes are `span` of `line`."""
    pieces: list[str] = []
    runs: list[Run] = []
    length = 0
    for stretch, escaped in _stretches(line, span):
        text = _unescaped(stretch.of(line)) if escaped else stretch.of(line)
        runs.append(Run(Span(length, length + len(text)), stretch.shift(base), exact=not escaped))
        pieces.append(text)
        length += len(text)
    return Text("".join(pieces), SourceMap(tuple(runs)))


def _stretches(line: str, span: Span) -> Iterator[tuple[Span, bool]]:
    """Plain stretches and escapes of a string in turn."""
    done = span.start
    for escape in _ESCAPE.finditer(line, span.start, span.end):
        if done < escape.start():
            yield Span(done, escape.start()), False
        yield Span(*escape.span()), True
        done = escape.end()
    if done < span.end:
        yield Span(done, span.end), False


def _unescaped(escape: str) -> str:
    if escape[1] != "u":
        return _SIMPLE.get(escape[1], escape[1])
    if len(escape) == 12:
        high, low = int(escape[2:6], 16), int(escape[8:12], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    code = int(escape[2:6], 16)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)  # half a pair is no character


def _find(line: str, path: tuple[str, ...]) -> Span | None:
    """The characters of the string at `path`; the last of several keys of one name counts, as json.loads has it."""
    keys: list[str | None] = []
    key: str | None = None
    found = None
    expects_value = False
    for token in _TOKEN.finditer(line):
        mark = token.group()
        if mark in "{[":
            keys.append(key if expects_value else None)
            key, expects_value = None, mark == "["
            if mark == "[":
                keys[-1] = "[]" if keys[-1] is None else f"{keys[-1]}[]"
        elif mark in "}]":
            if keys:
                keys.pop()
            key, expects_value = None, False
        elif mark == ":":
            expects_value = True
        elif mark == ",":
            expects_value = bool(keys) and (keys[-1] or "").endswith("[]")
        elif not expects_value:
            key = decoded(line, Span(token.start() + 1, token.end() - 1)).text
        elif key is not None and (*(name for name in keys[1:] if name is not None), key) == path:
            found = Span(token.start() + 1, token.end() - 1)
    return found
