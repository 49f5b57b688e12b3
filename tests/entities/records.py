"""Records of a text at hand, and the built-in getters, resolved when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib import import_module
from typing import Any

from commlint.engine.vocabulary import VOCABULARY
from commlint.entities.analysis import RecordAnalysis
from commlint.model.environment import Environment
from commlint.model.protocols import Analysis
from commlint.model.record import Record
from commlint.model.symbols import Attribute

PATHS = {symbol.key: symbol.get for symbol in VOCABULARY if isinstance(symbol, Attribute) and symbol.owner in ("record",)}


class Week:
    """A calendar that works Monday to Friday."""

    name = "week"

    def is_workday(self, day: date) -> bool:
        return day.weekday() < 5

    def announced(self, year: int) -> bool:
        return True

    def holiday(self, day: date) -> str | None:
        return None


class Getters(Mapping[str, Callable[[Analysis, Any], object]]):
    """Keys to getters, imported when asked for."""

    def __getitem__(self, key: str) -> Callable[[Analysis, Any], object]:
        path = PATHS[key]
        if not isinstance(path, str):
            return path
        module, _, name = path.partition(":")
        getter: Callable[[Analysis, Any], object] = getattr(import_module(module), name)
        return getter

    def __iter__(self) -> Iterator[str]:
        return iter(PATHS)

    def __len__(self) -> int:
        return len(PATHS)


ENVIRONMENT = Environment(calendar=Week())


def analysed(record: Record | str, environment: Environment = ENVIRONMENT, **more: Any) -> RecordAnalysis:
    """The analysis of a record, or of a text as one."""
    if isinstance(record, str):
        record = Record.from_text(record, **more)
    return RecordAnalysis(record, environment, Getters())


WIDE = str.maketrans({",": "\uff0c", ":": "\uff1a", ";": "\uff1b", "(": "\uff08", ")": "\uff09", "!": "\uff01", "?": "\uff1f"})
TRADITIONAL = str.maketrans("请发给议题负责时间联络项纪会对开门单约须团", "請發給議題負責時間聯絡項紀會對開門單約須團")


def widths(text: str) -> tuple[str, str, str]:
    """The text in half width, in full width, and in full width with traditional characters."""
    wide = text.translate(WIDE)
    return text, wide, wide.translate(TRADITIONAL)
