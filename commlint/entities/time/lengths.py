"""Lengths of time: what they say, how they are written in values, and when they end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from commlint.calendar.arithmetic import add_months
from commlint.calendar.measures import add_days
from commlint.entities.time.context import Context, Length
from commlint.entities.time.numerals import number
from commlint.entities.time.shape import Groups
from commlint.model.values import Duration

_UNITS = {
    "工作日": "workdays", "工作天": "workdays", "交易日": "workdays", "自然日": "days", "日历日": "days", "日历天": "days", "自然天": "days", "天": "days", "日": "days", "小时": "hours", "钟头": "hours", "分钟": "minutes",
    "刻钟": "quarters", "秒钟": "seconds", "秒": "seconds", "星期": "weeks", "礼拜": "weeks", "周": "weeks", "月": "months", "季度": "seasons", "年": "years",
    "h": "hours", "hr": "hours", "hrs": "hours", "min": "minutes", "mins": "minutes", "d": "days",
    "second": "seconds", "minute": "minutes", "hour": "hours", "day": "days", "week": "weeks", "month": "months", "quarter": "seasons", "year": "years", "wk": "weeks", "fortnight": "fortnights",
}
_LETTERS = {"days": "P{}D", "workdays": "P{}BD", "weeks": "P{}W", "months": "P{}M", "years": "P{}Y", "hours": "PT{}H", "minutes": "PT{}M", "seconds": "PT{}S"}
_MULTIPLES = {"quarters": (15, "minutes"), "seasons": (3, "months"), "fortnights": (2, "weeks")}
# A fraction of a unit, in the next smaller one people count it in; half a working day stays as it is.
_SMALLER = {"hours": ("minutes", 60), "weeks": ("days", 7), "months": ("days", 30), "years": ("months", 12)}
_ELAPSED = {"hours": timedelta(hours=1), "minutes": timedelta(minutes=1), "seconds": timedelta(seconds=1)}


def length(groups: Groups, context: Context) -> Length | None:
    """What the groups of a length say: amount a (to b), a half added, unit u, and the form its surface gives it."""
    amount, most = _amounts(groups["a"] or "", groups.get("b"))
    if groups.get("half"):
        amount += 0.5
    unit = _unit(groups)
    factor, unit = _MULTIPLES.get(unit, (1, unit))
    return Length(amount * factor, unit, most * factor if most else None, _form(groups))


def _amounts(a: str, b: str | None) -> tuple[float, float | None]:
    if b:
        return number(a), number(b)
    if len(a) == 2 and not a.isascii() and not any(unit in a for unit in "十百半"):
        return number(a[0]), number(a[1])  # 两三天
    return number(a), None


def _unit(groups: Groups) -> str:
    written = groups["u"] or ""
    if groups.get("working"):
        return "workdays"
    return _UNITS[written] if written in _UNITS else _UNITS[written.rstrip("s")]


def _form(groups: Groups) -> str:
    for form in ("limit", "ago", "after", "lead"):
        if groups.get(form):
            return form
    return "plain"


# An amount in two units: how many of the smaller the larger has, the smaller, and the canonical text.
_COMPOUND = {
    ("年", "个月"): (12, "months", "P{}Y{}M"), ("个月", "天"): (30, "days", "P{}M{}D"), ("天", "小时"): (24, "hours", "P{}DT{}H"), ("小时", "分"): (60, "minutes", "PT{}H{}M"),
}


def compound(groups: Groups, context: Context) -> Length | None:
    """2小时30分钟, 1年6个月: an amount in two units, the larger first."""
    larger = {"h": "小时"}.get(groups["u"] or "", groups["u"] or "")
    smaller = {"分钟": "分", "min": "分", "m": "分"}.get(groups["u2"] or "", groups["u2"] or "")
    found = _COMPOUND.get((larger, smaller))
    if found is None:
        return None
    factor, unit, text = found
    first, second = int(groups["a"] or 0), int(groups["b"] or 0)
    return Length(first * factor + second, unit, form=_form(groups), spelled=text.format(first, second))


def trading(groups: Groups, context: Context) -> Length:
    """T+1: the next working day; T+0 the same."""
    return Length(int(groups["a"] or 0), "workdays", form="limit")


def written(length: Length) -> str:
    """The canonical text: P3D, PT24H, P3BD, P2D/P3D, with a minus for leads."""
    sign = "\u2212" if length.form == "lead" else ""
    text = length.spelled or _one(length.amount, length.unit)
    return sign + (text if length.most is None else f"{text}/{sign}{_one(length.most, length.unit)}")


def _one(amount: float, unit: str) -> str:
    if amount == int(amount):
        return _LETTERS[unit].format(int(amount))
    smaller = _SMALLER.get(unit)
    if smaller is None:
        return _LETTERS[unit].format(f"{amount:g}")
    if int(amount) and smaller[0] == "days":
        unit_text = _LETTERS[unit].format(int(amount))
        return unit_text + _LETTERS[smaller[0]].format(round((amount - int(amount)) * smaller[1]))[1:]
    return _LETTERS[smaller[0]].format(round(amount * smaller[1]))


def ends(length: Length, start: datetime, context: Context) -> datetime | date | None:
    """When a length that begins at `start` is over: a moment for hours, the last day for days; None outside the calendar."""
    amount = length.most if length.most is not None else length.amount
    amount = -amount if length.form in ("ago", "lead") else amount
    try:
        if length.unit in _ELAPSED:
            return (start + amount * _ELAPSED[length.unit]).replace(second=0, microsecond=0)
        if amount != int(amount):
            return _fraction(length.unit, amount, start)
        return add_days(context.environment, start.date(), Duration(int(amount), length.unit))
    except (OverflowError, ValueError):
        return None


def _fraction(unit: str, amount: float, start: datetime) -> datetime | date:
    if unit == "years":
        return add_months(start.date(), round(amount * 12))
    if unit == "days":
        return (start + timedelta(hours=amount * 24)).replace(second=0, microsecond=0)
    if unit == "months":
        return add_months(start.date(), int(amount)) + timedelta(days=round((amount - int(amount)) * 30))
    return start.date() + timedelta(days=round(amount * 7))
