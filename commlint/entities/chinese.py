"""Chinese names in running text: candidates from one pass over the surnames, decided by the evidence on both sides.

Every candidate is scored: how common the surname is and how often its character begins other words, how name-like the given
name is, what stands before and behind (`evidence`), and the words that a stretch would cut. What reaches the threshold is a
name; what nearly does is one if it stands in a list beside one, or if the record names the same person elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from commlint.entities.evidence import PLAIN, before, behind, is_han, leading_signs
from commlint.entities.surnames import given_score, name_tables
from commlint.entities.wordlists import sections

ENOUGH = 3.25
_BESIDE = 3.5  # what a person in the same list counts for
_KNOWN = 3.0  # what the same name elsewhere in the record counts for
_MASKS = "*某\u00d7\u25cb\u3007x\u2b55"
_MASK = re.compile(r"\*{1,3}(?!\*)|某{1,2}|\u00d7{1,2}|[\u25cb\u3007\u2b55]{1,2}|x{1,2}(?![a-z0-9])")
_start = itemgetter(0)
_LINKS = "\u3001/,和与及跟同&"


class Name(NamedTuple):
    """A stretch that may be a person, and how much speaks for it."""

    start: int
    end: int
    form: str
    name: str
    title: str = ""
    department: str = ""
    score: float = 0.0


def names(text: str, houses: Mapping[int, int], known: Collection[str] = ()) -> list[Name]:
    """The persons in `text`, in order, apart from one another.

    `houses` has the departments by where they end; `known` names are persons wherever nothing speaks against it.
    """
    sure: list[Name] = []
    open_: list[Name] = []
    for at in _places(text, houses):
        pair = text[at : at + 2]
        if _is_dead(pair):
            continue
        found = _at(text, at, pair, houses)
        if found is not None:
            if found.score >= ENOUGH:
                sure.append(found)
            elif found.score + _BESIDE >= ENOUGH:
                open_.append(found)
    if _SOUNDING.search(text) or _DOTTED.search(text):
        sure += _far(text)
    return _settled(text, sure, open_, known)


def _places(text: str, houses: Mapping[int, int]) -> Iterable[int]:
    """Where a name can begin, in order: at a surname, at 小, 老, 阿, before 姐, and right behind a department."""
    starts = [match.start() for match in _starts().finditer(text)]
    surnames = name_tables().surname
    more = [end for end in houses if text[end : end + 1] in surnames and end not in starts]
    for sign in _NEAR:
        if sign in text:
            more += [match.start() for match in re.finditer(sign, text) if _near(sign, text[match.start() + 1 : match.start() + 2])]
    for sign in _KIN:
        if sign in text:
            more += [match.start() - 1 for match in re.finditer(sign, text) if text[match.start() - 1 : match.start()] in _nicks()]
    return sorted({*starts, *more}) if more else starts


_NEAR, _KIN = "小老大阿", "姐哥叔姨爷嫂"


@cache
def _nicks() -> frozenset[str]:
    """Characters of given names that are no surnames: 霞姐."""
    tables = name_tables()
    return frozenset(sign for sign, score in tables.given.items() if score == 1 and sign not in tables.surname)


@cache
def _firsts() -> tuple[frozenset[str], frozenset[str]]:
    """What a surname begins with, those of other languages included, and what of those of several characters comes second."""
    tables, lists = name_tables(), sections("people")
    others = (*tables.compound, *lists["foreign"], *lists["transcribed"])
    return frozenset({*tables.surname, *(word[0] for word in others)} - {"*"}), frozenset(word[1] for word in others)


@cache
def _impossible() -> frozenset[str]:
    """Characters that no reading goes on with."""
    tables = name_tables()
    return tables.never.difference(tables.titles, tables.short, _MASKS, _firsts()[1])


def _near(sign: str, follower: str) -> bool:
    """Whether a name can begin with 小, 老, 大 or 阿 before this character."""
    if sign == "阿":
        return follower > "\xff" and follower not in _impossible()
    return follower in _firsts()[0] or (sign == "小" and follower in _nicks())


@cache
def _starts() -> re.Pattern[str]:
    """Where a surname stands before what a name can go on with; what seldom follows one must not stand behind a character that calls for nobody."""
    first, second = _firsts()
    lively = "".join(sorted({*_lively(), *second} - {"", " "}))
    idle = rf"^\x00-\u33ff\ua000-\U0010ffff{''.join(sorted(_leading_signs()))}"
    seldom = rf"^{''.join(sorted(_impossible()))}\x00- !-)+-wyz{{-~\u3000-\u3006\u3008-\u303f"
    return re.compile(rf"[{''.join(sorted(first))}](?:(?= {{0,3}}[{lively}])|(?<![{idle}].)(?=[{seldom}]))")


@lru_cache(maxsize=4096)
def _is_dead(pair: str) -> bool:
    """Whether no name begins with a pair: words whose second character is in few given names and begins no title."""
    tables = name_tables()
    if pair in tables.refused:
        return pair[0] not in _NEAR and not _begins(pair)
    if len(pair) < 2 or pair not in tables.words or pair[0] in _NEAR or pair[1] in tables.titular or pair[1] in _MASKS:
        return False
    return (tables.given.get(pair[1], -1.0) < 1 or pair in _deeds()) and not _begins(pair)


def _begins(pair: str) -> bool:
    """Whether a surname of several characters, or one from another language, begins with a pair."""
    return pair in _doubled() or pair in _foreign()[2]


@cache
def _foreign() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Surnames and given names written by their sound, and the pairs that they begin with."""
    lists = sections("people")
    foreign, given = lists["foreign"], lists["transcribed"]
    return frozenset(foreign), frozenset(given), frozenset(word[:2] for word in (*foreign, *given))


@cache
def _calls() -> frozenset[str]:
    lists = sections("people")
    return frozenset(word for name in ("before", "before-strong") for word in lists[name] if len(word) == 2)


@cache
def _deeds() -> frozenset[str]:
    """What persons do: no name begins with it, even behind a department or a title."""
    lists = sections("people")
    return frozenset(word for name in ("behind-strong", "behind-person") for word in lists[name] if len(word) > 1)


@cache
def _doubled() -> frozenset[str]:
    """The first two characters of the surnames that have more than one."""
    return frozenset(word[:2] for word in name_tables().compound)


@cache
def _leading_signs() -> frozenset[str]:
    """What the words end in that call for a person behind them."""
    fronts = (pair[-1] for pair in name_tables().front)
    return frozenset((*leading_signs(), *fronts, *"师员人者"))


@cache
def _lively() -> frozenset[str]:
    """What can follow a surname without a word that calls for a person: characters of given names, masks, titles, a blank."""
    tables = name_tables()
    return frozenset({sign for sign, score in tables.given.items() if score >= 0} | {*_MASKS, "", " ", *tables.titles, *tables.short})


def _at(text: str, at: int, pair: str, houses: Mapping[int, int]) -> Name | None:
    """The best reading of what starts with `pair` at `at`; None where nothing speaks for a name at all."""
    tables, sign = name_tables(), text[at]
    words, four = tables.words, text[at : at + 4]
    if pair in tables.refused or four in words or (four[:3] in words and sign not in "小老阿大"):
        return None
    base = tables.surname.get(sign)
    if base is None:
        if sign in "小老大阿":
            return _familiar(text, at, houses)
        if pair[1:] and pair[1] in _KIN:
            return None if pair in words else Name(at, at + 2, "surname_title", sign, pair[1], score=1.5 + before(text, at) + min(behind(text, at + 2), 1.5))
    length = 1 if pair not in _doubled() else 2 if pair in tables.compound else 3 if four[:3] in tables.compound else 1
    best = _best(text, at, length, 2.5 if length > 1 else base or 0.0, houses) if length > 1 or base is not None else None
    foreign = _foreign()
    if pair in foreign[2] and (best is None or best.score <= 0 or pair in foreign[1]):
        other = _transcribed(text, at)
        return other if other is not None and (best is None or other.score >= best.score) else best
    return best


def _best(text: str, at: int, length: int, base: float, houses: Mapping[int, int]) -> Name | None:
    """The reading with the highest score of all that begin with the surname at `at`."""
    hopeful = length > 1 or text[at + 1 : at + 2] in _lively()
    readings = _readings(text, at, length, base) if hopeful else []
    if hopeful and not readings and at not in houses:
        return None
    lead, start, house, front = _lead(text, at, houses)
    if not hopeful:
        if lead < PLAIN:
            return None
        readings = _readings(text, at, length, base)
    tables = name_tables()
    if house and length == 1 and start < at and start == at - len(house) and text[at] not in tables.weak and text[at : at + 2] not in tables.words:
        readings.append((base - 1.0 + behind(text, at + 1), at + 1, "department_title", text[at], ""))
    if not readings:
        return None
    if lead < 4.0 and at and is_han(text[at - 1]):
        lead -= _cut(text, at)
    elif lead > 4.0 and text[at : at + 2] in _deeds():  # a department or title is before it: no word may begin here that is not a name as well
        return None
    opened = not start or text[start - 1] in _PARTS
    best, most = readings[0], -99.0
    for each in readings:
        score = each[0] + lead
        if opened and (each[1] == len(text) or text[each[1]] in _PARTS):
            score += 0.75
        if score > most:
            best, most = each, score
    return Name(start, best[1], best[2], best[3], best[4] or front, house, most)


def _cut(text: str, at: int) -> float:
    """What speaks against a surname at `at` that ends a word: 提高|峰值."""
    words, pair = name_tables().words, text[at - 1 : at + 1]
    if pair not in words and text[max(0, at - 2) : at + 1] not in words:
        return 0.0
    return 6.0 if pair in _calls() else 0.0 if pair[0] in "一二三四五六七八九十" else 2.5


_PARTS = frozenset(" \n\t:,;\u3001\u3002|/()<>[]\u3010\u3011\u201c\u201d!?")


def _lead(text: str, at: int, houses: Mapping[int, int]) -> tuple[float, int, str, str]:
    """The evidence before a name, where the reference to the person begins, and the department and title that it begins with."""
    sign = text[at - 1] if at else "\n"
    if sign == "(" and at - 1 in houses:
        return 3.0, at, text[houses[at - 1] : at - 1], ""
    if sign in " )" or is_han(sign):
        place = at - 1 if sign == " " else at
        start, title = _front(text, place, houses)
        if start in houses and (title or start == at):
            return 4.5, houses[start], text[houses[start] : start], title
        if title:
            return 4.0 if text[at] in name_tables().weak else 5.0, start, "", title
    return before(text, at), at, "", ""


def _front(text: str, at: int, houses: Mapping[int, int]) -> tuple[int, str]:
    """A title that ends at `at`, and where it begins."""
    tables, pair = name_tables(), text[max(0, at - 2) : at]
    for title in tables.front.get(pair, ()):
        if text.endswith(title, 0, at) and len(title_at(text, at - len(title))) <= len(title):
            start = at - len(title) if at - len(title) in houses else _qualified(text, at - len(title))
            return start, text[start:at]
    if pair[1:] in ("师", "员") and at > 2 and pair[0] != "人" and text[at - 3 : at - 1] in tables.words:
        return at - 3, text[at - 3 : at]
    return at, ""


def _qualified(text: str, at: int) -> int:
    """Where a title begins that ends in a known one: 质量|总监, 巡回|护士, 班|组长."""
    for length in (4, 3, 2, 1):
        word = text[max(0, at - length) : at]
        if len(word) == length and word in _qualifiers():
            return at - length
    return at


@cache
def _qualifiers() -> frozenset[str]:
    stems = (word for name in ("stem", "stem-more") for word in sections("departments")[name] if len(word) > 1)
    titles = (word for each in name_tables().front.values() for word in each if len(word) < 5)
    return frozenset((*stems, *sections("people")["qualifier"], *titles))


Reading = tuple[float, int, str, str, str]  # score without what stands before, end, form, name, title


def _readings(text: str, at: int, length: int, base: float) -> list[Reading]:
    """What a surname at `at` can be the start of."""
    end = at + length
    sign = text[end : end + 1]
    if sign in _MASKS and sign and (mask := _MASK.match(text, end)):
        return _masked(text, at, mask.end(), base)
    gap = 1 if sign == " " else 0
    found: list[Reading] = []
    titular = (text[end + 1 : end + 2] if gap else sign) in name_tables().titular
    title = title_at(text, end + gap, short=not gap or not is_han(text[end + 2 : end + 3] or " ")) if titular else ""
    if title and not (len(title) == 1 and text[at:end] + title in name_tables().words):
        surname = text[at:end]
        against = 2.5 if surname in "向由从同应位来归" or (surname == "方" and at and is_han(text[at - 1])) else 0.0
        found.append((base + _titled(text, end + gap, title) - against, end + gap + len(title), "surname_title", surname, title))
        if len(title) > 1 and not against:
            return found
    if length > 1 and (follows := behind(text, end)) >= 2:
        found.append((base + min(follows, 3.0) - 1.0, end, "familiar", text[at:end], ""))
    full = _spaced(text, at, end, base) if gap else _full(text, at, end, base)
    return found + full if found else full


def _masked(text: str, at: int, end: int, base: float) -> list[Reading]:
    """A surname with the signs that stand for a given name up to `end`, and a title."""
    if text[end - 1] == "*" and _closes_bold(text, end):
        return []
    title = title_at(text, end)
    return [(6.0 + min(base, 0.5) * 2, end + len(title), "masked", text[at:end], title)]


def _spaced(text: str, at: int, end: int, base: float) -> list[Reading]:
    """A name with a blank in it, which tables and forms have: 王 强."""
    stop = end + 1
    while text[stop : stop + 1] == " " and stop - end < 3:
        stop += 1
    score = given_score(text[stop : stop + 1])
    if score is None or score < 0 or is_han(text[stop + 1 : stop + 2] or " ") or (at and is_han(text[at - 1])):
        return []
    return [(base + score * 0.5 + min(behind(text, stop + 1), 2.0) - 1.0, stop + 1, "full", text[at : stop + 1], "")]


def _full(text: str, at: int, end: int, base: float) -> list[Reading]:
    """A surname and one or two characters of a given name."""
    first = given_score(text[end : end + 1])
    if first is None:
        return []
    tables, words = name_tables(), name_tables().words
    if first < 0 and text[at] in tables.weak:
        base -= 1.5  # 关|灯, 查|账: many a verb is a surname as well
    known = text[at : end + 1]
    against = 0.0 if known not in words else 5.0 if first < 1 or known in _deeds() else 2.0 if text[at] in tables.weak else 1.5
    one = _judged(text, at, end + 1, base + first * 0.5 - against)
    second = given_score(text[end + 1 : end + 2])
    if second is None or text[at : end + 2] in words:
        return [one]
    both = (1.0 if base > 0 else 0.5) if first + second == 2 and base > -1 else -1.0 if second < -1 else 0.0
    pair = text[end : end + 2]
    split = 0.0 if pair not in words else 2.5 if pair in tables.verbs else 1.5 if first + second < 2 else 0.5
    return [one, _judged(text, at, end + 2, base + (first + second) * 0.75 + both - split - (1.0 if against == 2.0 and second == 1 else min(against, 2.0)))]


def _judged(text: str, at: int, end: int, score: float) -> Reading:
    """A full name with what stands behind it: a title becomes part of it."""
    sign = text[end : end + 1]
    if sign in name_tables().titular and (title := title_at(text, end)) and (len(title) > 1 or behind(text, end + 1) >= 1.0):
        return score + _titled(text, end, title), end + len(title), "full", text[at:end], title
    follows = behind(text, end)
    if sign and is_han(sign):
        if follows < 2.5 and (sign == text[at] or (sign == text[end - 1] and (given_score(sign) or 0.0) < 1)):
            follows = 2.5  # 曾可欣|曾提过: the character begins another word
        if follows < 2 and text[end - 1 : end + 1] in name_tables().words:
            follows -= 2.0
    return score + follows, end, "full", text[at:end], ""


def title_at(text: str, at: int, *, short: bool = True) -> str:
    """The title that begins at `at`; empty where there is none."""
    tables, pair = name_tables(), text[at : at + 2]
    for title in tables.begun.get(pair, ()):
        if text.startswith(title, at):
            return title
    return pair[0] if short and pair[:1] in tables.short and pair not in tables.words else ""


@cache
def _respect() -> frozenset[str]:
    return frozenset(sections("people")["address"][:12])


def _titled(text: str, at: int, title: str) -> float:
    """How much a title behind a name speaks for it."""
    end = at + len(title)
    if len(title) > 1:
        longer = text[end : end + 1] in ("层", "级", "制", "团", "部", "办", "会", "室", "岗", "类") and text[end : end + 2] not in name_tables().words
        return 0.0 if longer else 5.0 if title in _respect() else 4.0
    return 2.5 + min(max(behind(text, end), -2.5), 1.5)


def _familiar(text: str, at: int, houses: Mapping[int, int]) -> Name | None:
    """小李, 老王, 阿强."""
    tables = name_tables()
    pair, follower = text[at : at + 2], text[at + 1]
    if pair in _unfamiliar() or text[at : at + 3] in _unfamiliar() or (text[at] == "大" and follower not in "刘李王张陈"):
        return None
    if (at and text[at - 1 : at + 2] in tables.words) or title_at(text, at + 1) or (text[at + 1 : at + 3] in tables.words and text[at + 2 : at + 4] not in tables.words):
        return None
    if text[at] == "阿" or follower not in tables.surname:
        base = -4.0 if pair in tables.words else 0.5 if text[at] == "阿" else -0.5
    else:
        base = 1.5 if follower not in tables.weak else 0.75
    lead, start, house, front = _lead(text, at, houses)
    if start == at and (length := next((length for length in (4, 3, 2) if at >= length and text[at - length : at] in _short_houses()), 0)):
        lead, start, house = 3.0, at - length, text[at - length : at]
    return Name(start, at + 2, "familiar", pair, front, house, score=base + lead + behind(text, at + 2))


@cache
def _short_houses() -> frozenset[str]:
    return frozenset(word for name in ("short", "office") for word in sections("departments")[name])


@cache
def _unfamiliar() -> frozenset[str]:
    return frozenset(sections("people")["familiar-not"])


def _transcribed(text: str, at: int) -> Name | None:
    """A foreign surname with a title, or a foreign given name among words that speak for one."""
    foreign, given, _ = _foreign()
    for length in (5, 4, 3, 2):
        word = text[at : at + length]
        if len(word) == length and (word in foreign or word in given):
            title = title_at(text, at + length)
            if title:
                return Name(at, at + length + len(title), "full" if word in given else "surname_title", word, title, score=4.0 + min(0.0, before(text, at)))
            return Name(at, at + length, "full", word, score=0.5 + before(text, at) + behind(text, at + length)) if word in given else None
    return None


_DOTTED = re.compile("[\u00b7\u2022\u2027\u30fb]")
# Characters that stand for the sounds of names from other languages and of those of Tibetans, Uighurs and Mongols.
_SOUNDS = (
    "阿艾安奥巴贝比彼波伯布查达戴丹德迪杜多厄恩法菲费弗佛夫福富盖戈格古哈汉赫霍基吉加杰金卡凯康考科克肯库拉莱兰劳勒雷里利莉丽连琳卢鲁伦罗洛马玛迈麦曼梅门蒙米密莫姆纳娜奈南内尼纽诺欧帕潘佩皮普奇乔琼热瑞萨塞桑森沙尚舍圣施史舒斯松苏索塔"
    "泰坦唐特藤提廷托瓦威韦维温沃乌西希锡夏辛休雅亚扬耶伊尤约泽詹珍朱兹佐扎措旺堆珠次仁卓央宗顿吾其木依买江孜娅图日朝呼那琴高娃才让东吉丹增平朗贡决边强卜合吐逊努山班音玉素甫赛荪娅妮蒂黛薇翰赖廖霓穆墨谢申彻茨兑杰珊丝琪茜芙萝薇妲"
)
_SOUNDING = re.compile(rf"[{_SOUNDS}][{_SOUNDS}](?:[{_SOUNDS}]|先生|女士|小姐|太太|博士|教授|老师)")
_FAR = re.compile(rf"[{_SOUNDS}]{{2,8}}(?=先生|女士|小姐|太太|博士|教授|老师)|[\u3400-\u9fff]{{1,7}}[\u00b7\u2022\u2027\u30fb][\u3400-\u9fff]{{1,8}}|(?<![\u3400-\u9fff])[{_SOUNDS}]{{3,8}}(?![{_SOUNDS}])|(?<=[请由让找和与跟给])[{_SOUNDS}]{{3,8}}(?![{_SOUNDS}])")


@cache
def _far_words() -> frozenset[str]:
    return frozenset(sections("people")["far-word"])


def _far(text: str) -> Iterable[Name]:
    """Names written by their sound: with a title (施密特先生), with a dot (艾力\u00b7买买提), or where a name is called for."""
    words = name_tables().words
    for match in _FAR.finditer(text):
        start, end = match.span()
        title = title_at(text, end)
        dotted = _DOTTED.search(match[0])
        if any(match[0].startswith(word) for word in _far_words() if len(word) > 2) or match[0] in words:
            continue
        if dotted is not None:
            inner = match[0].replace(dotted[0], "")
            if title or (before(text, start) >= 1.0 and all(sign in _SOUNDS for sign in inner)):
                yield Name(start, end + len(title), "full", match[0], title, score=6.0)
        elif title and (before(text, start) >= 0 or text[start - 1] in "方国"):
            yield Name(start, end + len(title), "surname_title", match[0], title, score=4.5 + len(match[0]) * 0.5)
        elif not title and not any(match[0][i : i + 2] in words for i in range(len(match[0]) - 1)):
            score = before(text, start) + behind(text, end) + 0.5
            if len(match[0]) > 2 and score >= ENOUGH:
                yield Name(start, end, "full", match[0], score=score + len(match[0]) * 0.5)


def _closes_bold(text: str, end: int) -> bool:
    """Whether two stars end bold text: an odd number of pairs stands before them on the line."""
    if not text.endswith("**", 0, end):
        return False
    opening = text.rfind("**", max(0, text.rfind("\n", 0, end), end - 82), end - 2)
    return opening >= 0 and text[opening + 2].isalnum()


def _settled(text: str, sure: list[Name], open_: list[Name], known: Collection[str]) -> list[Name]:
    """The sure names and those of the open ones that another name speaks for; of two that overlap the better one."""
    if open_ and (sure or known):
        named = {*known, *(each.name for each in sure if len(each.name) > 1)}
        again = [each for each in open_ if each.name in named and each.score + _KNOWN >= ENOUGH]
        if again:
            sure += again
            open_ = [each for each in open_ if each.name not in named]
        sure += _beside(text, sure, open_)
    chosen: list[Name] = []
    for each in sorted(sure, key=_start):
        if not chosen or each.start >= chosen[-1].end:
            chosen.append(each)
        elif each.score > chosen[-1].score and (len(chosen) < 2 or chosen[-2].end <= each.start):
            chosen[-1] = each
    return chosen


def _apart_by_blanks(text: str, one: Name, other: Name) -> bool:
    """Whether only blanks part two candidates, as in the lists of forms."""
    return one.end < other.start <= one.end + 4 and not text[one.end : other.start].strip(" \t")


def _beside(text: str, sure: list[Name], open_: list[Name]) -> list[Name]:
    """The open candidates that stand in a list beside a name, one after the other."""
    hopeful = [each for each in open_ if each.score + _BESIDE >= ENOUGH]
    if not hopeful:
        return []
    found: list[Name] = []
    ends = {each.end for each in sure}
    for each in hopeful:
        if _linked_end(text, each.start) in ends:
            ends.add(each.end)
            found.append(each)
    found += _in_row(text, sure, [each for each in hopeful if each not in found])
    taken = {each.start for each in found}
    starts = {each.start for each in (*sure, *found)}
    for each in reversed(hopeful):
        if each.start not in taken and _linked_start(text, each.end) in starts:
            starts.add(each.start)
            found.append(each)
    return found


def _in_row(text: str, sure: list[Name], hopeful: list[Name]) -> list[Name]:
    """The candidates that nearly suffice and stand beside a name in a row parted by blanks."""
    row = sorted((*sure, *(each for each in hopeful if each.score >= ENOUGH - 1.5)), key=_start)
    certain = {each.start for each in sure}
    return [
        each for at, each in enumerate(row)
        if each.start not in certain and (
            (at and row[at - 1].start in certain and _apart_by_blanks(text, row[at - 1], each))
            or (at + 1 < len(row) and row[at + 1].start in certain and _apart_by_blanks(text, each, row[at + 1]))
        )
    ]  # fmt: skip


def _linked_end(text: str, start: int) -> int:
    """Where a name ends that a list mark parts from what starts at `start`; -1 without a mark."""
    at = start - 1 if text[start - 1 : start] == " " else start
    if at > 0 and text[at - 1] in _LINKS:
        return at - 2 if text[at - 2 : at - 1] == " " else at - 1
    return -1


def _linked_start(text: str, end: int) -> int:
    """Where a name starts that a list mark parts from what ends at `end`; -1 without a mark."""
    at = end + 1 if text[end : end + 1] == " " else end
    if text[at : at + 1] and text[at] in _LINKS:
        return at + 2 if text[at + 1 : at + 2] == " " else at + 1
    return -1
