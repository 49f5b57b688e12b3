"""Slack's mark-up (mrkdwn) as people see it: mentions, links and dates by their names, without the marks, with the way back.

docs.slack.dev, "Formatting message text": ``<@U1>``, ``<#C1|name>``, ``<!here>``, ``<https://…|text>``, ``&amp;``, ``*bold*``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from commlint.model.record import Block, BlockKind
from commlint.model.sourcemap import SourceMap
from commlint.model.span import Span
from commlint_chat.json_spans import Text, Woven

_MARKS = (
    r"```(?P<block>(?:[^`]|`(?!``))*+)```"
    r"|`(?P<code>[^`\n]{1,2000}+)`"
    r"|<(?P<inside>[^<>\n]{1,2000}+)>"
    r"|&(?P<entity>lt|gt|amp);"
)
_PAIRS = (("bold", "*"), ("italic", "_"), ("strike", "~"))


def _pattern(beside: str) -> re.Pattern[str]:
    """All marks; what stands between two of a pair holds neither of them, so that nothing is scanned more than a few times."""
    pairs = (rf"(?<![{beside}{mark}])\{mark}(?P<{kind}>[^\s{mark}](?:[^{mark}\n]*[^{mark}\s])?)\{mark}(?![{beside}{mark}])" for kind, mark in _PAIRS)
    return re.compile("|".join((_MARKS, *pairs)))


_TYPED = _pattern(r"\w")  # marks that people typed count between blanks and signs, as Slack has it
_STYLED = _pattern("A-Za-z0-9_")  # marks that Slack wrote for a style stand between Chinese characters too
_ENTITY = re.compile("&(lt|gt|amp);")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&"}
_QUOTE = re.compile(r"^>(?!>>)[^\n]*(?:\n>[^\n]*)*", re.MULTILINE)
_REST_QUOTE = re.compile(r"^>>>[^\0]+", re.MULTILINE)


@frozen
class Names:
    """What stands for ids: users, channels and user groups by id, as people see them."""

    users: Mapping[str, str]
    channels: Mapping[str, str]
    groups: Mapping[str, str]


@frozen
class Seen:
    """A text as people see it, with its places; its quotations and code; the ids of the users it mentions."""

    text: Text
    blocks: tuple[Block, ...] = ()
    mentions: tuple[str, ...] = ()


def seen(written: Text, names: Names, *, styled: bool = False) -> Seen:
    """What people see of a text in mrkdwn; `styled` when the message has bold, italic or struck words. Never fails: what is no mark is text."""
    if not any(mark in written.text for mark in "<&*_~`>"):
        return Seen(written)
    reader = _Reader(written.text, names, _STYLED if styled else _TYPED)
    reader.read(Span(0, len(written.text)))
    found = reader.woven.text
    blocks = sorted([*reader.blocks, *_quotations(found.text)], key=lambda block: (block.span.start, -block.span.end))
    return Seen(Text(found.text, found.source_map.compose(written.source_map)), tuple(blocks), tuple(dict.fromkeys(reader.mentions)))


def _quotations(text: str) -> Iterator[Block]:
    if ">" not in text:
        return
    for pattern in (_QUOTE, _REST_QUOTE):
        for match in pattern.finditer(text):
            yield Block(BlockKind.QUOTE, Span(*match.span()))


class _Reader:
    """A walk over the marks of a text."""

    def __init__(self, text: str, names: Names, marks: re.Pattern[str]) -> None:
        self.text, self.names, self.marks = text, names, marks
        self.woven = Woven()
        self.blocks: list[Block] = []
        self.mentions: list[str] = []

    def read(self, span: Span) -> None:
        """Take a stretch; that of bold, italic or struck words is read the same way, and holds none of its own kind."""
        done = span.start
        for mark in self.marks.finditer(self.text, span.start, span.end):
            self._copy(done, mark.start())
            self._take(mark, mark.lastgroup or "")
            done = mark.end()
        self._copy(done, span.end)

    def _copy(self, start: int, end: int) -> None:
        if start < end:
            self.woven.add(Text(self.text[start:end], SourceMap.slice(Span(start, end))))

    def _take(self, mark: re.Match[str], kind: str) -> None:
        if kind in ("block", "code"):
            self._code(Span(*mark.span(kind)), fenced=kind == "block")
        elif kind == "inside":
            self._reference(mark)
        elif kind == "entity":
            self.woven.put(_ENTITIES[mark["entity"]], Span(*mark.span()))
        else:
            self.read(Span(*mark.span(kind)))

    def _code(self, span: Span, *, fenced: bool) -> None:
        start, done = len(self.woven), span.start
        for entity in _ENTITY.finditer(self.text, span.start, span.end):
            self._copy(done, entity.start())
            self.woven.put(_ENTITIES[entity[1]], Span(*entity.span()))
            done = entity.end()
        self._copy(done, span.end)
        if fenced and start < len(self.woven):
            self.blocks.append(Block(BlockKind.CODE, Span(start, len(self.woven))))

    def _reference(self, mark: re.Match[str]) -> None:
        """What stands between < and >: a mention, a channel, a command such as !here, a link."""
        name, bar, label = mark["inside"].partition("|")
        shown = _SIGNS.get(name[:1], _link)(self, name, label)
        if name[:1] == "@":
            self.mentions.append(name[1:])
        at = mark.start("inside") + (len(name) + 1 if bar and shown == label else 0)
        if self.text.startswith(shown, at) and "&" not in shown:
            self._copy(at, at + len(shown))
        else:
            self.woven.put(_plain_text(shown), Span(*mark.span()))


def _user(reader: _Reader, name: str, label: str) -> str:
    return "@" + (reader.names.users.get(name[1:]) or label.lstrip("@") or name[1:])


def _channel(reader: _Reader, name: str, label: str) -> str:
    return "#" + (reader.names.channels.get(name[1:]) or label or name[1:])


def _command(reader: _Reader, name: str, label: str) -> str:
    """``!here``, ``!subteam^S1|@team``, ``!date^1392734382^{date}|fallback``."""
    if name.startswith("!subteam^"):
        return "@" + (reader.names.groups.get(name[9:]) or label.lstrip("@") or name[9:])
    if name.startswith("!date^"):
        return label or name[6:].partition("^")[0]
    return label if label and not label.startswith(name[1:]) else f"@{name[1:]}"


def _link(reader: _Reader, name: str, label: str) -> str:
    return label or name.removeprefix("mailto:")


_SIGNS: dict[str, Callable[[_Reader, str, str], str]] = {"@": _user, "#": _channel, "!": _command}


def _plain_text(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
