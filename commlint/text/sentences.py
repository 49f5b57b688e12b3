"""Where sentences and their clauses begin and end, in Chinese and English.

A sentence ends behind 。, ! and ?, behind a full stop that is one, and at the end of a line that is not wrapped. Closing quotes and
brackets belong to the sentence they close. Nothing ends inside a quotation, a number, a file name, an address or behind an abbreviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
_MAY_PART = re.compile("[;。!?,]")
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
        return tuple(sentences_within(folded, Span(start, stop)))
    return tuple(sentences_beside(folded, cited(folded)))


def sentences_within(folded: str, stretch: Span) -> Sequence[Span]:
    """The sentences of a stretch, read by itself; most cells of tables are one from end to end."""
    start, stop = stretch.start, stretch.end
    piece = folded[start:stop]
    if _MAY_END.search(piece) is not None:
        return [span.shift(start) for span in sentences_beside(piece, cited(piece))]
    visible = piece.strip()
    if len(visible) == len(piece):
        return (stretch,) if visible else ()
    start += len(piece) - len(piece.lstrip())
    return (Span(start, start + len(visible)),) if visible else ()


def sentences_beside(folded: str, quoted: Sequence[tuple[int, int]]) -> list[Span]:
    """The sentences of `folded` whose cited stretches are known."""
    spans: list[Span] = []
    start = 0
    for end in (*_ends(folded, quoted), len(folded)):
        if (span := _of_one(folded, start, end)) is not None:
            spans.append(span)
        start = end
    return spans


def clauses(folded: str, sentence: Span) -> tuple[Span, ...]:
    """The stretches of `sentence` between commas and semicolons, without the marks; a comma inside a number parts nothing."""
    start, stop = sentence.start, sentence.end
    spans: list[Span] = []
    for match in _CLAUSE.finditer(folded, start, stop):
        end, following = match.span()
        if (span := _of_one(folded, start, end)) is not None:
            spans.append(span)
        start = following
    if start == sentence.start:
        return (sentence,)
    if start < stop and (span := _of_one(folded, start, stop)) is not None:
        spans.append(span)
    return tuple(spans)


def clause_marks(folded: str) -> list[int]:
    """Where clauses may end: a sentence without such a place is one clause."""
    return [match.start() for match in _MAY_PART.finditer(folded)]


def _of_one(text: str, start: int, end: int) -> Span | None:
    """The stretch without the white space around it; None when there is nothing else."""
    if start < end and not (text[start].isspace() or text[end - 1].isspace()):
        return Span(start, end)  # most stretches, and nothing is cut out of the text for it
    piece = text[start:end]
    visible = piece.strip()
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(visible)) if visible else None


def _ends(text: str, quoted: Sequence[tuple[int, int]]) -> list[int]:
    """Offsets behind which a new sentence begins."""
    if quoted:
        return list(_ends_outside(text, quoted))
    ends: list[int] = []
    for match in _END.finditer(text):
        if match.lastindex:
            ends.append(match.end())
        else:
            first, end = match.span()
            if _breaks(text, first) if text[first] == "\n" else _final(text, first, end):
                ends.append(end)
    return ends


def _ends_outside(text: str, quoted: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The same where something is cited: nothing ends inside it."""
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
