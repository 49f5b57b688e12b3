"""Clock times as written, and what the part of the day makes of them."""

from __future__ import annotations

from commlint.entities.time.context import Clock, Context
from commlint.entities.time.numerals import whole
from commlint.entities.time.shape import Groups

# Words for parts of the day, by the code in values: TMO, TMI, TAF, TEV, TNI.
PARTS = {
    "上午": "MO", "早上": "MO", "早晨": "MO", "清晨": "MO", "清早": "MO", "一早": "MO", "早": "MO", "午前": "MO", "中午": "MI", "正午": "MI", "午间": "MI", "下午": "AF", "午后": "AF",
    "晚上": "EV", "晚间": "EV", "傍晚": "EV", "晚": "EV", "夜里": "NI", "夜间": "NI", "深夜": "NI", "半夜": "NI", "凌晨": "NI", "morning": "MO", "noon": "MI", "afternoon": "AF", "evening": "EV", "night": "EV",
}
_MINUTES = {"半": 30, "一刻": 15, "三刻": 45, "整": 0, "正": 0}


def clock(groups: Groups, context: Context) -> Clock | None:
    """17:00, 17时30分, 五点半, 3pm. 1 to 7点 without a part of the day is in the afternoon (its other reading is kept)."""
    hour, minute = whole(groups["h"] or ""), _minute(groups)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if half := groups.get("half"):
        return Clock(hour % 12 + (12 if half[0] == "p" else 0), minute, stated=True) if hour <= 12 else None
    return Clock(hour, minute, stated=not groups.get("loose"))


def _minute(groups: Groups) -> int:
    if name := groups.get("quarter"):
        return _MINUTES[name]
    return whole(groups.get("min") or "0")


def named(groups: Groups, context: Context) -> Clock:
    """noon and midnight."""
    return Clock(12, stated=True) if groups["name"] == "noon" else Clock(24, stated=True)


def incomplete(groups: Groups, context: Context) -> Clock:
    """17:前: an hour whose minutes are missing is no time."""
    return Clock(None)


def clock_range(groups: Groups, context: Context) -> tuple[Clock, Clock] | None:
    """7-8时: two hours with one unit."""
    first, last = clock(groups, context), clock({**groups, "h": groups["h2"]}, context)
    return (first, last) if first and last else None


def settled(found: Clock, part: str) -> tuple[Clock, Clock | None]:
    """The clock time in 24 hours under `part` of the day, and the other reading if there is one."""
    hour = found.hour
    if hour is None or (hour > 12 and part != ""):
        return found, None
    if part in ("AF", "EV") and (hour < 12 or (part == "EV" and hour == 12)):
        return Clock(hour + 12, found.minute if hour < 12 else 0, stated=True), None
    if part == "MI" and hour < 3:
        return Clock(hour + 12, found.minute, stated=True), None
    if part == "NI":
        return _at_night(found, hour), None
    if part == "" and not found.stated and 1 <= hour <= 7:
        return Clock(hour + 12, found.minute, stated=True), found
    return found, None


def _at_night(found: Clock, hour: int) -> Clock:
    if hour == 12:
        return Clock(0, found.minute, stated=True)
    return Clock(hour + 12, found.minute, stated=True) if hour >= 8 else found
