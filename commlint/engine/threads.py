"""What rules over threads, cases and archives can ask: messages, replies, meetings, weeks of follow-up, handovers.

Getters are called with the Judgement and a value, like the getters of records with their analysis.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from attrs import frozen

from commlint.engine.facts import Fact
from commlint.engine.operations import covers, equal, folded, names
from commlint.engine.topics import same_topic, topic_of
from commlint.engine.truth import Truth, disjunction
from commlint.model.environment import Environment
from commlint.model.record import Kind, Party
from commlint.model.values import ActionItem, ContactChange, Meeting, Unknown

NEEDS: dict[str, tuple[str, ...]] = {
    "thread.meetings": ("meeting", "sent"),
    "thread.handovers": ("contact_change", "sent", "automatic"),
    "message.reply": ("sent", "automatic"),
    "message.answered": ("sent", "automatic"),
    "gathering.weeks": ("tasks", "sent", "follow_up"),
    "week.follow_ups": ("follow_up", "sent"),
}
"""The message attributes that each of these words is worked out from."""

TELLING: dict[str, frozenset[str]] = {
    "meeting": frozenset({Kind.MINUTES, Kind.MEETING_NOTICE, Kind.MEETING_EVENT}),
    "tasks": frozenset({Kind.MINUTES, Kind.PROGRESS_REPORT, Kind.ISSUE_TRACKING, Kind.TASK}),
}
"""The kinds of record that the words above take an attribute from; it is not worked out of others, mails above all."""

_WEEK = timedelta(days=7)
_MOST_WEEKS = 520


class Judgement:
    """The facts of one thread, case or archive, sorted, and the environment they are judged in."""

    record = None

    def __init__(self, facts: Sequence[Fact], environment: Environment, getters: Mapping[str, Callable[..., Any]]) -> None:
        self.facts = tuple(sorted(facts, key=lambda fact: fact.order))
        self.environment = environment
        self.getters = getters
        self._made: dict[Any, Any] = {}

    def value(self, key: str) -> Any:
        """The attribute `key` of the thread ("thread.messages"), worked out once."""
        return self.once(key, lambda: self.getters[key](self, self))

    def once(self, key: Any, work: Callable[[], Any]) -> Any:
        """What `work` gives, the first time `key` is asked for."""
        if key not in self._made:
            self._made[key] = work()
        return self._made[key]

    def place_of(self, fact: Fact) -> int:
        """The index of `fact` in time order."""
        index: dict[int, int] = self.once("index", lambda: {id(one): place for place, one in enumerate(self.facts)})
        return index[id(fact)]

    @property
    def turns(self) -> Sequence[int]:
        """For each fact the index of the next one from somebody else, or without a time: one person may go on for thousands of messages."""
        found: Sequence[int] = self.once("turns", lambda: _turns(self.facts))
        return found

    def external(self, party: Party | None) -> Truth:
        """Whether `party` is outside our organisation."""
        if party is None:
            return Unknown("no-header", "from")
        answer: Truth = self.once(("external", party), lambda: self.getters["party.external"](self, party))
        return answer


def _turns(facts: Sequence[Fact]) -> Sequence[int]:
    found = [len(facts)] * len(facts)
    for at in range(len(facts) - 2, -1, -1):
        same = facts[at].sender == facts[at + 1].sender and facts[at + 1].sent is not None
        found[at] = found[at + 1] if same else at + 1
    return found


@frozen(eq=False)
class Gathering:
    """A meeting with the records that tell of it; `place` is where a finding about it points."""

    topic: str
    start: datetime | None
    end: datetime | None
    notice: Fact | None
    minutes: Fact | None

    @property
    def place(self) -> Fact | None:
        """The minutes, else the notice."""
        return self.minutes or self.notice


@frozen(eq=False)
class Week:
    """A Monday-to-Sunday week of a meeting's follow-up."""

    start: datetime
    end: datetime
    gathering: Gathering

    @property
    def place(self) -> Fact | None:
        """Where the meeting is told of."""
        return self.gathering.place


@frozen(eq=False)
class Handover:
    """A change of contact: the message that tells of it first, and from when it holds."""

    message: Fact
    announced: datetime | Unknown
    effective: datetime | Unknown
    person: str

    @property
    def place(self) -> Fact:
        """The message."""
        return self.message


# --- thread ---------------------------------------------------------------------------------------


def messages(judgement: Judgement, _: object) -> tuple[Fact, ...]:
    """The records by time; those without a time last."""
    return judgement.facts


def as_of(judgement: Judgement, _: object) -> datetime | Unknown:
    """The instant of judgement."""
    return judgement.environment.judged_at or Unknown("no-as-of")


# --- messages -------------------------------------------------------------------------------------


def reply(judgement: Judgement, message: Fact) -> Fact | None:
    """The first later message from the other side; machines and the same side do not count."""
    found: Fact | None = judgement.once(("reply", id(message)), lambda: _reply(judgement, message))
    return found


def _reply(judgement: Judgement, message: Fact) -> Fact | None:
    if message.sent is None:
        return None
    at, facts, turns = judgement.place_of(message) + 1, judgement.facts, judgement.turns
    while at < len(facts) and facts[at].sent is not None:
        later = facts[at]
        if later.values.get("automatic") is not True and _other_side(judgement, message, later):
            return later
        at = turns[at] if later.sender == message.sender else at + 1
    return None


def _other_side(judgement: Judgement, message: Fact, later: Fact) -> bool:
    """Whether `later` comes from the side that `message` was sent to.

    Sides are we and they where a message goes between the two; among ourselves each person is a side.
    """
    if later.sender is None or message.sender is None or not _distinct(message.sender, later.sender):
        return False
    mine, yours = judgement.external(message.sender), judgement.external(later.sender)
    if isinstance(mine, Unknown) or isinstance(yours, Unknown):
        return True
    if mine is not yours:
        return True
    return all(judgement.external(party) is mine for party in message.recipients)


def _distinct(one: Party, other: Party) -> bool:
    return names(one).isdisjoint(names(other))


def answered(judgement: Judgement, message: Fact) -> Truth:
    """Whether an answer came; unknown when the archive does not reach to the instant of judgement."""
    if reply(judgement, message) is not None:
        return True
    now = judgement.environment.judged_at
    if now is None:
        return Unknown("no-as-of")
    if message.sent is None:
        return Unknown("no-sent-time")
    return False if covers(judgement.environment, message.sent, now) else Unknown("no-coverage")


# --- meetings -------------------------------------------------------------------------------------


def meetings(judgement: Judgement, _: object) -> tuple[Gathering, ...]:
    """Meetings that notices and minutes tell of, joined by topic and day; without those that were called off."""
    groups: list[list[tuple[Fact, Meeting]]] = []
    cancelled: list[tuple[Fact, Meeting]] = []
    for fact in judgement.facts:
        told = fact.values.get("meeting")
        meeting = told if isinstance(told, Meeting) else None
        if fact.kind in (Kind.MINUTES, Kind.MEETING_NOTICE):
            _joined(groups, fact, meeting)
        elif meeting is not None and meeting.cancelled:
            cancelled.append((fact, meeting))
    return tuple(_gathering(judgement, group) for group in groups if not _called_off(group, cancelled))


def _called_off(group: Sequence[tuple[Fact, Any]], cancelled: Sequence[tuple[Fact, Meeting]]) -> bool:
    """Whether a meeting without minutes was cancelled after its last notice."""
    if any(fact.kind == Kind.MINUTES for fact, _ in group):
        return False
    last = group[-1][0].order
    return any(fact.order >= last and any(_same_meeting(meeting, other, fact, there) for there, other in group) for fact, meeting in cancelled)


def _joined(groups: list[list[tuple[Fact, Any]]], fact: Fact, meeting: Meeting | None) -> None:
    """Put `fact` to the group that is about the same meeting, or into one of its own."""
    for group in groups:
        if any(_same_meeting(meeting, other, fact, there) for there, other in group):
            group.append((fact, meeting))
            return
    groups.append([(fact, meeting)])


def _same_meeting(one: Meeting | None, other: Meeting | None, fact: Fact, there: Fact) -> bool:
    first, second = topic_of(fact, one), topic_of(there, other)
    days = {value.start.date() for value in (one, other) if value is not None and value.start is not None}
    if len(days) > 1:
        return False
    known = one is not None and other is not None and one.start is not None and other.start is not None
    if known and fact.thread == there.thread:
        return True
    return same_topic(first, second) if first and second else known


def _gathering(judgement: Judgement, group: Sequence[tuple[Fact, Meeting | None]]) -> Gathering:
    minutes = next((fact for fact, _ in group if fact.kind == Kind.MINUTES), None)
    notice = next((fact for fact, _ in group if fact.kind == Kind.MEETING_NOTICE), None)
    told = sorted(group, key=lambda pair: pair[0].kind != Kind.MINUTES)
    values = [meeting for _, meeting in told if meeting is not None]
    topic = next((meeting.topic for meeting in values if meeting.topic), "") or topic_of(*told[0])
    start = next((meeting.start for meeting in values if meeting.start), None)
    end = next((meeting.end for meeting in values if meeting.end), None)
    return Gathering(topic, start, end, notice, minutes)


def meeting_topic(judgement: Judgement, gathering: Gathering) -> str:
    """What the meeting is about."""
    return gathering.topic


def meeting_start(judgement: Judgement, gathering: Gathering) -> datetime | Unknown:
    """When it starts."""
    return gathering.start or Unknown("no-meeting-time")


def meeting_end(judgement: Judgement, gathering: Gathering) -> datetime | Unknown:
    """When it ends; unknown when no record says so."""
    return gathering.end or Unknown("no-meeting-end")


def meeting_notice(judgement: Judgement, gathering: Gathering) -> Fact | None:
    """Its first notice."""
    return gathering.notice


def meeting_minutes(judgement: Judgement, gathering: Gathering) -> Fact | None:
    """Its minutes."""
    return gathering.minutes


# --- weeks ----------------------------------------------------------------------------------------


def open_weeks(judgement: Judgement, gathering: Gathering) -> tuple[Week, ...] | Unknown:
    """Whole weeks after the meeting, until all its action items are reported done or the instant of judgement."""
    tasks = _open_tasks(judgement, gathering.minutes)
    if isinstance(tasks, Unknown) or not tasks or gathering.minutes is None:
        return tasks if isinstance(tasks, Unknown) else ()
    start = gathering.end or gathering.start or gathering.minutes.sent
    if start is None:
        return Unknown("no-meeting-time")
    done = _completed(judgement, gathering.minutes, tasks) or judgement.environment.judged_at
    return _weeks(judgement, gathering, start, done) if done else Unknown("no-as-of")


def _open_tasks(judgement: Judgement, minutes: Fact | None) -> tuple[ActionItem, ...] | Unknown:
    tasks = minutes.values.get("tasks", ()) if minutes is not None else ()
    if isinstance(tasks, Unknown):
        return tasks
    return tuple(task for task in tasks or () if _is_open(judgement, task))


def _is_open(judgement: Judgement, task: ActionItem) -> bool:
    return judgement.getters["task.open"](judgement, task) is not False


def _completed(judgement: Judgement, minutes: Fact, tasks: Sequence[ActionItem]) -> datetime | None:
    """When the last of `tasks` was reported done, None while one is not."""
    left = [folded(task.task.text) for task in tasks]
    for later in judgement.facts[judgement.place_of(minutes) + 1 :]:
        reported = later.values.get("tasks")
        for task in reported if isinstance(reported, tuple) else ():
            if not _is_open(judgement, task):
                said = folded(task.task.text)
                left = [one for one in left if not (one in said or said in one)]
        if not left:
            return later.sent
    return None


def _weeks(judgement: Judgement, gathering: Gathering, start: datetime, end: datetime) -> tuple[Week, ...]:
    zone = judgement.environment.tz
    day = start.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = day + timedelta(days=7 - day.weekday())
    weeks: list[Week] = []
    while monday + _WEEK <= end and len(weeks) < _MOST_WEEKS:
        weeks.append(Week(monday, monday + _WEEK, gathering))
        monday += _WEEK
    return tuple(weeks)


def week_start(judgement: Judgement, week: Week) -> datetime:
    """Monday 0:00."""
    return week.start


def week_end(judgement: Judgement, week: Week) -> datetime:
    """Sunday 24:00."""
    return week.end


def week_follow_ups(judgement: Judgement, week: Week) -> tuple[Fact, ...] | Unknown:
    """Records of that week that report progress; unknown when there is none and the archive does not hold the week."""
    found = tuple(fact for fact in judgement.facts if fact.sent and week.start <= fact.sent < week.end and _reports(fact, week))
    if found or covers(judgement.environment, week.start, week.end):
        return found
    return Unknown("no-coverage")


def _reports(fact: Fact, week: Week) -> bool:
    return fact is not week.gathering.minutes and fact is not week.gathering.notice and fact.values.get("follow_up") is True


# --- handovers ------------------------------------------------------------------------------------


def handovers(judgement: Judgement, _: object) -> tuple[Handover, ...]:
    """Changes of contact that were announced, and those that only showed when somebody new wrote to the client."""
    announced = tuple(_announced(judgement, fact) for fact in judgement.facts if isinstance(fact.values.get("contact_change"), ContactChange))
    return announced or tuple(_silent(judgement))


def _announced(judgement: Judgement, fact: Fact) -> Handover:
    change: ContactChange = fact.values["contact_change"]
    person = change.person.text if change.person is not None else ""
    effective = change.effective or _first_from(judgement, person, fact) or Unknown("no-moment", "effective")
    return Handover(fact, fact.sent or Unknown("no-sent-time"), effective, person)


def _first_from(judgement: Judgement, person: str, announcement: Fact) -> datetime | None:
    """When the person first wrote after the announcement."""
    later = judgement.facts[judgement.place_of(announcement) + 1 :]
    return next((fact.sent for fact in later if person and fact.sender is not None and equal(fact.sender, person)), None)


def _silent(judgement: Judgement) -> list[Handover]:
    found: list[Handover] = []
    ours: list[Party] = []
    for fact in judgement.facts:
        if fact.sender is None or fact.kind not in (Kind.EMAIL, Kind.CONTACT_RECORD) or judgement.external(fact.sender) is not False:
            continue
        if disjunction(judgement.external(party) for party in fact.recipients) is not True or fact.values.get("automatic") is True:
            continue
        if ours and all(_distinct(fact.sender, party) for party in ours) and not _copied(fact, ours):
            found.append(_unannounced(judgement, fact))
        ours.append(fact.sender)
    return found


def _copied(fact: Fact, parties: Sequence[Party]) -> bool:
    return any(not _distinct(one, party) for one in fact.recipients for party in parties)


def _unannounced(judgement: Judgement, fact: Fact) -> Handover:
    """The first message is all the notice there was, if the archive holds what came before."""
    first, sent = judgement.facts[0].sent, fact.sent or Unknown("no-sent-time")
    known = first is not None and fact.sent is not None and covers(judgement.environment, first, fact.sent)
    person = fact.sender.name or fact.sender.address if fact.sender else ""
    return Handover(fact, sent if known else Unknown("no-coverage"), sent, person)


def handover_message(judgement: Judgement, handover: Handover) -> Fact:
    """The message that announces it, else the first from the new contact."""
    return handover.message


def handover_announced(judgement: Judgement, handover: Handover) -> datetime | Unknown:
    """When it was announced."""
    return handover.announced


def handover_effective(judgement: Judgement, handover: Handover) -> datetime | Unknown:
    """When the new contact starts."""
    return handover.effective


def handover_person(judgement: Judgement, handover: Handover) -> str:
    """The new contact."""
    return handover.person
