"""Rules over threads, cases and archives: collect a fact from each record, judge the sorted facts once per key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from commlint.engine.asking import Behind, asked
from commlint.engine.evaluate import Linked, Outcome
from commlint.engine.facts import Fact
from commlint.engine.locate import Locator, default_place
from commlint.engine.program import Program
from commlint.engine.threads import NEEDS, TELLING, Judgement
from commlint.engine.topics import case_keys
from commlint.entities.analysis import RecordAnalysis
from commlint.model.environment import Environment
from commlint.model.record import Kind, Record
from commlint.model.values import Meeting, Unknown

_ALWAYS = ("subject", "sent")
_SOMETIMES = frozenset(("asks_reply", "urgent", "importance", "from_client"))  # what costs much, or stands before what does
_NO_MESSAGE = (Kind.DOCUMENT, Kind.FILE)


@frozen
class Wanted:
    """The attributes to collect from every record, those to collect from some kinds only, and those asked of some messages only."""

    everywhere: tuple[str, ...] = ()
    somewhere: tuple[str, ...] = ()
    sometimes: tuple[tuple[str, tuple[Behind, ...]], ...] = ()

    def from_record(self, record: Record) -> bool:
        """Whether a record can be one message of a thread or case: a plain document that says no time is not."""
        conversation = record.conversation
        return record.kind not in _NO_MESSAGE or record.sent_at is not None or bool(conversation.thread or conversation.case)

    def of(self, analysis: RecordAnalysis) -> tuple[str, ...]:
        """The attributes to collect from a record."""
        kind = analysis.record.kind
        named = (*self.everywhere, *(name for name in self.somewhere if kind in TELLING[name]))
        return (*named, *(name for name, ways in self.sometimes if any(_open(analysis, way) for way in ways)))


def wanted(programs: Iterable[Program], getters: Iterable[str]) -> Wanted:
    """The record attributes that programs over records ask of messages, what their words rest on included.

    `getters` are the keys there are: what only threads know ("message.reply") is not collected.
    """
    programs = tuple(programs)
    named, needed = set(_ALWAYS), set[str]()
    for program in programs:
        named.update(name.rpartition(".")[2] for name in program.collects)
        for key in _keys((program.applies, *program.body)):
            needed.update(NEEDS.get(key, ()))
            if key.startswith("message."):
                named.add(key.removeprefix("message."))
    known = {key.removeprefix("record.") for key in getters if key.startswith("record.")} - {"reply"}
    needed -= named
    ways = {name: behind for name, behind in asked(programs).items() if name in named & _SOMETIMES & known}
    always = (named - ways.keys() | (needed - TELLING.keys())) & known
    return Wanted(tuple(sorted(always)), tuple(sorted(needed & TELLING.keys() & known)), tuple(sorted(ways.items())))


def _open(analysis: RecordAnalysis, way: Behind) -> bool:
    """Whether a rule may get as far as asking: nothing that it asks before is false."""
    if way.kinds is not None and analysis.record.kind.value not in way.kinds:
        return False
    return all(_asked(analysis, f"record.{name}") is not False for name in sorted(way.truths))


def _keys(node: Any) -> Iterator[str]:
    """Every attribute key in a program."""
    if isinstance(node, str):
        if "." in node and node.isascii():
            yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _keys(value)
    elif isinstance(node, (list, tuple)):
        for value in node:
            yield from _keys(value)


def collect(analysis: RecordAnalysis, names: Sequence[str], locator: Locator) -> tuple[Fact, tuple[Exception, ...]]:
    """The fact of one record, and what getters raised on the way: their attributes are unknown in it."""
    record = analysis.record
    asked = {name: _asked(analysis, f"record.{name}") for name in names}
    errors = tuple(value for value in asked.values() if isinstance(value, Exception))
    values = {name: Unknown("getter-failed", name) if isinstance(value, Exception) else value for name, value in asked.items()}
    meeting = values.get("meeting")
    topic = meeting.topic if isinstance(meeting, Meeting) else ""
    place = default_place(analysis)
    location, excerpt, match = locator.locate(place)
    fact = Fact(
        uri=record.uri, record=record.name, kind=record.kind.value, sent=record.sent_at, sender=record.sender,
        recipients=(*record.to, *record.cc, *record.bcc), conversation=record.conversation,
        thread=record.conversation.thread or f"{record.uri}#{record.name}", cases=case_keys(record, topic, values.get("subject")),
        location=location, excerpt=excerpt, match=match, values=values,
    )
    return fact, errors


def _asked(analysis: RecordAnalysis, key: str) -> Any:
    try:
        value = analysis.value(key)
    except Exception as error:  # the edge that isolates the getters of plugins
        return error
    return tuple(value) if isinstance(value, list) else value


def judge(linked: Linked, facts: Sequence[Fact], environment: Environment, getters: Mapping[str, Callable[..., Any]]) -> Iterator[tuple[tuple[Fact, ...], Outcome]]:
    """The outcome of a program for each thread, case or archive, with the facts it was judged on."""
    kinds = linked.program.kinds
    ours = [fact for fact in facts if kinds is None or fact.kind in kinds]
    for group in grouped(ours, linked.program.scope):
        judgement: Any = Judgement(group, environment, getters)
        yield judgement.facts, linked.run(judgement, root=judgement, size=1000 * len(group))


def grouped(facts: Iterable[Fact], scope: str) -> list[list[Fact]]:
    """Facts by thread, by case, or all together; groups and their members in a fixed order."""
    ordered = sorted(facts, key=lambda fact: fact.order)
    if scope == "archive":
        return [ordered] if ordered else []
    if scope == "thread":
        return _by_key((fact, (fact.thread,)) for fact in ordered)
    return _by_key((fact, fact.cases) for fact in ordered)


def _by_key(keyed: Iterable[tuple[Fact, tuple[str, ...]]]) -> list[list[Fact]]:
    """Facts that share a key, directly or over others, together (union-find over the keys)."""
    parent: dict[str, str] = {}
    members: list[tuple[str, Fact]] = []
    for fact, keys in keyed:
        for key in keys:
            parent.setdefault(key, key)
            parent[_root(parent, key)] = _root(parent, keys[0])
        members.append((keys[0], fact))
    groups: dict[str, list[Fact]] = {}
    for key, fact in members:
        groups.setdefault(_root(parent, key), []).append(fact)
    return list(groups.values())


def _root(parent: dict[str, str], key: str) -> str:
    while parent[key] != key:
        parent[key] = parent[parent[key]]
        key = parent[key]
    return key


__all__ = ["collect", "grouped", "judge", "wanted"]
