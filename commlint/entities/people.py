"""Person references: full names, surname and title, masked forms, department and title, mentions, addresses.

Forms are those of norms.toml [meta].person. Chinese names are judged by `chinese`, names in Latin script by `latin`; labels that
ask for persons, the roster and the heads of a mail add what they know, and a name once known is found all over the record.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache

from commlint.entities import introduced
from commlint.entities.analysis import inside
from commlint.entities.chinese import Name, names, title_at
from commlint.entities.departments import choice, department_name, departments, houses, is_department, runs, tokens
from commlint.entities.fields import fields
from commlint.entities.roster import meant
from commlint.entities.structure import own_parts
from commlint.entities.surnames import HAN, full_name, given_score, is_word, name_tables, surnames, titles
from commlint.entities.wordlists import sections, tables
from commlint.model.environment import Roster, RosterPerson
from commlint.model.protocols import Analysis
from commlint.model.span import Span
from commlint.model.values import LabelledField, Person, Unknown
from commlint.text.fold import fold_string

__all__ = [
    "address_of", "ambiguous_of", "candidates", "candidates_of", "department_name", "department_of", "departments", "form_of", "in_field", "name_of", "persons", "title_of",
]

KEYS = frozenset((
    "owner", "lead", "temporary_lead", "contact", "contact_details", "host", "recorder", "tracker", "attendees", "absentees", "initiator", "decider",
    "name", "requester", "provider", "supporter",
))
_ADDRESS = re.compile(r"(?<![\w.+-])(?P<address>[a-z0-9_][\w.+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6})")
_DISPLAY = re.compile(r"(?P<name>[\u3400-\u9fffa-z][\u3400-\u9fffa-z.\u00b7' ]{0,30}?)[\"']?\s?[<(]\s?$")
_BETWEEN = re.compile(r"[\"'\u201d]?\s{0,2}[<(\u2039,;:/|\u3001\s]{0,3}(?:(?:e-?mail|mail|邮箱|邮件|电邮|电子邮[箱件]|电话|手机|tel|phone)?\s?[:.]?\s?(?:[\d+() *-]{0,20})[,;/|\u3001\s]{0,3}){1,2}(?:(?:e-?mail|mail|邮箱|邮件|电邮|电子邮[箱件])\s?[:.]?\s?)?[<(]?\s?")
_LATIN_NAME = re.compile(r"[a-z\u00df-\u017f][a-z\u00df-\u017f'.-]{0,20}(?: [a-z\u00df-\u017f][a-z\u00df-\u017f'.-]{0,20}){0,3}")
_LIST_MARK = re.compile(r"^(?:\d{1,3}[.、)]|[-*\u2022\u00b7])\s*(?=\S)")
_NO_TOKEN = frozenset(("n/a", "tbd", "tba", "none", "to", "and", "x", "all", "team", "others", "tbc", "na", "etc", "pending"))
_SEEN = 200  # names of other records are not looked for beyond so many


def persons(analysis: Analysis, record: object) -> tuple[Person, ...]:
    """The person references of the record's own parts, in order, never overlapping."""
    return analysis.once("entities.persons", _persons)


def name_of(analysis: Analysis, person: Person) -> str:
    """The name as written, mask included."""
    return person.name


def title_of(analysis: Analysis, person: Person) -> str | Unknown:
    """The title; by the roster where the record does not say, unknown where those who can be meant differ."""
    return person.title or _from_roster(analysis, person, "title")


def department_of(analysis: Analysis, person: Person) -> str | Unknown:
    """The department; by the roster where the record does not say, unknown where those who can be meant differ."""
    return person.department or _from_roster(analysis, person, "department")


def form_of(analysis: Analysis, person: Person) -> str:
    """How the reference is written."""
    return person.form


def address_of(analysis: Analysis, person: Person) -> str | Unknown | None:
    """The mail address, written with the name or by the roster; None where neither has one."""
    return person.address or _from_roster(analysis, person, "address") or None


def candidates(analysis: Analysis, person: Person) -> tuple[RosterPerson, ...]:
    """The people of the roster that a reference can mean; more than one where it is ambiguous."""
    return meant(analysis.environment.roster, person)


def candidates_of(analysis: Analysis, person: Person) -> tuple[str, ...] | Unknown:
    """The names of everybody of the roster who can be meant; unknown without a roster."""
    if not analysis.environment.roster.known:
        return Unknown("no-roster", person.text)
    return tuple(each.name for each in candidates(analysis, person))


def ambiguous_of(analysis: Analysis, person: Person) -> bool | Unknown:
    """Whether several people of the roster can be meant; unknown without a roster."""
    if not analysis.environment.roster.known:
        return Unknown("no-roster", person.text)
    return len(candidates(analysis, person)) > 1


def in_field(analysis: Analysis, field: LabelledField) -> tuple[Person, ...]:
    """The persons that stand in the value of a field."""
    return tuple(inside(persons(analysis, analysis.record), field.value))


def _from_roster(analysis: Analysis, person: Person, attribute: str) -> str | Unknown:
    found = candidates(analysis, person)
    values = {each.addresses[0] if each.addresses else "" for each in found} if attribute == "address" else {str(getattr(each, attribute)) for each in found}
    if len(values) > 1:
        return Unknown("ambiguous-person", person.text)
    return values.pop() if values else ""


def _persons(analysis: Analysis) -> tuple[Person, ...]:
    parts = own_parts(analysis)
    known = _headed(analysis)
    expected = {part: _expected(analysis, part) for part in parts}
    known |= {name.name for found in expected.values() for name in found if name.form == "full"}
    written = {part: [*expected[part], *_written(analysis, part, known)] for part in parts}
    known |= {name.name for found in written.values() for name in found if name.form == "full"}
    return tuple(person for part in parts for person in _settled(analysis, part, written[part], known))


def _headed(analysis: Analysis) -> set[str]:
    """The names of the sender and the recipients, folded."""
    record = analysis.record
    parties = [*((record.sender,) if record.sender else ()), *record.to, *record.cc][:_SEEN]
    return {name for party in parties if (name := fold_string(party.name.strip(" \"'"))) and 1 < len(name) < 30 and "@" not in name and not is_department(name, analysis.environment.roster)}


def _settled(analysis: Analysis, part: int, written: list[Name], known: Collection[str]) -> Iterable[Person]:
    """The references of a part that do not overlap: of two the one that begins first, then the longer."""
    text = analysis.folded(part)
    first: dict[int, Name] = {}
    for each in written:
        other = first.get(each.start)
        if other is None or each.end > other.end or (each.end == other.end and _rank(each) < _rank(other)):
            first[each.start] = each
    for start, end, name in introduced.again(text, known):
        other = first.get(start)
        if other is not None and (other.end > end or (other.end == end and other.score >= 0.0)):
            continue
        if not name.isascii() or _capital(analysis, part, start):
            each = Name(start, end, "full", name)
            first[start] = each if other is None or _rank(each) < _rank(other) else other
    end, chosen = 0, []
    for start in sorted(first):
        if start >= end and first[start].end > start:
            chosen.append(first[start])
            end = first[start].end
    addressed = {match.start(): match for match in _ADDRESS.finditer(text)} if "@" in text else {}
    return _with_addresses(analysis, part, chosen, addressed) if addressed else _made(analysis, part, [(each, "") for each in chosen])


def _rank(name: Name) -> tuple[int, bool, bool, float]:
    """Of references that begin at one place the one that sorts first is meant."""
    return -name.end, not name.department, not name.title, -name.score


def _capital(analysis: Analysis, part: int, start: int) -> bool:
    """Whether a known name in Latin script has its capital: grace is none."""
    return analysis.passage(part, start, start + 1).text[:1].isupper()


def _with_addresses(analysis: Analysis, part: int, chosen: Sequence[Name], addressed: Mapping[int, re.Match[str]]) -> Iterable[Person]:
    """Each address goes to the name it stands behind; one without a name is a reference by itself."""
    text = analysis.folded(part)
    starts = list(addressed)
    outside = [each for each in chosen if not _in_address(each.start, starts, addressed)]
    ends = [each.end for each in outside] if len(outside) < 500 else []
    owner: dict[int, str] = {}
    alone: list[Name] = []
    for start, match in addressed.items():
        at = bisect_right(ends, start)
        last = ends[at - 1] if at else -1
        if last >= 0 and start - last < 60 and last not in owner and (_BETWEEN.fullmatch(text, last, start) or _in_cells(text[last:start])):
            owner[last] = match["address"].rstrip(".")
        else:
            alone.append(_by_display(text, match))
    return _made(analysis, part, [(each, owner.get(each.end, "")) for each in sorted((*outside, *alone), key=lambda name: name.start)])


def _in_cells(between: str) -> bool:
    """Whether cells of one line, and no other sentence, part a name from its address."""
    return "|" in between and "\n" not in between and not any(sign in between for sign in "\u3002;!?")


def _in_address(place: int, starts: Sequence[int], addressed: Mapping[int, re.Match[str]]) -> bool:
    """Whether `place` lies in one of the addresses, which start at `starts` in order."""
    at = bisect_right(starts, place) - 1
    return at >= 0 and place - starts[at] <= 64 and place < addressed[starts[at]].end()


def _by_display(text: str, match: re.Match[str]) -> Name:
    display = _DISPLAY.search(text, max(0, match.start() - 40), match.start())
    address = match["address"].rstrip(".")
    if display is None:
        return Name(match.start(), match.start() + len(address), "address", "", department=address)
    name = display["name"].strip()
    tail = re.search(rf"{surnames()}[{HAN}]{{1,2}}$", name)
    name = tail[0] if tail else name.rpartition(" ")[2] if not name.isascii() and " " in name else name
    start = display.start("name") + display["name"].rindex(name)
    return Name(start, start + len(name), "address", name, department=address)


def _made(analysis: Analysis, part: int, found: Sequence[tuple[Name, str]]) -> Iterable[Person]:
    """The references, with their addresses, as values."""
    if not found:
        return
    folded = analysis.folded(part)
    written = analysis.passage(part, 0, len(folded)).text
    for name, address in found:
        start, end = name.start, name.end
        text = written[start:end] if len(written) == len(folded) else analysis.passage(part, start, end).text
        as_folded = folded[start:end]
        said = name.name if name.name in text and name.form != "address" else _as_written(text, as_folded, name.name)
        if name.form == "address":
            yield Person(part, Span(start, end), text, as_folded, name.form, said, "", "", name.department)
        else:
            yield Person(part, Span(start, end), text, as_folded, name.form, said, name.title, name.department, address)


def _as_written(text: str, folded: str, name: str) -> str:
    at = folded.find(name) if name else -1
    return text[at : at + len(name)] if at >= 0 and len(text) == len(folded) else name


def _written(analysis: Analysis, part: int, known: Collection[str]) -> Iterable[Name]:
    """What running text shows to be a person."""
    text, roster = analysis.folded(part), analysis.environment.roster
    where = houses(analysis, part)
    if not text.isascii():
        for name in names(text, where, known):
            yield name if not text.startswith("@", name.start - 1) or not name.start else name._replace(form="mention")
        yield from _of_departments(text, where)
        if "*" in text:
            yield from _starred(text, where)
    if "@" in text:
        yield from _mentions(text, roster)
    if roster.people:
        yield from _rostered(text, roster)
    if any(len(run) > 1 for run in runs(analysis, part)):
        yield from _english(analysis, part)
    if analysis.record.parts[part].name == "subject":
        yield from _in_tokens(text, Span(0, len(text)), roster, bare_titles=False)


def _of_departments(text: str, where: Mapping[int, int]) -> Iterable[Name]:
    """A department with a title, and with a surname alone: 市场部经理*, 研发部(主管), 技术部李."""
    for end, start in where.items():
        at = end + (text[end : end + 1] == "的" or text[end : end + 1] == " ")
        sign = text[at : at + 1]
        if sign == "(" and (title := title_at(text, at + 1, short=False)) and text[at + 1 + len(title) : at + 2 + len(title)] == ")":
            yield Name(start, at + 2 + len(title), "department_title", "", title, text[start:end])
        elif title := title_at(text, at, short=False):
            stop = at + len(title)
            masked = text[stop : stop + 1] == "*" and text[stop + 1 : stop + 2] != "*"
            if text[stop : stop + 1] not in ("层", "级", "岗", "会") or masked:
                yield Name(start, stop + masked, "masked" if masked else "department_title", "", title, text[start:end])


def _starred(text: str, where: Mapping[int, int]) -> Iterable[Name]:
    """*经理, 市场部*经理, 销售专员*."""
    at = text.find("*")
    while at >= 0:
        alone = text[at - 1 : at] != "*" and text[at + 1 : at + 2] != "*" if at else text[1:2] != "*"
        title = title_at(text, at + 1) if alone else ""
        if title and (len(title) > 1 or not text[at + 2 : at + 3].isalpha()) and not text.startswith("*", at + 1 + len(title)):
            start = where.get(at, at)
            if start < at or text[at - 1 : at] not in name_tables().surname or not at:
                yield Name(start, at + 1 + len(title), "masked", "*", title, text[start:at])
        at = text.find("*", at + 1)


def _mentions(text: str, roster: Roster) -> Iterable[Name]:
    at = text.find("@")
    while at >= 0:
        if not (at and text[at - 1].isascii() and text[at - 1].isalnum()):
            yield from _mention(text, at, roster)
        at = text.find("@", at + 1)


_MENTION = re.compile(rf"\s?((?:[a-z][a-z'.-]{{0,20}}(?: [a-z][a-z'.-]{{1,20}})?)(?![\w{HAN}])|[\w{HAN}*.\u00b7-]{{1,24}})")


def _mention(text: str, at: int, roster: Roster) -> Iterable[Name]:
    match = _MENTION.match(text, at + 1)
    if not match or match[1].startswith(sections("people")["everybody"]) or is_department(match[1], roster):
        return
    word = match[1]
    if word.isascii() and " " in word and word.rpartition(" ")[2] not in tables("latin")["romanised"]:
        word = word.partition(" ")[0]
    name, title = _name_and_title(word)
    if not word.isascii() and text.startswith(_department_words(), match.start(1)):
        return
    yield Name(match.start(1), match.start(1) + len(name) + len(title), "mention", name, title, score=-1.0)


@cache
def _department_words() -> tuple[str, ...]:
    lists = sections("departments")
    return tuple(f"{stem}{suffix}" for stem in lists["short"] for suffix in ("部", "组", "中心", "处", "科"))


def _name_and_title(word: str) -> tuple[str, str]:
    """What of the word behind an @ is the name, and what the title."""
    shaped = _shaped_mention().match(word)
    if shaped:
        return shaped[1] + shaped[2], shaped[3]
    if len(word) > 3 and re.match(rf"[{HAN}]", word):
        end = _name_end(word, 0, len(word))
        return (word[:end] if end else word[:3]), ""
    return word, ""


@cache
def _shaped_mention() -> re.Pattern[str]:
    return re.compile(rf"({surnames()})([{HAN}]{{0,2}}?|\*{{1,2}})({titles()}|总(?!结)|工(?!作))")


@cache
def _name_then_words() -> re.Pattern[str]:
    return re.compile(rf"({surnames()}[{HAN}]{{1,2}}?)(?=请|{choice(sections('people')['behind-strong'])}|你|您|把|帮|麻烦|尽快|$)")


def _name_end(text: str, start: int, end: int) -> int:
    """Where a full name that starts at `start` ends when words follow it at once; 0 when it is none."""
    match = _name_then_words().match(text, start, end)
    return match.end(1) if match else 0


def _rostered(text: str, roster: Roster) -> Iterable[Name]:
    for match in _roster_names(roster).finditer(text):
        yield Name(match.start(), match.end(), "masked" if "*" in match[0] else "full", match[0], score=9.0)


@lru_cache(maxsize=16)
def _roster_names(roster: Roster) -> re.Pattern[str]:
    found = {fold_string(name) for person in roster.people for name in (person.name, *person.masked) if len(name) > 1}
    latin = [name for name in found if name.isascii()]
    parts = [choice(found.difference(latin))] if found.difference(latin) else []
    parts += [rf"(?<![a-z0-9])(?:{choice(latin)})(?![a-z0-9])"] if latin else []
    return re.compile("|".join(parts) or r"(?!)")


def _english(analysis: Analysis, part: int) -> Iterable[Name]:
    """Names in Latin script, which only the author's capitals tell."""
    from commlint.entities import latin

    written = analysis.passage(part, 0, len(analysis.folded(part))).text
    if len(written) != len(analysis.folded(part)):
        return
    subject = analysis.record.parts[part].name == "subject"
    text = analysis.folded(part)
    mixed = not text.isascii() and latin.may_be_mixed(runs(analysis, part))
    for name in (*latin.spoken(written), *(latin.mixed(written, text) if mixed else ()), *(latin.in_subject(written) if subject else ())):
        if not is_department(name.text, analysis.environment.roster):
            yield Name(name.span.start, name.span.end, "surname_title" if name.title else "full", name.text, name.title)


def _expected(analysis: Analysis, part: int) -> list[Name]:
    """Names under a label that asks for persons, and names that stand as labels in a list of work (张三:…)."""
    text = analysis.folded(part)
    found = [field for field in fields(analysis, analysis.record) if field.part == part]
    expected = [Name(span.start, span.end, "full", name) for span, name in introduced.in_lists(text, found)]
    for field in found:
        if (field.key in KEYS or field.key.endswith("人")) and not field.blank and len(field.value.span) <= 2000:
            expected += _in_tokens(text, field.value.span, analysis.environment.roster, bare_titles=True)
    return expected


def _in_tokens(text: str, within: Span, roster: Roster, *, bare_titles: bool) -> Iterable[Name]:
    """The tokens of a value that are persons as wholes; what departments stand before them they belong to."""
    house, before = "", within.start
    for start, end in _separated(text, within, subject=not bare_titles):
        if house and _PARTS.search(text, before, start):
            house = ""
        before = end
        word = text[start:end]
        if is_department(word, roster):
            house = word if not start or text[start - 1] != "(" else ""
        elif (made := _token(word, bare_titles)) is not None:
            yield Name(start + made.start, start + made.end, made.form, made.name, made.title, house)


_JOINS = frozenset("和及与")
_PARTS = re.compile(r"[,;\u3001\n]")
_SUBJECT_TOKEN = re.compile(r"[^\s\-_\u2014\u2013+/|()\u3010\u3011\[\],\u3001:]+")


def _separated(text: str, within: Span, *, subject: bool) -> Iterable[tuple[int, int]]:
    value, base = within.of(text), within.start
    for start, end in [match.span() for match in _SUBJECT_TOKEN.finditer(value)] if subject else _names_between(value):
        sign = value[start]
        mark = _LIST_MARK.match(value[start:end]) if sign in "-*\u2022\u00b7" or sign.isdecimal() else None
        yield base + start + (mark.end() if mark else 0), base + end


def _names_between(value: str) -> Sequence[tuple[int, int]]:
    """Tokens of a list; Latin words side by side are one name."""
    if value.isalpha() and not value.isascii() and _JOINS.isdisjoint(value):
        return ((0, len(value)),)
    joined: list[tuple[int, int]] = []
    for start, end in tokens(value):
        word = value[start:end]
        if word in ("and", "&"):
            continue
        if joined and word.isascii() and value[joined[-1][0] : joined[-1][1]].isascii() and value[joined[-1][1] : start] == " ":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


@lru_cache(maxsize=4096)
def _token(word: str, bare_titles: bool) -> Name | None:  # a cache's key
    """A whole token as a person, in its own coordinates: 张三, 张*, 主管, Alice Wang."""
    start, end = 0, len(word)
    lists = sections("people")
    leading, masked, title = _token_patterns()
    if bare_titles and title.fullmatch(word) and word not in lists["role"]:
        return Name(start, end, "title", "", word)
    if not word or word.startswith(lists["everybody"]):
        return None
    named = leading.match(word) if bare_titles else None
    if named and not is_word(named[1]):
        return Name(start, start + named.end(), "full", named[1])
    if full_name().fullmatch(word) and not word.endswith(("部", "组", "处", "科", "总", "工")) and (_hopeful(word) if bare_titles else not is_word(word) and _hopeful(word)):
        return Name(start, end, "full", word)
    if masked.fullmatch(word):
        return Name(start, end, "masked", word)
    if bare_titles and 2 <= len(word) <= 5 and _sounds_like_one(word):
        return Name(start, end, "full", word)
    if bare_titles and word in lists["title"]:
        return Name(start, end, "title", "", word)
    if bare_titles and _LATIN_NAME.fullmatch(word) and word not in _NO_TOKEN and not _is_stop(word):
        return Name(start, end, "full", word)
    return None


def _sounds_like_one(word: str) -> bool:
    """Whether a whole value without a known surname is a name all the same: 扎西, 娜仁花."""
    if word in name_tables().words or word[:2] in name_tables().words or word.endswith(("部", "组", "处", "方", "队", "司", "厂", "局", "院", "室", "科", "户", "商", "人", "员", "者", "中", "后", "前", "内")):
        return False
    scores = [given_score(sign) for sign in word]
    return all(score is not None and score >= -1 for score in scores) and sum(score or 0.0 for score in scores) >= len(word) - 1


def _is_stop(word: str) -> bool:
    from commlint.entities import latin

    return latin.no_name(word)


def _hopeful(word: str) -> bool:
    """Whether a token under a label can be a name: a word only if it could be one as well."""
    tables = name_tables()
    length = 2 if word[:2] in tables.compound else 1
    scores = [tables.given.get(sign, -4.0) for sign in word[length:]]
    if word in tables.words or (word[:2] in tables.words and length == 1):
        return bool(scores) and min(scores) >= 1.0 and word[0] not in tables.feeble
    if word[1:] in tables.titles.get(word[1:2], ()):
        return False
    return sum(scores) > -4.0 or word[0] not in tables.weak


@cache
def _token_patterns() -> tuple[re.Pattern[str], ...]:
    """A name with the verb of its task right behind; a masked name; a title."""
    surname = surnames()
    return (
        re.compile(rf"({surname}[{HAN}]{{1,2}}?)(?=(?:负责|牵头|主责|配合|同志))"),
        re.compile(rf"{surname}(?:\*{{1,2}}|某{{1,2}}|\u00d7{{1,2}}|x{{1,2}}|[\u25cb\u3007]{{1,2}})"),
        re.compile(titles()),
    )
