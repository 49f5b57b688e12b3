"""A pattern as it runs: its characters folded as the text is folded, its open repeats given an end.

Works on the pattern's text with a small lexer, so that nothing private of `re` is needed to run a rule.
"""

from __future__ import annotations

import re

from commlint.text.fold import fold_string

LIMIT = 1000
NESTED_LIMIT = 100

_ESCAPE = r"\\(?:N\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)"
_TOKEN = re.compile(
    rf"(?P<escape>{_ESCAPE})"
    r"|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<open>\((?:\?(?:P<\w+>|P=\w+|<=|<!|[:=!>]|[aiLmsux-]+(?=[:)]):?|#[^)]*|\(\w+\)))?)"
    r"|(?P<close>\))"
    r"|(?P<repeat>(?:[*+?]|\{(?!\})\d*(?:,\d*)?\})[?+]?)"
    r"|(?P<comment>\#[^\n]*)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_CLASS_ITEM = re.compile(rf"(?P<low>{_ESCAPE}|.)(?:-(?P<high>{_ESCAPE}|[^\]]))?", re.DOTALL)
_OPEN_REPEAT = re.compile(r"(?:(?P<star>\*)|(?P<plus>\+)|\{(?P<least>\d*),\})(?P<manner>[?+]?)")
# `re` warns that these may come to mean something inside a class.
_SET_SIGNS = {sign: "\\" + sign for sign in "[&~|"}
_CASE = re.compile(r"^\(\?i\)")
_FLAGS = re.compile(r"\(\?([aiLmsux-]+):")


def prepared(pattern: str, *, verbose: bool = False) -> str:
    """`pattern` folded and with an end to every repeat; a broken pattern comes out broken."""
    pattern = _CASE.sub("", pattern)
    verbose = verbose or re.match(r"\(\?[aims]*x", pattern) is not None
    pieces: list[str] = []
    groups: list[int] = []
    repeats: list[int] = []
    closed = -1  # where the group opened that the last piece closed
    for match in _TOKEN.finditer(pattern):
        kind, text = match.lastgroup, match[0]
        if kind == "open":
            groups.append(len(pieces))
        elif kind == "repeat":
            inner = [at for at in repeats if at > closed] if closed >= 0 and not text.startswith("?") else []
            for at in inner:
                pieces[at] = ended(pieces[at], NESTED_LIMIT)
            repeats.append(len(pieces))
        before, closed = closed, -1
        if kind == "close" and groups:
            closed = groups.pop()
        pieces.append(_group_repeat(text) if kind == "repeat" and before >= 0 else _folded(kind, text, verbose))
    for at in repeats:
        pieces[at] = ended(pieces[at], LIMIT)
    return "".join(pieces)


def ended(repeat: str, limit: int) -> str:
    """An open repeat with its end; any other as it is."""
    match = _OPEN_REPEAT.fullmatch(repeat)
    if match is None:
        return repeat
    least = 0 if match["star"] else 1 if match["plus"] else int(match["least"] or 0)
    return f"{{{least},{max(limit, least)}}}{match['manner']}"


def _group_repeat(repeat: str) -> str:
    return ended(repeat, NESTED_LIMIT)


def _folded(kind: str | None, text: str, verbose: bool) -> str:
    if kind == "other":
        return _character(text)
    if kind == "escape":
        return _escape(text)
    if kind == "class":
        return _class(text)
    if kind == "open":
        return _open(text)
    if kind == "comment":
        return "" if verbose else "".join(map(_character, text))
    return text


def _open(text: str) -> str:
    """Without the flag for case, which never matters: with it `re` would be slower, and know letters that the fold does not."""
    flags = _FLAGS.fullmatch(text)
    if flags is None or "i" not in flags[1]:
        return text
    return f"(?{flags[1].replace('i', '').removesuffix('-')}:"


def _character(character: str) -> str:
    """Folded; a special sign that came of a full-width one means itself."""
    folded = fold_string(character)
    return folded if folded == character or folded.isalnum() else re.escape(folded)


def _escape(text: str) -> str:
    body = text[1:]
    if len(body) > 1 and body[0] in "xuU":
        try:
            return re.escape(fold_string(chr(int(body[1:], 16))))
        except (ValueError, OverflowError):
            return text
    return text if body.isascii() else re.escape(fold_string(body))


def _class(text: str) -> str:
    head = re.match(r"\[\^?\]?", text)
    assert head is not None
    return head[0] + _CLASS_ITEM.sub(_class_item, text[head.end() : -1]) + "]"


def _class_item(match: re.Match[str]) -> str:
    """A character folded; a range only where both its ends stay ends of one: A-Z, not 一-龜."""
    low, high = match["low"], match["high"]
    if high is None:
        return _escape(low) if low.startswith("\\") else _SET_SIGNS.get(low) or _character(low)
    folded = [fold_string(end) for end in (low, high)]
    if all(len(end) == 1 and end.isascii() and end != "\\" for end in folded) and folded[0] <= folded[1]:
        return "-".join(map(re.escape, folded))
    return match[0]
