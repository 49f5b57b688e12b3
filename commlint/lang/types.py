"""Static types of the norm language: what fits where."""

from __future__ import annotations

from commlint.engine.symboltable import SymbolTable
from commlint.model.symbols import Type

BROKEN = Type("broken")  # of an expression with a problem already told: fits everywhere
ANY = Type("any")  # elements of an empty list
BOOL = Type("bool")
INT = Type("int")
STRING = Type("string")
TEXT = Type("text")
INSTANT = Type("instant")
DURATION = Type("duration")
INTERVAL = Type("interval")
CLOCK = Type("clock")
CHOICE = Type("choice")
PATTERN = Type("pattern")
REGEX = Type("regex")
REQUIREMENT = Type("requirement")
RECORD = Type("record")

_LOOSE = frozenset({"broken", "any"})
_GROUPS = {
    "int": "number", "number": "number", "string": "characters", "text": "characters", "instant": "moment", "time": "moment",
    "message": "message", "duration": "length", "interval": "length", "clock": "clock", "choice": "choice", "bool": "bool",
}
ORDERED = frozenset({"number", "moment", "length", "clock"})


def loose(type: Type) -> bool:
    """Whether nothing is known of the type, so that nothing is said against it."""
    return type.name in _LOOSE


def lineage(type: Type, table: SymbolTable) -> tuple[str, ...]:
    """The names of the type and its parents, nearest first."""
    return ("regex", "pattern") if type.name == "regex" else table.lineage(type.name)


def located(type: Type, table: SymbolTable) -> bool:
    """Whether values of the type are stretches of the record."""
    return "text" in lineage(type, table)


def group(type: Type, table: SymbolTable) -> str:
    """What values of the type are compared as: number, characters, moment, length, clock, choice, bool, or the type's own name."""
    return next((_GROUPS[name] for name in lineage(type, table) if name in _GROUPS), type.name)


def comparable(left: Type, right: Type, table: SymbolTable) -> bool:
    """Whether == between the two can ever mean something."""
    if loose(left) or loose(right):
        return True
    if left.of or right.of:
        return False
    one, other = group(left, table), group(right, table)
    return one == other or {one, other} in ({"moment", "message"}, {"moment", "clock"})


def fits(have: Type, want: Type, table: SymbolTable) -> bool:
    """Whether a value of type `have` may stand where `want` is asked for."""
    if loose(have) or loose(want):
        return True
    if want.name == "list":
        return have.name == "list" and (want.of is None or have.of is None or fits(have.of, want.of, table))
    if want.name == "pattern":
        return have.name in ("pattern", "regex", "string") or have == Type("list", STRING)
    if want.name == "instant":
        return group(have, table) in ("moment", "message")
    names = lineage(have, table)
    return want.name in names or (want.name == "string" and "text" in names)


def spelled(type: Type, table: SymbolTable, lang: str) -> str:
    """The type as people read it in `lang`."""
    if type.of is not None:
        inner = spelled(type.of, table, lang)
        return f"{inner}的列表" if lang == "zh" else f"list of {inner}"
    own = {"record": ("record", "记录"), "regex": ("regex", "正则"), "list": ("list", "列表"), "any": ("value", "值"), "thread": ("thread", "会话")}
    symbol = table.type(type.name)
    en, zh = (symbol.names.en, symbol.names.zh) if symbol else own.get(type.name, (type.name, type.name))
    return zh if lang == "zh" else en
