"""Score chat logs: every message with its sender, time, type, mentions and the sender it answers; the group's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from commlint.api import Linter
from commlint.entities.analysis import RecordAnalysis
from commlint.errors import RecordError
from commlint.model.record import Kind
from commlint.model.source import Source
from tests.quality.records import plain
from tests.quality.rows import Row, Tally

_COLUMNS = ("sender", "time", "type", "mentions", "reply")


@frozen
class Message:
    """One message: its own text begins with `text`; "-" for what there is none of."""

    sender: str
    time: str
    type: str
    mentions: str
    reply: str
    text: str


@frozen
class Chat:
    """A labelled log."""

    id: str
    log: str
    messages: tuple[Message, ...]
    group: str


def score(path: Path) -> list[Row]:
    """One row for whole messages by their text, one a column of those that were found, one for groups."""
    linter = Linter()
    tally = Tally()
    for chat in chats(path.read_text(encoding="utf-8")):
        found, group = _read(linter, chat)
        pairs = _paired(chat.messages, found)
        tally.count("message", [m.text for m in chat.messages], [a.text for a, _ in pairs] + [m.text for m in found if m not in [b for _, b in pairs]], chat.id)
        for column in _COLUMNS:
            wanted = [(m.text, _value(m, column)) for m in chat.messages if getattr(m, column) != "-"]
            paired = {id(b): a.text for a, b in pairs}
            tally.count(column, wanted, [(paired.get(id(m), m.text), _value(m, column)) for m in found if getattr(m, column) != "-"], chat.id)
        tally.count("group name", [plain(chat.group)] if chat.group else [], [plain(group)] if group else [], chat.id)
    return tally.rows()


def chats(text: str) -> Iterator[Chat]:
    """The logs of a set."""
    for item in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, _, body = item.partition("\n")
        log, _, told = body.partition("\n>>> messages\n")
        messages, _, group = told.partition(">>> group")
        rows = [[cell.strip() for cell in line.split(" | ", 5)] for line in messages.split("\n") if line.count(" | ") >= 5]
        name = re.search(r"^name = (.*)$", group, re.MULTILINE)
        yield Chat(head.split()[0], log, tuple(Message(*row) for row in rows), name[1].strip() if name else "")


def _value(message: Message, column: str) -> str:
    """A column as it is compared; a time written 10:30 is one of 10:30:00."""
    value = plain(getattr(message, column))
    return re.sub(r"(t\d\d:\d\d):00$", r"\1", value) if column == "time" else value


def _paired(wanted: tuple[Message, ...], found: list[Message]) -> list[tuple[Message, Message]]:
    """Wanted and found messages whose texts begin alike, in order."""
    left = list(found)
    pairs = []
    for message in wanted:
        match = next((each for each in left if plain(each.text).startswith(plain(message.text)[:12])), None)
        if match is not None:
            left.remove(match)
            pairs.append((message, match))
    return pairs


def _read(linter: Linter, chat: Chat) -> tuple[list[Message], str]:
    messages: list[Message] = []
    group = ""
    try:
        for record in linter.records(Source(f"{chat.id}.chat", chat.log.encode())):
            if record.kind is Kind.CHAT_GROUP:
                group = record.conversation.group
            elif record.kind in (Kind.CHAT_MESSAGE, Kind.CHAT_EVENT):
                messages.append(_message(RecordAnalysis(record, linter.environment, linter.plugins.table().getters())))
    except RecordError:
        pass
    return messages, group


def _message(analysis: RecordAnalysis) -> Message:
    record: Any = analysis.record
    answered: Any = analysis.value("record.reply_to")
    mentions: Any = analysis.value("record.mentions")
    sent = record.sent_at.strftime("%Y-%m-%dT%H:%M:%S") if record.sent_at else "-"
    return Message(
        record.sender.name if record.sender else "-",
        sent,
        _type(analysis),
        ",".join(person.name for person in mentions) or "-",
        answered.sender.name if answered is not None and answered.sender else "-",
        record.parts[0].text.strip().split("\n")[0],
    )


def _type(analysis: RecordAnalysis) -> str:
    """What the labels call the type: by the words for events, bundles and attachments."""
    if analysis.value("record.recalled"):
        return "recalled"
    if analysis.value("record.system"):
        return "system"
    if analysis.value("record.forwarded"):
        return "forwarded"
    from commlint.entities.files import form_of

    attached: Any = analysis.value("record.attachments")
    whole = analysis.record.parts[0].text.strip()
    return next((form_of(analysis, each) for each in attached if whole.startswith(each.text)), "text")
