"""What only chats have: mentions, the message that one answers, system messages, and the parts of a group's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from commlint.entities.structure import text_parts
from commlint.model.environment import Roster
from commlint.model.protocols import Analysis
from commlint.model.record import Kind, Record
from commlint.model.span import Span
from commlint.model.values import EarlierMessage, GroupName, Passage, Person

_CHATS = (Kind.CHAT_MESSAGE, Kind.CHAT_EVENT)
_MENTION = re.compile(r"(?<![a-z0-9_.+-])@\s?(?P<name>[^\s@,。:;!?、\"'\u201c\u201d\u2018\u2019()\[\]\u3010\u3011<>|~/\u2026]{1,30})")
_EVERYBODY = re.compile(r"(?:所有人|全体成员|全体(?:人员|同事)?|全员|大家|everyone|everybody|all|channel|here|team)(?![a-z])")
_LATIN_REST = re.compile(r" [A-Z][A-Za-z'\u2019-]{0,20}(?![A-Za-z'])")
_BRACKET = re.compile(r"\([^()\s]{1,20}\)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:19|20)?\d{2}[-./年](?:0?[1-9]|1[0-2])[-./月](?:0?[1-9]|[12]\d|3[01])日?|(?:19|20)\d{2}年(?:0?[1-9]|1[0-2])月|(?:19|20)\d{2}[-./]?(?:0[1-9]|1[0-2])(?!\d)"
    r"|(?:0?[1-9]|1[0-2])月(?:0?[1-9]|[12]\d|3[01])[日号]|(?:19|20)\d{2}\s?q[1-4]|(?:19|20)\d{2}(?:年(?:度|上半年|下半年)?)?(?!\d)|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)|(?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12]\d|3[01])(?!\d)|(?:0?[1-9]|1[0-2])月)(?!\d)"
)
_COUNT = re.compile(r"\s?\(\d{1,5}(?:人)?\)$|\s?\[\d{1,5}(?:人)?\]$")
_TAG = re.compile(r"[\u3010\[(<\u300a](?P<tag>[^\u3010\u3011\[\]()<>\u300a\u300b]{1,20})[\u3011\])>\u300b]")
_GROUP_WORD = re.compile(r"(?:工作|沟通|讨论|项目|交流|对接|通知|内部|协作|联络|大)?(?:群聊?|小组群|交流群)$")
_GLUED = re.compile(r"(?P<department>[\u3400-\u9fff]{2,8}?(?:事业部|项目部|部门|部|中心|办公室|科|处))(?=[\u3400-\u9fffa-z0-9])")


def reply_to(analysis: Analysis, record: Record) -> EarlierMessage | None:
    """The message that a chat message answers, as it quotes it; None when it quotes none."""
    from commlint.entities.letters import histories

    return next(iter(histories(analysis, record)), None) if record.kind in _CHATS else None


def mentions(analysis: Analysis, record: Record) -> tuple[Person, ...]:
    """Who is mentioned with @, in order; 所有人 and all are people too (form ``everyone``). A mail address mentions nobody."""
    return analysis.once("entities.mentions", lambda _: tuple(_mentions(analysis)) if record.kind is not Kind.CHAT_EVENT else ())


def system(analysis: Analysis, record: Record) -> bool:
    """Whether the chat program says it."""
    return record.kind is Kind.CHAT_EVENT


def recalled(analysis: Analysis, record: Record) -> bool:
    """Whether it tells that a message was taken back."""
    return record.kind is Kind.CHAT_EVENT and ("event", "recalled") in record.meta


def group(analysis: Analysis, record: Record) -> GroupName | str | None:
    """The name of the chat group with its parts; None outside of groups."""
    part = record.part("group")
    if part is None:
        return record.conversation.group or None
    return analysis.once("entities.group", lambda _: _group(analysis, part))


def group_department(analysis: Analysis, group: GroupName | str) -> Passage | None:
    """The department in it."""
    return group.department if isinstance(group, GroupName) else None


def group_matter(analysis: Analysis, group: GroupName | str) -> Passage | None:
    """What it is about."""
    return group.matter if isinstance(group, GroupName) else None


def group_date(analysis: Analysis, group: GroupName | str) -> Passage | None:
    """The date in it, as written."""
    return group.date if isinstance(group, GroupName) else None


# mentions


def _mentions(analysis: Analysis) -> Iterable[Person]:
    for part in text_parts(analysis):
        text = analysis.folded(part)
        if "@" not in text:
            continue
        for match in _MENTION.finditer(text):
            everyone = _EVERYBODY.match(match["name"])
            if everyone is not None:
                yield _mention(analysis, part, Span(match.start(), match.start("name") + everyone.end()), match.start("name"), "everyone")
            elif not match["name"].isdecimal():
                yield _mention(analysis, part, Span(match.start(), _end_of_name(analysis, part, text, match)), match.start("name"), "mention")


def _mention(analysis: Analysis, part: int, span: Span, name: int, form: str) -> Person:
    """The mention at `span`, whose name begins at `name`."""
    whole = analysis.passage(part, span.start, span.end)
    return Person(part, span, whole.text, whole.folded, form, name=analysis.passage(part, name, span.end).text)


def _end_of_name(analysis: Analysis, part: int, text: str, match: re.Match[str]) -> int:
    """Where the name ends: at a blank or mark, or inside a run of Chinese where the name is over; a second Latin word counts."""
    word, start, end = match["name"], match.start("name"), match.end()
    if not _HAN.search(word):
        written = analysis.passage(part, start, min(len(text), end + 30)).text
        rest = _LATIN_REST.match(written, end - start) if written[:1].isupper() and "_" not in word else None
        return end + (rest.end() - (end - start) if rest else 0)
    bracket = _BRACKET.match(text, end)
    if bracket is not None and end + len(bracket[0]) <= len(text):
        return bracket.end()
    return start + _length(word, analysis.environment.roster) if len(word) > 4 and not text[end : end + 1].isspace() else end


def _length(word: str, roster: Roster) -> int:
    """How much of a run of characters is the name: a known one, a department with a name, a name with a title, two or three characters."""
    from commlint.entities.surnames import surnames, titles

    known = max((len(person.name) for person in roster.people if person.name and word.startswith(person.name.lower())), default=0)
    if known:
        return known
    shaped = _named(surnames(), titles()).match(word)
    return shaped.end() if shaped is not None else len(word)


@cache
def _named(surname: str, title: str) -> re.Pattern[str]:
    unit = r"(?:[\u3400-\u9fff]{2,8}?(?:部|中心|组|处|科|办)[-_\u00b7]?)?"
    verbs = r"(?=请|你|您|麻烦|看|帮|把|来|在|确认|尽快|辛苦|记得|已|这|那|今|明|周|下|上|有|能|可|是|什么|怎么|负责|跟进|收到|一下|老师|和|\d)"
    return re.compile(rf"{unit}(?:{surname}[\u3400-\u9fff]{{0,2}}?(?:{title}|总(?!结)|工(?!作)|老师|哥|姐)|{surname}[\u3400-\u9fff]{{1,2}}?{verbs}|{surname}[\u3400-\u9fff]{{1,2}}(?=[-_]|$))")


# groups


def _group(analysis: Analysis, part: int) -> GroupName:
    folded = analysis.folded(part)
    department, date, matter = parts(folded, analysis.environment.roster)
    whole = analysis.passage(part, 0, len(folded))

    def passage(span: Span | None) -> Passage | None:
        return analysis.passage(part, span.start, span.end) if span is not None else None

    return GroupName(part, whole.span, whole.text, folded, passage(department), passage(matter), passage(date))


def parts(folded: str, roster: Roster) -> tuple[Span | None, Span | None, Span | None]:
    """Department, date and matter of a group's name: 【市场部】新品20260521, 市场部-新品-5月21日, 新品沟通群(市场部)."""
    count = _COUNT.search(folded)
    end = count.start() if count else len(folded)
    date = next((Span(*match.span()) for match in reversed(list(_DATE.finditer(folded, 0, end)))), None)
    department = _department(folded, end, date, roster)
    matter = _rest(folded, end, [span for span in (department, date) if span is not None])
    return department, date, matter


def _department(folded: str, end: int, date: Span | None, roster: Roster) -> Span | None:
    from commlint.entities.departments import is_department

    for match in _TAG.finditer(folded, 0, end):
        if is_department(match["tag"], roster) or (match.start() == 0 and _unit(match["tag"])):
            return Span(*match.span("tag"))
    for match in re.finditer(r"[^-_/|\s\u2013\u2014\u00b7&+,:()\[\]\u3010\u3011]+", folded[:end]):
        if match[0] != folded[:end].strip() and (is_department(match[0], roster) or _unit(match[0])):
            return Span(*match.span())
    glued = _GLUED.match(folded, 0, end)
    return Span(*glued.span("department")) if glued and is_department(glued["department"], roster) else None


def _unit(word: str) -> bool:
    return re.fullmatch(r"[\u3400-\u9fff]{1,10}(?:部|部门|中心|处|科|办|办公室|组|院|公司|车间|团队|工会)", word) is not None


def _rest(folded: str, end: int, taken: Iterable[Span]) -> Span | None:
    """The longest stretch that is neither, without brackets, separators and the word for a group."""
    from commlint.entities.subject import trimmed

    pieces: list[Span] = []
    start = 0
    for span in [*sorted(taken), Span(end, end)]:
        piece = trimmed(folded, start, span.start)
        if piece is not None:
            pieces.append(piece)
        start = span.end
    longest = max(pieces, key=len, default=None)
    if longest is None:
        return None
    bare = _GROUP_WORD.sub("", longest.of(folded))
    return trimmed(folded, longest.start, longest.start + len(bare)) if len(bare) > 1 else longest
