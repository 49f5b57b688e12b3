"""Suppressions written into a text::

    <!-- commlint: allow VAG001, vague-deadline until 2026-12-31 by 张三 -- reason -->
    # commlint: allow VAG001 -- reason
    # commlint: 允许 VAG001 至 2026-12-31 由 张三 -- 理由

On a line of its own one covers the next line that is not blank; behind other text its own line; ``allow-file`` (全文允许)
the whole file. The reason is mandatory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from commlint.engine.locate import Ruler
from commlint.engine.suppress import Inline
from commlint.model.finding import Location, Suppression
from commlint.model.record import View

_COMMENT = re.compile(r"<!--[ \t]*commlint[ \t]*[:\uff1a](?P<html>[^\r\n]*?)-->|(?:^|(?<=\s))#+[ \t]*commlint[ \t]*[:\uff1a](?P<hash>[^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_VERB = re.compile(r"\s*(?P<file>allow-file|全文允许)\b|\s*(?:allow|允许)\b", re.IGNORECASE)
_DASH = re.compile(r"--+|\u2014+|\u2013")
_UNTIL = re.compile(r"\s(?:until|至|到)\s*(\d{4}-\d{1,2}-\d{1,2})(?=\s|$)", re.IGNORECASE)
_BY = re.compile(r"\s(?:by|由)\s+(\S.*?)\s*$", re.IGNORECASE)
_COMMAS = re.compile(r"[,\uff0c\u3001\s]+")


def in_view(uri: str, view: View) -> Iterator[Inline]:
    """The suppressions in a view of the record `uri`."""
    ruler = Ruler(view)
    for match in _COMMENT.finditer(view.text):
        body = match["html"] if match["html"] is not None else match["hash"]
        verb = _VERB.match(body)
        if verb is None:
            continue
        start, end = ruler.position(match.start()), ruler.position(match.end())
        lines = None if verb["file"] else _covered(view, match, start.line)
        said = _said(body[verb.end() :], uri, start.line, lines)
        yield Inline(said, Location(uri, view.label, start, end), ruler.excerpt(start, end), match[0])


def _said(words: str, uri: str, line: int, lines: tuple[int, int] | None) -> Suppression:
    """The suppression that the words behind the verb spell."""
    head, *rest = _DASH.split(words, maxsplit=1)
    until, by = _UNTIL.search(head), _BY.search(_UNTIL.sub("", head))
    names = _BY.sub("", _UNTIL.sub("", head))
    rules = tuple(name for name in _COMMAS.split(names) if name)
    return Suppression(rules, rest[0].strip() if rest else "", "inline", uri, line, lines, by[1] if by else "", _date(until[1]) if until else None)


def _date(written: str) -> date | None:
    try:
        return date(*map(int, written.split("-")))
    except ValueError:
        return None


def _covered(view: View, match: re.Match[str], line: int) -> tuple[int, int]:
    """The lines that a comment covers: its own, or the next that is neither blank nor such a comment."""
    text = view.text
    start = text.rfind("\n", 0, match.start()) + 1
    if text[start : match.start()].strip():
        return (line, line)
    end = text.find("\n", match.end())
    while end >= 0:
        following = text.find("\n", end + 1)
        content = text[end + 1 : following if following >= 0 else len(text)]
        line += 1
        if content.strip() and not _COMMENT.search(content):
            return (line, line)
        end = following
    return (line, line)
