"""What makes a commitment of a vague word of each class: an order, a promise, a term, a wish, a resolution.

Each function says what, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from commlint.entities.senses import Cue
from commlint.entities.vague_case import CLOCK, NUMBER, POINT, POINT_THERE, TERM, Case, terms, words_in
from commlint.model.record import Kind

_QUANTITY = re.compile(r"\s{0,2}[^\d,。;!?\n]{0,2}(?:\d|[一二两三四五六七八九十百千万几数半]{1,4}[^\u0000-\u00ff])")
_AGAIN = "再"


def _ordered(case: Case) -> str | None:
    asked = case.asked
    if asked:
        return f"request {asked.word}"
    if "directive" in case.reading.senses:
        return "order"
    told = case.near("promise", of=case.cues) or case.near("speaker", of=case.cues)
    return f"promise {told.word}" if told else None


def _verb_behind(case: Case) -> Cue | None:
    act = case.behind("act", 4)
    if act and (len(act.word) > 1 or act.start <= case.word.end + 1):
        return act
    ahead = case.behind("ahead", 2)
    if ahead and len(ahead.word) > 1:
        return ahead
    return case.behind("verb", 4, of=case.cues) if not case.latin else case.near("verb", of=case.cues)


_ADVERBS = frozenset(("及时", "适时", "限时", "限期", "逐步", "逐渐", "分批", "分步", "分阶段", "随后", "迅速", "即时", "及早", "加急"))
_MODAL = re.compile(r"(?:将|会|应|须|要|请|需|应当|必须|务必|望|盼)\Z")


def _adverb(case: Case) -> bool:
    """Whether what follows is something that is done: 及时函告, not 响应及时、 nor 及时性."""
    following = case.text[case.word.end : min(case.word.end + 1, case.clause.end)]
    return following > "\u4dff" and following not in "的性率、了。" and case.behind("noun", 0) is None


def _urgent(case: Case) -> str | None:
    ordered = _ordered(case)
    if case.latin and case.mild:
        return ordered or _will(case)
    if "qualifies" in case.senses or case.mild:
        verb = _verb_behind(case)
        if case.word.word in _ADVERBS:
            verb = (verb or case.word) if _adverb(case) else None
            if verb is None:
                return None
        elif verb is None and _MODAL.search(case.text, case.clause.start, case.word.start):
            verb = case.word
        if verb is None:
            return ordered if ordered and not case.mild and (asked := case.asked) and asked.start < case.word.start else None
        if case.mild:
            asks = case.before("asks") or case.behind("asks", 2) or (Cue("mention", "@", case.span.start, case.span.start + 1) if "@" in case.text[case.span.start : case.word.start] else None)
            says = case.near("says_will") or (verb if case.text.startswith(("就", "会", "将", "能"), case.word.end) else None)
            return ordered or (f"request {asks.word}" if asks else None) or (f"promise {says.word}" if says else None)
        return ordered or f"{verb.word} without a term"
    return ordered or "without a term"


def _will(case: Case) -> str | None:
    cue = case.near("says_will") or case.near("asks")
    return f"{cue.sense} {cue.word}" if cue else None


_BESIDE = ("左右", "上下", "前后", "约", "出头", "将近", "原则上", "快则", "慢则", "大略", "约需", "好像", "貌似", "似乎", "看起来", "看样子", "可能", "也许", "或许", "恐怕", "怕是", "没准", "说不定", "估计", "多半", "八成", "兴许")
_ABOUT_HERE = re.compile(rf"\s?(?:在|需|要|为|莫|需要|还要|还需|再)?\s?(?:{POINT}|{NUMBER}|{CLOCK})")
_AMOUNTS = _BESIDE[:6]  # said of figures only
_WAITS = re.compile(r"(?:还)?(?:要|得|需|需要)等|[^,。;]{2,20}才(?:能|行|可以|给|批)")
_CAPACITY = re.compile(r"(?:同时|一次|最多|共)?(?:容纳|坐|放|装|存|承载|停|覆盖|服务|使用|用|撑|续航|跑|打印|生产|产|加工|处理|办|检|接待|供)[^,。;]{0,4}[\d一二两三四五六七八九十百千万几半数]")
_BROAD = ("正常情况", "正常的话", "顺利的话", "不出意外", "不出意外的话", "如无意外", "没意外的话", "快的话", "理论上", "按理说", "照理说", "不出岔子的话", "没什么意外", "all being well", "if all goes well", "if everything goes well", "all going well")
_PREDICTS = ("快则", "慢则", "最快", "最快也要", "最慢", *_BROAD)
_WILL_DO = re.compile(r"\s?(?:就|也|都|是)?(?:能|可以|可(?!能)|支持|够|行|来得及|没问题|没什么问题|问题不大|ok|搞定|弄好|做完|完成|交付|上线|到位)")


def _about(case: Case) -> str | None:
    """A promise or a term that a hedge takes half back; what is measured, or was so, is none."""
    term = case.term()
    if term and case.text.find("是", case.clause.start, case.clause.end) >= 0 and _IT_WAS.search(case.text, case.clause.start, case.clause.end):
        return None
    found = _hedged(case, term) if case.latin else _rests(case, term) or _unsure(case, term)
    return None if found is None or _measures(case) else found  # most rest on nothing, which is told sooner than what they measure


def _measures(case: Case) -> bool:
    """Whether it tells how much or how long something is, or asks for that."""
    if case.near("measured") and not case.near("says_will", end=case.word.start):
        return True
    if case.word.word == "约" and not _ABOUT_HERE.match(case.text, case.word.end, case.clause.end):
        return True
    return case.clause.end >= case.span.end - 2 and _ASKED_HOW.search(case.text, case.clause.start, case.clause.end) is not None


def _hedged(case: Case, term: str | None) -> str | None:
    """An English hedge: with a term, or on what we will do."""
    will = case.near("ahead") or case.near("promise", of=case.cues)
    own = "promise" in case.reading.senses and case.word.word not in ("about", "around", "roughly", "approximately", "approx")
    return f"{will.word} {term or ''}".strip() if will and (term or own) else None


def _rests(case: Case, term: str | None) -> str | None:
    """A term that lies ahead."""
    text, clause, word = case.text, case.clause, case.word
    if term is None and word.word in _BROAD and (wide := TERM.search(text, word.end, case.span.end)):
        return f"term {wide[0]}"
    if term and (word.word in _PREDICTS or POINT_THERE.search(text, clause.start, clause.end) or _is_ahead(case)):
        return f"term {term}"
    far = TERM.search(text, clause.start, word.start) if not term and word.word not in _AMOUNTS else None
    if far and _WILL_DO.match(text, word.end, clause.end) and _is_ahead(case):
        return f"term {far[0]}"
    alone = term == word.word and not text[clause.start : word.start].strip() and not text[word.end : clause.end].strip(" 吧就好行可以的样子内")
    return f"term {term}" if alone else None


def _is_ahead(case: Case) -> bool:
    """Whether the clause speaks of what is to come."""
    if _THEN.match(case.text, case.clause.end) is not None or case.near("ahead") is not None:
        return True
    return case.near("speaker", of=case.cues, start=case.span.start, end=case.span.end) is not None


def _unsure(case: Case, term: str | None) -> str | None:
    """A hedge on whether it will be done at all."""
    text, clause, word = case.text, case.clause, case.word
    if "qualifies" in case.senses and not term:
        return None
    if word.word not in _AMOUNTS and _WAITS.match(text, word.end, clause.end):
        return "it waits for something"
    doing = _WILL_DO.match(text, word.end, clause.end)
    figure = word.word in _AMOUNTS and not term and _FIGURE_BEFORE.search(text, clause.start, word.start) is not None
    if figure and (resolved := case.near("resolves", start=case.span.start, end=case.span.end)):
        return f"resolution {resolved.word}"
    if term or word.word in _BESIDE or (_CAPACITY.match(text, doing.end(), clause.end) if doing else _QUANTITY.match(text, word.end, clause.end)):
        return None
    own = word.word.startswith(("应该", "基本", "问题")) and word.word.endswith(_SURE) and clause.end - clause.start > len(word.word) + 2
    if doing or own:
        return "a promise rests on it"
    speaker = case.before("speaker", 3, of=case.cues)
    return f"promise {speaker.word}" if speaker and _verb_behind(case) else None


_FIGURE_BEFORE = re.compile(r"\d[\u4e00-\u9fff]{0,3}\Z")
_THEN = re.compile(r",[^,。;]{0,4}就")
_SURE = ("可以", "能", "没问题", "不大", "来得及", "差不多", "行", "够")
_ASKED_HOW = re.compile(r"(?:多少|几[点号个天时台人家份]|哪[天个些里位]|什么时候|啥时候|啥时|何时|多久|多长时间)(?![^,。]{0,6}[内左])[^,。]{0,10}(?:啊|呀|呢|吗|嘛|来着|\?|？|\Z)")
_IT_WAS = re.compile(r"是[^,。;]{1,14}的\W*\Z")

_NEEDS_TERM = ("有望", "最好能", "最好是能")
_HOPES = ("希望", "期待", "期盼", "期望", "盼望", "盼", "祈盼", "企盼", "愿", "巴望", "寄望", "渴望", "但愿", "但愿能", "we hope", "i hope", "we wish", "i wish", "look forward to", "looking forward to", "hope to", "hoping to", "hope that", "hoping that", "hoping", "hoping for", "our hope is")
_COMES_TRUE = re.compile(r"完成|解决|恢复|落实|实现|改善|改进|签[约订下]|批[准下复]|到位|上线|交付|回复|答复|安排|消除|敲定|定下|结清|投用|开工|复工|launch|resolve|finish|complete|deliver|settle|close|ship|finali[sz]e|approv|fix")
_PLAIN_STYLE = ("尽量", "尽可能", "尽可能地")
_DELIVER = re.compile(r"[^,。;!?\n]{0,12}(?:完成|提交|反馈|回复|答复|安排|给我|给到|发我|发给|交给|解决|满足|落实|协调|提前|早|快|今天|明天|本周|这周|下周|月底|\d+[日号月])")


def _wished(case: Case) -> str | None:
    word = case.word.word
    if word in _NEEDS_TERM:
        return "a term is hoped for" if case.term() else None
    if word in _HOPES:
        return _hoped(case)
    if case.latin:
        return _ordered(case) or _will(case) or ("hope" if "hope" in word or "fingers" in word or "any day" in word else None)
    if case.mild:
        told = case.near("promise", of=case.cues) or case.before("speaker", of=case.cues)
        return f"promise {told.word}" if told and _verb_behind(case) else None
    if word.startswith(_PLAIN_STYLE) and case.asked and not _DELIVER.match(case.text, case.word.end, case.clause.end):
        return None
    return "wish"


def _hoped(case: Case) -> str | None:
    """希望 with what should come true, and with a time or a word for soon."""
    if case.asked and "directive" in case.reading.senses and case.near("request", of=case.cues, start=case.word.start, end=case.clause.end):
        return None
    urgent = next((cue for cue, _ in words_in(case.analysis, case.sentence).words if cue.sense == "urgency" and case.word.end <= cue.start), None)
    if urgent:
        return f"{urgent.word} is hoped for"
    true = _COMES_TRUE.search(case.text, case.word.end, case.clause.end)
    return f"{true[0]} is hoped for" if true and not case.behind("negation") else None


def _open(case: Case) -> str | None:
    word = case.word.word
    if case.latin:
        return _will(case) or ("open" if not case.mild else None)
    if "qualifies" in case.senses or case.mild:
        verb = case.behind("act", 2 if case.mild else 6) or (case.word if case.word.word in _ADVERBS and _adverb(case) else None)
        if verb is None or (len(verb.word) == 1 and verb.start > case.word.end + 1 and verb.word != _AGAIN):
            return None
        return _ordered(case) or (f"{verb.word} without a term" if not case.mild or verb.word == _AGAIN or case.told else None)
    if word.startswith(_AGAIN) and len(word) <= 4:
        return _once_more(case)
    return "open"


def _once_more(case: Case) -> str | None:
    """再定 without a word of when; 请再确认 asks for another time, 会后再沟通 names the event."""
    clause, word, text = case.clause, case.word, case.text
    if case.near("request", of=case.cues, start=max(clause.start, word.start - 3), end=word.start):
        return None
    timed = any(t.span.start >= clause.start and t.span.end <= word.start for t in terms(case))
    if timed or (text.find("后", clause.start, word.start) >= 0 and word.word not in ("再说", "再说吧", "再议", "再看", "再看看")):
        return None
    return "open"


_BY_DEGREES = ("酌情", "酌量", "适当", "适当地", "适度")


def _decides_nothing(case: Case) -> str | None:
    """In minutes, where something is resolved."""
    if case.analysis.record.kind is not Kind.MINUTES:
        return None
    resolves = case.near("resolves", start=case.span.start, end=case.span.end)
    if resolves:
        return f"resolution {resolves.word}"
    if case.word.word in _BY_DEGREES and _verb_behind(case):
        return "it is left open how much"
    if case.word.word.startswith("原则") and case.word.word.endswith(("同意", "通过")):
        return "resolution"
    return "resolution" if _resolved(case) else None


def _resolved(case: Case) -> bool:
    from commlint.entities.fields import fields

    return any(field.part == case.sentence.part and field.key == "decisions" and field.value.span.overlaps(case.span) for field in fields(case.analysis, case.analysis.record))


EVIDENCE: Mapping[str, Callable[[Case], str | None]] = {
    "urgency": _urgent, "approximation": _about, "open_plan": _open, "wish": _wished, "degree": _decides_nothing,
}
