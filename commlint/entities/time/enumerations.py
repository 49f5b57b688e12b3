"""Days in a list that leave out what the first one says: 下周二、三 is 下周二 and 下周三; 5月3、4、5日."""

from __future__ import annotations

from commlint.entities.time.shape import Atom, compiled

MARKS = frozenset("、/和及")
_AND = "[、/和及]"
_NUMBERS = rf"(?:{_AND}\d{{1,2}}){{1,6}}(?={_AND}\d{{1,2}} ?[日号])"  # a last one with its 日 stands behind them
# Only before what can follow a day: 周一、三楼 and 周二、三位同事 count other things. 日 only behind 六: 日前 is the other day.
_WEEKDAYS = rf"(?:{_AND}(?:[一二三四五六]|(?<=六{_AND})日)){{1,6}}(?= ?(?:[之以]前|前(?![台端面后者排期天两几\d])|[,。;!?)\n]|$|[上下]午|[早晚]上|中午|全天|[两三四五]天))"
_LISTS = {"weekday": (_WEEKDAYS, "w"), "month-day": (_NUMBERS, "d"), "month-day-bare": (_NUMBERS, "d")}
_DAY = r"\d+|[一二三四五六日]"


def listed(text: str, first: Atom) -> list[Atom]:
    """The days behind the first of a list, with its month or week."""
    if first.shape.name not in _LISTS:
        return []
    pattern, group = _LISTS[first.shape.name]
    run = compiled(pattern).match(text, first.end)
    if run is None:
        return []
    days = compiled(_DAY).finditer(text, run.start(), run.end())
    return [Atom(first.shape, day.start(), day.end(), {**first.groups, group: day.group()}, first.role) for day in days]
