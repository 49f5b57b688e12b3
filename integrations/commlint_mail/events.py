"""The events and to-dos of a calendar as records: what the organiser wrote is text, where it stands in the file; the rest are facts.

Recurrences are told, not expanded: a meeting every week is one notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from commlint.errors import RecordError
from commlint.model.reading.declared import declared_kind
from commlint.model.record import Attachment, Conversation, Kind, Part, Party, Record, View
from commlint.model.source import Source
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span
from commlint_mail.components import Component, components
from commlint_mail.contentlines import Line, Stretch, calendar, plain, unescaped
from commlint_mail.invitation import Attendee, Invitation, too_long
from commlint_mail.vtime import Moment, Zones, length

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item

_MARKUP = re.compile(r"<(?:br|p|div|span|ul|ol|li|table|b|i|u|strong|html|html-blob|a\s+href)\b[^<>]{0,500}>", re.IGNORECASE)
_CALLS = frozenset(("", "PUBLISH", "REQUEST", "ADD"))
_ANSWERS = {"REPLY": "answered", "COUNTER": "countered", "DECLINECOUNTER": "declined", "REFRESH": "asked"}
_COPIED = frozenset(("OPT-PARTICIPANT", "NON-PARTICIPANT"))
_THINGS = frozenset(("ROOM", "RESOURCE"))
_ONLINE = ("X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK", "X-GOOGLE-CONFERENCE", "X-MEETING-URL", "CONFERENCE")
_DAY = timedelta(days=1)
_SEEN = 4_000_000  # characters that are looked over again for the places of all records together


@frozen
class _Said:
    """A text of the file: what it says and where."""

    text: str
    source_map: SourceMap


def read(source: Source, environment: Environment) -> Iterator[Item]:
    """The records of a calendar, see `IcsReader.read`."""
    reading = _Reading(source, environment)
    yield from reading.items()


class _Reading:
    """One calendar being read; `wrong` are the lines whose values cannot be."""

    def __init__(self, source: Source, environment: Environment) -> None:
        self.source = source
        self.zone = environment.tz
        self.file = calendar(source.content)
        held = components(self.file)
        self.components = held.found
        self.begun = held.begun
        self.zones = Zones(held.zones, self.zone)
        self.wrong: list[Line] = []
        self.most, self.cut = environment.limits.html, False  # characters of HTML; whether there were more
        self.counted = (0, 1)  # up to which offset lines are counted, and its line

    def items(self) -> Iterator[Item]:
        if not self.components:
            raise _nothing() if self.begun else _no_calendar()
        for number, component in enumerate(self.components, 1):
            yield self._record(self._shown(component), str(number) if len(self.components) > 1 else "")
            yield from self._files(component)
        if self.wrong:
            yield _unreadable(self._line_of(self.wrong[0].start), self.wrong)
        if self.cut:
            yield too_long(self.most)
        torn = next((component for component in self.components if not component.closed), None)
        if torn is not None:
            yield _torn(self._line_of(torn.start))

    def _shown(self, component: Component) -> Component:
        """Seen in the whole file where that costs little, so that offsets are those of the file; else from its own first line on."""
        if len(self.file.text) * len(self.components) > _SEEN or component.first("SUMMARY") is None:
            return component
        return evolve(component, start=0, end=len(self.file.text))

    def _record(self, component: Component, name: str) -> Record:
        view = View(self.file.text[component.start : component.end], first_line=self._counted(component.start))
        invitation = self._invitation(component)
        otherwise = Kind.TASK if component.name == "VTODO" else Kind.MEETING_EVENT if invitation.event else Kind.MEETING_NOTICE
        kind, evidence = declared_kind(self.source, None, otherwise=otherwise)
        sender = _sender(component, invitation)
        attendees = [attendee for attendee in invitation.attendees if attendee.party != sender]
        return Record(
            uri=self.source.uri,
            kind=kind,
            parts=tuple(self._parts(component, view, sender)),
            name=name,
            evidence=evidence,
            meta=invitation.meta("task" if component.name == "VTODO" else "meeting"),
            sent_at=self._sent(component),
            sender=sender,
            to=tuple(attendee.party for attendee in attendees if attendee.role not in _COPIED),
            cc=tuple(attendee.party for attendee in attendees if attendee.role in _COPIED),
            attachments=tuple(_attached(line, number) for number, line in enumerate(component.all("ATTACH"), 1)),
            conversation=_conversation(component),
            inline_suppressions=False,
        )

    def _parts(self, component: Component, view: View, sender: Party | None) -> Iterator[Part]:
        from commlint_mail.body import parts_of

        subject = _said(component, component.first("SUMMARY"))
        if subject is not None:
            yield Part("subject", subject.text, view, subject.source_map)
        body, source_map, cut = _body(component, self.most)
        self.cut = self.cut or cut
        for part in parts_of(body, self.zone, sender=sender.name if sender else ""):
            yield evolve(part, view=view, source_map=part.source_map.compose(source_map))

    def _invitation(self, component: Component) -> Invitation:
        start = self._moment(component.first("DTSTART"))
        organiser = component.first("ORGANIZER")
        people = tuple(_attendee(line) for line in component.all("ATTENDEE") if line.parameter("CUTYPE").upper() not in _THINGS)
        return Invitation(
            topic=" ".join(_plain(component, "SUMMARY").split()),
            start=start.at if start else None,
            end=self._end(component, start),
            all_day=start.all_day if start else False,
            location=_location(component),
            organiser=_attendee(organiser).party if organiser else None,
            attendees=people,
            recurrence=component.text("RRULE")[:500],
            method=component.method,
            uid=component.text("UID"),
            sequence=component.text("SEQUENCE"),
            status=component.text("STATUS").upper(),
            event=_event(component, people),
        )

    def _end(self, component: Component, start: Moment | None) -> datetime | None:
        """When it ends: as said, else by its length; of a day without either, the day's end."""
        end = self._moment(component.first("DTEND", "DUE"))
        if end is not None:
            return end.at
        lasts = component.first("DURATION")
        if start is None:
            return None
        try:
            return start.at + length(lasts.value.text) if lasts else start.at + _DAY if start.all_day else None
        except (ValueError, OverflowError):
            self.wrong += [lasts] if lasts else []
            return None

    def _sent(self, component: Component) -> datetime | None:
        """When it went out: the stamp of what is sent around; what is only kept was written when it was created."""
        names = ("CREATED", "DTSTAMP") if component.method in ("", "PUBLISH") else ("DTSTAMP", "CREATED")
        sent = self._moment(component.first(*names))
        return sent.at if sent else None

    def _moment(self, line: Line | None) -> Moment | None:
        if line is None:
            return None
        try:
            return self.zones.moment(line)
        except (ValueError, OverflowError):
            self.wrong.append(line)
            return None

    def _files(self, component: Component) -> Iterator[Source]:
        """What stands in the calendar itself as base64."""
        from commlint_mail.transfer import base64_bytes

        for number, line in enumerate(component.all("ATTACH"), 1):
            if _inline(line):
                content = base64_bytes(line.value.text.encode("ascii", "ignore"))
                yield self.source.member(_file_name(line, number), content, media_type=line.parameter("FMTTYPE").lower() or None, alike=False)

    def _counted(self, offset: int) -> int:
        """The number of the line at `offset`; quickest in rising order."""
        before, line = self.counted if self.counted[0] <= offset else (0, 1)
        self.counted = (offset, line + _breaks(self.file.text, before, offset))
        return self.counted[1]

    def _line_of(self, offset: int) -> int:
        return 1 + _breaks(self.file.text, 0, offset)


def _breaks(text: str, start: int, end: int) -> int:
    return text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end)


# who


def _attendee(line: Line) -> Attendee:
    written = line.value.text.strip()
    address = written[7:] if written.lower().startswith("mailto:") else line.parameter("EMAIL") or (written if "@" in written else "")
    return Attendee(
        Party(" ".join(line.parameter("CN").split()), address.strip()),
        role=line.parameter("ROLE").upper() or "REQ-PARTICIPANT",
        answer=line.parameter("PARTSTAT").upper(),
        asked=line.parameter("RSVP").upper() == "TRUE",
    )


def _sender(component: Component, invitation: Invitation) -> Party | None:
    """The organiser; of an answer, who answers."""
    if component.method in _ANSWERS and component.method != "DECLINECOUNTER" and len(invitation.attendees) == 1:
        return invitation.attendees[0].party
    return invitation.organiser


def _event(component: Component, people: tuple[Attendee, ...]) -> str:
    """What this is other than a call to a meeting: cancelled, or an answer to the call."""
    if component.method == "CANCEL" or component.text("STATUS").upper() == "CANCELLED":
        return "cancelled"
    if component.method == "REPLY" and len(people) == 1 and people[0].answer:
        return people[0].answer.lower()
    return "" if component.method in _CALLS else _ANSWERS.get(component.method, "")


def _conversation(component: Component) -> Conversation:
    uid, occurrence = component.text("UID"), component.text("RECURRENCE-ID")
    return Conversation(id=f"{uid}#{occurrence}" if uid and occurrence else uid, thread=uid)


# what


def _body(component: Component, most: int) -> tuple[Part, SourceMap, bool]:
    """The description as the body of a mail, the way from its text to the view, and whether its HTML was too long to read it all."""
    for name in ("DESCRIPTION", "X-ALT-DESC", "STYLED-DESCRIPTION"):
        said = _said(component, component.first(name))
        if said is not None and said.text.strip():
            if name != "DESCRIPTION" or _MARKUP.search(said.text):
                return _page(said, most)
            return Part("body", said.text, View(said.text), SourceMap.identity(len(said.text))), said.source_map, False
    return Part("body", "", View(""), SourceMap(())), SourceMap(()), False


def _page(said: _Said, most: int) -> tuple[Part, SourceMap, bool]:
    from commlint.model.reading.html import seen

    page = seen(said.text, limit=most)
    return Part("body", page.text, View(page.text), SourceMap.identity(len(page.text)), page.blocks, page.grids), page.source_map.compose(said.source_map), page.cut


def _said(component: Component, line: Line | None) -> _Said | None:
    """The text of a property, and the way to the component's view."""
    if line is None:
        return None
    pieces = tuple(Span(piece.start - component.start, piece.end - component.start) for piece in line.value.pieces)
    value = Stretch(line.value.text, pieces)
    return _quoted(line, value) if _is_quoted(line) else _Said(*unescaped(value))


def _is_quoted(line: Line) -> bool:
    return line.parameter("ENCODING").upper() == "QUOTED-PRINTABLE"


def _quoted(line: Line, value: Stretch) -> _Said:
    """A text of vCalendar 1.0, whose bytes are quoted: it stands in the file as a whole."""
    from commlint.model.reading.charset import of_label
    from commlint_mail.transfer import quoted_bytes

    text = of_label(quoted_bytes(value.text.encode("utf-8", "replace")), line.parameter("CHARSET")).text.replace("\r\n", "\n").replace("\r", "\n")
    return _Said(text, SourceMap((Run(Span(0, len(text)), Span(value.pieces[0].start, value.pieces[-1].end), exact=False),)))


def _plain(component: Component, name: str) -> str:
    line = component.first(name)
    if line is None:
        return ""
    return (_quoted(line, line.value).text if _is_quoted(line) else plain(line.value.text)).strip()


def _location(component: Component) -> str:
    """Where it is held: as said, else the room that is invited, else the address of the online meeting."""
    rooms = [_attendee(line).party.name for line in component.all("ATTENDEE") if line.parameter("CUTYPE").upper() in _THINGS]
    online = component.first(*_ONLINE)
    found = (_plain(component, "LOCATION"), ", ".join(filter(None, rooms)), online.value.text.strip() if online else "")
    return next((" ".join(place.split()) for place in found if place), "")


# what goes with it


def _attached(line: Line, number: int) -> Attachment:
    media_type = line.parameter("FMTTYPE").lower() or None
    if _inline(line):
        return Attachment(_file_name(line, number), len(line.value.text) * 3 // 4, media_type)
    return Attachment(_file_name(line, number), int(line.parameter("SIZE")) if line.parameter("SIZE").isdecimal() else None, media_type, linked=True)


def _inline(line: Line) -> bool:
    return line.parameter("ENCODING").upper() == "BASE64" or line.parameter("VALUE").upper() == "BINARY"


def _file_name(line: Line, number: int) -> str:
    given = line.parameter("FILENAME") or line.parameter("X-FILENAME") or line.parameter("X-APPLE-FILENAME") or line.parameter("X-ORACLE-FILENAME")
    name = given or ("" if _inline(line) else line.value.text.partition("?")[0])
    bare = re.sub(r"[\x00-\x1f\x7f]+", " ", name[-400:]).replace("\\", "/").rstrip("/").rpartition("/")[2].strip()
    return bare or f"attachment-{number}"


# what is wrong


def _no_calendar() -> RecordError:
    return RecordError(
        "damaged-file", "this is no calendar: nothing begins in it", help="export the calendar again as .ics", zh="这不是日历文件\uff1a没有任何组件", zh_help="请重新导出为 .ics 文件"
    )


def _nothing() -> RecordError:
    return RecordError(
        "empty-record", "the calendar has no events or to-dos", help="export it again, or exclude the path", zh="日历中没有日程或待办", zh_help="请重新导出\uff0c或在配置中排除该路径"
    )


def _torn(line: int) -> RecordError:
    return RecordError(
        "damaged-file", f"the entry that begins at line {line} never ends; what is missing was not checked", help="export the calendar again",
        zh=f"第 {line} 行开始的日程不完整\uff0c缺失部分未检查", zh_help="请重新导出日历",
    )


def _unreadable(line: int, wrong: list[Line]) -> RecordError:
    value, more = " ".join(wrong[0].value.text.split())[:60], len(wrong) - 1
    zone = wrong[0].parameter("TZID")[:60]
    said = f"{value} ({zone})" if zone else value
    return RecordError(
        "damaged-file", f"line {line}: {wrong[0].name} {said} is no time that there is" + (f", and {more} more" if more else ""), help="correct the time, or define its zone",
        zh=f"第 {line} 行\uff1a{wrong[0].name} {said} 不是有效时间" + (f"\uff0c另有 {more} 处" if more else ""), zh_help="请改正时间\uff0c或补上时区定义",
    )
