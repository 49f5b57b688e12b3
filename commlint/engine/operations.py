"""What the operators of the language mean on values: equality, order, membership, limits, sums."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import datetime, time
from functools import lru_cache
from typing import Any

from commlint.engine.patterns import Expression, Phrases, plain
from commlint.engine.truth import Truth, disjunction
from commlint.model.environment import Environment
from commlint.model.record import Party
from commlint.model.values import Duration, Interval, Located, Meeting, Person, TimeExpression, Unknown
from commlint.text.fold import fold_string

ORDERS: dict[str, Callable[[Any, Any], bool]] = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_MINUTES = {"minutes": 1, "hours": 60, "days": 1440, "weeks": 10080, "months": 43200, "years": 525600, "workdays": 1440, "workhours": 60}
_HOLIDAY_BLOCK = 8  # days: no announced block of holidays has been longer; an assumed year may be off by one block

folded = lru_cache(maxsize=4096)(fold_string)


def stretch(value: Any) -> str | None:
    """The folded text of a string or a stretch, else None."""
    if isinstance(value, Located):
        return value.folded
    return folded(value) if isinstance(value, str) else None


def moment(value: Any) -> Any:
    """`value` as an instant where it denotes one (a time expression, a meeting, a message), else as it is."""
    if isinstance(value, TimeExpression):
        if value.assumed:  # a guess about holidays decides nothing
            return Unknown("unannounced-year", value.text)
        return value.due or value.end or value.start or Unknown("unresolved-time", value.text)
    if isinstance(value, Meeting):
        return value.start
    if not isinstance(value, (datetime, str)) and hasattr(value, "sent"):
        return value.sent
    return value


def compare(environment: Environment, sign: str, left: Any, right: Any) -> Truth:
    """`left` `sign` `right`; false when one is none, unknown when one is unknown or hinges on a guessed calendar."""
    for value in (left, right):
        if isinstance(value, Unknown):
            return value
    if left is None or right is None:
        return False
    if isinstance(right, Interval):
        left, right, sign = right, left, _FLIPPED[sign]
    if isinstance(left, Interval):
        return _interval(environment, sign, left, right)
    if sign in ("==", "!="):
        return equal(left, right) is (sign == "==")
    return _ordered(sign, left, right)


def _ordered(sign: str, left: Any, right: Any) -> Truth:
    one, other = _comparable(left, right)
    for value in (one, other):
        if isinstance(value, Unknown):
            return value
    if one is None or other is None:
        return False
    try:
        return ORDERS[sign](one, other)
    except TypeError:
        return Unknown("not-comparable")


def _comparable(left: Any, right: Any) -> tuple[Any, Any]:
    one, other = moment(left), moment(right)
    if isinstance(one, Duration) and isinstance(other, Duration):
        return minutes(one), minutes(other)
    if isinstance(one, datetime) and isinstance(other, time):
        return one.time(), other
    if isinstance(one, time) and isinstance(other, datetime):
        return one, other.time()
    if isinstance(one, (datetime, time)) or isinstance(other, (datetime, time)):
        return one, other
    return _number(one, other), _number(other, one)


def _number(value: Any, other: Any) -> Any:
    """A text that is compared with a number, as a number; every other text folded."""
    text = stretch(value)
    if text is None:
        return value
    if isinstance(other, (int, float)):
        try:
            return float(text.strip().replace(",", ""))
        except ValueError:
            return Unknown("not-a-number", text[:40])
    return text.strip()


def minutes(length: Duration) -> int:
    """A length in minutes, months as 30 days: only to order lengths of different units."""
    return length.amount * _MINUTES[length.unit]


def _interval(environment: Environment, sign: str, interval: Interval, length: Any) -> Truth:
    if isinstance(length, Interval):
        return equal(interval, length) is (sign == "==") if sign in ("==", "!=") else ORDERS[sign](interval.elapsed, length.elapsed)
    if not isinstance(length, Duration):
        return Unknown("not-comparable")
    counted = measured(environment, interval, length.unit)
    if _guessed(environment, interval, length.unit) and abs(counted - length.amount) <= _HOLIDAY_BLOCK:
        return Unknown("unannounced-year", str(max(interval.start, interval.end).year))
    if sign in ("==", "!="):
        return (counted == length.amount) is (sign == "==")
    return ORDERS[sign](counted, length.amount)


def measured(environment: Environment, interval: Interval, unit: str) -> float:
    """The length of `interval` in `unit`, workdays as the norms count them."""
    from commlint.calendar import measure

    return measure(environment, interval, unit)


def _guessed(environment: Environment, interval: Interval, unit: str) -> bool:
    if unit not in ("workdays", "workhours"):
        return False
    from commlint.calendar import assumed

    first, last = sorted((interval.start, interval.end))
    return assumed(environment.calendar, first.date(), last.date())


def equal(left: Any, right: Any) -> bool:
    """Whether two values are the same: texts folded, a person or party by any of its names."""
    if isinstance(left, (Party, Person)) or isinstance(right, (Party, Person)):
        return not names(left).isdisjoint(names(right))
    one, other = stretch(left), stretch(right)
    if one is not None and other is not None:
        return one.strip() == other.strip()
    first, second = _comparable(left, right)
    return bool(first == second)


def names(value: Any) -> frozenset[str]:
    """What a person or party can be called, folded."""
    calls: list[str] = []
    if isinstance(value, (Party, Person)):
        calls += (value.name, value.address)
    if isinstance(value, Located):
        calls.append(value.folded)
    elif isinstance(value, str):
        calls.append(value)
    return frozenset(folded(call).strip() for call in calls) - {""}


def spans_in(sought: Any, text: str) -> tuple[tuple[int, int], ...]:
    """Where a pattern, string or stretch occurs in folded `text`."""
    if isinstance(sought, (Phrases, Expression)):
        return sought.spans(text)
    inner = stretch(sought)
    return plain(inner.strip()).spans(text) if inner and inner.strip() else ()


def contained(sought: Any, whole: Any) -> Truth:
    """Whether `sought` is a member of a list, or occurs in a text."""
    for value in (sought, whole):
        if isinstance(value, Unknown):
            return value
    if sought is None or whole is None:
        return False
    if isinstance(whole, (tuple, list)):
        return disjunction(_member(sought, item) for item in whole)
    text = stretch(whole)
    return bool(spans_in(sought, text)) if text is not None else Unknown("not-comparable")


def _member(sought: Any, item: Any) -> Truth:
    if isinstance(item, Unknown):
        return item
    if isinstance(sought, (Phrases, Expression)):
        text = stretch(item)
        return text is not None and bool(sought.spans(text))
    return equal(sought, item)


def total(sign: str, left: Any, right: Any, environment: Environment) -> Any:
    """`left` + or - `right`: numbers, lists, lengths, a moment and a length, two moments."""
    for value in (left, right):
        if isinstance(value, Unknown):
            return value
    if left is None or right is None:
        return None
    if isinstance(left, tuple) and isinstance(right, tuple):
        return left + right if sign == "+" else tuple(item for item in left if not any(equal(item, other) for other in right))
    if isinstance(left, Duration) and isinstance(right, Duration):
        return _lengths(sign, left, right)
    one = moment(left)
    if isinstance(one, datetime):
        return _moved(sign, one, right, environment)
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return left + right if sign == "+" else left - right
    return Unknown("not-comparable")


def _lengths(sign: str, left: Duration, right: Duration) -> Duration:
    factor = 1 if sign == "+" else -1
    if left.unit == right.unit:
        return Duration(left.amount + factor * right.amount, left.unit)
    return Duration(minutes(left) + factor * minutes(right), "minutes")


def _moved(sign: str, start: datetime, by: Any, environment: Environment) -> Any:
    from commlint.calendar import add

    if isinstance(by, Duration):
        return add(environment, start, Duration(by.amount if sign == "+" else -by.amount, by.unit))
    end = moment(by)
    if sign == "-" and isinstance(end, datetime):
        return Interval(end, start)
    return end if isinstance(end, Unknown) else Unknown("not-comparable")


def due(environment: Environment, start: datetime, length: Duration) -> datetime:
    """The last instant that is still `within length after start`."""
    from commlint.calendar import add

    return add(environment, start, length)


def within(environment: Environment, action: Any, length: Duration, where: str, reference: Any) -> Truth:
    """Whether `action` comes not later than `length` after `reference`; or before it, by at most `length`.

    A missing action is a breach once the instant of judgement is past the limit and the archive reaches that far;
    while the limit runs there is none.
    """
    act, base = moment(action), moment(reference)
    for value in (base, act):
        if isinstance(value, Unknown):
            return value
    if base is None:
        return Unknown("no-reference-time")
    if where == "before":
        return Unknown("no-moment") if act is None else _before(environment, act, length, base)
    if act is None:
        return _silence(environment, due(environment, base, length), base)
    return compare(environment, "<=", Interval(base, act), length)


def _before(environment: Environment, act: datetime, length: Duration, base: datetime) -> Truth:
    return compare(environment, "<=", Interval(act, base), length) if act <= base else False


def _silence(environment: Environment, limit: datetime, base: datetime) -> Truth:
    now = environment.judged_at
    if now is None:
        return Unknown("no-as-of")
    if now <= limit:
        return True
    return False if covers(environment, base, limit) else Unknown("no-coverage")


def covers(environment: Environment, start: datetime, end: datetime) -> bool:
    """Whether the archive holds everything between two instants."""
    coverage = environment.coverage
    return coverage is not None and coverage.start <= start and end <= coverage.end


def midnight(iso: str, environment: Environment) -> datetime:
    """A date or date-time literal as an instant of the environment's zone."""
    value = datetime.fromisoformat(iso)
    return value if value.tzinfo else value.replace(tzinfo=environment.tz)


def clock(text: str) -> time:
    """A clock literal; 24:00 is the last minute of the day."""
    hour, _, minute = text.partition(":")
    return time.max if int(hour) == 24 else time(int(hour), int(minute or 0))


