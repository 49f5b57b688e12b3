"""Where sentences and their clauses begin and end, in Chinese and English.

A sentence ends behind 。, ! and ?, behind a full stop that is one, and at the end of a line that is not wrapped. Closing quotes and
brackets belong to the sentence they close. Nothing ends inside a quotation, a number, a file name, an address or behind an abbreviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from commlint.model.span import Span
from commlint.text.quotations import BLOCK, cited

_FINAL = "。.!?\u2026"
_CLOSING = "\u201d\u2019\u300d\u300f\"')\\]】〕》〉*_`"

# A line break, or a run of final marks from its first one on, with what closes behind it. The class stands first, so that `re`
# skips to it; nothing is given back, so that a long run is read once. A dot before a letter or digit is left out right away.
# The empty group takes part where there is no doubt: behind 。, and behind a line that does not look as if it ran on.
_END = re.compile(
    f"[{_FINAL}\n](?:(?<=\n)(?:(?<![,、a-z0-9]\n)())?"
    f"|(?<![{_FINAL}][{_FINAL}])(?!(?<=\\.)[a-z0-9_/])[{_FINAL}]*+[{_CLOSING}]*+(?:(?<=。)())?)"
)
_MAY_END = re.compile(f"[{_FINAL}\n]")
_CLAUSE = re.compile(r"[;。!?,](?:(?<!,)[;。!?]*+|(?!\d{3}(?!\d))|(?<!\d,))")

# What may stand before a dot that ends nothing: an abbreviation, an initial, the number of a list item.
_INITIALS = "abcdefghijklmnopqrstuvwxyz"
_ABBREVIATIONS = frozenset(
    (*_INITIALS, "mr", "mrs", "ms", "dr", "drs", "prof", "st", "jr", "sr", "vs", "cf", "e.g", "i.e", "etc", "attn", "dept", "inc", "ltd", "co", "corp", "a.m", "p.m")
)
_BEFORE_NUMBERS = frozenset(
    ("no", "nos", "fig", "figs", "vol", "ver", "rev", "ext", "tel", "approx", "est", "min", "max", "pp", "sec", "ch")
)
_WORD = re.compile(r"[a-z0-9.]+\Z")
_LIST_NUMBER = re.compile(r"(?:^|[\n:;,。、(\u4e00-\u9fff])[ \t]*\d{1,3}\Z")
_REACH = 12

# A line that runs on in the next: Latin text as wide as mail programs wrap it, or Chinese that stops at a comma.
_LATIN_WIDTH = 45
_CHINESE_WIDTH = 20
_BLOCK = re.compile(BLOCK)
_LABEL = re.compile(r"[^\s:,。;]{1,12}[ \t]*:")


def sentences(folded: str, start: int = 0, stop: int | None = None) -> tuple[Span, ...]:
    """The sentences of `folded`, or of its stretch from `start` to `stop`, in order, without the white space around them.

    Together they hold all that is visible. A stretch is read by itself, as if nothing stood around it.
    """
    if stop is not None:
        piece = folded[start:stop]
        if _MAY_END.search(piece) is None:
            return _of_one(folded, start, stop)
        return tuple(span.shift(start) for span in sentences(piece))
    spans: list[Span] = []
    start = 0
    for end in _ends(folded):
        spans += _of_one(folded, start, end)
        start = end
    spans += _of_one(folded, start, len(folded))
    return tuple(spans)


def clauses(folded: str, sentence: Span) -> tuple[Span, ...]:
    """The stretches of `sentence` between commas and semicolons, without the marks; a comma inside a number parts nothing."""
    start, stop = sentence.start, sentence.end
    breaks = [match.span() for match in _CLAUSE.finditer(folded, start, stop)]
    if not breaks:
        return (sentence,)
    spans: list[Span] = []
    for end, following in (*breaks, (stop, stop)):
        if start < end:
            spans += _of_one(folded, start, end)
        start = following
    return tuple(spans)


def _of_one(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The stretch without the white space around it; nothing when there is nothing else."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return (Span(start, start + len(visible)),) if (visible := piece.strip()) else ()


def _ends(text: str) -> Iterator[int]:
    """Offsets behind which a new sentence begins."""
    quoted = cited(text)
    opened = {start for start, _ in quoted}
    inside = iter([*quoted, (len(text) + 1, len(text) + 1)])
    start, stop = next(inside)
    for match in _END.finditer(text):
        first, end = match.span()
        while stop <= first:
            start, stop = next(inside)
        while end in opened and end > first + 1:
            end -= 1  # a straight mark that opens the next quotation closes nothing
        if start <= first and end <= stop:
            continue
        if match.lastindex or (_breaks(text, first) if text[first] == "\n" else _final(text, first, end)):
            yield end


def _final(text: str, first: int, end: int) -> bool:
    """Whether the final marks and closing marks from `first` to `end` end a sentence."""
    marks, following = text[first:end], text[end : end + 1]
    if not following or following.isspace():
        return marks != "." or following in ("", "\n") or not _dotted(text, first, following=text[end + 1 : end + 2])
    if "。" in marks:
        return True
    if marks[-1] in _CLOSING:
        return False  # the sentence goes on behind the quotation: “真的吗?”他问
    if marks[0] in "!?":
        return not (following.isascii() and text[first - 1 : first].isascii())
    return marks == "." and not text[first - 1 : first].isdigit() and not _dotted(text, first, following=following)


def _dotted(text: str, at: int, *, following: str) -> bool:
    """Whether the dot at `at` belongs to what stands before it."""
    before = text[max(0, at - _REACH) : at]
    word = _WORD.search(before)
    if word is None:
        return False
    if word[0] in _ABBREVIATIONS or (following.isdigit() and word[0] in _BEFORE_NUMBERS):
        return True
    return _LIST_NUMBER.search(before) is not None


def _breaks(text: str, at: int) -> bool:
    """Whether the line break at `at` ends a sentence: unless the line is wrapped in the middle of running text."""
    last, following = text[at - 1 : at], text[at + 1 : at + 2]
    if last not in ",、" and not (last.isascii() and last.isalnum() and following.isascii() and (following.isalnum() or following == "(")):
        return True
    begin = text.rfind("\n", 0, at) + 1
    chinese = not text[begin:at].isascii()
    if at - begin < (_CHINESE_WIDTH if chinese else _LATIN_WIDTH) or (chinese and last not in ",、"):
        return True
    return text[begin] in "#|" or _BLOCK.match(text, at + 1) is not None or _LABEL.match(text, at + 1) is not None
