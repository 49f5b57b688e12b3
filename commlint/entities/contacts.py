"""Contact points: who is named as contact and how to reach them; announced changes of contact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

from commlint.entities import people
from commlint.entities.analysis import inside
from commlint.entities.departments import choice
from commlint.entities.fields import fields
from commlint.entities.identifiers import EMAIL, PHONE
from commlint.entities.spoken import times_in
from commlint.entities.structure import sentences, text_parts
from commlint.entities.wordlists import sections
from commlint.model.protocols import Analysis
from commlint.model.values import (
    Contact,
    ContactChange,
    LabelledField,
    Person,
    Sentence,
    TimeKind,
    Unknown,
)

_CONTACT_KEYS = ("contact",)
_DETAIL_KEYS = {"phone": "phone", "email": "email", "contact_details": "phone"}


def contacts(analysis: Analysis, record: object) -> tuple[Contact, ...]:
    """The contact points named under a label or in a sentence; the same persons count once.

    A contact that names only a department has no persons.
    """
    return analysis.once("entities.contacts", lambda _: tuple(_distinct([*_labelled(analysis), *_told(analysis)])))


def label_of(analysis: Analysis, contact: Contact) -> str:
    """The label that names the contact."""
    return contact.label


def persons_of(analysis: Analysis, contact: Contact) -> tuple[Person, ...]:
    """Who is named."""
    return contact.persons


def phone_of(analysis: Analysis, contact: Contact) -> str | None:
    """The telephone number; None without one."""
    return contact.phone or None


def email_of(analysis: Analysis, contact: Contact) -> str | None:
    """The mail address; None without one."""
    return contact.email or None


def contact_change(analysis: Analysis, record: object) -> ContactChange | None:
    """An announcement that another person takes over as contact; None when there is none."""
    return analysis.once("entities.contact_change", _contact_change)


def change_person(analysis: Analysis, change: ContactChange) -> Person | None:
    """Who takes over."""
    return change.person


def change_effective(analysis: Analysis, change: ContactChange) -> datetime | Unknown:
    """From when."""
    return change.effective if change.effective is not None else Unknown("no-effective-date")


def _labelled(analysis: Analysis) -> Iterable[Contact]:
    found = fields(analysis, analysis.record)
    for index, field in enumerate(found):
        if field.key in _CONTACT_KEYS and not field.blank:
            details = _details(analysis, field, found[index + 1 : index + 4])
            yield Contact(field.part, field.span, field.text, field.folded, field.label.text, people.in_field(analysis, field), *details)


def _details(analysis: Analysis, field: LabelledField, following: Sequence[LabelledField]) -> tuple[str, str]:
    """Telephone and mail from the value, else from fields right behind it."""
    phone, email = _phone(field.value.folded), _email(field.value.folded)
    text, end = analysis.folded(field.part), field.span.end
    for other in following:
        if other.part != field.part or other.key not in _DETAIL_KEYS or other.item != field.item or not _close(text, end, other.span.start):
            break
        end = other.span.end
        phone, email = phone or _phone(other.value.folded), email or _email(other.value.folded)
    return phone, email


def _close(text: str, end: int, start: int) -> bool:
    """Whether one field follows the other on its line or the next."""
    return start - end <= 12 and text.count("\n", end, max(start, end)) <= 1


def _phone(text: str) -> str:
    match = PHONE.search(text)
    return match[0] if match else ""


def _email(text: str) -> str:
    match = EMAIL.search(text)
    return match[0].rstrip(".") if match else ""


@cache
def _telling() -> re.Pattern[str]:
    """对接人为张三, the contact is Alice, 联系人张三."""
    label = choice(sections("contacts")["label"])
    return re.compile(rf"(?P<label>{label})(?:\s?(?:为|是|由|改为|变更为|调整为|更换为)\s?|\s(?:is|will be)\s|\s?(?=[\u3400-\u9fff]{{2,4}}[(,。;\s]))")


def _told(analysis: Analysis) -> Iterable[Contact]:
    """Contacts that a sentence names, without a colon."""
    for part in text_parts(analysis):
        text = analysis.folded(part)
        for match in _telling().finditer(text):
            persons = people.persons(analysis, analysis.record)  # costs much, and few records get here
            named = _adjacent(text, match.end(), inside(persons, analysis.passage(part, match.end(), min(len(text), match.end() + 80))))
            if named:
                end = _end_of_details(text, named[-1].span.end)
                whole = analysis.passage(part, match.start(), end)
                yield Contact(part, whole.span, whole.text, whole.folded, match["label"], tuple(named), _phone(whole.folded), _email(whole.folded))


def _adjacent(text: str, at: int, persons: Sequence[Person]) -> list[Person]:
    """The persons that stand at `at`, and those a list goes on with."""
    named: list[Person] = []
    for person in persons:
        between = text[at : person.span.start]
        if len(between) > 6 or not re.fullmatch(r"[\s\u3001,/和与及]*(?:[\u3400-\u9fff]{0,4}部)?", between):
            break
        named.append(person)
        at = person.span.end
    return named


def _end_of_details(text: str, at: int) -> int:
    close = re.compile(r"\s?\([^()\n]{1,80}\)").match(text, at)
    return close.end() if close else at


def _distinct(found: Sequence[Contact]) -> Iterable[Contact]:
    """Each set of persons once, in order."""
    seen: set[tuple[str, ...]] = set()
    for contact in sorted(found, key=lambda c: (c.part, c.span.start, -c.span.end)):
        who = tuple(sorted(p.name or p.folded for p in contact.persons))
        if not who or who not in seen:
            yield contact
        if who:
            seen.add(who)


def _contact_change(analysis: Analysis) -> ContactChange | None:
    lists = sections("contacts")
    found = sentences(analysis, analysis.record)
    said = "\n".join(sentence.folded for sentence in found)
    changed = [word for word in lists["changed"] if word in said]
    contactness = [word for word in lists["contactness"] if word in said] if changed else []
    for index, sentence in enumerate(found if contactness else ()):
        if any(word in sentence.folded for word in changed) and any(word in sentence.folded for word in contactness):
            near = found[index : index + 2]
            return _change(analysis, sentence, near)
    return None


def _change(analysis: Analysis, sentence: Sentence, near: Sequence[Sentence]) -> ContactChange:
    person = next((p for s in near for p in [_newcomer(analysis, s)] if p), None)
    effective = next((moment for s in near for moment in [_effective(analysis, s)] if moment), None)
    return ContactChange(sentence.part, sentence.span, sentence.text, sentence.folded, person, effective)


def _newcomer(analysis: Analysis, sentence: Sentence) -> Person | None:
    """Who takes over: behind 由, 为, 是, 给 or before 接替, 接手; else the last person named."""
    named = inside(people.persons(analysis, analysis.record), sentence)
    text = analysis.folded(sentence.part)
    for person in named:
        before, behind = text[max(0, person.span.start - 8) : person.span.start], text[person.span.end : person.span.end + 20]
        if re.match(r"\s?(?:\([^()]*\))?\s?(?:接替|接手|接任|担任|负责|(?:will|is) (?:be )?(?:your|take|taking|replac)|takes over)", behind):
            return person
        if re.search(r"(?:变更为|更换为|调整为|改为|换成|换为|改由|转由|交由|接给|移交给|新(?:的)?对接人(?:为|是)|接替人为|由|to|contact (?:is|will be))\s?(?:[\u3400-\u9fff]{0,5}部)?\s?$", before) and not re.match(
            r"\s?(?:变更|更换|调整|改|换)", behind
        ):
            return person
    return named[-1] if named else None


def _effective(analysis: Analysis, sentence: Sentence) -> datetime | None:
    moments = (time.start or time.due for time in times_in(analysis, sentence) if time.kind is not TimeKind.RECURRENCE)
    return next((moment for moment in moments if moment), None)
