"""Departments named in a record: by suffix, by the roster, and in short form where a department is expected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from commlint.entities.structure import own_parts
from commlint.entities.wordlists import sections
from commlint.model.environment import Roster
from commlint.model.protocols import Analysis
from commlint.model.span import Span
from commlint.model.values import Department, LabelledField

KEYS = frozenset((
    "owner", "owner_department", "support_department", "attendees", "requester", "provider", "decider", "supporter", "department", "initiator", "contact",
    "occurred_in", "lead", "absentees",
))
_BETWEEN = re.compile(r"[\u3001,;/\s&+()|:]+|(?<=[\u3400-\u9fff])[和及与](?=[\u3400-\u9fff])")
_NOT_BEFORE = "联系|通知|抄送|安排|感谢|根据|按照|经过|参加|隶属|属于|来自|加入|转交|成立|组建|需要|要求|希望|反馈|提交|上报"
_NOT_INSIDE = "由与和及请让在向的给对从为是"
_NEVER_LAST = ("全部", "内部", "外部", "局部", "各部门", "本部门", "两部门", "干部")
_LIST_TAIL = r"(?=(?:等|各|两|三|四|五|六|\d)?(?:个)?(?:部门|方|团队|部))"
_MOST = 12
_SEGMENT = re.compile(r"(?<=[-/|\u2013\u2014_\u3010\u3011\[\]])\s*(?P<segment>[^-/|\u2013\u2014_\u3010\u3011\[\]\s][^-/|\u2013\u2014_\u3010\u3011\[\]]{0,30}?)\s*(?=[-/|\u2013\u2014_\u3010\u3011\[\]]|$)")
_NOT_FIRST = "与和及由请在向给对从到跟同各该本我你您贵全内外须应将把被让经按据凡每某其这那"


def departments(analysis: Analysis, record: object) -> tuple[Department, ...]:
    """The departments that the record's own parts name, in order."""
    return analysis.once("entities.departments", lambda _: tuple(_departments(analysis)))


def department_name(analysis: Analysis, department: Department) -> str:
    """The roster's name where known, else as written."""
    return department.name


@cache
def pattern() -> re.Pattern[str]:
    """A department: known stems before a suffix, or any word alone before a suffix that leaves no doubt."""
    lists = sections("departments")
    stems, suffixes = choice(lists["stem"]), choice(lists["suffix"])
    tail = r"(?![分署长队件位落首](?!公司))"
    known = rf"(?:(?:{stems}){{1,3}}(?:[一二三四五六七八九十\d](?!部门))?(?:{suffixes}){tail})"
    other = rf"(?:(?<![\u3400-\u9fff\w])(?![{_NOT_FIRST}]|{_NOT_BEFORE})(?:(?![{_NOT_INSIDE}])[\u3400-\u9fff]){{2,6}}?(?:{choice(lists['generic-suffix'])})(?![分署长队件位落首门](?!公司)))"
    english = rf"(?:(?<![a-z])(?:{choice(lists['english'])})\s(?:{choice(lists['english-suffix'])})(?![a-z]))"
    return re.compile(f"{known}|{other}|{english}")


def first_letters(*lists: Iterable[str]) -> str:
    """The first characters of all words, ready for a character class."""
    return "".join(re.escape(first) for first in sorted({word[0] for words in lists for word in words}))


def matches(pattern: re.Pattern[str], starts: re.Pattern[str], text: str) -> Iterable[re.Match[str]]:
    """As `finditer`, tried only where `starts` says that a match can start: ten times faster for long alternations."""
    at = 0
    while start := starts.search(text, at):
        match = pattern.match(text, start.start())
        if match and match.end() > start.start():
            yield match
            at = match.end()
        else:
            at = start.start() + 1


@cache
def _starts() -> re.Pattern[str]:
    firsts = first_letters(sections("departments")["stem"])
    return re.compile(rf"[{firsts}]|(?<![\u3400-\u9fff\w])[\u3400-\u9fffa-z]")


def choice(words: Iterable[str]) -> str:
    """An alternation of literals, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def is_department(folded: str, roster: Roster) -> bool:
    """Whether all of a folded string is a department, short forms and the roster's included."""
    name = folded.strip()
    if not name or name in sections("departments")["not"]:
        return False
    return name in _short() or name in _known(roster) or pattern().fullmatch(name) is not None


def _departments(analysis: Analysis) -> Iterable[Department]:
    spans = {(part, span) for part in own_parts(analysis) for span in _in_text(analysis, part)}
    spans |= {(each.part, span) for each in _expecting(analysis) for span in _in_value(analysis, each)}
    spans |= {(part, span) for part in own_parts(analysis) if analysis.record.parts[part].name == "subject" for span in _in_subject(analysis, part)}
    end = (-1, 0)
    for part, span in sorted(spans, key=lambda each: (each[0], each[1].start, -each[1].end)):
        if (part, span.start) >= end:
            yield make(analysis, part, span)
            end = (part, span.end)


def make(analysis: Analysis, part: int, span: Span) -> Department:
    """The stretch as a department."""
    passage = analysis.passage(part, span.start, span.end)
    name = _known(analysis.environment.roster).get(passage.folded, passage.text)
    return Department(part, span, passage.text, passage.folded, name)


def _in_text(analysis: Analysis, part: int) -> Iterable[Span]:
    text = analysis.folded(part)
    never = sections("departments")["not"]
    for match in matches(pattern(), _starts(), text):
        if match[0] not in never and not match[0].endswith(_NEVER_LAST):
            yield Span(*match.span())
    for match in _listed().finditer(text):
        for each in _shorts().finditer(text, match.start(), match.end()):
            yield Span(*each.span())
    for match in _roster_pattern(analysis.environment.roster).finditer(text):
        if match[0]:
            yield Span(*match.span())


def _expecting(analysis: Analysis) -> Iterable[LabelledField]:
    from commlint.entities.fields import fields

    return (field for field in fields(analysis, analysis.record) if field.key in KEYS and not field.blank)


def _in_subject(analysis: Analysis, part: int) -> Iterable[Span]:
    """Short forms that stand alone behind the matter: `付款申请-财务-李敏`, `Invoice - Finance - Li Min`."""
    text = analysis.folded(part)
    for match in _SEGMENT.finditer(text):
        if match.start("segment") and is_department(match["segment"], analysis.environment.roster):
            yield Span(*match.span("segment"))


def _in_value(analysis: Analysis, field: LabelledField) -> Iterable[Span]:
    """Short forms that stand alone between separators."""
    for start, end in tokens(field.value.folded):
        if is_department(field.value.folded[start:end], analysis.environment.roster):
            yield Span(field.value.span.start + start, field.value.span.start + end)


def tokens(folded: str) -> Iterable[tuple[int, int]]:
    """The stretches between separators of a list of names; at most a few hundred."""
    start = 0
    for count, match in enumerate(_BETWEEN.finditer(folded)):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
        if count > 300:
            return
    if start < len(folded):
        yield start, len(folded)


@cache
def _short() -> frozenset[str]:
    lists = sections("departments")
    return frozenset((*lists["short"], *lists["english"]))


@cache
def _shorts() -> re.Pattern[str]:
    return re.compile(choice(sections("departments")["short"]))


@cache
def _listed() -> re.Pattern[str]:
    """市场、产品、技术三部门: short forms in a list that says what they are."""
    short = choice(sections("departments")["short"])
    return re.compile(rf"(?:(?<![\u3400-\u9fffa-z])|(?<=[由与和及请向给]))(?:{short})(?:[\u3001,/和与及](?:{short})){{1,{_MOST}}}{_LIST_TAIL}")


@lru_cache(maxsize=16)
def _known(roster: Roster) -> dict[str, str]:
    """Folded spellings, short forms included, to the roster's names."""
    from commlint.text.fold import fold_string

    named = [*roster.departments, *(person.department for person in roster.people if person.department)]
    full = {fold_string(name): name for name in named}
    short = {folded.removesuffix("部"): name for folded, name in full.items() if len(folded) > 2}
    return {**{folded: name for folded, name in short.items() if folded in _short()}, **full}


@lru_cache(maxsize=16)
def _roster_pattern(roster: Roster) -> re.Pattern[str]:
    names = [name for name in _known(roster) if name not in _short()]
    return re.compile(choice(names) if names else r"(?!)")
