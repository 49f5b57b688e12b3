"""Who of the roster is meant by a party of a message."""

from __future__ import annotations

from functools import lru_cache

from commlint.model.environment import Environment, Roster, RosterPerson
from commlint.model.record import Party
from commlint.model.values import Unknown


def entries(environment: Environment, party: Party) -> tuple[RosterPerson, ...]:
    """The entries that can be meant: by address, else by name or masked form; several where it is ambiguous."""
    return _entries(environment.roster, party.name.strip(), party.address.strip().lower())


@lru_cache(maxsize=4096)
def _entries(roster: Roster, name: str, address: str) -> tuple[RosterPerson, ...]:
    by_address = tuple(p for p in roster.people if address and address in map(str.lower, p.addresses))
    return by_address or tuple(p for p in roster.people if name and (name == p.name or name in p.masked))


def answer(environment: Environment, party: Party, attribute: str) -> str | bool | Unknown:
    """What the roster says; unknown without a roster or where two entries that can be meant differ.

    Of somebody who is not on a known roster it says nothing: an empty string, or False.
    """
    roster = environment.roster
    if not roster.known:
        return Unknown("no-roster", party.name or party.address)
    values: set[str | bool] = {getattr(entry, attribute) for entry in entries(environment, party)}
    if len(values) > 1:
        return Unknown("ambiguous-person", party.name or party.address)
    return values.pop() if values else ("" if attribute in ("title", "department", "superior") else False)
