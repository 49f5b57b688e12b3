"""Put shapes together into expressions: a day, its part and clock, a range, a suffix; nothing is resolved here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from commlint.entities.time import recurrences
from commlint.entities.time.chinese import BEFORE, WITHIN
from commlint.entities.time.shape import Atom, Role, Shape, compiled

# What may stand between a day and its part or clock, and how long that can be.
_NEAR = 16
_GAP = " {0,2}(?:的|t|at )? ?"
_ENGLISH_GAP = ",? ?(?:at |in the )?"
_BRACKETED_WEEKDAY = r" ?[(\[](?:大?后天|[今明昨后前次当][天日])[)\]]| ?[(\[] ?(?:(?:本|下|上|这)?个?(?:周|星期|礼拜))?[一二三四五六日天] ?[)\]]| ?\((?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\)| ?\((?:农历)?(?:[正二三四五六七八九十冬腊]月)?(?:初[一二三四五六七八九十]|[十廿][一二三四五六七八九]|二十|三十|除夕)\)(?= ?[-~至到\u2014\u2013])"
_PLAIN_WEEKDAY = r" ?(?:周|星期|礼拜)[一二三四五六日天](?!次)"
_CONNECTOR = r" ?(?:起|开始)?,? ?(?:-{1,2}|~|至|到|\u2014{1,2}|\u2013|\u2015|\u2212|\u301c|to|until|through) ?"
_INCLUDING = r" ?\((?P<not>不)?(?:包?含)(?:当日|当天|本日|该日|本数|\d{1,2}日)?\)"
_SUFFIX = rf"(?:{_INCLUDING})?(?P<before> ?{BEFORE})(?:{_INCLUDING.replace('<not>', '<not2>')})?"
# What these can begin with; looked at before they are tried.
_WEEKDAY_BEGINS = frozenset(" ([周星礼")
_SUFFIX_BEGINS = frozenset(" (之以前内")
WEEKDAY_RANGE = Shape("weekday-range", Role.RECURRENCE, "", "", recurrences.on_weekdays)
_CLOCKS = (Role.CLOCK, Role.CLOCKS, Role.CLOSE)
_DATED = (Role.DAY, Role.DAYS, Role.PERIOD)


class Point(NamedTuple):
    """A day with what narrows it; any of it may be missing. `implied`: the part said by 晚 in 今晚 is read with the day."""

    start: int
    end: int
    day: Atom | None = None
    part: str = ""
    clock: Atom | None = None


class Phrase(NamedTuple):
    """One expression: where it stands, what it is made of, the limit suffix behind it.

    `head` is the shape of a length, recurrence, vague word or placeholder. `suffix`: before | within | "".
    """

    start: int
    end: int
    first: Point | None = None
    second: Point | None = None
    head: Atom | None = None
    suffix: str = ""
    excluded: bool = False

    @property
    def leading(self) -> Atom | None:
        """The shape that names the expression."""
        if self.head:
            return self.head
        point = self.first
        return (point.day or point.clock) if point else None


_POINTED = (*_DATED, Role.PART, *_CLOCKS)


def phrases(text: str, atoms: Sequence[Atom]) -> list[Phrase]:
    """The expressions that the shapes of `text` make up, in order; weak shapes only come with a suffix or clock."""
    found: list[Phrase] = []
    index, count = 0, len(atoms)
    while index < count:
        if atoms[index].role in _POINTED:
            first, index = _point(text, atoms, index)
            if index == count or atoms[index].start > first.end + _NEAR:
                phrase = _suffixed(text, first, None)
            else:
                phrase, index = _followed_by(text, atoms, index, first)
        else:
            phrase, index = _headed(text, atoms, index)
        found.append(phrase)
        end = phrase.end
        while index < count and atoms[index].start < end:  # the 当日 of 前(含当日)
            index += 1
    return found


def _headed(text: str, atoms: Sequence[Atom], index: int) -> tuple[Phrase, int]:
    """What is no day and no hour: a recurrence, a placeholder, a length, a vague word."""
    atom = atoms[index]
    if atom.role is Role.RECURRENCE:
        return _recurrence(text, atoms, index)
    if atom.role is Role.PLACEHOLDER:
        return _placeholder(text, atoms, index)
    return Phrase(atom.start, atom.end, None, None, atom), index + 1


def _followed_by(text: str, atoms: Sequence[Atom], index: int, first: Point) -> tuple[Phrase, int]:
    """A point and what may belong to it: the other end of a range, what recurs."""
    second, index = _second(text, atoms, index, first)
    if second and second.day and first.day is None and second.day.shape.name.startswith("en-"):  # 9am to 11am on June 3
        first = first._replace(day=second.day)
    if second and second.day and second.clock and second.clock.role is Role.CLOCKS and first.clock is None:
        second, index = second._replace(clock=None, end=second.day.end), index - 1  # Tue-Thu next week, 9-11am
    if second is None and (whole := _clock_of_recurrence(text, atoms, index, first)):
        return whole, index + 1
    if second and second.clock and first.clock is None and _bare_weekday(first) and _bare_weekday(second):
        return _office_hours(text, atoms, index, first, second)
    return _suffixed(text, first, second), index


def _clock_of_recurrence(text: str, atoms: Sequence[Atom], index: int, point: Point) -> Phrase | None:
    """9am every Monday, noon on weekdays: an hour and what recurs behind it."""
    if point.day or point.clock is None or index >= len(atoms) or atoms[index].role is not Role.RECURRENCE:
        return None
    head = atoms[index]
    if not head.shape.name.startswith("en-") or text[point.end : head.start] not in (" ", " on ", " of "):
        return None
    return Phrase(point.start, head.end, point, None, head)


def _bare_weekday(point: Point) -> bool:
    """周五, not 本周五; what else the point holds does not matter."""
    return point.day is not None and is_weekday(point.day) and not point.day.groups.get("rel")


def _office_hours(text: str, atoms: Sequence[Atom], index: int, first: Point, second: Point) -> tuple[Phrase, int]:
    """周一至周五9:00-18:00: every week, since it names hours of each day."""
    assert first.day is not None
    until, index = _second(text, atoms, index, second)
    end = (until or second).end
    hours = Point(second.start, second.end, None, second.part, second.clock)
    head = Atom(WEEKDAY_RANGE, first.start, second.start, {"days": text[first.start : second.end]}, Role.RECURRENCE)
    return Phrase(first.start, end, hours, until, head), index


def _placeholder(text: str, atoms: Sequence[Atom], index: int) -> tuple[Phrase, int]:
    """A hole to fill in; a date and a time with holes are one."""
    head, end, index = atoms[index], atoms[index].end, index + 1
    while following := _joined(text, atoms, index, end, (Role.PLACEHOLDER,)):
        end, index = following.end, index + 1
    suffix = compiled(rf"(?:{_SUFFIX}|{WITHIN})").match(text, end)
    return Phrase(head.start, suffix.end() if suffix else end, head=head), index


def _joined(text: str, atoms: Sequence[Atom], index: int, end: int, roles: tuple[Role, ...]) -> Atom | None:
    """The shape at `index` if it has one of the roles and belongs to what ends at `end`."""
    if index >= len(atoms):
        return None
    atom = atoms[index]
    if atom.role not in roles or not end <= atom.start <= end + _NEAR:
        return None
    if atom.start == end:
        return atom
    english = roles != (Role.PLACEHOLDER,) and atoms[index - 1].shape.name.startswith("en-")
    gap = compiled(_ENGLISH_GAP if english else _GAP).match(text, end)
    return atom if gap and gap.end() >= atom.start else None


def _point(text: str, atoms: Sequence[Atom], index: int) -> tuple[Point, int]:
    atom = atoms[index]
    if atom.role not in _DATED:
        return _narrowed(text, atoms, index, Point(atom.start, atom.start))
    point, index = _dated(text, atoms, index)
    if index == len(atoms) or atoms[index].start > point.end + _NEAR:
        return point, index
    return _narrowed(text, atoms, index, point)


def _dated(text: str, atoms: Sequence[Atom], index: int) -> tuple[Point, int]:
    """A day and the weekday that repeats it, bracketed or not, in either order."""
    atom, index = atoms[index], index + 1
    end, name = atom.end, atom.shape.name
    behind = text[end : end + 1]
    if atom.role is not Role.DAY:
        return Point(atom.start, end, atom), index
    if name in _WEEKDAYS or (behind == "(" and name == "relative-day" and index < len(atoms) and not is_weekday(atoms[index])):
        return _weekday_with_date(text, atoms, index, atom)
    if behind in _WEEKDAY_BEGINS and (repeated := compiled(_BRACKETED_WEEKDAY).match(text, end) or compiled(_PLAIN_WEEKDAY).match(text, end)):
        end = repeated.end()
        while index < len(atoms) and atoms[index].start < end:
            index += 1
    return Point(atom.start, end, atom), index


def _weekday_with_date(text: str, atoms: Sequence[Atom], index: int, weekday: Atom) -> tuple[Point, int]:
    date = atoms[index] if index < len(atoms) else None
    if date is None or date.role is not Role.DAY or is_weekday(date) or date.shape.name == "relative-day":
        return Point(weekday.start, weekday.end, weekday), index
    between, behind = text[weekday.end : date.start], text[date.end : date.end + 1]
    if between in ("(", " (") and behind == ")":
        return Point(weekday.start, date.end + 1, date), index + 1
    if between in (("", " ", ", ", ",") if date.shape.name.startswith("en-") else ("", " ")):
        return Point(weekday.start, date.end, date), index + 1
    return Point(weekday.start, weekday.end, weekday), index


_WEEKDAYS = ("weekday", "en-weekday", "en-weekend-day")


def is_weekday(atom: Atom) -> bool:
    """Whether the shape is a bare day of the week."""
    return atom.shape.name in _WEEKDAYS


def _narrowed(text: str, atoms: Sequence[Atom], index: int, point: Point) -> tuple[Point, int]:
    """`point` with the part of the day and the clock that follow it; in English also a day that follows."""
    start, end, day, written, clock = point
    if part := _joined(text, atoms, index, end, (Role.PART,)):
        end, written, index = part.end, text[part.start : part.end], index + 1
    if following := _joined(text, atoms, index, end, _CLOCKS):
        end, clock, index = following.end, following, index + 1
    if end > point.end:
        point = Point(start, end, day, written, clock)
    return (point, index) if day is not None else _followed(text, atoms, index, point)


def _followed(text: str, atoms: Sequence[Atom], index: int, point: Point) -> tuple[Point, int]:
    """3pm on Friday, EOD Friday, noon tomorrow."""
    if index >= len(atoms) or atoms[index].role is not Role.DAY or point.clock is None:
        return point, index
    gap = compiled(r",? (?:on |of )?|\(").match(text, point.end)
    if gap and atoms[index].shape.name.startswith("en-") and gap.end() == atoms[index].start:
        day, following = _dated(text, atoms, index)
        return point._replace(day=day.day, end=day.end), following
    return point, index


def _second(text: str, atoms: Sequence[Atom], index: int, first: Point) -> tuple[Point | None, int]:
    """The other end of a range, if one follows."""
    if index >= len(atoms) or atoms[index].start > first.end + _NEAR:
        return None, index
    connector = compiled(_CONNECTOR).match(text, first.end) or (_BETWEEN.fullmatch(text, max(0, first.start - 8), first.start) and compiled(" and ").match(text, first.end))
    if connector is None or atoms[index].start != connector.end():
        return None, index
    if first.clock is not None and first.clock.role is not Role.CLOCK:
        return None, index
    if atoms[index].role not in (*_DATED, Role.PART, Role.CLOCK) or not _alike(first, atoms[index]):
        return None, index
    return _point(text, atoms, index)


_BETWEEN = re.compile(r"between ")


def _alike(first: Point, second: Atom) -> bool:
    """Whether the two can be ends of one range: clock with clock, day with day."""
    if second.role is Role.CLOCK:
        return first.clock is not None
    if second.role is Role.PART:
        return first.clock is not None or bool(first.part)
    return first.day is not None or (first.clock is not None and second.shape.name in ("relative-day", "day-after"))  # 22:00-次日6:00


def _suffixed(text: str, first: Point, second: Point | None) -> Phrase:
    """The points with the limit suffix behind them."""
    start, end = first.start, second.end if second else first.end
    if text[end : end + 1] not in _SUFFIX_BEGINS:
        return Phrase(start, end, first, second)
    before = compiled(_SUFFIX).match(text, end)
    if before:
        excluded = bool(before.group("not") or before.group("not2"))
        return Phrase(start, before.end(), first, second, None, "before", excluded)
    within = compiled(WITHIN).match(text, end)
    if within and second is None and first.day and first.clock is None and first.day.role is not Role.DAYS:
        return Phrase(start, within.end(), first, None, None, "within")
    including = compiled(_INCLUDING).match(text, end)
    if including:
        return Phrase(start, including.end(), first, second, excluded=bool(including.group("not")))
    return Phrase(start, end, first, second)


def _recurrence(text: str, atoms: Sequence[Atom], index: int) -> tuple[Phrase, int]:
    """每周三, with part of day, clock, clock range and suffix."""
    head = atoms[index]
    end, index = _repeated(text, atoms, index)
    point, index = _narrowed(text, atoms, index, Point(end, end, part=_implied(text[head.start : end])))
    second: Point | None = None
    if point.clock or point.part:
        second, index = _second(text, atoms, index, point)
    end, index = _more_hours(text, atoms, index, (second or point).end) if point.clock else ((second or point).end, index)
    suffix = compiled(_SUFFIX).match(text, end)
    return Phrase(head.start, suffix.end() if suffix else end, point, second, head), index


_DAILY = re.compile(r"每?(?:个|一)?(?:天|日|工作日|晚上?|早)|daily|every ?day")


def _repeated(text: str, atoms: Sequence[Atom], index: int) -> tuple[int, int]:
    """Where 每周一至周五每天 ends: a day that recurs within what recurs adds nothing but the hour behind it."""
    end, index = atoms[index].end, index + 1
    while index < len(atoms) and atoms[index].role is Role.RECURRENCE and text[end : atoms[index].start] in ("", " ", "的", ","):
        if not _DAILY.fullmatch(text, atoms[index].start, atoms[index].end):
            break
        end, index = atoms[index].end, index + 1
    return end, index


def _implied(written: str) -> str:
    """The part of the day that 每晚 and 每早 say."""
    return "晚" if written.endswith(("晚", "晚上", "evening")) else "早" if written.endswith(("早", "morning")) else ""


def _more_hours(text: str, atoms: Sequence[Atom], index: int, end: int) -> tuple[int, int]:
    """Where the hours of a day that recurs end: 每天9:00、15:00, 每个工作日9:00-12:00和13:00-18:00."""
    while index < len(atoms) and atoms[index].role in (*_CLOCKS, Role.PART) and _AND.fullmatch(text, end, atoms[index].start):
        point, following = _point(text, atoms, index)
        if point.clock is None or point.day is not None:
            break
        until, index = _second(text, atoms, following, point)
        end = (until or point).end
    return end, index


_AND = re.compile(r" ?[、和及与/] ?")
