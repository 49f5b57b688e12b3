"""The ``[[…]]`` of bad examples: the text without them, and the stretches they mark."""

from __future__ import annotations

import re

from attrs import frozen

from commlint.model.span import Span

_MARK = re.compile(r"\[\[|\]\]")


class MarkupError(Exception):
    """Marks that do not pair up; said in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


@frozen
class Marked:
    """A text as it is checked, and the stretches of it in which something must be found."""

    text: str
    spans: tuple[Span, ...]


def marked(raw: str) -> Marked:
    """Take the marks out of `raw`. Raises MarkupError when they do not pair up, nest, or hold nothing."""
    pieces: list[str] = []
    spans: list[Span] = []
    done = length = 0
    opened: int | None = None
    for mark in _MARK.finditer(raw):
        pieces.append(raw[done : mark.start()])
        length += mark.start() - done
        done = mark.end()
        opened = _next(mark.group(), opened, length, spans)
    if opened is not None:
        raise MarkupError("[[ 没有配对的 ]]", "a [[ is never closed")
    return Marked("".join([*pieces, raw[done:]]), tuple(spans))


def _next(mark: str, opened: int | None, at: int, spans: list[Span]) -> int | None:
    if mark == "[[":
        if opened is not None:
            raise MarkupError("[[ 里又有 [[", "a [[ stands inside another")
        return at
    if opened is None:
        raise MarkupError("]] 没有配对的 [[", "a ]] was never opened")
    if opened == at:
        raise MarkupError("[[ ]] 里没有文字", "nothing stands between [[ and ]]")
    spans.append(Span(opened, at))
    return None
