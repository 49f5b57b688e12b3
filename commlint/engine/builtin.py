"""The built-in words of the norm language and the built-in calendars, as a plugin like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commlint.hooks import hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commlint.model.protocols import Calendar
    from commlint.model.symbols import Attribute, Constant, Function, TypeSymbol


@hookimpl
def commlint_entities() -> Iterable[TypeSymbol | Attribute | Constant]:
    """Types, attributes and named constants."""
    from commlint.engine.vocabulary import VOCABULARY
    from commlint.model.symbols import Function

    return [symbol for symbol in VOCABULARY if not isinstance(symbol, Function)]


@hookimpl
def commlint_functions() -> Iterable[Function]:
    """Functions."""
    from commlint.engine.vocabulary import VOCABULARY
    from commlint.model.symbols import Function

    return [symbol for symbol in VOCABULARY if isinstance(symbol, Function)]


@hookimpl
def commlint_calendars() -> Iterable[Calendar]:
    """China's announced working days, and plain Monday to Friday."""
    from commlint.calendar.calendars import china, weekdays

    return (china(), weekdays())
