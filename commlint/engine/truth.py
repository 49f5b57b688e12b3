"""Three-valued truth after Kleene: true, false, or unknown with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from commlint.model.values import Unknown

Truth = bool | Unknown
NONE = Unknown("none")  # stands for "no unknown met yet"; never leaves this module


def truth(value: Any) -> Truth:
    """Whether `value` holds: none does not, an Unknown stays unknown, anything that is there does."""
    if value is True or value is False or isinstance(value, Unknown):
        return value
    if isinstance(value, (str, tuple, list, int, float)):
        return bool(value)
    return value is not None


def negation(value: Truth) -> Truth:
    """Not; an Unknown stays unknown."""
    return value if isinstance(value, Unknown) else not value


def conjunction(operands: Iterable[Truth]) -> Truth:
    """False if one is false, else unknown if one is unknown, else true; stops at the first false."""
    doubt = NONE
    for operand in operands:
        if operand is False:
            return False
        if isinstance(operand, Unknown) and doubt is NONE:
            doubt = operand
    return True if doubt is NONE else doubt


def disjunction(operands: Iterable[Truth]) -> Truth:
    """True if one is true, else unknown if one is unknown, else false; stops at the first true."""
    doubt = NONE
    for operand in operands:
        if operand is True:
            return True
        if isinstance(operand, Unknown) and doubt is NONE:
            doubt = operand
    return False if doubt is NONE else doubt


def counted(truths: Iterable[Truth], holds: Callable[[int], bool]) -> Truth:
    """Whether `holds` is true of the number of true ones, whatever the unknown ones turn out to be."""
    sure = possible = 0
    doubt = NONE
    for each in truths:
        if isinstance(each, Unknown):
            doubt = each if doubt is NONE else doubt
            possible += 1
        elif each:
            sure += 1
    answers = {holds(number) for number in range(sure, sure + possible + 1)}
    return answers.pop() if len(answers) == 1 else doubt
