"""Where the values of JSON stand in a file, and the way from a decoded string back to its escapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from json import JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]  # in the module since 2.6, not in the stubs
from typing import Any

from attrs import frozen

from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span

Path = tuple[str | int, ...]
_DECODER = JSONDecoder(strict=False)  # line breaks inside strings are wrong, and occur
_BLANK = re.compile(r"[ \t\r\n]*")
_MARK = re.compile(r'["{}\[\],:]')
_DEEPEST = 24  # levels, and
_MOST = 100_000  # strings of one value that are located: no message has more
_LARGE = 1_000_000  # characters of a string beyond which escapes are mapped by the thousand

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


# files of JSON


def elements(text: str, path: Iterable[str] = (), at: int = 0) -> Iterator[tuple[Any, Span]]:
    """The elements of the list under `path` of the value at `at`, each with its place; the value itself where it is no list.

    Decodes one element at a time. Raises ValueError (or RecursionError) where the JSON is broken, after the elements before;
    KeyError when there is nothing under `path`.
    """
    at = _BLANK.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing too
    for key in path:
        at = _value_of(text, key, at)
    if text[at : at + 1] != "[":
        value, end = value_at(text, at)
        yield value, Span(at, end)
        return
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        value, end = value_at(text, at)
        yield value, Span(at, end)
        at = _skip(text, end)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            raise ValueError("',' or ']' expected")


def value_at(text: str, at: int) -> tuple[Any, int]:
    """The value that begins at `at`, and where it ends. Raises ValueError or RecursionError."""
    return _DECODER.raw_decode(text, at)


def _skip(text: str, at: int) -> int:
    return _BLANK.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing too


def _value_of(text: str, key: str, at: int) -> int:
    """Where the value of `key` begins in the object at `at`; those before it are stepped over. Raises KeyError, ValueError."""
    if text[at : at + 1] != "{":
        raise KeyError(key)
    at = _skip(text, at + 1)
    while text[at : at + 1] == '"':
        name, end = scanstring(text, at + 1, False)
        at = _skip(text, end)
        if text[at : at + 1] != ":":
            raise ValueError("':' expected")
        at = _skip(text, at + 1)
        if name == key:
            return at
        at = _skip(text, value_at(text, at)[1])
        at = _skip(text, at + 1) if text[at : at + 1] == "," else at
    raise KeyError(key)


class Strings:
    """The strings of one JSON value (valid, at `span` of `text`) by path: ``("mentions", 0, "name")``."""

    def __init__(self, text: str, span: Span) -> None:
        self.text = text
        self.places: Mapping[Path, tuple[int, int]] = _located(text, span)

    def at(self, *path: str | int) -> Text | None:
        """The string under `path` and where it stands; None when there is none."""
        place = self.places.get(path)
        return None if place is None else decoded(self.text, Span(*place))

    def below(self, *path: str | int) -> Iterator[Path]:
        """The paths of the strings under `path`, in order."""
        return (each for each in self.places if each[: len(path)] == path)


def _located(text: str, span: Span) -> dict[Path, tuple[int, int]]:
    found: dict[Path, tuple[int, int]] = {}
    above: list[Path] = []  # the paths of the open objects and lists
    steps: list[str | int | None] = []  # the key or index at hand in each; None in an object before a key
    at = span.start
    mark = _MARK.search(text, at, span.end)
    while mark is not None:
        sign, at = mark.group(), mark.end()
        if sign == '"':
            value, end = scanstring(text, at, False)
            if steps and steps[-1] is None:
                steps[-1] = value
            elif len(steps) <= _DEEPEST:
                found[(*above[-1], steps[-1]) if steps else ()] = (at, end - 1)  # type: ignore[arg-type]  # no None here
            if len(found) > _MOST:
                return found
            at = end
        elif sign in "{[":
            step = steps[-1] if steps else None
            above.append((*above[-1], step) if step is not None and above and len(steps) <= _DEEPEST else ())
            steps.append(None if sign == "{" else 0)
        elif sign in "}]":
            above.pop()
            steps.pop()
        elif sign == ",":
            step = steps[-1]
            steps[-1] = step + 1 if isinstance(step, int) else None
        mark = _MARK.search(text, at, span.end)
    return found


# texts made of strings


class Woven:
    """A text put together from stretches of a file, and of words that stand nowhere in it."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._runs: list[Run] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def add(self, piece: Text) -> None:
        """A string with its places, which are behind those of the pieces before; else it has none."""
        if piece.source_map.runs and (not self._runs or piece.source_map.runs[0].source.start >= self._runs[-1].source.end):
            self._runs += (Run(run.derived.shift(self._length), run.source, run.exact) for run in piece.source_map.runs)
        self.say(piece.text)

    def put(self, words: str, source: Span) -> None:
        """Words that stand for a stretch as a whole."""
        self.add(Text(words, SourceMap((Run(Span(0, len(words)), source, exact=False),))))

    def say(self, words: str) -> None:
        """Words that stand nowhere: a line break between two strings."""
        self._pieces.append(words)
        self._length += len(words)

    @property
    def text(self) -> Text:
        """What was put together."""
        return Text("".join(self._pieces), SourceMap(tuple(self._runs)))


def part_of(text: Text, span: Span) -> Text:
    """A stretch of a string, with its places."""
    return Text(span.of(text.text), SourceMap.slice(span).compose(text.source_map))


def inside(inner: Text, outer: Text) -> Text:
    """A string found in the text of another (JSON in JSON), with its places where that one stands."""
    return Text(inner.text, inner.source_map.compose(outer.source_map))
