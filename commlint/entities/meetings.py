"""The meeting a record is about, its topics and the time each is given, and whether a record follows up on one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from commlint.entities import stated, structure
from commlint.entities.analysis import inside
from commlint.entities.fields import fields, marked, tables
from commlint.entities.marks import unnumbered
from commlint.entities.money import chinese_number
from commlint.entities.numbering import heads, names_topics
from commlint.entities.outline import lines, lines_over, numeral
from commlint.entities.wordlists import cues
from commlint.model.protocols import Analysis
from commlint.model.record import Kind, Record
from commlint.model.span import Span
from commlint.model.values import (
    Department,
    Duration,
    LabelledField,
    Meeting,
    Passage,
    Person,
    Row,
    TimeExpression,
    Topic,
    Unknown,
)

_MEETINGS = (Kind.MINUTES, Kind.MEETING_NOTICE)
_SURE = re.compile(r"会议|召开|开会|沟通|meeting")
_HELD = re.compile(r"召开|举行|开会|举办|will be held|will take place|会议定于|定于")
_LENGTH = re.compile(
    r"(?<![\d.])(?P<amount>\d{1,4}(?:\.5)?|半|[一二两三四五六七八九十]{1,3})\s?(?:个)?(?P<more>半)?\s?(?P<unit>分钟|分(?!之|析|配|工|享|解|别|组|数|部|公)|小时|钟头|刻钟|minutes?|mins?|min|hours?|hrs?|h(?![a-z])|')(?P<half>半)?"
)
_RANGE = re.compile(r"(?<!\d)(?P<h1>[01]?\d|2[0-4])[:点](?P<m1>[0-5]\d)?\s?[-~\u2013\u2014至到]\s?(?P<h2>[01]?\d|2[0-4])[:点](?P<m2>[0-5]\d)?")
_TOPIC_LINE = re.compile(r"[\s#*\u3010\d.、()]*(?:议题|议程|专题|topic|agenda item)\s*(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})\s*[\u3011:、.)\s-]*")
_MINUTES = {"小": 60, "钟": 60, "h": 60, "刻": 15}
_TIMED_END = re.compile(r"[\s(:,\u3010-]{0,4}(?:时长|用时|约|预计)?[\s:]?(?:[\d半一二两三四五六七八九十.]{1,4}\s?(?:分钟|刻钟|个?半?小时|min|h)|[\d:]{3,5}\s?[-~\u2013\u2014至到]\s?[\d:]{3,5})[a-z\s)\u3011]{0,8}$")
_UNTITLED = " \t*_\u3010\u3011:,;(-\u2013\u2014|"
_SAID_OF_TOPICS = frozenset(("decisions", "owner", "due", "owner_department", "discussion"))
_OWNER = frozenset(("owner", "lead", "owner_department", "temporary_lead"))
_DUE = frozenset(("due", "delivery_time", "milestones"))
_TIMES = ("duration", "meeting_time", "due")


def meeting(analysis: Analysis, record: Record) -> Meeting | None:
    """The meeting that minutes or a notice are about, or that a labelled time of another record tells of; else None."""
    return analysis.once("entities.meeting", lambda _: _meeting(analysis, record))


def meeting_topic(analysis: Analysis, meeting: Meeting) -> str:
    """What it is about."""
    return meeting.topic


def meeting_start(analysis: Analysis, meeting: Meeting) -> datetime | Unknown:
    """When it starts."""
    return meeting.start if meeting.start is not None else Unknown("no-meeting-time")


def meeting_end(analysis: Analysis, meeting: Meeting) -> datetime | Unknown:
    """When it ends."""
    return meeting.end if meeting.end is not None else Unknown("no-meeting-end")


def topics(analysis: Analysis, record: Record) -> tuple[Topic, ...]:
    """Agenda items: lines called 议题一, list items under 议程, rows of a table of topics."""
    return analysis.once("entities.topics", lambda _: tuple(_topics(analysis)))


def title_of(analysis: Analysis, topic: Topic) -> Passage:
    """What the topic is called."""
    return topic.title


def number_of(analysis: Analysis, topic: Topic) -> int:
    """Its number."""
    return topic.number


def duration_of(analysis: Analysis, topic: Topic) -> Duration | None:
    """The time it is given, in minutes; None when nothing says so."""
    return topic.duration


def fields_of(analysis: Analysis, topic: Topic) -> tuple[LabelledField, ...]:
    """The labelled fields of the topic: those in its row or item, or up to the next topic; its own title is none of them."""
    end = analysis.once("meetings.ends", _ends).get((topic.part, topic.span.start), topic.span.end)
    found = (f for f in fields(analysis, analysis.record) if (f.part == topic.part and topic.span.start <= f.label.span.start and f.value.span.end <= end) or _in_row(f, topic))
    return tuple(f for f in found if (f.value.span != topic.title.span and f.item in (topic.number, 0)) or _in_row(f, topic))


def decision_of(analysis: Analysis, topic: Topic) -> Passage | None:
    """What was decided on it; None when nothing is written under such a label."""
    return next((f.value for f in fields_of(analysis, topic) if f.key == "decisions" and not f.blank), None)


def owners_of(analysis: Analysis, topic: Topic) -> tuple[Person, ...]:
    """Who is named as responsible for it."""
    from commlint.entities.people import persons

    return tuple(person for value in _owned(analysis, topic) for person in inside(persons(analysis, analysis.record), value))


def departments_of(analysis: Analysis, topic: Topic) -> tuple[Department, ...]:
    """The departments named as responsible for it."""
    from commlint.entities.departments import departments

    return tuple(house for value in _owned(analysis, topic) for house in inside(departments(analysis, analysis.record), value))


def due_of(analysis: Analysis, topic: Topic) -> TimeExpression | None:
    """By when it is to be done."""
    from commlint.entities.spoken import due_in

    values = (f.value for f in fields_of(analysis, topic) if f.key in _DUE and not f.blank)
    return next((time for value in values if (time := due_in(analysis, value, label="\u622a\u6b62\u65f6\u95f4"))), None)


def _owned(analysis: Analysis, topic: Topic) -> list[Passage]:
    return [f.value for f in fields_of(analysis, topic) if f.key in _OWNER and not f.blank]


def _in_row(field: LabelledField, topic: Topic) -> bool:
    """Whether a cell lies in the row that a topic of a table is."""
    return field.layout == "column" and field.part == topic.part and topic.span.contains(field.value.span) and field.value.span != topic.title.span


def _ends(analysis: Analysis) -> dict[tuple[int, int], int]:
    """Where the text of each topic ends that begins at a line of its own: at the next, or with the last label that has its number."""
    found = [topic for topic in topics(analysis, analysis.record) if topic.span.end == _line_end(analysis, topic)]
    ends: dict[tuple[int, int], int] = {}
    for topic, after in zip(found, [*found[1:], None], strict=False):
        limit = after.span.start if after is not None and after.part == topic.part else len(analysis.folded(topic.part))
        own = (f.span.start for f in fields(analysis, analysis.record) if f.part == topic.part and not f.item and f.span.start > topic.span.end)
        limit = min(limit, next(own, limit))  # a label of the record itself ends the last topic
        held = [f.span.end for f in fields(analysis, analysis.record) if f.part == topic.part and f.item == topic.number and topic.span.start <= f.span.start < limit]
        ends[topic.part, topic.span.start] = max(held, default=topic.span.end)
    return ends


def _line_end(analysis: Analysis, topic: Topic) -> int:
    end = analysis.folded(topic.part).find("\n", topic.span.start)
    return len(analysis.folded(topic.part).rstrip()) if end < 0 else end - (analysis.folded(topic.part)[end - 1] == " ")


def follow_up(analysis: Analysis, record: Record) -> bool:
    """Whether it reports progress on earlier decisions: by kind, by its title, or by naming progress and decisions."""
    if record.kind is Kind.PROGRESS_REPORT:
        return True
    if record.kind in _MEETINGS:
        return False
    head = [text.folded for text in (structure.subject(analysis, record), structure.first_line(analysis, record)) if text]
    if any(_names(analysis, "follow-up", text) for text in head):
        return True
    said = structure.said(analysis)
    if not (_names(analysis, "decisions-of-before", said) and _names(analysis, "follow-up", said)):
        return False
    return any(_names(analysis, "follow-up", s.folded) and _names(analysis, "decisions-of-before", s.folded) for s in structure.sentences(analysis, record))


def length(folded: str) -> Duration | None:
    """The minutes that a text says: 20分钟, 半小时, 14:00-14:30; the first of them."""
    span, said = _RANGE.search(folded), _LENGTH.search(folded)
    if said and not (span and span.start() < said.start()):
        return Duration(round(_amount(said["amount"]) * _MINUTES.get(said["unit"][0], 1) + (30 if said["half"] or said["more"] else 0)), "minutes")
    if span:
        first, last = (int(span[f"h{i}"]) * 60 + int(span[f"m{i}"] or 0) for i in (1, 2))
        return Duration(last - first, "minutes") if last > first else None
    return None


def _amount(written: str) -> float:
    if written == "半":
        return 0.5
    return float(written) if written[0].isdigit() else float(chinese_number(written) or 0)


def _names(analysis: Analysis, section: str, text: str) -> bool:
    return structure.has_any(cues(analysis.environment.lexicon, "envelope", section), text)


def _meeting(analysis: Analysis, record: Record) -> Meeting | None:
    start = stated.moment(record, "meeting.start")
    return _read_meeting(analysis, record) if start is None else _stated_meeting(analysis, record, start)


def _stated_meeting(analysis: Analysis, record: Record, start: datetime) -> Meeting | None:
    """The meeting as a calendar states it; it stands where the record is named."""
    place = structure.title(analysis, record)
    if place is None:
        return None
    topic = stated.value(record, "meeting.topic") or place.text.strip()
    return Meeting(place.part, place.span, place.text, place.folded, topic, start, stated.moment(record, "meeting.end"), stated.value(record, "meeting.event") == "cancelled")


def _read_meeting(analysis: Analysis, record: Record) -> Meeting | None:
    found = fields(analysis, record)
    when = next((f for f in found if f.key == "meeting_time" and not f.blank and (record.kind in _MEETINGS or _SURE.search(f.label.folded))), None)
    if when is None and record.kind in _MEETINGS:  # English minutes: `Date: 2026-06-04 15:00-16:00`
        when = next((f for f in found if f.key == "date" and not f.blank and _RANGE.search(f.value.folded)), None)
    if when is None and record.kind not in _MEETINGS:
        return None
    place = when or structure.title(analysis, record)
    if place is None:
        return None
    start, end = _when(analysis, record, when, found)
    return Meeting(place.part, place.span, place.text, place.folded, _topic(analysis, record, found), start, end)


def _topic(analysis: Analysis, record: Record, found: tuple[LabelledField, ...]) -> str:
    named = next((f.value.text for f in found if f.key == "meeting_topic" and not f.blank), None)
    title = structure.title(analysis, record)
    return named.strip() if named else title.text.strip() if title else ""


def _when(analysis: Analysis, record: Record, when: LabelledField | None, found: tuple[LabelledField, ...]) -> tuple[datetime | None, datetime | None]:
    """Start and end: from the labelled time, with the date from its own field if need be; else from the sentence that calls the meeting."""
    day = next((f.value.folded for f in found if f.key == "date" and not f.blank), "")
    spoken = when.value.folded if when else _called(analysis)
    if not spoken:
        return None, None
    if day and not re.search(r"[年月日]|\d[-/.]\d{1,2}[-/.]\d|(?<![\d:])\d{1,2}[-/]\d{1,2}(?![\d:])|周|星期|今|明", spoken):
        spoken = f"{day} {spoken}"
    start, end = _read(analysis, record, spoken)
    lasts = next((length(f.value.folded) for f in found if f.key == "duration" and not f.item), None)
    if start and end is None and lasts:
        end = start + timedelta(minutes=lasts.amount)
    return start, end


def _called(analysis: Analysis) -> str:
    """The sentence that says when the meeting is held."""
    return next((s.folded for s in structure.sentences(analysis, analysis.record)[:20] if _HELD.search(s.folded)), "")


def _read(analysis: Analysis, record: Record, spoken: str) -> tuple[datetime | None, datetime | None]:
    """The first time with a clock, else the first date (its start only)."""
    from commlint.entities.time.recognise import recognise

    found = [t for t in recognise(spoken, reference=record.sent_at, environment=analysis.environment) if t.start is not None]
    clocked = [t for t in found if t.clock]
    if not clocked:
        return (found[0].start, None) if found else (None, None)
    first = clocked[0]
    return first.start, _end(first)


def _end(time: TimeExpression) -> datetime | None:
    """The end of a range of clock times; a single clock time has none."""
    return time.end if time.end is not None and time.start is not None and time.end > time.start and time.kind.value == "period" else None


def _topics(analysis: Analysis) -> Iterable[Topic]:
    found = [*_named(analysis), *_tabled(analysis)]
    if not found:
        ways = (_listed, _headlined) if analysis.record.kind is Kind.MEETING_NOTICE else (_headlined, _listed)
        found = next((made for way in ways if (made := list(way(analysis)))), [])
    return sorted(found, key=lambda topic: (topic.part, topic.span.start)) if found else ()


def _named(analysis: Analysis) -> Iterable[Topic]:
    """Lines that call themselves 议题一."""
    for part in structure.text_parts(analysis):
        text = analysis.folded(part)
        for line in lines(analysis, part) if names_topics(text) else ():
            match = None if line.grid else _TOPIC_LINE.match(text, line.start, line.end)
            if match:
                yield _topic_of(analysis, part, line.span, Span(min(match.end(), line.span.end), line.span.end), numeral(match["number"]))


def _headlined(analysis: Analysis) -> Iterable[Topic]:
    """Headlines with a decision, an owner or a time of their own below."""
    said = {(f.part, f.item) for f in fields(analysis, analysis.record) if f.item and f.key in _SAID_OF_TOPICS and f.layout not in ("column", "row")}
    for part in structure.text_parts(analysis) if said else ():
        text, found = analysis.folded(part), lines(analysis, part)
        for head in heads(text, found, marked(analysis, part)):
            line, row = found[head.line], marked(analysis, part)[head.line]
            if (part, head.number) in said and not (row and not row[0].whole):
                yield _topic_of(analysis, part, line.span, Span(unnumbered(text, line), line.last), head.number)


def _listed(analysis: Analysis) -> Iterable[Topic]:
    """The items of a list under a label for the agenda."""
    keys = ("agenda", "discussion" if analysis.record.kind is Kind.MEETING_NOTICE else "agenda")
    for field in fields(analysis, analysis.record):
        if field.key in keys and field.layout not in ("column", "row") and not field.blank:
            span = field.value.span
            held = [line for line in lines_over(lines(analysis, field.part), span) if not line.grid]
            inside = [line for line in held if not line.heading] or held
            below = [line for line in held if line.heading]  # numbered like chapters of the agenda
            marked = [line for line in inside if line.marked] or (below if len(below) > 1 else [])
            depth = min((line.depth for line in marked), default=0)
            items = [line for line in (marked or inside) if not marked or line.depth == depth]
            for number, line in enumerate(items, 1):
                start = max(line.content.start, span.start)
                stretch = Span(start, max(start, min(line.end, span.end)))
                yield _topic_of(analysis, field.part, stretch, stretch, line.number or number)


def _tabled(analysis: Analysis) -> Iterable[Topic]:
    """The rows of a table with a column of topics."""
    for table in tables(analysis, analysis.record):
        if "agenda" not in table.keys:
            continue
        at = table.keys.index("agenda")
        times = [index for index, key in enumerate(table.keys) if key in _TIMES]
        shared: list[list[Row]] = []
        for row in table.rows:  # a topic that several rows share is one
            if shared and row.cells[at].span == shared[-1][0].cells[at].span and len(row.cells[at].span):
                shared[-1].append(row)
            else:
                shared.append([row])
        for number, rows in enumerate(shared, 1):
            first, last = rows[0], rows[-1]
            said = next((length(first.cells[index].folded) or _bare(first.cells[index].folded) for index in times if first.cells[index].folded.strip()), None)
            whole = analysis.passage(first.part, first.span.start, max(first.span.end, last.span.end))
            yield Topic(whole.part, whole.span, whole.text, whole.folded, first.cells[at], number, said)


def _bare(folded: str) -> Duration | None:
    """A cell that holds nothing but a number of minutes."""
    return Duration(int(folded), "minutes") if re.fullmatch(r"\d{1,3}", folded.strip()) else None


def _topic_of(analysis: Analysis, part: int, whole: Span, title: Span, number: int) -> Topic:
    text = analysis.folded(part)
    start, end = title.start, title.end
    said = length(text[start:end])
    timed = _TIMED_END.search(text, start, end)
    end = timed.start() if timed and timed.start() > start else end
    while start < end and text[start] in _UNTITLED:
        start += 1
    while end > start and text[end - 1] in _UNTITLED:
        end -= 1
    passage = analysis.passage(part, whole.start, whole.end)
    return Topic(part, passage.span, passage.text, passage.folded, analysis.passage(part, start, end), number, said)

