"""Conditions that come out the same whatever the record says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from commlint.engine.program import Expression

Params = Mapping[str, Any]


def certain(code: Expression, params: Params) -> bool | None:
    """What a condition always is, None when that depends on the record."""
    reader = _READERS.get(code[0])
    return reader(code, params) if reader else None


def empty(code: Expression, params: Params) -> bool:
    """Whether a list or pattern is written out and holds nothing."""
    if code[0] == "param":
        return bool(params.get(code[2]) == [])
    if code[0] == "list":
        return not code[2]
    if code[0] == "call" and code[2] == "phrase":
        return empty(code[3][0], params)
    if code[0] == "filter":
        return empty(code[2], params) or certain(code[3], params) is False
    if code[0] == "arith" and code[2] == "+":
        return empty(code[3], params) and empty(code[4], params)
    return False


def _logic(code: Expression, params: Params) -> bool | None:
    """A conjunction is settled by one false operand, a disjunction by one true."""
    settles: bool = code[0] == "or"
    known = [certain(operand, params) for operand in code[2]]
    if settles in known:
        return settles
    return None if None in known else not settles


def _not(code: Expression, params: Params) -> bool | None:
    inner = certain(code[2], params)
    return None if inner is None else not inner


def _compare(code: Expression, params: Params) -> bool | None:
    _, _, operator, left, right = code
    one, other = _plain(left, params), _plain(right, params)
    if one is None or other is None:
        return _same(operator, left, right)
    return _ORDERS[operator](one, other)


def _same(operator: str, left: Expression, right: Expression) -> bool | None:
    """A value compared with itself; where it is none, that is false, so only a negative is certain."""
    return False if operator in ("!=", "<", ">") and _bare(left) == _bare(right) and left[0] != "const" else None


def _bare(code: Any) -> Any:
    """The program without places."""
    if isinstance(code, list):
        return [_bare(part) for index, part in enumerate(code) if not (index == 1 and isinstance(code[0], str))]
    return code


def _plain(code: Expression, params: Params) -> Any:
    if code[0] == "const":
        return code[2]
    value = params.get(code[2]) if code[0] == "param" else None
    return value if isinstance(value, (int, float, str)) else None


def _ordered(order: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool | None]:
    def compared(one: Any, other: Any) -> bool | None:
        return order(one, other) if isinstance(one, str) == isinstance(other, str) else None

    return compared


_ORDERS: dict[str, Callable[[Any, Any], bool | None]] = {
    "==": _ordered(lambda one, other: bool(one == other)),
    "!=": _ordered(lambda one, other: bool(one != other)),
    "<": _ordered(lambda one, other: bool(one < other)),
    "<=": _ordered(lambda one, other: bool(one <= other)),
    ">": _ordered(lambda one, other: bool(one > other)),
    ">=": _ordered(lambda one, other: bool(one >= other)),
}


def _in(code: Expression, params: Params) -> bool | None:
    return False if empty(code[3], params) or empty(code[2], params) else None


def _quant(code: Expression, params: Params) -> bool | None:
    _, _, quantifier, number, source, _ = code
    if quantifier == "at_least" and number == 0:
        return True
    return _COUNTS[quantifier](number or 0) if empty(source, params) else None


_COUNTS: dict[str, Callable[[int], bool]] = {
    "any": lambda n: False,
    "no": lambda n: True,
    "exactly": lambda n: n == 0,
    "at_least": lambda n: n == 0,
    "at_most": lambda n: True,
}

_READERS: dict[str, Callable[[Expression, Params], bool | None]] = {
    "const": lambda code, _: code[2] if isinstance(code[2], bool) else None,
    "and": _logic, "or": _logic, "not": _not, "compare": _compare, "in": _in, "quant": _quant,
}


def contradictory(left: Expression, right: Expression) -> bool:
    """Whether two conditions cannot both hold: one is plainly the negation of the other."""
    one, other = _bare(left), _bare(right)
    return one == ["not", other] or other == ["not", one] or _opposed(one, other)


def _opposed(one: Any, other: Any) -> bool:
    """`any x in y` and `no x in y`; `a == b` and `a != b`."""
    if not (one[0] == other[0] and one[0] in ("quant", "compare")):
        return False
    return {one[1], other[1]} in ({"any", "no"}, {"==", "!="}, {"<", ">="}, {">", "<="}) and one[2:] == other[2:]


def same(left: Expression, right: Expression) -> bool:
    """Whether two conditions ask the same."""
    return bool(_bare(left) == _bare(right))
