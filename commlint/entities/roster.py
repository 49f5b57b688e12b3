"""Who of the roster is meant, by a party of a message or by a reference in a text: everybody who fits, never a guess."""

from __future__ import annotations

from functools import lru_cache

from commlint.entities.wordlists import sections
from commlint.model.environment import Environment, Roster, RosterPerson
from commlint.model.record import Party
from commlint.model.values import Person, Unknown


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


def meant(roster: Roster, person: Person) -> tuple[RosterPerson, ...]:
    """The people that a reference can mean: by its address, else whoever nothing it says contradicts."""
    return _meant(roster, person.form, (person.name, person.title, person.department), person.address)


@lru_cache(maxsize=1024)
def _meant(roster: Roster, form: str, said: tuple[str, str, str], address: str) -> tuple[RosterPerson, ...]:
    name, title, department = said
    if address:
        found = tuple(p for p in roster.people if address.lower() in map(str.lower, p.addresses))
        if found or not name:
            return found
    if form == "familiar":  # 小李, 老王: the surname is all it says
        name = name[1:]
    return tuple(p for p in roster.people if _fits(p, name, title, department))


def _fits(person: RosterPerson, name: str, title: str, department: str) -> bool:
    """Whether a roster entry can be meant: nothing that is said contradicts it, and something says it."""
    named = not name or name in (person.name, *person.masked) or name + title in person.masked or _masks(name, person.name)
    titled = not title or title in person.title or person.title in title or title in _any_title() or f"{name}{title}" in person.masked
    placed = not department or department in person.department or person.department in department
    return bool(name or title or department) and named and titled and placed


def _any_title() -> frozenset[str]:
    """Titles that say nothing about what somebody is."""
    lists = sections("people")
    return frozenset((*lists["short-title"], *lists["address"]))


def _masks(mask: str, name: str) -> bool:
    """Whether a masked or partial name (张*, *, 张某某, 张) can stand for `name`."""
    plain = mask.translate(_MASKS)
    if "*" not in plain:
        return len(plain) < len(name) and name.startswith(plain) and plain in (name[:1], name[:2])
    head, _, tail = plain.partition("*")
    return name.startswith(head) and name.endswith(tail.strip("*"))


_MASKS = str.maketrans("\u67d0\u00d7\u25cb\u3007\u2b55x", "******")
