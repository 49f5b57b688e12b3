"""Person references: full names, surname and title, masked forms, department and title, mentions, addresses.

Forms are those of norms.toml [meta].person. A full name counts where something says that a person is meant: a label, a title, a
department before it, words such as 由…负责, a list with another name, or the roster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from attrs import frozen

from commlint.entities import introduced, latin
from commlint.entities.analysis import inside
from commlint.entities.departments import (
    choice,
    department_name,
    departments,
    first_letters,
    is_department,
    matches,
    pattern,
    tokens,
)
from commlint.entities.structure import own_parts
from commlint.entities.surnames import DAY, HAN, full_name, is_word, surnames, titles, words
from commlint.entities.wordlists import sections
from commlint.model.environment import Roster, RosterPerson
from commlint.model.protocols import Analysis
from commlint.model.span import Span
from commlint.model.values import LabelledField, Person

__all__ = ["candidates", "department_name", "department_of", "departments", "in_field", "name_of", "persons", "title_of"]

KEYS = frozenset((
    "owner", "lead", "temporary_lead", "contact", "contact_details", "host", "recorder", "tracker", "attendees", "absentees", "initiator", "decider",
    "name", "requester", "provider", "supporter",
))
_ADDRESS = re.compile(r"(?<![\w.+-])(?P<address>[a-z0-9_][\w.+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6})")
_DISPLAY = re.compile(r"(?P<name>[\u3400-\u9fffa-z][\u3400-\u9fffa-z.\u00b7' ]{0,30}?)[\"']?\s?[<(]\s?$")
_LATIN_NAME = re.compile(r"[a-z][a-z'.-]{0,20}(?: [a-z][a-z'.-]{0,20}){0,3}")
_PAREN = re.compile(r"\s?\(([^()\n]{1,20})\)")
_LIST_MARK = re.compile(r"^(?:\d{1,3}[.、)]|[-*\u2022\u00b7])\s*(?=\S)")


@frozen
class _Found:
    """A candidate before overlaps are settled."""

    span: Span
    form: str
    name: str = ""
    title: str = ""
    department: str = ""
    address: str = ""


def persons(analysis: Analysis, record: object) -> tuple[Person, ...]:
    """The person references of the record's own parts, in order, never overlapping."""
    return analysis.once("entities.persons", lambda _: tuple(person for part in own_parts(analysis) for person in _of_part(analysis, part)))


def name_of(analysis: Analysis, person: Person) -> str:
    """The name as written, mask included."""
    return person.name


def title_of(analysis: Analysis, person: Person) -> str:
    """The title; by the roster where the record does not say and one person is meant."""
    return person.title or _from_roster(analysis, person, "title")


def department_of(analysis: Analysis, person: Person) -> str:
    """The department; by the roster where the record does not say and one person is meant."""
    return person.department or _from_roster(analysis, person, "department")


def candidates(analysis: Analysis, person: Person) -> tuple[RosterPerson, ...]:
    """The people of the roster that a reference can mean; more than one where it is ambiguous."""
    return _meant(analysis.environment.roster, person.name, person.title, person.department, person.address)


def in_field(analysis: Analysis, field: LabelledField) -> tuple[Person, ...]:
    """The persons that stand in the value of a field."""
    return tuple(inside(persons(analysis, analysis.record), field.value))


def _from_roster(analysis: Analysis, person: Person, attribute: str) -> str:
    found = candidates(analysis, person)
    return str(getattr(found[0], attribute)) if len(found) == 1 else ""


@lru_cache(maxsize=1024)
def _meant(roster: Roster, name: str, title: str, department: str, address: str) -> tuple[RosterPerson, ...]:
    if address:
        return tuple(p for p in roster.people if address.lower() in map(str.lower, p.addresses))
    return tuple(p for p in roster.people if _fits(p, name, title, department))


def _fits(person: RosterPerson, name: str, title: str, department: str) -> bool:
    """Whether a roster entry can be meant: nothing that is said contradicts it, and something says it."""
    named = not name or name in (person.name, *person.masked) or name + title in person.masked or _masks(name, person.name)
    titled = not title or title in person.title or person.title in title or title in _SHORT or f"{name}{title}" in person.masked
    placed = not department or department in person.department or person.department in department
    return bool(name or title or department) and named and titled and placed


_SHORT = frozenset(("总", "工", "董", "先生", "女士", "老师"))


def _masks(mask: str, name: str) -> bool:
    """Whether a masked or partial name (张*, *, 张) can stand for `name`."""
    if "*" not in mask:
        return len(mask) < len(name) and name.startswith(mask) and mask in (name[:1], name[:2])
    head, _, tail = mask.partition("*")
    return name.startswith(head) and name.endswith(tail.strip("*"))


def _of_part(analysis: Analysis, part: int) -> Iterable[Person]:
    found = [*_written(analysis, part), *_expected(analysis, part)]
    names = {each.name for each in found if each.form == "full"}
    found += [_Found(span, "full", name) for span, name in introduced.again(analysis.folded(part), names)]
    end = 0
    for each in sorted(found, key=lambda f: (f.span.start, -f.span.end, f.form)):
        if each.span.start >= end and len(each.span):
            yield _person(analysis, part, each)
            end = each.span.end


def _person(analysis: Analysis, part: int, found: _Found) -> Person:
    passage = analysis.passage(part, found.span.start, found.span.end)
    name = _as_written(passage.text, passage.folded, found.name)
    return Person(part, found.span, passage.text, passage.folded, found.form, name, found.title, found.department, found.address)


def _as_written(text: str, folded: str, name: str) -> str:
    at = folded.find(name) if name else -1
    return text[at : at + len(name)] if at >= 0 and len(text) == len(folded) else name


def _written(analysis: Analysis, part: int) -> Iterable[_Found]:
    """What running text shows to be a person."""
    text = analysis.folded(part)
    yield from _addresses(text)
    yield from _mentions(text, analysis.environment.roster)
    yield from _all_shaped(text)
    yield from _cued(text)
    yield from _rostered(text, analysis.environment.roster)
    yield from _english(analysis, part)
    if analysis.record.parts[part].name == "subject":
        yield from _in_tokens(text, Span(0, len(text)), analysis.environment.roster, bare_titles=False)


def _addresses(text: str) -> Iterable[_Found]:
    if "@" not in text:
        return
    for match in _ADDRESS.finditer(text):
        display = _DISPLAY.search(text, max(0, match.start() - 40), match.start())
        start, end, name = match.start(), match.end(), ""
        if display:
            tail = re.search(rf"{surnames()}[{HAN}]{{1,2}}$", display["name"].strip())
            name = tail[0] if tail else display["name"].strip()
            start = display.start("name") + display["name"].rindex(name)
            end += text[end : end + 1] in (">", ")")
        yield _Found(Span(start, end), "address", name, address=match["address"].rstrip("."))


def _mentions(text: str, roster: Roster) -> Iterable[_Found]:
    at = text.find("@")
    while at >= 0:
        if not (at and text[at - 1].isascii() and text[at - 1].isalnum()):
            yield from _mention(text, at, roster)
        at = text.find("@", at + 1)


def _mention(text: str, at: int, roster: Roster) -> Iterable[_Found]:
    match = re.compile(r"\s?([\w\u3400-\u9fff*.\u00b7-]{1,24})").match(text, at + 1)
    if not match or match[1].startswith(sections("people")["everybody"]) or is_department(match[1], roster):
        return
    name, title = _name_and_title(match[1])
    yield _Found(Span(at, match.start(1) + len(name) + len(title)), "mention", name, title)


def _name_and_title(word: str) -> tuple[str, str]:
    """What of the word behind an @ is the name, and what the title."""
    shaped = re.compile(rf"({surnames()})([{HAN}]{{0,2}}?|\*{{1,2}})({titles()}|总|工)").match(word)
    if shaped:
        return shaped[1] + shaped[2], shaped[3]
    if re.match(rf"[{HAN}]", word) and len(word) > 3 and " " not in word:
        end = _name_end(word, 0, len(word))
        return (word[:end] if end else word[:3]), ""
    return word, ""


@cache
def _shapes() -> re.Pattern[str]:
    """Masked forms, names with titles, and departments with titles."""
    title, surname = titles(), surnames()
    department = f"(?:{pattern().pattern})"
    short = r"(?:总(?![结部体是之监经额数共计量价成和公工裁分局店站线的]|\d)|工(?![作程期人厂具资序地业单会艺时种伤商])|董(?!事))"
    return re.compile(
        rf"(?P<dept>{department})的?(?:\((?P<inside>{title})\)|\((?P<pname>{surname}[{HAN}]{{1,2}})\)|(?P<dmask>\*)(?P<dmtitle>{title})|(?P<dtitle>{title})(?:\*(?!\*))?|(?P<dname>{surname}(?:[{HAN}]{{1,2}}?|\*{{1,2}}|某)?)(?:(?P<dntitle>{title})|(?![{HAN}])))"
        rf"|(?P<masked>{surname}(?:\*{{1,2}}|某{{1,2}}))(?P<mtitle>{title}|{short})?"
        rf"|(?<!\*)\*(?P<star>{title})(?!\*)"
        rf"|(?P<named>{surname}[{HAN}]{{0,2}}?)(?P<ntitle>{title}|{short})"
    )


def _all_shaped(text: str) -> Iterable[_Found]:
    """What is shaped like a reference; where a first try is a word, the next character is tried (客户方|何总)."""
    at = 0
    while start := _shape_starts().search(text, at):
        match = _shapes().match(text, start.start())
        made = _shaped(text, match) if match else None
        if made:
            yield made
        at = made.span.end if made else start.start() + 1


@cache
def _shape_starts() -> re.Pattern[str]:
    firsts = first_letters(sections("departments")["stem"], sections("people")["surname"], sections("people")["compound"])
    return re.compile(rf"[{firsts}*]|(?<![{HAN}\w])[{HAN}a-z]")


def _shaped(text: str, match: re.Match[str]) -> _Found | None:
    said = match.groupdict()
    if said["dept"]:
        return _of_department(match, said)
    if said["masked"]:
        if match[0].endswith("**") and text.count("**", max(0, match.start() - 80), match.start()) % 2:
            return None  # the end of bold text, not a mask
        return _Found(Span(*match.span()), "masked", said["masked"] or "", said["mtitle"] or "")
    if said["star"]:
        return _Found(Span(*match.span()), "masked", "*", said["star"] or "")
    return _titled(text, match)


def _of_department(match: re.Match[str], said: dict[str, str | None]) -> _Found | None:
    department = said["dept"] or ""
    if department in sections("departments")["not"]:
        return None
    name, title = said["dname"] or said["pname"] or ("*" if said["dmask"] else ""), said["inside"] or said["dmtitle"] or said["dtitle"] or said["dntitle"] or ""
    if name not in ("", "*") and not said["dntitle"] and (is_word(name) or name in sections("people")["rare"]):
        return None
    masked = "*" in match[0] or "某" in name
    form = "masked" if masked else "full" if len(name) > 1 else "department_title"
    return _Found(Span(*match.span()), form, name, title, department)


def _titled(text: str, match: re.Match[str]) -> _Found | None:
    name, title = match["named"], match["ntitle"]
    if is_word(name) or not _free(text, match.start(), name):
        return None
    if len(name) == 1 and name + title[:1] in words():
        return None
    compound = name in sections("people")["compound"]
    return _Found(Span(*match.span()), "surname_title" if len(name) == 1 or compound else "full", name, title)


def _free(text: str, at: int, name: str) -> bool:
    """Whether a surname character is not the tail of another word."""
    before = text[at - 1 : at] if at else ""
    if name[0] not in sections("people")["rare"] or not before:
        return True
    return before in "由请让和与及给向是为部" or not "\u3400" <= before <= "\u9fff"


@cache
def _cue_pattern() -> re.Pattern[str]:
    """Names between words that call for one: 由张三负责, 联系李四, 、王五."""
    lists = sections("people")
    surname = surnames()
    lead, follow = choice(lists["lead"]), choice(lists["follow"])
    edge = rf"(?<![{HAN}a-z0-9])"
    return re.compile(
        rf"(?:(?:{lead}|部|组|中心)(?P<after>{surname}[{HAN}]{{1,2}}?)(?=$|[^{HAN}\w]|{follow}|和|与|及)"
        rf"|{edge}(?P<before>{surname}[{HAN}]{{1,2}}?)(?=[\s*]{{0,2}}(?:{follow})|\s?{DAY}|\((?:{pattern().pattern}|{titles()})))"
    )


@cache
def _cue_starts() -> re.Pattern[str]:
    lists = sections("people")
    return re.compile(rf"[{first_letters(lists['lead'])}部组中]|(?<![{HAN}a-z0-9])[{first_letters(lists['surname'], lists['compound'])}]")


def _cued(text: str) -> Iterable[_Found]:
    for match in matches(_cue_pattern(), _cue_starts(), text):
        group = "after" if match["after"] else "before"
        name = match[group]
        weak = name[0] in sections("people")["rare"] and not _sure(text, match, group)
        if not is_word(name) and not weak:
            yield _Found(Span(*match.span(group)), "full", name, department=_house(text, match.start(group)))
            yield from _before(text, match.start(group))
            yield from _neighbours(text, match.end(group))


def _sure(text: str, match: re.Match[str], group: str) -> bool:
    """A rare surname counts between two cues only (由方正负责), or right before a day (方正6月5日前)."""
    if group == "before" and re.match(DAY, text[match.end(group) :][:8]):
        return True
    head = text[match.start() : match.start(group)]
    return head in ("由", "改由", "交由", "联系", "联系人", "对接人") and match.end(group) - match.start(group) >= 2


def _house(text: str, at: int) -> str:
    """The department right before a name."""
    if text[at - 1 : at] not in _HOUSE_ENDS or not at:
        return ""
    match = _ending_house().search(text, max(0, at - 12), at)
    return match[0] if match and match[0] not in sections("departments")["not"] else ""


_HOUSE_ENDS = tuple("部组心处科室队门")


@cache
def _ending_house() -> re.Pattern[str]:
    return re.compile(f"(?:{pattern().pattern})$")


@cache
def _listed_before() -> re.Pattern[str]:
    return re.compile(rf"(?<![{HAN}])({surnames()}[{HAN}]{{1,2}})[\u3001和与及]\s?$")


def _before(text: str, at: int) -> Iterable[_Found]:
    """The names of a list that ends in the name at `at`."""
    for _ in range(50):
        match = _listed_before().search(text, max(0, at - 7), at)
        if not match or is_word(match[1]):
            return
        yield _Found(Span(*match.span(1)), "full", match[1])
        at = match.start(1)


@cache
def _listed_behind() -> re.Pattern[str]:
    return re.compile(rf"[\u3001,和与及]\s?({surnames()}[{HAN}]{{1,2}}?)(?=$|[^{HAN}\w]|[和与及]|{choice(sections('people')['follow'])})")


def _neighbours(text: str, at: int) -> Iterable[_Found]:
    """The names that a list goes on with."""
    for _ in range(50):
        match = _listed_behind().match(text, at)
        if not match or is_word(match[1]):
            return
        yield _Found(Span(*match.span(1)), "full", match[1])
        at = match.end()


def _rostered(text: str, roster: Roster) -> Iterable[_Found]:
    for match in _roster_names(roster).finditer(text):
        yield _Found(Span(*match.span()), "masked" if "*" in match[0] else "full", match[0])


@lru_cache(maxsize=16)
def _roster_names(roster: Roster) -> re.Pattern[str]:
    from commlint.text.fold import fold_string

    names = {fold_string(name) for person in roster.people for name in (person.name, *person.masked) if len(name) > 1}
    latin = [name for name in names if name.isascii()]
    parts = [choice(names.difference(latin))] if names.difference(latin) else []
    parts += [rf"(?<![a-z0-9])(?:{choice(latin)})(?![a-z0-9])"] if latin else []
    return re.compile("|".join(parts) or r"(?!)")


def _english(analysis: Analysis, part: int) -> Iterable[_Found]:
    """Names in Latin script, which only the author's capitals tell."""
    written = analysis.passage(part, 0, len(analysis.folded(part))).text
    if len(written) != len(analysis.folded(part)):
        return
    subject = analysis.record.parts[part].name == "subject"
    for name in (*latin.spoken(written), *(latin.in_subject(written) if subject else ())):
        if not is_department(name.text, analysis.environment.roster):
            yield _Found(name.span, "surname_title" if name.title else "full", name.text, name.title)


def _expected(analysis: Analysis, part: int) -> Iterable[_Found]:
    """Names under a label that asks for persons, and names that stand as labels in a list of work (张三:…)."""
    from commlint.entities.fields import fields

    text = analysis.folded(part)
    found = [field for field in fields(analysis, analysis.record) if field.part == part]
    yield from (_Found(span, "full", name) for span, name in introduced.in_lists(text, found))
    for field in found:
        if (field.key in KEYS or field.key.endswith("人")) and not field.blank and len(field.value.span) <= 2000:
            yield from _in_tokens(text, field.value.span, analysis.environment.roster, bare_titles=True)


def _in_tokens(text: str, within: Span, roster: Roster, *, bare_titles: bool) -> Iterable[_Found]:
    department, before = "", within.start
    for start, end in _separated(text, within, subject=not bare_titles):
        word = text[start:end]
        if re.search(r"[,;\u3001\n]", text[before:start]):
            department = ""
        before = end
        if is_department(word, roster):
            department = "" if text[start - 1 : start] == "(" and start else word
            continue
        found = _token(text, start, end, bare_titles=bare_titles)
        if found:
            yield found if found.department or not department else _Found(found.span, found.form, found.name, found.title, department, found.address)


def _separated(text: str, within: Span, *, subject: bool) -> Iterable[tuple[int, int]]:
    value = within.of(text)
    spans = ((m.start(), m.end()) for m in re.finditer(r"[^\s\-_\u2014\u2013+/|()\u3010\u3011\[\],\u3001:]+", value)) if subject else _names_between(value)
    for start, end in spans:
        mark = _LIST_MARK.match(value[start:end])
        yield within.start + start + (mark.end() if mark else 0), within.start + end


def _names_between(value: str) -> Sequence[tuple[int, int]]:
    """Tokens of a list; Latin words side by side are one name."""
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


def _token(text: str, start: int, end: int, *, bare_titles: bool) -> _Found | None:
    """A whole token as a person: 张三, 张*, 主管, Alice Wang."""
    word = text[start:end]
    lists = sections("people")
    leading, masked, title = _token_patterns()
    if bare_titles and title.fullmatch(word) and word not in lists["role"]:
        return _Found(Span(start, end), "title", title=word)
    if not word or word.startswith(lists["everybody"]) or is_word(word):
        return None
    if full_name().fullmatch(word) and not word.endswith(("部", "组", "处")):
        return _Found(Span(start, end), "full", word)
    named = leading.match(word) if bare_titles else None
    if named:
        return _Found(Span(start, start + named.end()), "full", named[1])
    if masked.fullmatch(word):
        return _Found(Span(start, end), "masked", word)
    if bare_titles and word in lists["title"]:
        return _Found(Span(start, end), "title", title=word)
    if bare_titles and _LATIN_NAME.fullmatch(word) and not latin.no_name(word) and word not in ("n/a", "tbd", "tba", "none", "to", "and", "x"):
        return _Found(Span(start, end), "full", word)
    return None


@cache
def _token_patterns() -> tuple[re.Pattern[str], ...]:
    """A name with the verb of its task right behind; a masked name; a title."""
    surname = surnames()
    return (
        re.compile(rf"({surname}[{HAN}]{{1,2}}?)(?=(?:负责|牵头|主责|配合|同志))"),
        re.compile(rf"{surname}(?:\*{{1,2}}|某{{1,2}})"),
        re.compile(titles()),
    )


@cache
def _name_then_words() -> re.Pattern[str]:
    return re.compile(rf"({surnames()}[{HAN}]{{1,2}}?)(?=请|{choice(sections('people')['follow'])}|你|您|把|帮|麻烦|尽快|$)")


def _name_end(text: str, start: int, end: int) -> int:
    """Where a full name that starts at `start` ends when words follow it at once; 0 when it is none."""
    match = _name_then_words().match(text, start, end)
    return match.end(1) if match else 0
