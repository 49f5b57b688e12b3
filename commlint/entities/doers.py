"""Who a piece of an action item names as its owner: known persons and departments, else what is shaped like a name or a house."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from commlint.entities.analysis import inside, places
from commlint.entities.blanks import is_blank
from commlint.entities.departments import choice, departments, is_department
from commlint.entities.departments import make as department
from commlint.entities.people import persons
from commlint.entities.structure import text_parts
from commlint.entities.surnames import HAN, is_rare, is_word, surnames
from commlint.entities.wordlists import sections
from commlint.model.protocols import Analysis
from commlint.model.span import Span
from commlint.model.values import Department, Located, Person

Owner = Person | Department

_LONGEST = 24
_BETWEEN = re.compile(r"[\u3001,;&+\n]|\s?/\s?|(?<=[^\x00-\xff])[和与及](?=[^\x00-\xff]{2})|\s(?:and|&)\s|以及")
_TAIL = re.compile(r"\s?[(\u3010\[](?P<inside>[^()\u3010\u3011\[\]\n]{0,16})[)\u3011\]]?$")
_HELD = re.compile(r"\((?P<who>[^()\n]{2,16})\)$")
_MENTIONED = re.compile(r"(?<=@)[^\s@,:;]{2,6}")
_SAYS = re.compile(r"[为是的了:]")
_SUPPORT = re.compile(r"[(\[](?:协办|协助|配合|支持|辅|副|support)[)\]]?$|(?:配合|协助)$|^(?:配合|协助|协办):?")
_LEAD = re.compile(r"[(\[](?:主办|主责|主|牵头|lead)[)\]]?$")
_EDGES = " \t_`@\u00b7\u3000:.。-~<>\"'"
_CAPITALS = re.compile(r"[A-Z][A-Za-z'.-]{1,20}(?: (?:[A-Z][A-Za-z'.-]{0,20}|de|van|von|der|bin|da)){0,3}")
_NO_NAME_ENDS = ("为", "是", "在", "于", "到", "至", "从", "由", "按", "前", "后", "内", "的", "了", "中", "稿", "表", "书", "单", "版", "高", "低", "一下")
_NO_NAME_STARTS = "我你您他她它这那哪此其每另"
_EVERYBODY = ("全体", "所有", "相关", "有关", "与会", "参会")
_CAST = frozenset(("attendees", "absentees", "host", "recorder", "owner", "lead", "contact", "tracker", "requester", "provider", "initiator"))
_HAN = re.compile(rf"[{HAN}]+")


def known(analysis: Analysis, stretch: Located) -> list[Owner]:
    """The persons and departments that the record's words show in a stretch, in order; a department that places a person is not among them."""
    everybody, starts, all_houses, house_starts = analysis.once("doers.known", _everybody)
    part, span = stretch.part, stretch.span
    none = not _begins_in(starts, part, span)
    if none and not _begins_in(house_starts, part, span):
        return []
    found = [] if none else inside(everybody, stretch, starts)
    people = [person for person in found if person.form != "full" or not _is_house(person.folded)]
    houses = inside(all_houses, stretch, house_starts)
    if len(people) < len(found):
        houses = sorted([*houses, *(department(analysis, p.part, p.span) for p in found if p not in people)], key=_start)
    if not houses:
        return list(people)
    text = analysis.folded(stretch.part)
    free = [house for house in houses if not _places(text, house, people)]
    return sorted([*people, *free], key=_start)


def _everybody(analysis: Analysis) -> tuple[Sequence[Person], list[tuple[int, int]], Sequence[Department], list[tuple[int, int]]]:
    """All persons and departments of the record, with their places."""
    everybody = sections("people")["everybody"]
    people = [person for person in persons(analysis, analysis.record) if person.form != "mention" or not person.folded.lstrip("@ ").startswith(everybody)]
    houses = departments(analysis, analysis.record)
    return people, places(people), houses, places(houses)


def _begins_in(starts: Sequence[tuple[int, int]], part: int, span: Span) -> bool:
    at = bisect_left(starts, (part, span.start))
    return at < len(starts) and starts[at] < (part, span.end)


def _start(owner: Owner) -> int:
    return owner.span.start


def _places(text: str, house: Department, people: Sequence[Person]) -> bool:
    """Whether a department only says where a person beside it belongs."""
    for person in people:
        if person.span.overlaps(house.span):
            return True
        first, last = (house.span, person.span) if house.span.start < person.span.start else (person.span, house.span)
        if last.start - first.end <= 3 and not text[first.end : last.start].strip(" \t*_/-\u2014\u2013(:\u00b7"):
            return True
    return False


def written(analysis: Analysis, part: int, start: int, end: int, *, sure: bool = False, weak: bool = False) -> list[Owner]:
    """The owners in a stretch that holds nothing but owners; [] when it does not look so.

    `sure` where a label or column says that owners stand here: then any words do that say somebody. `weak` where its place
    lets expect a name: then a short word without a surname is one (见鹿).
    """
    text = analysis.folded(part)
    if end - start > 120 or (sure and is_blank(text[start:end])):
        return []
    there = known(analysis, _stretch(analysis, part, start, end))
    if len(there) == 1 and there[0].span.start == start and there[0].span.end == end:
        return there
    pieces = _leading([piece for piece in _pieces(text, start, end) if piece[1] > piece[0]], text)
    found = [_named(analysis, part, *piece, sure=sure, weak=weak) for piece in pieces]
    if not sure and not all(found):
        return []
    kept = [owner for owners in found for owner in owners]
    return _persons_before_houses(text, kept) if len(kept) > 1 else kept


def _persons_before_houses(text: str, found: Sequence[Owner]) -> list[Owner]:
    """Of 土建队/晁盖 the person."""
    kept: list[Owner] = []
    for at, owner in enumerate(found):
        near = [other for other in (*found[max(0, at - 1) : at], *found[at + 1 : at + 2]) if isinstance(other, Person) and _touch(text, owner, other)]
        if isinstance(owner, Person) or not near:
            kept.append(owner)
    return kept


def _leading(pieces: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Without those who only support: of 张三(主办)、李四(协办) the first."""
    if len(pieces) < 2:
        return pieces
    own = [piece for piece in pieces if not _SUPPORT.search(text, *piece)]
    lead = [piece for piece in own if _LEAD.search(text, *piece)]
    return lead if 0 < len(lead) < len(pieces) else own or pieces


def _touch(text: str, one: Owner, other: Owner) -> bool:
    first, last = sorted((one.span, other.span))
    between = text[first.end : last.start].strip(" \t*_")
    return last.start - first.end <= 4 and between in ("/", "-", "\u2014", "(", "", ":", "\n")


def _pieces(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    at = start
    for match in _BETWEEN.finditer(text, start, end):
        if text.count("(", at, match.start()) > text.count(")", at, match.start()):
            continue  # 张三(生产部、二车间)
        yield _trimmed(text, at, match.start())
        at = match.end()
    yield _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks and marks at its ends; a single star masks a name and stays."""
    while start < end and (text[start] in _EDGES or text.startswith("**", start)):
        start += 2 if text[start] == "*" else 1
    while end > start and (text[end - 1] in _EDGES or text.endswith("**", start, end)):
        end -= 2 if text[end - 1] == "*" else 1  # a dot behind Latin letters goes too: `Owner: Pete Lund.`
    return start, max(start, end)


def _named(analysis: Analysis, part: int, start: int, end: int, *, sure: bool, weak: bool) -> list[Owner]:
    """The owner that one piece names."""
    text = analysis.folded(part)
    there = known(analysis, _stretch(analysis, part, start, end))
    if len(there) == 1 and there[0].span.start == start and there[0].span.end == end:
        return there
    held = _HELD.search(text, start, end) if text[end - 1] == ")" else None
    if held and is_house(text[start : held.start()].rstrip(), analysis) and (inner := _named(analysis, part, *held.span("who"), sure=False, weak=False)) and isinstance(inner[0], Person):
        return inner  # Facilities (Nora)
    tail = _TAIL.search(text, start, end)
    body = tail.start() if tail and tail.start() > start else end
    role = _role().match(text, start, body)
    start = role.end() if role else start
    if there:
        rest = "".join(text[a:b] for a, b in _around(start, body, there)).strip(_EDGES + "/")
        if len(there) == 2 and there[0].folded.isascii() and not there[1].folded.isascii() and text[there[0].span.end : there[1].span.start] == " ":
            there = there[1:]  # IE 项羽生
        person = [owner for owner in there if isinstance(owner, Person) and (owner.form != "title" or len(there) == 1)]
        whole = any(owner.span.start <= start and owner.span.end >= body for owner in person)
        if not whole and is_house(text[start:body], analysis):
            return [department(analysis, part, Span(start, body))]
        behind = text[there[-1].span.end : body].strip(_EDGES)
        if person and not behind and (sure or (len(rest) <= 8 and not _SAYS.search(rest))):
            return [owner for owner in there if owner in person or not isinstance(owner, Person)]
        if person:  # a name that goes on, or words: 财务室程双|双
            made = _shaped(analysis, part, start, body, weak=sure) if start < body else None
            return [made] if made else list(there) if sure else []
        at = there[-1].span.end
        if rest and at < body and (last := _shaped(analysis, part, *_trimmed(text, at, body), weak=text[at] in " /-:(\u00b7" or sure, placed=True)):
            return [last]  # a department that is known and a name that is not
        if (len(rest) <= 2 and rest not in sections("actions")["speech"]) or sure:
            return list(there)
    if start >= body:
        return []
    made = _shaped(analysis, part, start, body, weak=sure or weak)
    if made:
        return [made]
    return _described(analysis, part, start, body) if sure else []


def _around(start: int, end: int, owners: Sequence[Owner]) -> Iterable[tuple[int, int]]:
    for owner in owners:
        yield start, max(start, min(owner.span.start, end))
        start = owner.span.end
    if start < end:
        yield start, end


def _shaped(analysis: Analysis, part: int, start: int, end: int, *, weak: bool, placed: bool = False) -> Owner | None:
    """One name or house by its shape; behind an office or a house, the name: 仓管员 皇甫松. `placed` where its house stands before it."""
    text = analysis.folded(part)
    word = text[start:end]
    if not word or len(word) > _LONGEST:
        return None
    if _each().fullmatch(word):
        return _person(analysis, part, start, end)
    if is_house(word, analysis):
        return department(analysis, part, Span(start, end))
    if looks_like_name(word, written=analysis.passage(part, start, end).text, weak=weak or _is_cast(analysis, word), placed=placed and weak):
        return _person(analysis, part, start, end)
    blank = max(word.rfind(" "), word.rfind("\u00b7"))
    if blank > 0 and not word.isascii():
        head, name = word[:blank].strip(" \u00b7"), word[blank + 1 :]
        housed = is_house(head, analysis) or head.endswith(sections("actions")["office"])
        if looks_like_name(name, written=name, weak=weak or housed, placed=housed) and len(head) <= 10 and _HAN.fullmatch(head.replace(" ", "")):
            return _person(analysis, part, end - len(name), end)
        return None
    glued = _glued().fullmatch(word)
    if glued and looks_like_name(glued["name"], written="", weak=bool(glued["office"]) or _full().fullmatch(glued["name"]) is not None):
        return _person(analysis, part, start + glued.start("name"), end)
    return None


@lru_cache(maxsize=1024)
def _is_house(word: str) -> bool:
    lists = sections("actions")
    if word in lists["no-house"] or word in lists["nobody"] or len(word) > 14 or word.endswith(_NEVER_LAST) or not _HOUSE.fullmatch(word) or _ACTING.search(word, 1):
        return False
    head = word.rpartition(" ")[0]
    if head and not word.isascii() and not head.isascii() and not _is_house(head):
        return False  # 样板房软装 软装公司
    return word.endswith(_houses()) if not word.isascii() else word.rsplit(maxsplit=1)[-1] in lists["house"]


_HOUSE = re.compile(rf"[{HAN}a-z0-9&*\u00b7. -]+")


_NEVER_LAST = ("待办", "督办", "交办", "代办", "承办", "主办", "举办", "停办", "补办", "上班", "下班", "加班", "值班", "开班", "此处", "到处", "内部", "全部", "外部", "到站", "网站", "会议室", "教室")
_ACTING = re.compile(r"[以由让的把将]|会同|联合|协同|(?<![公外提])交(?![通易警行付投管建])|要求|转院|出院|住院|联系|组织|完成|提交|通知|协调|配合|确认|安排|跟进|负责|起草|提供|报送|发给|送到|交给|要在|应在|需在|请|把|将")


@cache
def _houses() -> tuple[str, ...]:
    return tuple(word for word in sections("actions")["house"])


def is_house(word: str, analysis: Analysis) -> bool:
    """Whether a folded word is a department, a company or a team by its ending."""
    return (_is_house(word) and not word.startswith(_not_first())) or (word not in sections("actions")["nobody"] and is_department(word, analysis.environment.roster))


@cache
def _not_first() -> tuple[str, ...]:
    verbs = tuple(word for word in sections("senses")["verb"] if not word.isascii() and len(word) > 1 and word not in sections("actions")["house"])
    return (*verbs, "会同", "联合", "协同", "请", "把", "将", "给", "对", "向", "与", "和", "在", "于", "各", "本", "该", "全", "相关", "有关", "所有", "按", "从", "到", "新", "为")


@lru_cache(maxsize=2048)
def looks_like_name(word: str, *, written: str, weak: bool, placed: bool = False) -> bool:
    """Whether a folded word is shaped like a person's name.

    `weak` where only its place tells (见鹿), `placed` where a house or an office stands right before it, so that even a word
    is a name (会计部 谈笑); `written` has its capitals.
    """
    nobody = sections("actions")["nobody"]
    if word in nobody or word in sections("actions")["speech"] or word.startswith(_EVERYBODY):
        return False
    if word.isascii():
        return bool(_CAPITALS.fullmatch(written)) and len(word) > 1 and not any(piece in nobody for piece in word.split())
    if not _HAN.fullmatch(word) or (word.startswith(_not_first()) and not (word[0] in "于向和从" and _full().fullmatch(word) and (weak or placed))):
        return False
    if _nick().fullmatch(word):
        return True
    if not placed and (word in sections("people")["word"] or (is_word(word) and not weak)):
        return False
    if (_full().fullmatch(word) and not is_rare(word)):
        return True
    if weak and word in sections("people")["title"]:
        return True
    return weak and 2 <= len(word) <= 3 and word[0] not in _NO_NAME_STARTS and not word.endswith(_NO_NAME_ENDS)


def _is_cast(analysis: Analysis, word: str) -> bool:
    """Whether a short word stands among those present, the host or the recorder, which makes it a name."""
    return 2 <= len(word) <= 4 and word in analysis.once("doers.cast", _cast)


def _cast(analysis: Analysis) -> str:
    from commlint.entities.fields import fields
    from commlint.entities.labels import is_known

    greeting = [line for part in text_parts(analysis) for line in [analysis.folded(part).lstrip().split("\n", 1)[0]] if len(line) < 30 and line.rstrip().endswith((":", ",", "!")) and not is_known(analysis.environment.lexicon, line)]
    mentioned = [match[0] for part in text_parts(analysis) for match in _MENTIONED.finditer(analysis.folded(part))]
    return "\n".join((*greeting, *mentioned)) + "\n" + "\n".join(field.value.folded for field in fields(analysis, analysis.record) if field.key in _CAST and len(field.value.span) < 4000)


@cache
def _each() -> re.Pattern[str]:
    """A group that is not everybody: 各车间, 各片区负责人."""
    return re.compile(rf"各(?!(?:位|自|种|类|项|方|级|地|相关))[{HAN}]{{1,9}}(?<![的了个种项类请])")


@cache
def _nick() -> re.Pattern[str]:
    lists = sections("actions")
    titles = choice({*lists["office"], "妈妈", "爸爸", "奶奶", "爷爷", "阿姨", "叔叔", "大夫", "教练", "教授", "博士", "同学", "老师", "姐", "哥", "叔", "姨", "婶", "嫂"})
    return re.compile(rf"(?:[小老阿大]{surnames()}|阿[{HAN}]|{surnames()}(?:总|工|园)|(?!各|本|该|全|每|两|三|几)[{HAN}]{{1,5}}?(?:{titles}))")


@cache
def _full() -> re.Pattern[str]:
    return re.compile(rf"(?:{_surnames()})[{HAN}]{{1,2}}")


@cache
def _surnames() -> str:
    """Any surname, with the compound ones that stand only at the head of a name."""
    return f"{surnames()}|{choice(sections('actions')['compound'])}"


@cache
def _glued() -> re.Pattern[str]:
    """A house or an office and a name right behind it."""
    lists = sections("actions")
    offices = choice(lists["office"])
    houses = choice({*(word for word in lists["house"] if not word.isascii()), *lists["post"]})
    return re.compile(rf"(?:[{HAN}]{{0,6}}(?P<office>{offices})|[{HAN}a-z0-9]{{0,8}}(?:{houses}))(?P<name>[{HAN}]{{2,3}})")


@cache
def _role() -> re.Pattern[str]:
    return re.compile(rf"(?:{choice(sections('actions')['role'])})(?:\s*:\s*|\s+|(?=[{HAN}]{{2,4}}$))")


# What must stand in the first words for a shape to be worth a try.
_LISTED = re.compile(rf"[\s*]*(?P<who>[{HAN}]{{2,9}})、")
_NO_NICK = frozenset(("小组", "小区", "小时", "小学", "小程", "小结", "小票", "老师", "老板", "老年", "老人", "老客", "老系", "小型", "小批", "小家", "老旧", "小额", "小微", "老用", "小心"))
_HINTS = {"each": re.compile("^各"), "nick": re.compile("^[小老阿]"), "taking": re.compile("负责|牵头|执笔|跟进")}
_ANYBODY = frozenset(("专人", "统一", "全权", "全程", "具体", "主要", "共同", "分别", "分头", "各自", "自己", "继续", "直接", "另行", "谁来", "由谁", "无人", "有人", "两人", "三人", "明确", "落实"))


def begins(analysis: Analysis, part: int, start: int, end: int, *, short: bool = False) -> list[Owner]:
    """The owner that a clause begins with, when a verb, a duty or a time stands right behind: 德育处起草…, 港务科要在….

    `short` where a verb of one character will do: 秦岚交课程表.
    """
    text = analysis.folded(part)
    head = text[start : min(end, start + 12)].lstrip(" *")
    if not head or head.isascii():
        return []
    if "、" in head and (listed := _LISTED.match(text, start, end)) and is_house(listed["who"], analysis):
        others = begins(analysis, part, listed.end(), end, short=short)
        return [department(analysis, part, Span(*listed.span("who"))), *others] if others else []
    for pattern, shape in _beginnings():
        if (shape in _HINTS and not _HINTS[shape].search(head)) or (shape == "short" and not short):
            continue
        match = pattern.match(text, start, min(end, start + 40))
        if match is None:
            continue
        at, stop = match.span("who")
        word = match["who"]
        if shape == "house":
            if is_house(word, analysis):
                return [department(analysis, part, Span(at, stop))]
        elif _fits(analysis, word, shape):
            return [_person(analysis, part, at, stop)]
    return []


def _fits(analysis: Analysis, word: str, shape: str) -> bool:
    """Whether a word that begins a clause is somebody."""
    if word.startswith(_EVERYBODY):
        return False
    if shape == "cast":
        return _is_cast(analysis, word)
    if shape == "office":
        return True
    if shape == "each":
        return _each().fullmatch(word) is not None
    if shape == "taking":
        return word not in _ANYBODY and looks_like_name(word, written="", weak=True)
    return looks_like_name(word, written="", weak=False) or (shape == "nick" and not is_word(word) and word not in _NO_NICK)


@cache
def _beginnings() -> tuple[tuple[re.Pattern[str], str], ...]:
    """A group, a house, a nickname or a name that begins a clause, and what a doer does behind it; the surest shape first."""
    lists = sections("actions")
    houses = choice(word for word in lists["house"] if not word.isascii())
    verbs = choice(word for word in lists["verb"] if len(word) > 1)
    short = "".join(sorted(word for word in lists["verb"] if len(word) == 1))
    behind = rf"(?=[\s*]{{0,3}}(?:{verbs}|[要须需应将会来去在于把同和与请]|尽快|立即|马上|主动|及时|继续|分别|共同|会同|统一|先|最[迟晚]|抓紧|本周|下周|今天|明天|周[一二三四五六日]|\d{{1,2}}[月日号/.-]))"
    return tuple((re.compile(rf"[\s*]*(?P<who>{pattern})"), shape) for pattern, shape in (
        (rf"各[{HAN}]{{1,9}}?){behind}(?:", "each"),
        (rf"[{HAN}]{{0,7}}?(?:{houses}))(?:{behind}|(?=[{short}]))(?:", "house"),
        (rf"(?:{choice(lists['office'])})){behind}(?:", "office"),
        (rf"[小老阿][{HAN}])(?=[\s*]{{0,3}}(?:{verbs}|[{short}要在于把明今后周下\d]))(?:", "nick"),
        (rf"(?:{_surnames()})[{HAN}]{{1,2}}?){behind}(?:", "name"),
        (rf"[{HAN}]{{2,4}}?)(?:{behind}|(?=[{short}跑去]))(?:", "cast"),
        (rf"(?:{_surnames()})[{HAN}]{{1,2}}?)(?=[{short}][{HAN}])(?:", "short"),
        (rf"[{HAN}]{{2,3}}?)(?=(?:来)?(?:负责|牵头|执笔|跟进))(?:", "taking"),
    ))


def _person(analysis: Analysis, part: int, start: int, end: int) -> Person:
    passage = analysis.passage(part, start, end)
    return Person(part, passage.span, passage.text, passage.folded, "described", passage.text)


def _described(analysis: Analysis, part: int, start: int, end: int) -> list[Owner]:
    """Who is named as owner in words of no known form (双方授权代表); nobody where it says everybody."""
    word = analysis.folded(part)[start:end]
    if len(word) > _LONGEST or word.startswith(sections("people")["everybody"]) or word in sections("actions")["nobody"] or not re.search(rf"[{HAN}a-z]", word):
        return []
    return [_person(analysis, part, start, end)]


def _stretch(analysis: Analysis, part: int, start: int, end: int) -> Located:
    return Located(part, Span(start, end), "", "")
