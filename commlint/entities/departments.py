"""Departments named in a record: by suffix, by the roster, and in short form where one acts or is expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache

from commlint.entities.fields import fields
from commlint.entities.structure import own_parts
from commlint.entities.wordlists import sections
from commlint.model.environment import Roster
from commlint.model.protocols import Analysis
from commlint.model.span import Span
from commlint.model.values import Department, LabelledField
from commlint.text.fold import fold_string

KEYS = frozenset((
    "owner", "owner_department", "support_department", "attendees", "requester", "provider", "decider", "supporter", "department", "initiator", "contact",
    "occurred_in", "lead", "absentees",
))
_BETWEEN = re.compile(r"[\u3001,;/\s&+()|:]+|(?<=[\u3400-\u9fff])[和及与](?=[\u3400-\u9fff])")
_AND = frozenset("和及与")
_LIST_TAIL = r"(?=(?:等|各|两|三|四|五|六|\d)?(?:个)?(?:部门|方|团队|部))"
_MOST = 12
_SEGMENT = re.compile(r"(?<=[-/|\u2013\u2014_\u3010\u3011\[\]])\s*(?P<segment>[^-/|\u2013\u2014_\u3010\u3011\[\]\s][^-/|\u2013\u2014_\u3010\u3011\[\]]{0,30}?)\s*(?=[-/|\u2013\u2014_\u3010\u3011\[\]]|$)")
# Characters that are never inside the name of a department but often stand right before one.
_CUTS = frozenset("由与和及请让在向的给对从为是把被将据找催报跟同到经归等转交送抄问各该本我你您贵每某其这那并而或但因则以使令即也都又就再才已未不没须应需可能会要凭靠按依除至于了过着去来回叫喊派驻调拨借")
_GROWN = "部组室处科队"
_NUMBER = "一二三四五六七八九十0123456789"


def departments(analysis: Analysis, record: object) -> tuple[Department, ...]:
    """The departments that the record's own parts name, in order."""
    return analysis.once("entities.departments", lambda _: tuple(_departments(analysis)))


def department_name(analysis: Analysis, department: Department) -> str:
    """The roster's name where known, else as written."""
    return department.name


def houses(analysis: Analysis, part: int) -> Mapping[int, int]:
    """The departments with a suffix or on the roster in the folded text of `part`: where they end to where they begin."""
    return analysis.once(f"entities.houses:{part}", lambda _: _houses(analysis.folded(part), analysis.environment.roster))


def choice(words: Iterable[str]) -> str:
    """An alternation of literals, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def first_letters(*lists: Iterable[str]) -> str:
    """The first characters of all words, ready for a character class."""
    return "".join(re.escape(first) for first in sorted({word[0] for words in lists for word in words}))


def is_department(folded: str, roster: Roster) -> bool:
    """Whether all of a folded string is a department, short forms and the roster's included."""
    if roster.people or roster.departments:
        return len(folded) < 42 and _is_department(folded, roster)
    last = folded[-1:]
    return (last in _ends_of_names() or last.isspace()) and len(folded) < 42 and _is_department(folded, None)


@cache
def _ends_of_names() -> frozenset[str]:
    """The last characters of all departments that no roster names."""
    return frozenset((*(word[-1] for word in (*_short(), *sections("departments")["suffix"])), *_GROWN))


@lru_cache(maxsize=8192)
def _is_department(folded: str, roster: Roster | None) -> bool:
    name, roster = folded.strip(), roster or Roster()
    if not name or len(name) > 40 or name in _never():
        return False
    return name in _short() or name in _known(roster) or _houses(name, roster).get(len(name)) == 0


def _departments(analysis: Analysis) -> Iterable[Department]:
    for part in own_parts(analysis):
        yield from (make(analysis, part, Span(start, end)) for start, end in _apart(_in_part(analysis, part)))


def _in_part(analysis: Analysis, part: int) -> Iterable[tuple[int, int]]:
    text, roster = analysis.folded(part), analysis.environment.roster
    yield from ((start, end) for end, start in houses(analysis, part).items())
    yield from _acting(text)
    for field in _expecting(analysis):
        if field.part == part:
            yield from _in_value(field, roster)
    if analysis.record.parts[part].name == "subject":
        yield from _in_subject(text, roster)
    if not _heads().isdisjoint(runs(analysis, part)):
        from commlint.entities import latin

        yield from latin.departments(analysis.passage(part, 0, len(text)).text, text)


def runs(analysis: Analysis, part: int) -> frozenset[str]:
    """The runs of Latin letters in the folded text of `part`: what does not begin with one of them is not in it."""
    return analysis.once(f"entities.runs:{part}", lambda _: frozenset(_RUN.findall(analysis.folded(part))))


_RUN = re.compile("[a-z]+")
_LATIN = re.compile(r"[a-z][a-z&]")


@cache
def _heads() -> frozenset[str]:
    """The first letters of all departments in Latin script, up to a sign that is no letter."""
    lists = sections("departments")
    return frozenset(_RUN.findall(word)[0] for word in (*lists["english"], *lists["english-suffix"]))


def _apart(found: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """In order, of those that overlap the first and longest."""
    done = 0
    for start, end in sorted(found, key=lambda each: (each[0], -each[1])):
        if start >= done:
            yield start, end
            done = end


def make(analysis: Analysis, part: int, span: Span) -> Department:
    """The stretch as a department."""
    passage = analysis.over(part, span)
    known = _known(analysis.environment.roster)
    return Department(part, span, passage.text, passage.folded, known.get(passage.folded, passage.text) if known else passage.text)


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Common words, and the verbs among them."""
    from commlint.entities.surnames import name_tables

    return name_tables().words, name_tables().verbs


@cache
def _evidence() -> tuple[Callable[[str, int], float], Callable[[str, int], float]]:
    """How much the text before and behind a place speaks for a name."""
    from commlint.entities.evidence import before, behind

    return before, behind


# by suffix


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(f"(?:{choice(sections('departments')['suffix'])}|{choice(sections('departments')['office'])})")


@cache
def _stems() -> tuple[frozenset[str], Mapping[str, tuple[int, ...]]]:
    """The stems, and how long those are that end in a character."""
    lists = sections("departments")
    words = frozenset((*lists["stem"], *lists["stem-more"]))
    return words, lengths_by_sign(words, -1)


def lengths_by_sign(words: Iterable[str], at: int) -> dict[str, tuple[int, ...]]:
    """How long the words are whose first (0) or last (-1) character is a sign, the longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[at], set()).add(len(word))
    return {sign: tuple(sorted(lengths, reverse=True)) for sign, lengths in found.items()}


@cache
def _offices() -> frozenset[str]:
    return frozenset(sections("departments")["office"])


@cache
def _never() -> frozenset[str]:
    return frozenset(sections("departments")["not"])


@cache
def _generic() -> frozenset[str]:
    return frozenset(sections("departments")["generic-suffix"])


def _houses(text: str, roster: Roster) -> dict[int, int]:
    found: dict[int, int] = {}
    done = 0
    for match in _suffix().finditer(text):
        end = _grown(text, match.end())
        start = _begin(text, match.start(), match[0], done)
        if start >= 0 and not _longer(text, end, known=start < match.start()) and text[start:end] not in _never():
            found[end] = start
            done = end
    for known in _roster_pattern(roster).finditer(text) if roster.departments or roster.people else ():
        if known[0]:
            found[known.end()] = known.start()
    return found


def _grown(text: str, end: int) -> int:
    """Where a department ends that goes on with another suffix or a number: 研发中心|软件部 is two, 采购二部 is one."""
    if text[end : end + 1] in _NUMBER and text[end + 1 : end + 2] and text[end + 1] in _GROWN and text[end + 2 : end + 3] != "门":
        return end + 2
    return end


def _begin(text: str, at: int, suffix: str, done: int) -> int:
    """Where the department begins whose suffix starts at `at`; -1 where it is none."""
    if suffix in _offices():
        return at
    start = _by_stems(text, at, done)
    if start < at:
        return _with_number(text, start, done)
    if suffix not in _generic() and not (suffix in ("组", "队", "室") and at and (text[at - 1] in _NUMBER or text[at - 1] in "甲乙丙丁")):
        return _by_deed(text, at, suffix, done)
    return _by_boundary(text, at, suffix, done)


def _by_deed(text: str, at: int, suffix: str, done: int) -> int:
    """An unknown word before 组, 办, 中心 …: a department where a clause begins with it and something follows that people do."""
    start, end = at, at + len(suffix)
    while start > done and at - start < 5 and "\u3400" <= text[start - 1] <= "\u9fff" and text[start - 1] not in _CUTS:
        start -= 1
    start = _behind_words(text, start, at)
    whole, words = text[start:end], _words()[0]
    if not 2 <= at - start <= 4 or whole in _never() or text[at - 1 : at + 1] in words or whole.endswith(tuple(_never())) or not _opens(text, start):
        return -1
    return start if _act(text, end) not in _NOUNS and _act(text, end) else -1


def _by_stems(text: str, at: int, done: int) -> int:
    """Where the run of known stems before `at` begins; `at` itself without one."""
    stems, lengths = _stems()
    first = start = at
    if at and text[at - 1] in _NUMBER and at - 1 > done and not text.startswith("部门", at) and (text[at - 2] in "部组处室科队" or text[max(0, at - 3) : at - 1] in stems):
        start = first = at - 1  # 销售一部
    for _ in range(4):
        for length in lengths.get(text[start - 1], ()) if start > done else ():
            if length <= start - done and text[start - length : start] in stems and (length > 1 or start == first):
                if length == 1 and start - length and "\u3400" <= text[start - length - 1] <= "\u9fff" and text[start - 2] not in _CUTS:
                    continue
                start -= length
                break
        else:
            break
    if start == first:
        return at
    if text[start].isascii() and text[start].isalnum() and start and text[start - 1].isascii() and text[start - 1].isalnum():
        return at
    return start


def _with_number(text: str, start: int, done: int) -> int:
    return start


def _by_boundary(text: str, at: int, suffix: str, done: int) -> int:
    """Where a department of unknown stem begins: behind a mark, a function word or the start of the line."""
    if at and (text[at - 1] in _NUMBER or text[at - 1] in "甲乙丙丁"):
        return _counted(text, at, suffix, done)
    start, limit = at, max(done, at - 7)
    while start > limit and "\u3400" <= text[start - 1] <= "\u9fff" and text[start - 1] not in _CUTS:
        start -= 1
    if start == limit and start > done and start and "\u3400" <= text[start - 1] <= "\u9fff" and text[start - 1] not in _CUTS:
        return -1
    start = _behind_words(text, start, at)
    if at - start < 2 or (at - start > 4 and suffix in ("部", "处", "科")):
        return -1
    weak = suffix in ("处", "科", "办公室", "部")
    return start if not weak or _plausible(text, start, at, suffix) else -1


def _counted(text: str, at: int, suffix: str, done: int) -> int:
    """三车间, 项目一组, 第二项目部."""
    start = at
    while start > done and (text[start - 1] in _NUMBER or text[start - 1] in "甲乙丙丁") and at - start < 3:
        start -= 1
    if start > done and text[start - 1] == "第":
        start -= 1
    stems = _by_stems(text, start, done)
    if stems < start:
        return stems
    if suffix in ("组", "部", "科", "队") and start < at and text[start] not in "0123456789第" and _opens(text, start) and _act(text, at + len(suffix)) not in ("", *_NOUNS):
        return start
    return start if (suffix in ("车间",) and text[start] not in "0123456789") or (suffix == "车间" and text[start - 1 : start] in ("第", "")) else start if suffix == "车间" else -1


def _behind_words(text: str, start: int, at: int) -> int:
    """`start` moved behind the words that only lead to a department: 以后|单证部, 通知|海鲜部."""
    lists = sections("people")
    leading = _leading()
    for _ in range(2):
        for length in (4, 3, 2):
            if text[start : start + length] in leading and at - start - length >= 2:
                start += length
                break
        else:
            break
    if at - start >= 4 and text[start : start + 2] in _words()[1] and text[start + 2 : at] not in lists["title"]:
        start += 2
    return start


@cache
def _leading() -> frozenset[str]:
    lists = sections("people")
    return frozenset(word for word in (*lists["before"], *lists["before-strong"], *lists["behind"], *sections("departments")["call"]) if len(word) > 1)


def _plausible(text: str, start: int, at: int, suffix: str) -> bool:
    """Whether an unknown word before 部, 处, 科 is a department: an ordinary word does not end in it, and nothing speaks of a place."""
    words = _words()[0]
    whole = text[start : at + len(suffix)]
    if len(suffix) == 1 and (text[at - 1 : at + 1] in words or whole in words or whole.endswith(tuple(_never()))):
        return False
    if suffix == "部":
        return at - start in (2, 3, 4)
    if suffix == "办公室":
        return True
    before, behind = _evidence()
    return text[start : start + 2] in words and before(text, start) >= 1.0 and behind(text, at + 1) >= 1.5


def _longer(text: str, end: int, *, known: bool) -> bool:
    """Whether what ends in a suffix goes on as another word: 市场部|长, 技术部|署, 设备处|理."""
    sign = text[end : end + 1]
    if not sign or not "\u3400" <= sign <= "\u9fff":
        return False
    if sign in "长件位落首址址":
        return not text.startswith(("首席",), end)
    if sign == "门":
        return True
    words = _words()[0]
    if text[end - 1 : end + 1] not in words:
        return False
    return not known or text[end : end + 2] not in words or text[end - 1 : end + 1] in ("处理", "组织", "组合", "处于", "科学", "科技", "办理", "办公", "队伍", "室内", "室外")


# in short


@cache
def _short() -> frozenset[str]:
    lists = sections("departments")
    return frozenset((*lists["short"], *lists["english"], *lists["office"]))


@cache
def _shorts() -> re.Pattern[str]:
    return re.compile(choice(word for word in sections("departments")["short"] if not word.isascii()))


@cache
def _short_starts() -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, Sequence[str]]]:
    """Where a short form can begin, those in Latin script, and those that begin with two characters, the longest first."""
    shorts = sections("departments")["short"]
    han = [word for word in shorts if not word.isascii()]
    pairs = re.compile(f"[{first_letters(han)}](?=[{''.join(sorted({word[1] for word in han}))}])")
    latin = re.compile(rf"(?:{choice(word for word in shorts if word.isascii())})(?![a-z0-9&])")
    begun: dict[str, list[str]] = {}
    for word in sorted(han, key=lambda word: (-len(word), word)):
        begun.setdefault(word[:2], []).append(word)
    return pairs, latin, begun


def _short_forms(text: str) -> Iterable[tuple[int, int]]:
    """The places of short forms, in order."""
    pairs, latin, begun = _short_starts()
    found = []
    for match in pairs.finditer(text):
        at = match.start()
        for word in begun.get(text[at : at + 2], ()):
            if text.startswith(word, at):
                found.append((at, at + len(word)))
                break
    if _LATIN.search(text):
        found += [match.span() for match in latin.finditer(text) if not match.start() or not (text[match.start() - 1].isascii() and (text[match.start() - 1].isalnum() or text[match.start() - 1] == "&"))]
        found.sort()
    return found


@cache
def _calls() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lists = sections("departments")
    return frozenset(lists["call"]), frozenset(lists["acts"]), frozenset(lists["party"])


def _acting(text: str) -> Iterable[tuple[int, int]]:
    """Short forms that act or are acted with: 请财务确认, 等技术回复, 市场、产品、技术三部门."""
    if _TAILS.search(text):
        for match in _listed().finditer(text):
            yield from (each.span() for each in _shorts().finditer(text, match.start(), match.end()))
    before: tuple[int, int] | None = None
    open_: tuple[int, int] | None = None
    for span in _short_forms(text):
        start, end = span
        opens = _opens(text, start)
        if (before is not None and text[before[1] : start] in _JOINTS and _ends(text, end)) or (opens and _is_party(text, start, end, text[start:end])):
            if open_ is not None and text[open_[1] : start] in _JOINTS:
                yield open_
            yield span
            before, open_ = span, None
        else:
            before, open_ = None, span if opens else None


_TAILS = re.compile("部门|团队|[两三]部|[两三四各]方")
_JOINTS = frozenset(("\u3001", "和", "与", "及", "跟", "/", "以及", " & ", ","))
_OPEN = frozenset("\n ,;。!?:\u3001(|@\"\u201c-\u3011")
_SHUT = frozenset("\n ,;。!?\u3001)|/\"\u201d")


def _opens(text: str, start: int) -> bool:
    if not start or text[start - 1] in _OPEN:
        return True
    if text[start - 1] not in _last_signs():
        return False
    return _called(text, start) or text[start - 2 : start] in _leading() or text[start - 3 : start] in _leading()


@cache
def _last_signs() -> frozenset[str]:
    """What the words end in that lead to a department."""
    return frozenset(word[-1] for word in (*_calls()[0], *_leading()))


def _called(text: str, start: int) -> bool:
    sign = text[start - 1 : start]
    if sign == "@":
        return True
    calls = _calls()[0]
    return sign in _last_signs() and (sign in calls or text[max(0, start - 2) : start] in calls or text[max(0, start - 3) : start] in calls)


_ASKED = re.compile(r"(?:会签|抄送|抄报|主送|报送|参会|参加|出席|与会|列席|责任|协同|配合|牵头|主责|主办|协办|承办|分发|发送|部门|科室|单位|涉及|会审|传阅|执行|发起|cc|owner)[^:\n]{0,4}:\s?$")


def _asked(text: str, start: int) -> bool:
    """Whether a label right before a short form asks for departments."""
    return text[start - 1] in ": " and ":" in text[max(0, start - 2) : start] and _ASKED.search(text, max(0, start - 14), start) is not None


def _goes_on(text: str, end: int) -> bool:
    """Whether a verb or a function word follows, not another part of a longer noun."""
    return _evidence()[1](text, end) >= 1.0


def _ends(text: str, end: int) -> bool:
    """Whether a short form ends here and does not go on as a longer word."""
    sign = text[end : end + 1]
    return not sign or sign in _SHUT or _act(text, end) != ""


def _act(text: str, end: int, word: str = "") -> str:
    """What is done by the short form `word` that ends at `end`; empty where it does nothing."""
    sign, pair = text[end : end + 1], text[end : end + 2]
    _, acts, party = _calls()
    for length in _act_lengths().get(sign, ()):
        if text[end : end + length] in acts and (length > 1 or len(pair) == 1):
            return text[end : end + length]
    words = _words()[0]
    if not sign or pair in words:
        return ""
    if word in party and text[end - 1] not in "组办室中心队" and _evidence()[1](text, end) == 1.5:
        return pair
    return sign if sign in acts and text[end - 1 : end + 1] not in words else ""


@cache
def _act_lengths() -> Mapping[str, tuple[int, ...]]:
    return lengths_by_sign(_calls()[1], 0)


_NOUNS = frozenset(["审核", "审批", "处理", "安排", "准备", "评估", "整理", "汇总", "补充", "确认", "反馈", "要求", "统一", "计划", "组织", "协调", "核对", "核实", "复核", "通知", "放款", "开票", "对账", "有", "是", "和", "与", "及", "跟", "出", "做", "写", "来", "要", "会", "已", "在", "将", "给", "那", "这", "则", "应", "需", "能", "不", "各", "也", "都", "又", "还", "再", "先", "就", "才", "均", "并", "按", "送", "接", "付", "改", "查", "跑", "排", "另", "代", "没", "有没有", "没有", "已经", "正在", "需要", "应该", "必须", "可以", "人员", "预计", "尽快", "今天", "明天", "昨天", "本周", "下周", "上周", "主导", "配合", "协助", "提供", "提出", "存档", "备案", "盖章", "签字", "一起", "共同", "发现", "记得", "什么", "那里", "这里", "是否", "能否", "落实", "联系", "牵头", "统一"])


def _is_party(text: str, start: int, end: int, word: str) -> bool:
    """Whether a short form that may begin here stands for those who work there: what calls them before it, what only people do behind it."""
    if word in _offices():
        return True
    called, act = _called(text, start), _act(text, end, word)
    shut = not text[end : end + 1] or text[end] in _SHUT
    sure = word in _calls()[2]
    if shut and start and ((sure and text[start - 1] == "|") or _asked(text, start)):
        return True
    if called and text[start - 1] not in "和与及" and text[max(0, start - 2) : start] not in ("今天", "昨天", "明天", "目前", "现在", "需要", "要求", "反馈", "建议"):
        return bool(act) or (shut and (sure or text[start - 1] == "@")) or (sure and _goes_on(text, end))
    if text[start - 1 : start] == "@":
        return True
    return bool(act) and (sure or act not in _NOUNS)


@cache
def _listed() -> re.Pattern[str]:
    """市场、产品、技术三部门: short forms in a list that says what they are."""
    short = choice(sections("departments")["short"])
    return re.compile(rf"(?:(?<![\u3400-\u9fffa-z])|(?<=[由与和及请向给]))(?:{short})(?:[\u3001,/和与及](?:{short})){{1,{_MOST}}}{_LIST_TAIL}")


# where departments are expected


def _expecting(analysis: Analysis) -> Iterable[LabelledField]:
    return (field for field in fields(analysis, analysis.record) if field.key in KEYS and not field.blank)


def _in_subject(text: str, roster: Roster) -> Iterable[tuple[int, int]]:
    """Short forms that stand alone behind the matter: `付款申请-财务-李敏`, `Invoice - Finance - Li Min`."""
    for match in _SEGMENT.finditer(text):
        if is_department(match["segment"], roster):
            yield match.span("segment")


def _in_value(field: LabelledField, roster: Roster) -> Iterable[tuple[int, int]]:
    """Short forms that stand alone between separators."""
    at = field.value.span.start
    for start, end in tokens(field.value.folded):
        if is_department(field.value.folded[start:end], roster):
            yield at + start, at + end


def tokens(folded: str) -> Iterable[tuple[int, int]]:
    """The stretches between separators of a list of names; at most a few hundred."""
    if folded.isalnum() and _AND.isdisjoint(folded):
        return ((0, len(folded)),)
    return _between(folded)


def _between(folded: str) -> Iterable[tuple[int, int]]:
    start = 0
    for count, match in enumerate(_BETWEEN.finditer(folded)):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
        if count > 300:
            return
    if start < len(folded):
        yield start, len(folded)


@lru_cache(maxsize=16)
def _known(roster: Roster) -> dict[str, str]:
    """Folded spellings, short forms included, to the roster's names."""
    named = [*roster.departments, *(person.department for person in roster.people if person.department)]
    full = {fold_string(name): name for name in named}
    short = {folded.removesuffix("部"): name for folded, name in full.items() if len(folded) > 2}
    return {**{folded: name for folded, name in short.items() if folded in _short()}, **full}


@lru_cache(maxsize=16)
def _roster_pattern(roster: Roster) -> re.Pattern[str]:
    names = [name for name in _known(roster) if name not in _short()]
    return re.compile(choice(names) if names else r"(?!)")
