"""Contact points: who is named as contact and how to reach them; announced changes of contact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

from commlint.entities import people
from commlint.entities.analysis import inside
from commlint.entities.departments import choice
from commlint.entities.fields import fields, may_label
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

_CONTACT_KEYS = frozenset(("contact",))
_DETAIL_KEYS = frozenset(("phone", "email", "contact_details"))
_INNER = frozenset(("分机", "分机号", "内线", "短号", "ext", "ext.", "extension"))


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


def extension_of(analysis: Analysis, contact: Contact) -> str | None:
    """The extension of the telephone; None without one."""
    return contact.extension or None


def contact_change(analysis: Analysis, record: object) -> ContactChange | None:
    """An announcement that another person takes over as contact; None when there is none."""
    return analysis.once("entities.contact_change", _contact_change)


def change_person(analysis: Analysis, change: ContactChange) -> Person | None:
    """Who takes over."""
    return change.person


def change_former(analysis: Analysis, change: ContactChange) -> Person | None:
    """Who was the contact before; None when it is not said."""
    return change.former


def change_effective(analysis: Analysis, change: ContactChange) -> datetime | Unknown:
    """From when."""
    return change.effective if change.effective is not None else Unknown("no-effective-date")


def _labelled(analysis: Analysis) -> Iterable[Contact]:
    found = fields(analysis, analysis.record) if may_label(analysis, _CONTACT_KEYS) else ()
    for index, field in enumerate(found):
        if field.key in _CONTACT_KEYS and not field.blank:
            details = _details(analysis, field, found[index + 1 : index + 4])
            yield Contact(field.part, field.span, field.text, field.folded, field.label.text, people.in_field(analysis, field), *details)


def _details(analysis: Analysis, field: LabelledField, following: Sequence[LabelledField]) -> tuple[str, str, str]:
    """Telephone, mail and extension from the value, else from fields right behind it."""
    phone, email, extension = _phone(field.value.folded), _email(field.value.folded), _extension(field.value.folded)
    text, end = analysis.folded(field.part), field.span.end
    for other in following:
        inner = other.label.folded.strip(" *") in _INNER
        if other.part != field.part or (other.key not in _DETAIL_KEYS and not inner) or other.item != field.item or not _close(text, end, other.span.start):
            break
        end = other.span.end
        phone, email = phone or _phone(other.value.folded), email or _email(other.value.folded)
        extension = extension or (other.value.folded.strip() if inner else _extension(other.folded))
    return phone, email, extension


def _close(text: str, end: int, start: int) -> bool:
    """Whether one field follows the other on its line or the next."""
    return start - end <= 12 and text.count("\n", end, max(start, end)) <= 1


def _phone(text: str) -> str:
    match = PHONE.search(text)
    return _TAILED.split(match[0])[0] if match else ""


_TAILED = re.compile(r"\s?,\s?|\s?(?:分机|ext)")
_EXTENSION = re.compile(r"(?:分机号?|内线|短号|转(?=\s?\d)|(?<![a-z])ext(?:ension)?\.?|(?<=\d)[#x])\s?[:.]?\s?(?P<number>\d{2,6})(?!\d)")


def _extension(text: str) -> str:
    match = _EXTENSION.search(text)
    return match["number"] if match else ""


def _email(text: str) -> str:
    match = EMAIL.search(text)
    return match[0].rstrip(".") if match else ""


@cache
def _telling() -> re.Pattern[str]:
    """对接人为张三, 唯一对接人张三, the contact is Alice."""
    label = choice(sections("contacts")["label"])
    return re.compile(rf"(?P<label>{label})(?:\s?(?:为|是|由|改为|变更为|调整为|更换为|换成|变为|暂由|定为|确定为)\s?|\s(?:is|are|will be)\s|\s?(?=[\u3400-\u9fff]{{2,4}}[(,。;\s]))")


_WHOSE = r"[^\x00-\xff]{0,8}?(?:唯一|指定|固定|主要|日常)?(?:的)?"
_YOUR = r" (?:is|will be|as) (?:your |our |the )?(?:new |main |primary |single )?"


@cache
def _named_as() -> re.Pattern[str]:
    """张三为本项目对接人, 由张三担任接口人, Alice will be your contact: what stands between a person and the label."""
    label = choice(sections("contacts")["label"])
    return re.compile(rf"(?:\s?(?:将|会|仍|继续|暂时)?(?:为|是|作为|担任|任|当|做|兼任|出任){_WHOSE}|,?{_YOUR})(?P<label>{label})")


@cache
def _called() -> re.Pattern[str]:
    """What is in every text in which _named_as finds something."""
    return re.compile(rf"(?:[为是任当做]{_WHOSE}|{_YOUR})(?:{choice(sections('contacts')['label'])})")


# 有问题找李四, 请联系王强, contact Bob: a contact where a number, an extension or an address follows.
_REACHED = re.compile(r"(?:联系|联络|找|咨询|致电|请与|可与|contact|reach out to|call|reach)\s?(?:[^\x00-\xff]{0,6}(?:部|处|科|组|中心))?\s?$")
_REACHED_BY = re.compile(  # and a look before that: a name and some words, then a number or an address
    r"(?:联系|联络|找|咨询|致电|[请可]与|contact|reach|call)(?:[^\u3002()]{0,60}?|[^\u3002()]{0,40}\([^()]{0,80}?)(?:\d\d|@)"
)


def _told(analysis: Analysis) -> Iterable[Contact]:
    """Contacts that a sentence names, without a colon."""
    for part in text_parts(analysis):
        text = analysis.folded(part)
        if _may_name(text):
            yield from _told_in(analysis, part, text)


def _may_name(text: str) -> bool:
    """Whether one of the ways to name a contact begins in a text: most mails only say 联系, and need nobody recognised for that."""
    if not _says("cue", text):
        return False
    return _telling().search(text) is not None or _called().search(text) is not None or _REACHED_BY.search(text) is not None


def _told_in(analysis: Analysis, part: int, text: str) -> Iterable[Contact]:
    persons = [each for each in people.persons(analysis, analysis.record) if each.part == part]
    for match in _telling().finditer(text):
        named = _adjacent(text, match.end(), inside(persons, analysis.passage(part, match.end(), min(len(text), match.end() + 80))))
        if named:
            yield _contact(analysis, part, match.start(), named, label=match["label"])
    for person in persons[:_MOST]:
        as_ = _named_as().match(text, person.span.end)
        if as_ is not None:
            yield _contact(analysis, part, person.span.start, [person], label=as_["label"], end=as_.end())
        elif (lead := _REACHED.search(text, max(0, person.span.start - 16), person.span.start)) is not None:
            found = _contact(analysis, part, person.span.start, [person], label=lead[0].strip())
            if found.phone or found.email or found.extension:
                yield found


_MOST = 300


def _contact(analysis: Analysis, part: int, start: int, named: Sequence[Person], *, label: str, end: int = 0) -> Contact:
    """A contact with the details that stand behind its last person."""
    text = analysis.folded(part)
    end = _end_of_details(text, max(end, named[-1].span.end))
    whole = analysis.passage(part, start, end)
    email = next((person.address for person in named if person.address), "")
    return Contact(part, whole.span, whole.text, whole.folded, label, tuple(named), _phone(whole.folded), _email(whole.folded) or email, _extension(whole.folded))


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
    close = _TAIL.match(text, at)
    return close.end() if close else at


# (13800138000, a@b.cn) or , 电话 13800138000, 分机 8021
_TAIL = re.compile(
    r"\s?\([^()\n]{1,80}\)"
    r"|(?:(?:联系|联络|沟通|对接)?\s?[,;、]?\s?(?:的)?(?:联系)?(?:电话|手机号?|座机|分机号?|内线|短号|邮箱|邮件|电邮|tel|phone|mobile|ext\.?|email|e-mail|at|on|via)?\s?(?:号码)?\s?(?:为|是)?\s?[:.]?\s?(?:\+?[\d(][\d() *#x-]{2,20}(?:转\s?\d{1,6})?|[\w.+-]{1,40}@[\w.-]{3,60})){1,3}"
)


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
    if not any(_may_tell(analysis.folded(part)) for part in text_parts(analysis)):
        return None
    found = sentences(analysis, analysis.record)
    begins = _any_of("changed", "leaving").search
    for index, sentence in enumerate(found):
        near = found[index : index + 2]
        if begins(sentence.folded) and (change := _change(analysis, sentence, near)) is not None:
            return change
    return None


@cache
def _any_of(*named: str) -> re.Pattern[str]:
    return re.compile(choice(word for section in named for word in sections("contacts")[section]))


def _says(section: str, text: str) -> bool:
    """Whether a word of the section is in the text."""
    return _any_of(section).search(text) is not None


def _may_tell(text: str) -> bool:
    named = _says("contactness", text)
    return (named and _says("changed", text)) or (_says("leaving", text) and (named or _says("turning", text)))


def _change(analysis: Analysis, sentence: Sentence, near: Sequence[Sentence]) -> ContactChange | None:
    """What a sentence, and the one behind it, announce; None when it is no change of contact."""
    text = sentence.folded
    sure = _says("changed", text) and _says("contactness", text)
    if not sure and not (_says("leaving", text) and any(_says("contactness", each.folded) or _says("turning", each.folded) for each in near)):
        return None
    former = next((p for s in near for p in [_predecessor(analysis, s)] if p), None)
    person = next((p for s in near for p in [_newcomer(analysis, s, former, guess=sure)] if p), None)
    if person is None and not sure:
        return None
    effective = next((moment for s in near for moment in [_effective(analysis, s)] if moment), None)
    return ContactChange(sentence.part, sentence.span, sentence.text, sentence.folded, person, effective, former)


_TAKES = re.compile(
    r"\s?(?:\([^()]*\))?\s?(?:将|会|已|同事|来|正式|全面|继续|暂时|全权){0,2}(?:接替|接手|接任|接管|接棒|担任|负责|对接|跟进|顶替|为您|与您|与贵|和您|作为|继任|服务)"
    r"|,? (?:will|is|has) (?:be )?(?:your|the new|take|taking|taken|replac|handl|look)|,? (?:takes|took|taking) over|,? as your|,? your new"
)
_TO_NEW = re.compile(
    r"(?:变更为|更换为|调整为|变为|改为|改成|换成|换为|改由|转由|交由|交给|交接给|接给|移交给|移交至|转给|转交给|转为|新任?(?:的)?(?:对接人|联系人|接口人|负责人|客户经理|项目经理)(?:为|是|:)?|接替人为|接手人为|继任者?(?:为|是)|(?<!原)(?<!现)由|(?:今后|以后|后续|之后|接下来|往后|起)(?:请|可|都|均|您|统一)?(?:联系|找|与|和|跟|由)"
    r"|(?:改|请|直接|可)(?:联系|找)|(?:^|[^a-z])to|contact (?:person )?(?:is|will be)|manager (?:is|will be)|please contact|over to|replaced by|succeeded by|by)\s?(?:[\u3400-\u9fff]{0,8}(?:部|处|科|组|中心)|同事|我司|我部)?\s?(?:的)?\s?$"
)
_FROM_OLD = re.compile(r"(?:原(?:任)?(?:对接人|联系人|接口人|负责人|客户经理|项目经理)?(?:为|是|:)?|此前由|之前由|原由|原先由|接替|代替|顶替|替换|替代|将|把|instead of|replac(?:es|e|ing)|take(?:s)? over from|taking over from|took over from|over from|(?:^|[^a-z])from|successor (?:of|to))\s?(?:[\u3400-\u9fff]{0,8}(?:部|处|科|组|中心)|同事)?\s?$")
_GOES = re.compile(
    r"\s?(?:\([^()]*\))?\s?(?:同事)?(?:因[^,。;]{1,12}[,]?)?(?:已|将|即将|近期|自?[\d月日年/.-]{2,12}起?)?(?:变更|更换|更改|调整|改为|改成|改由|换成|换为|变为|转为|离职|调岗|调任|调离|转岗|调往|休假|休产假|休长假|退休|不再|交接给|移交给|转交给|卸任)"
    r"|,? (?:has left|is leaving|will leave|left the|is retiring|is moving|will be leaving|has moved|has been replaced|will no longer|no longer|hands over|handed over|is handing)| to [a-z]"
)


def _predecessor(analysis: Analysis, sentence: Sentence) -> Person | None:
    """Who was the contact: behind 由 before 变更为, behind 接替, before 离职, behind instead of."""
    text = analysis.folded(sentence.part)
    for person in inside(people.persons(analysis, analysis.record), sentence):
        ahead = text[max(sentence.span.start, person.span.start - 20) : person.span.start]
        if _FROM_OLD.search(ahead) or _GOES.match(text, person.span.end):
            return person
    return None


def _newcomer(analysis: Analysis, sentence: Sentence, former: Person | None, *, guess: bool) -> Person | None:
    """Who takes over: behind 变更为, 改由 or before 接替, 接手; with `guess` else the last person named."""
    text = analysis.folded(sentence.part)
    old = former.name if former is not None else None
    named = [each for each in inside(people.persons(analysis, analysis.record), sentence) if each is not former and (not old or each.name != old)]
    for person in named:
        ahead = text[max(sentence.span.start, person.span.start - 20) : person.span.start]
        if _TAKES.match(text, person.span.end) or (_TO_NEW.search(ahead) and not re.match(r"\s?(?:变更|更换|调整|改|换)", text[person.span.end : person.span.end + 4])):
            return person
    return named[-1] if named and guess else None


def _effective(analysis: Analysis, sentence: Sentence) -> datetime | None:
    moments = (time.start or time.due for time in times_in(analysis, sentence) if time.kind is not TimeKind.RECURRENCE)
    return next((moment for moment in moments if moment), None)
