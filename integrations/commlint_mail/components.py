"""The components of a calendar (RFC 5545 section 3.6): events, to-dos and the zones they are in. By a loop: nesting of any depth is read."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import Factory, define, field, frozen

from commlint_mail.contentlines import Calendar, Line

_KEPT = frozenset(("VEVENT", "VTODO"))


@frozen
class Component:
    """An event or to-do: its lines (of none inside it), where it begins and ends in the file, the method of its calendar.

    Not `closed` when the file ends, or another begins, inside it.
    """

    name: str
    lines: tuple[Line, ...]
    start: int
    end: int
    method: str
    closed: bool
    _named: Mapping[str, list[Line]] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        named: dict[str, list[Line]] = {}
        for line in self.lines:
            named.setdefault(line.name, []).append(line)
        object.__setattr__(self, "_named", named)

    def first(self, *names: str) -> Line | None:
        """The first line with one of these names, the names tried in order."""
        return next((line for name in names for line in self._named.get(name, ()) if not line.value.text.isspace() and line.value.text), None)

    def all(self, name: str) -> list[Line]:
        """The lines with this name."""
        return self._named.get(name, [])

    def text(self, name: str) -> str:
        """The value of a property as it stands, empty when missing."""
        line = self.first(name)
        return line.value.text.strip() if line else ""


@frozen
class Components:
    """What a calendar holds: events and to-dos in order, the lines of its zones by TZID; `begun` when there was any component at all."""

    found: tuple[Component, ...]
    zones: Mapping[str, tuple[Line, ...]]
    begun: bool


@define
class _Open:
    name: str
    start: int
    lines: list[Line] = Factory(list)


def components(calendar: Calendar) -> Components:
    """The components in the lines of a calendar; what is never ended ends with what it stands in."""
    walk = _Walk()
    for line in calendar.lines:
        walk.take(line)
    return walk.components(len(calendar.text))


class _Walk:
    def __init__(self) -> None:
        self.open: list[_Open] = []
        self.depth: dict[str, int] = {}  # open components by name
        self.methods: list[str] = [""]  # of the calendars
        self.events: list[tuple[_Open, int, int, bool]] = []
        self.zones: dict[str, tuple[Line, ...]] = {}
        self.zone: list[Line] = []
        self.begun = False

    def take(self, line: Line) -> None:
        name = line.value.text.strip().upper() if line.name in ("BEGIN", "END") else ""
        if line.name == "BEGIN":
            self._begins(name, line)
        if self.depth.get("VTIMEZONE"):
            self.zone.append(line)
        if line.name == "END":
            self._ends(name, line)
        elif line.name == "METHOD" and not (self.open and self.open[-1].name in _KEPT):
            self.methods[-1] = line.value.text.strip().upper()
        elif self.open and not name:
            self.open[-1].lines.append(line)

    def components(self, end: int) -> Components:
        self._shut(0, end, closed=False)
        found = sorted(self.events, key=lambda event: event[0].start)
        made = (Component(each.name, tuple(each.lines), each.start, stop, self.methods[calendar], closed) for each, stop, calendar, closed in found)
        return Components(tuple(made), self.zones, self.begun)

    def _begins(self, name: str, line: Line) -> None:
        self.begun = True
        if name in _KEPT and any(self.depth.get(kept) for kept in _KEPT):
            at = next(at for at, each in enumerate(self.open) if each.name in _KEPT)
            self._shut(at, line.start, closed=False)
        if name == "VCALENDAR":
            self.methods.append("")
        if name == "VTIMEZONE":
            self.zone = []
        self.open.append(_Open(name, line.start))
        self.depth[name] = self.depth.get(name, 0) + 1

    def _ends(self, name: str, line: Line) -> None:
        if not self.depth.get(name):
            return
        at = len(self.open) - 1
        while self.open[at].name != name:
            at -= 1
        self._shut(at, line.start + len("END:") + len(line.value.text), closed=True)

    def _shut(self, at: int, end: int, *, closed: bool) -> None:
        """Close all that is open from `at` on; only the outermost of it is as it should be."""
        while len(self.open) > at:
            each = self.open.pop()
            self.depth[each.name] -= 1
            if each.name in _KEPT:
                self.events.append((each, end, len(self.methods) - 1, closed and len(self.open) == at))
            elif each.name == "VTIMEZONE":
                self._zoned(each)

    def _zoned(self, each: _Open) -> None:
        name = next((line.value.text.strip() for line in each.lines if line.name == "TZID"), "")
        self.zones.setdefault(name, tuple(self.zone))
