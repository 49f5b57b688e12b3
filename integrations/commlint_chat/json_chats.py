"""Exports of chats as JSON into records: each group before its first message, then the messages in the order of the file.

The file is gone through twice: first for the ids that tie messages together, then message by message; of all others nothing is
held but where they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import tzinfo
from functools import lru_cache, partial

from attrs import evolve, field, frozen

from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.lines import normalised
from commlint.model.place import Place
from commlint.model.protocols import Item as Found
from commlint.model.reading.filetext import FileText
from commlint.model.record import Anchor, Block, Conversation, Evidence, Kind, Part, Party, Record, View
from commlint.model.source import Source
from commlint.model.span import Span
from commlint_chat.items import Bad, Item, items
from commlint_chat.json_spans import Text, part_of, value_at
from commlint_chat.mapping import zone_of
from commlint_chat.said import NOTHING, Form, Inner, Said
from commlint_chat.titles import named_by_file

_LONGEST = 20_000  # characters of JSON of an earlier message that is shown with its answers
_MOST = 200  # messages of one bundle


@frozen
class _Survey:
    """What ties the messages of a file: where those stand that others answer or pass on, threads by the message they begin with, what tells the names of groups; names by address."""

    answered: dict[str, Item] = field(factory=dict)
    passed: dict[str, list[Item]] = field(factory=dict)
    threads: dict[str, str] = field(factory=dict)
    named: dict[str, Item] = field(factory=dict)
    chats: set[str] = field(factory=set)
    people: dict[str, str] = field(factory=dict)


def of_export(source: Source, environment: Environment, form: Form, *, path: tuple[str, ...] = (), again: bool = True, deep: bool = False) -> Iterator[Found]:
    """The records of an export; what is wrong with some of it comes behind the rest.

    `path`, `deep`: where the messages are (see `items`). `again`: the platform delivers twice what it is not sure of, and the
    second time is none.
    Raises RecordError: as FileText.read, no-messages.
    """
    text = FileText.read(source.content).view.text
    lines = is_lines(source, text)
    return _Export(source, environment, form, text, partial(items, text, path=path, lines=lines, deep=deep), again=again).records()


class _Export:
    def __init__(self, source: Source, environment: Environment, form: Form, text: str, found: Callable[[], Iterator[Item | Bad]], *, again: bool) -> None:
        self.source = source
        self.form = form
        self.text = text
        self.again = again
        self.zone: tzinfo = zone_of(source, environment)
        self._items = found
        self.most = environment.limits.message
        self.bad: list[Bad] = []
        self.sealed: list[int] = []
        self.groups: set[str] = set()
        self.seen: set[str] = set()
        self.survey = _Survey()
        self._look()
        self.names: dict[str, Said] = {chat: said for chat, item in self.survey.named.items() if (said := self._again(item)) is not None}
        self._earlier = lru_cache(maxsize=64)(self._said_at)

    def _look(self) -> None:
        found = self.survey
        places: dict[str, Item] = {}
        wanted: set[str] = set()
        for item in self._items():
            if isinstance(item, Bad):
                continue
            ties = self.form.ties(item.value)
            bare = evolve(item, value={})
            if ties.id:
                places.setdefault(ties.id, bare)
            if ties.reply_to:
                wanted.add(ties.reply_to)
            if ties.root and ties.thread:
                found.threads[ties.root] = ties.thread
            if ties.inside:
                found.passed.setdefault(ties.inside, []).append(bare)
            for person in ties.people:
                if person.name and person.address:
                    found.people[person.address] = person.name
            if ties.group:
                found.named.setdefault(ties.chat, bare)
            if ties.id or ties.chat:
                found.chats.add(ties.chat)
        found.answered.update({each: places[each] for each in wanted if each in places})
        for outer in [each for each in found.passed if each not in places]:
            del found.passed[outer]  # the message that passes them on is not here: they stand for themselves

    def records(self) -> Iterator[Found]:
        """All that the file holds."""
        count = 0
        for item in self._items():
            if isinstance(item, Bad):
                self.bad.append(item)
            elif len(item.span) > self.most:
                self.bad.append(Bad(item.line, f"longer than {self.most:,} characters (limits.message)", f"超过 {self.most:,} 字符\uff08limits.message\uff09"))
            elif is_sealed(item.value):
                self.sealed.append(item.line)
            elif self.form.ties(item.value).inside not in self.survey.passed:
                for record in self._message(item):
                    count += 1
                    yield record
        if self.sealed:
            yield sealed(self.sealed)
        if self.bad:
            yield bad_lines(self.bad)
        if not count and not self.sealed and not self.bad:
            raise no_messages()

    def _read(self, item: Item) -> Said | Bad | None:
        """The message, its sender by the name that others call him."""
        said = self.form.said(item, self.text, self.zone)
        if not isinstance(said, Said):
            return said
        sender = said.sender
        name = sender.name or self.survey.people.get(sender.address, "")
        return evolve(said, sender=Party(name, sender.address)) if name != sender.name else said

    def _message(self, item: Item) -> Iterator[Record]:
        said = self._read(item)
        if isinstance(said, Bad):
            self.bad.append(said)
        if said is None or isinstance(said, Bad) or (self.again and said.id and said.id in self.seen):
            return
        if self.again and said.id:
            self.seen.add(said.id)
        anchor = _anchor(item, said)
        view = View(self.text, anchors=(anchor,))
        yield from self._group(said, view)
        record = self._record(item, said, view, anchor)
        if record is not None:
            yield record

    # groups

    def _group(self, said: Said, view: View) -> Iterator[Record]:
        """The group, the first time that its name is told."""
        if said.direct or said.chat in self.groups:
            return
        name = self._name(said)
        if not name:
            return
        self.groups.add(said.chat)
        told = said if said.group is not None else self.names.get(said.chat, said)
        part = _part("group", told.group, view) if told.group is not None and told.group.text.strip() else Part.plain("group", name, label="name")
        yield Record(
            uri=self.source.uri, kind=Kind.CHAT_GROUP, parts=(part,), name=f"group {name}", evidence=Evidence("reader", "chat"), meta=(("group", name),),
            sent_at=said.sent_at, to=told.members or said.members, conversation=Conversation(thread=said.chat or name, group=name), inline_suppressions=False,
        )

    def _name(self, said: Said) -> str:
        """The group's name as the message has it, else as the name of a file of one conversation does."""
        if said.direct:
            return ""
        if said.group is not None and said.group.text.strip():
            return said.group.text.strip()
        if said.chat in self.names and (name := self.names[said.chat].group) is not None:
            return name.text.strip()
        return named_by_file(self.source) if len(self.survey.chats) <= 1 else ""

    # messages

    def _record(self, item: Item, said: Said, view: View, anchor: Anchor) -> Record | None:
        passed = [_inner("forwarded", each, view) for each in (*said.passed, *self._passed(said))]
        parts = [_part("body", _stripped(said), view, () if passed else said.blocks)]
        earlier = self._history(said)
        if earlier is not None:
            parts.append(_inner("history", earlier[0], View(self.text, anchors=_sorted(anchor, *earlier[1]))))
        parts += passed
        if not parts[0].text.strip() and not said.files and len(parts) == 1 and said.form == "text":
            return None
        event = said.form != "text"
        number = f"{item.number}" if item.number else ""
        group = self._name(said)
        channel = "direct_chat" if said.direct else "group_chat" if said.direct is False and not group else ""
        thread = "" if event else said.thread or self.survey.threads.get(said.id) or said.chat or group or self.source.uri
        meta = ((("event", said.form),) if event else ()) + ((("channel", channel),) if channel else ()) + ((("audience", said.audience),) if said.audience else ())
        return Record(
            uri=self.source.uri, kind=Kind.CHAT_EVENT if event else Kind.CHAT_MESSAGE, parts=tuple(parts), meta=meta,
            attachments=() if event else said.files, name=number, evidence=Evidence("reader", "chat"), sent_at=said.sent_at,
            sender=said.sender if said.sender.name or said.sender.address else None, to=said.to,
            cc=tuple(_others(said)),
            conversation=Conversation(
                said.id or f"{self.source.uri}#{number}", said.reply_to, references=(said.root,) if said.root and said.root != said.reply_to else (), thread=thread, group=group,
            ), inline_suppressions=False,
        )  # fmt: skip

    def _history(self, said: Said) -> tuple[Inner, tuple[Anchor, ...]] | None:
        """The message that is answered: as this one quotes it, else as it stands in the file."""
        if said.quoted is not None:
            return said.quoted, ()
        item = self.survey.answered.get(said.reply_to) if said.reply_to != said.id else None
        if item is None or said.form != "text":
            return None
        earlier = self._earlier(said.reply_to)
        return (Inner(earlier.text, earlier.sender, earlier.sent_at), (_anchor(item, earlier),)) if earlier is not None else None

    def _said_at(self, id: str) -> Said | None:
        """An earlier message; a very long one is not repeated with every answer, only who sent it and when."""
        item = self.survey.answered[id]
        said = self._again(item)
        return evolve(said, text=NOTHING) if said is not None and len(item.span) > _LONGEST else said

    def _again(self, item: Item) -> Said | None:
        said = self._read(evolve(item, value=value_at(self.text, item.span.start)[0]))
        return said if isinstance(said, Said) else None

    def _passed(self, said: Said) -> Iterator[Inner]:
        """The messages of the file that this one passes on."""
        for item in self.survey.passed.get(said.id, ())[:_MOST] if said.id else ():
            inner = self._again(item)
            if inner is not None and inner.text.text.strip():
                yield Inner(inner.text, inner.sender, inner.sent_at)


def is_lines(source: Source, text: str) -> bool:
    """Whether a file holds a value a line, by its name or, of a .json file, by its first line."""
    if source.suffix != ".json" and source.media_type != "application/json":
        return True
    first, _, rest = text.lstrip("\ufeff \t\r\n")[:200_000].partition("\n")
    try:
        return first[:1] == "{" and not first[value_at(first, 0)[1] :].strip() and rest.lstrip()[:1] == "{"
    except (ValueError, RecursionError):
        return False


def _anchor(item: Item, said: Said) -> Anchor:
    return Anchor(item.span.start, Place("message", id=said.id or str(item.number), time=said.sent_at.isoformat() if said.sent_at else ""))


def _sorted(*anchors: Anchor) -> tuple[Anchor, ...]:
    return tuple(sorted(anchors, key=lambda anchor: anchor.start))


def _stripped(said: Said) -> Text:
    """The text without blanks around it, where nothing counts from its start."""
    words = said.text.text
    left = len(words) - len(words.lstrip())
    bare = left == 0 and words == words.rstrip()
    return said.text if bare or said.blocks or said.files else part_of(said.text, Span(left, max(left, len(words.rstrip()))))


def _part(name: str, text: Text, view: View, blocks: tuple[Block, ...] = ()) -> Part:
    clean, breaks = normalised(text.text)
    return Part(name, clean, view, breaks.compose(text.source_map), blocks if clean == text.text else ())


def _inner(name: str, inner: Inner, view: View) -> Part:
    part = _part(name, inner.text, view)
    sender = inner.sender if inner.sender is not None and (inner.sender.name or inner.sender.address) else None
    return evolve(part, sender=sender, sent_at=inner.sent_at)


def _others(said: Said) -> Iterator[Party]:
    """The members whom a message is not directed to."""
    known = {said.sender, *said.to}
    return (each for each in said.members if each not in known)


# what cannot be read


def is_sealed(value: object) -> bool:
    """Whether an object is the envelope of an encrypted message: of callbacks (`encrypt`), or of the archive of WeCom."""
    if not isinstance(value, dict):
        return False
    return isinstance(value.get("encrypt_chat_msg"), str) or (isinstance(value.get("encrypt"), str) and len(value) <= 6)


def sealed(lines: list[int]) -> RecordError:
    """Messages that were kept as they arrive, encrypted."""
    return RecordError(
        "encrypted-file",
        f"{len(lines)} message(s) are encrypted: line {_listed(lines)}",
        help="keep what your receiver has decrypted (WeCom: what DecryptData gives; Feishu, DingTalk: the decrypted event), one JSON object a line",
        zh=f"有 {len(lines)} 条消息是密文\uff1a第 {_listed(lines)} 行",
        zh_help="请保存接收端解密后的内容\uff08企业微信会话存档为 DecryptData 的结果\uff0c飞书、钉钉为解密后的事件\uff09\uff0c每行一个 JSON 对象",
    )


def bad_lines(bad: list[Bad]) -> RecordError:
    """Lines that are no messages."""
    numbers = [one.line for one in bad]
    rest = " and all behind it" if bad[-1].rest else ""
    return RecordError(
        "bad-lines",
        f"{len(bad)} line(s) are no messages: line {_listed(numbers)}{rest} ({bad[0].reason})",
        help="each line is an object with at least a text; say other names under [[chats]] in the configuration",
        zh=f"有 {len(bad)} 行不是消息\uff1a第 {_listed(numbers)} 行{'及其后各行' if rest else ''}\uff08{bad[0].zh}\uff09",
        zh_help="每行应为至少含文字的 JSON 对象\uff1b其他字段名请写入配置的 [[chats]]",
    )


def no_messages() -> RecordError:
    """A file without any message."""
    return RecordError(
        "no-messages",
        "the file holds no chat message",
        help="export the messages themselves, not only other events",
        zh="文件中没有聊天消息",
        zh_help="请导出消息本身\uff0c而不只是其他事件",
    )


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:5])) + (" \u2026" if len(numbers) > 5 else "")


def parties(*values: Party) -> tuple[Party, ...]:
    """Those that say something, each once."""
    return tuple(dict.fromkeys(value for value in values if value.name or value.address))
