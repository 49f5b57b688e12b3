"""The parts of a subject: prefixes of answers and forwards, the matter, and the department and person that many put with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from commlint.entities import structure
from commlint.model.environment import Roster
from commlint.model.protocols import Analysis
from commlint.model.span import Span
from commlint.model.values import Passage, Subject

PREFIX = re.compile(
    r"\s{0,5}(?:(?P<word>(?:自动|自動)?(?:回复|答复|回覆|答覆|回信)|(?:自动)?转发|转寄|回|转|复|automatic reply|auto(?:-?reply)?|out of office|re|fwd|fw|aw|wg|sv|vs|vb|tr|rv|res|enc|antw|odp|ynt|ref)\s?(?:[\[(]\d{1,3}[\])]|\^\d{1,2}|\*\d{1,2})?\s{0,3}:"
    r"|(?P<tag>[\[\u3010](?:external(?: email| mail| sender)?|ext|外部(?:邮件|来信|发件人)?|外来邮件|站外|spam|encrypted|加密(?:邮件)?|suspicious|可疑(?:邮件)?|垃圾邮件)[\]\u3011])\s?:?)"
)
_SEGMENT = re.compile(r"(?:(?<![a-z])[a-z]&[a-z](?![a-z])|[^-_+/|~,;:()\[\]\u3010\u3011\u2013\u2014\u00b7&<>\u300a\u300b\u300c\u300d])+")
_STRONG = re.compile(r"[-_+/|~,;:()\[\]\u3010\u3011\u2013\u2014\u00b7&\s]")
_EDGES = " \t-_+/|~,;:\u2013\u2014\u00b7&"
_WORDS = re.compile(r"\S+")
_HAN = re.compile(r"[\u3400-\u9fff]{2}")
_UNIT = re.compile(r"[\u3400-\u9fff]{2,10}(?:部|部门|中心|处|科|办公室|办|组|工会|支部|党支部|项目部|分公司|设计院|研究院|教研室|车间|团队|局|院|门店|分行|支行|营业部|事业部|学院|工会|团委)|仓库|工会|团委|门店|[董总党财法行运质综校院]办")
_NO_UNIT = re.compile(r"关于|通知|的|会议|申请|报告|方案|各|本|该|全|调整|成立|整改|撤销|建设|装修|参观|采购(?:中心|处)$.^|提示|提醒|项目组?$|医院$|法院$")
_LATIN_UNIT = re.compile(r"(?:[a-z&]{2,14} ){0,3}(?:department|dept|division|team|office)|hr|it|r&d|qa|finance|marketing|logistics|legal|procurement|purchasing|admin")
_LATIN_NAME = re.compile(r"[A-Z][a-z'\u2019-]{1,20}(?: (?:[A-Z]\.|[A-Z][a-z'\u2019-]{0,20})){1,2}")
_TITLED = re.compile(r"(?P<name>[\u3400-\u9fff]{1,4}\*{0,2}|\*{1,2})(?P<title>经理|总监|主管|专员|工程师|主任|老师|总|工|部长|科长|处长|组长|院长|校长)")
_MASKED = re.compile(r"[\u3400-\u9fff]{1,2}\*{1,2}|\*[\u3400-\u9fff]{1,3}")


def subject(analysis: Analysis, record: object) -> Subject | None:
    """The subject of a mail with its parts, else the title as one; None when there is neither."""
    return analysis.once("entities.subject", _subject)


def prefixes_of(analysis: Analysis, subject: Subject) -> tuple[Passage, ...]:
    """Re, 回复, 转发 and the like, in order."""
    return subject.prefixes


def matter_of(analysis: Analysis, subject: Subject) -> Passage | None:
    """What it is about; None when nothing is left of it."""
    return subject.matter


def department_of(analysis: Analysis, subject: Subject) -> Passage | None:
    """The department in it; None without one."""
    return subject.department


def person_of(analysis: Analysis, subject: Subject) -> Passage | None:
    """The person in it; None without one."""
    return subject.person


def _subject(analysis: Analysis) -> Subject | None:
    found = structure.subject(analysis, None)
    if found is None:
        return None
    folded, base = found.folded, found.span.start
    prefixes, at = _prefixes(folded)
    same = len(found.text) == len(folded)
    department, person, matter = parts(folded, at, found.text if same else folded, _signer(analysis), analysis.environment.roster)

    def passage(span: Span | None) -> Passage | None:
        if span is None:
            return None
        if same:
            return Passage(found.part, span.shift(base), found.text[span.start : span.end], folded[span.start : span.end])
        return analysis.passage(found.part, base + span.start, base + span.end)

    marks = tuple(mark for mark in map(passage, prefixes) if mark is not None)
    return Subject(found.part, found.span, found.text, folded, marks, passage(matter), passage(department), passage(person))


def _prefixes(folded: str) -> tuple[list[Span], int]:
    """The prefixes and where the rest begins."""
    found: list[Span] = []
    at = 0
    if ":" not in folded and folded[:1] not in "[\u3010":
        return found, at
    while match := PREFIX.match(folded, at):
        group = "word" if match["word"] else "tag"
        found.append(Span(*match.span(group)))
        at = match.end()
    while at < len(folded) and folded[at].isspace():
        at += 1
    return found, at if at < len(folded) else 0 if not found else at


def _signer(analysis: Analysis) -> str:
    sender = analysis.record.sender
    return sender.name if sender is not None else ""


@lru_cache(maxsize=1024)
def _names(signer: str) -> frozenset[str]:
    """What the sender is called, folded; a department in brackets left out."""
    from commlint.text.fold import fold_string

    bare = re.sub(r"[(\[\u3010][^()\[\]]{0,30}[)\]\u3011]", " ", fold_string(signer)).strip(" \"'")
    return frozenset(name for name in (bare, *re.split(r"[\s/|_-]+", bare)) if len(name) > 1 and (name == bare or _HAN.search(name)))


def parts(folded: str, at: int, written: str, signer: str, roster: Roster) -> tuple[Span | None, Span | None, Span | None]:
    """Department, person and matter of the subject behind its prefixes; of several departments or persons the first."""
    names = _names(signer)
    if not _STRONG.search(folded, at):
        return None, None, trimmed(folded, at, len(folded))
    segments = [span for match in _SEGMENT.finditer(folded, at) if (span := trimmed(folded, match.start(), match.end())) is not None]
    department, person = _among(folded, written, segments, names, roster)
    if department is None or person is None:
        spaced = [word for segment in segments if segment not in (department, person) for word in _words(folded, segment)]
        if len(spaced) > 1:
            department, person = _spaced(folded, spaced, (department, person), names, roster)
    return department, person, _matter(folded, at, [span for span in (department, person) if span is not None])


def _among(folded: str, written: str, segments: Sequence[Span], names: frozenset[str], roster: Roster) -> tuple[Span | None, Span | None]:
    """Whole segments that are a department or a person; a lone segment is the matter."""
    department = person = None
    if len(segments) < 2:
        return None, None
    last = len(segments) - 1
    for place, span in enumerate(segments):
        word = span.of(folded)
        edge = place in (0, last) or folded[span.start - 1] in "([\u3010"
        if department is None and len(word) <= 20 and _is_department(word, roster):
            department = span
        elif person is None and (word in names or _on_roster(word, roster) or (len(word) <= 24 and (edge or place == last - 1 or place == 1) and _is_person(word, span.of(written), names))):
            person = span
    return (None, None) if department is not None and person is None and len(segments) == 1 else (department, person)


def _spaced(folded: str, words: Sequence[Span], found: tuple[Span | None, Span | None], names: frozenset[str], roster: Roster) -> tuple[Span | None, Span | None]:
    """Words between blanks, where segments told only `found`: the sender's own name, and a department beside it or at an end."""
    department, person = found
    for place, span in enumerate(words):
        word = span.of(folded)
        if person is None and (word in names or _on_roster(word, roster)):
            person = span
        elif department is None and place in (0, len(words) - 1, len(words) - 2, 1) and _HAN.search(word) and _UNIT.fullmatch(word) and not _NO_UNIT.search(word):
            department = span
    return department, person


def _words(folded: str, within: Span) -> Iterable[Span]:
    return (Span(*match.span()) for match in _WORDS.finditer(folded, within.start, within.end))


def _is_department(word: str, roster: Roster) -> bool:
    from commlint.entities.departments import is_department

    if _UNIT.fullmatch(word):
        return not _NO_UNIT.search(word)
    return is_department(word, roster) or _LATIN_UNIT.fullmatch(word) is not None


@lru_cache(maxsize=64)
def _known(roster: Roster) -> frozenset[str]:
    from commlint.text.fold import fold_string

    return frozenset(fold_string(name) for person in roster.people for name in (person.name, *person.masked))


def _on_roster(word: str, roster: Roster) -> bool:
    return roster.known and word in _known(roster)


def _is_person(word: str, written: str, names: frozenset[str]) -> bool:
    """Whether a segment is shaped like a person; where the sender is known a name that is not his must be a common one."""
    from commlint.entities import latin
    from commlint.entities.surnames import full_name, is_rare, is_word

    if not _HAN.search(word) and "*" not in word:
        return _LATIN_NAME.fullmatch(written) is not None and not latin.no_name(word) and latin.is_name(word)
    if _MASKED.fullmatch(word):
        return True
    titled = _TITLED.fullmatch(word)
    if titled is not None:
        return titled["name"].startswith("*") or full_name().match(titled["name"].rstrip("*") + "某某") is not None
    named = full_name().fullmatch(word) is not None and not is_word(word)
    return named and not is_rare(word) and (len(word) == 3 or not names)


def _matter(folded: str, at: int, taken: Sequence[Span]) -> Span | None:
    """The longest stretch that no department or person takes."""
    pieces: list[Span] = []
    start = at
    for span in sorted(taken):
        if (piece := trimmed(folded, start, span.start)) is not None:
            pieces.append(piece)
        start = span.end
    if (piece := trimmed(folded, start, len(folded))) is not None:
        pieces.append(piece)
    return max(pieces, key=len, default=None)


def trimmed(folded: str, start: int, end: int) -> Span | None:
    """The stretch without separators around it and brackets that have no partner in it; None when nothing is left."""
    while start < end:
        first, last = folded[start], folded[end - 1]
        if first in _EDGES or first.isspace() or first in ")]\u3011" or (first in _CLOSERS and folded.find(_CLOSERS[first], start + 1, end) < 0):
            start += 1
        elif last in _EDGES or last.isspace() or last in "([\u3010" or (last in _OPENERS and folded.find(_OPENERS[last], start, end - 1) < 0):
            end -= 1
        else:
            return Span(start, end)
    return None


_CLOSERS = {"(": ")", "[": "]", "\u3010": "\u3011", "\u300a": "\u300b", "<": ">"}
_OPENERS = {closer: opener for opener, closer in _CLOSERS.items()}
