"""Contact points: who is named as contact and how to reach them; signatures; announced changes of contact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

from commlint.entities import people
from commlint.entities.analysis import inside
from commlint.entities.departments import choice
from commlint.entities.drawn import trimmed
from commlint.entities.fields import fields
from commlint.entities.spoken import times_in
from commlint.entities.structure import sentences, text_parts
from commlint.entities.wordlists import sections
from commlint.model.protocols import Analysis
from commlint.model.record import BlockKind
from commlint.model.span import Span
from commlint.model.values import (
    Contact,
    ContactChange,
    LabelledField,
    Person,
    Sentence,
    Signature,
    TimeKind,
    Unknown,
)

PHONE = re.compile(
    r"(?<![\w.-])(?:(?:\+|00)?86[-\s]?)?(?:1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|(?:\(0\d{2,3}\)|0\d{2,3})[-\s]?(?:\d{7,8}|\d{3,4}[-\s]\d{4})(?:(?:[-\s]|转|ext\.?\s?)\d{1,6})?|400[-\s]?\d{3,4}[-\s]?\d{3,4}"
    r"|(?:\+\d{1,3}[-\s.]?)(?:\(?\d{1,4}\)?[-\s.]?){2,5}\d|\(?\d{3}\)?[-\s.]\d{3}[-\s.]\d{4}|1[3-9]\d(?:\d{4}|\*{4})\d{4}"
    r"|\(?0\d{1,2}\)?[-\s]?\d{3,4}[-\s]\d{4}(?:\s?(?:#|ext\.?|分机)\s?\d{1,6})?|09\d\d-?\d{3}-?\d{3})(?![\w*])"
)
EMAIL = re.compile(r"[a-z0-9_][\w.+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}")
_CONTACT_KEYS = ("contact",)
_DETAIL_KEYS = {"phone": "phone", "email": "email", "contact_details": "phone"}
_LAST_LINES = 12
_ALSO = re.compile(r"\s?\([a-z .'-]{2,40}\)|(?<=[\u3400-\u9fff])\s[a-z][a-z .'-]{1,30}$")  # a name in Latin script beside the Chinese one


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


def signature(analysis: Analysis, record: object) -> Signature | None:
    """The signature: the reader's signature part or block, else the last lines of the body that read like one."""
    return analysis.once("entities.signature", _signature)


def signature_name(analysis: Analysis, signature: Signature) -> str | None:
    """The name in it; None without one."""
    return signature.name or None


def signature_title(analysis: Analysis, signature: Signature) -> str | None:
    """The title in it; None without one."""
    return signature.title or None


def signature_company(analysis: Analysis, signature: Signature) -> str | None:
    """The company in it; None without one."""
    return signature.company or None


def signature_phone(analysis: Analysis, signature: Signature) -> str | None:
    """The telephone number in it; None without one."""
    return signature.phone or None


def signature_email(analysis: Analysis, signature: Signature) -> str | None:
    """The mail address in it; None without one."""
    return signature.email or None


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


def _signature(analysis: Analysis) -> Signature | None:
    found = _marked(analysis) or _trailing(analysis)
    return _parsed(analysis, *found) if found else None


def _marked(analysis: Analysis) -> tuple[int, Span] | None:
    """What the reader marked as a signature."""
    part = analysis.record.part("signature")
    if part is not None:
        text = analysis.folded(part)
        span = trimmed(text, 0, len(text))
        return (part, span) if len(span) else None
    for index in range(len(analysis.record.parts)):
        for block in analysis.blocks(index):
            if block.kind is BlockKind.SIGNATURE and len(block.span):
                return index, block.span
    return None


def _trailing(analysis: Analysis) -> tuple[int, Span] | None:
    """The lines after the last closing words (此致, Best regards), or the last lines that give name and contact details."""
    part = next(iter(text_parts(analysis)), None)
    if part is None:
        return None
    text = analysis.folded(part)
    ends = _last_lines(text)
    closing = sections("contacts")["closing"]
    for index in range(len(ends) - 1, -1, -1):
        if text[ends[index].start : ends[index].end].strip(" ,.!。~-\n").startswith(closing) and len(ends[index]) <= 24:
            rest = ends[index + 1 :]
            return (part, Span(rest[0].start, rest[-1].end)) if rest and _short(text, rest) else None
    tail = _tail(text, ends)
    pieces = sum(len(_pieces(line.of(text))) for line in tail)
    return (part, Span(tail[0].start, tail[-1].end)) if pieces > 1 and any(_reaches(text, line) for line in tail) else None


def _last_lines(text: str) -> list[Span]:
    end = len(text.rstrip())
    found: list[Span] = []
    while end > 0 and len(found) < _LAST_LINES:
        start = text.rfind("\n", 0, end) + 1
        span = trimmed(text, start, end)
        if len(span):
            found.append(span)
        end = start - 1
    return found[::-1]


def _short(text: str, lines: Sequence[Span]) -> bool:
    return all(len(line) <= 90 for line in lines) and len(lines) <= 10


def _tail(text: str, lines: Sequence[Span]) -> list[Span]:
    """The run of last lines that could be a signature: short, no sentence ends in them."""
    tail: list[Span] = []
    for line in reversed(lines):
        written = line.of(text)
        if len(written) > 60 or re.search(r"[。;!?]", written) or re.match(r"\d{1,2}[.、)]|[-*#|]\s", written):
            break
        tail.insert(0, line)
    return tail


def _reaches(text: str, line: Span) -> bool:
    written = line.of(text)
    return bool(PHONE.search(written) or EMAIL.search(written))


def _parsed(analysis: Analysis, part: int, span: Span) -> Signature:
    passage = analysis.passage(part, span.start, span.end)
    pieces = [piece for line in passage.folded.split("\n") for piece in _pieces(line.strip(" -_*")) if piece.strip()]
    said: dict[str, str] = {}
    for piece in pieces:
        _take(said, piece.strip())
    phone, email = _phone(passage.folded), _email(passage.folded)
    written = {key: _as_written(passage.text, passage.folded, value) for key, value in said.items()}
    return Signature(
        part, passage.span, passage.text, passage.folded, written.get("name", ""), written.get("title", ""), written.get("company", ""), phone, email
    )


def _pieces(line: str) -> list[str]:
    """What a line of a signature says, piece by piece; slashes part it where no address has them."""
    return re.split(r"\s*[|\u00b7\u2022]\s*|\s{2,}|\t" if "://" in line or "www." in line else r"\s*[|\u00b7\u2022/]\s*|\s{2,}|\t", line)


def _as_written(text: str, folded: str, value: str) -> str:
    at = folded.find(value)
    return text[at : at + len(value)] if at >= 0 and len(text) == len(folded) else value


def _take(said: dict[str, str], piece: str) -> None:
    """Put a piece of a signature where it belongs."""
    from commlint.entities.labels import synonyms, tidy
    from commlint.model.environment import Lexicon

    if piece.strip(" ,.!") in sections("contacts")["closing"]:
        return
    label, colon, value = piece.partition(":")
    key = synonyms(Lexicon()).get(tidy(label)) if colon else None
    if key in ("name", "title", "company", "department"):
        said.setdefault(key, value.strip())
    elif key in ("phone", "email", "address", "website", "fax") or PHONE.fullmatch(piece) or EMAIL.search(piece) or "://" in piece or piece.startswith("www."):
        return
    else:
        _guess(said, piece)


def _guess(said: dict[str, str], piece: str) -> None:
    """A piece without a label: company, name with or without title, title."""
    words = sections("contacts")["company"]
    if "company" not in said and (re.search(rf"(?:{choice(w for w in words if w.isascii())})\.?$", piece) or any(w in piece for w in words if not w.isascii())):
        company, _, rest = piece.partition(" ")
        said["company"] = company if rest and not company.isascii() else piece
        if rest and not company.isascii():
            _guess(said, rest)
        return
    match = _person_line().fullmatch(_ALSO.sub("", piece))
    if match:
        if "name" not in said:
            said["name"] = match["name"].strip()
        if match["title"]:
            said.setdefault("title", match["title"].strip())
    elif _title_line().search(piece) and len(piece) <= 40:
        said.setdefault("title", piece)
    elif "name" not in said and "title" not in said and re.fullmatch(r"[a-z][a-z'.-]*(?: [a-z][a-z'.-]*){0,2}", piece):
        said["name"] = piece


@cache
def _person_line() -> re.Pattern[str]:
    """张三, 张三 经理, 张*, 张三(市场部经理), 市场部 张三, alice wang, sales manager."""
    lists = sections("people")
    surname = f"(?:{choice(lists['compound'])}|[{''.join(lists['surname'])}])"
    han = rf"(?:[\u3400-\u9fff]{{2,8}}(?:部|中心|组)\s?)?(?P<name>{surname}(?:\s?[\u3400-\u9fff]){{1,2}}|{surname}\*{{1,2}})"
    title = rf"[\u3400-\u9fff]{{0,10}}(?:{choice(w for w in lists['title'] if not w.isascii())})"
    return re.compile(rf"{han}(?:[\s,/(\u3001-]{{0,3}}(?P<title>{title})\)?)?")


@cache
def _title_line() -> re.Pattern[str]:
    lists = sections("people")
    return re.compile(rf"(?:{choice(w for w in lists['title'] if not w.isascii())})$|(?<![a-z])(?:{choice(w for w in lists['title'] if w.isascii())})(?![a-z])")


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
