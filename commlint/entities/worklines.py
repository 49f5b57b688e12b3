"""Action items in one stretch of text: who, what and by when, in slots kept apart by marks or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from commlint.entities.blanks import is_blank
from commlint.entities.departments import choice
from commlint.entities.doers import Owner, begins, is_house, known, written
from commlint.entities.spoken import due_in, times_in
from commlint.entities.surnames import HAN
from commlint.entities.wordlists import sections
from commlint.entities.workroles import TASKS, role
from commlint.model.protocols import Analysis
from commlint.model.record import Kind
from commlint.model.values import ActionItem, Department, LabelledField, Passage, Person, TimeExpression, TimeKind

OWNER_KEYS = ("owner", "lead", "owner_department", "temporary_lead")
DUE_KEYS = ("due", "delivery_time", "milestones")
TAIL_KEYS = (*OWNER_KEYS, *DUE_KEYS)
TASK_KEYS = ("task", "task_name")

_DATED = (TimeKind.DEADLINE, TimeKind.LIMIT, TimeKind.INSTANT, TimeKind.PERIOD)
TODAY = ("今日", "今天", "当日", "当天", "本日", "today", "本周", "本月", "this week")
_WEAK = (TimeKind.INSTANT, TimeKind.PLACEHOLDER, TimeKind.VAGUE)
_MARKER = re.compile(
    r"(?:[\u2500-\u257f>]{1,4}\s?|\#\d{1,3}\s|no\.\s?\d{1,3}\s|\d{1,3}[.、)]|[-*+\u2022\u00b7\u25cf\u25cb\u25a0\u25a1\u25c6\u2605\u2606\u25aa\u25b6\u25ba\u2192\u2713\u2714\u2610](?=[\s\u3400-\u9fff\[@])|\(\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.]"
    r"|[甲乙丙丁戊己庚辛][)、.]|[\u2460-\u2473\u2776-\u277f]|第[一二三四五六七八九十\d]{1,3}[步项条点件][、:.]?\s?|\*{0,2}[a-z]{1,4}-?\d{1,4}\*{0,2}(?:\s?[:.)\u2013\u2014-])?(?=\s)|[a-z][.)](?=\s))\s*(?:\[[ x]\]\s*)?(?=\S)"
)
# What parts the slots of an item. A time is one too.
_CUT = re.compile(r"(?:,(?!\d{3}(?!\d))|[;|\t!?@\u3010\u3011\u3014\u3015()\[\]{}<>\u2192\u300c\u300d])+|\.{3,}|\u2026+|\u2014+|\u2013+|--+|->|\s[-~]\s|\s{2,}|:|。|(?<!mr)(?<!ms)(?<!dr)(?<!mrs)(?<!no)\.(?=[\s*_]|$)|\x01+|\n")
_SLASH = re.compile(r"/")
# What stands around a time and says no more than that it is due.
_BEFORE_TIME = re.compile(r"(?:(?:于|在|截止(?:时间|日期)?|截至|最迟|最晚|不晚于|不迟于|限|请|需|须|预计|计划|争取|务必|完成时[间限]|时限|期限|(?<![a-z])(?:by|due|before|on|until|deadline|eta|no later than))[\s:]*){1,3}$")
_AFTER_TIME = re.compile(r"[\s:]*(?:或之前|之前|以前|前|内|为止|止|完成|交付?|办结|到位)?$")
_DOER_END = re.compile(r"[\s*_)(\u3001,:]*(?:负责|牵头|主责|承办|跟进|落实|于|在|须|需|应|将|会|请|尽快|\x01|\d|今|明|后|本周|下周|周|最晚|最迟|月底|年底|to |will |by |shall |must |can you |could you |please )")
_DOER_START = re.compile(r"(?:[我贵双甲乙丙本各][司方部]|公司|科技|集团|由|请|让|@|责成|安排|交|交由|麻烦|辛苦|[\u3010\[(]|^|[,;。:\u2014\u3001和及与/>-]|\d[.、)])[\s*_\u3010\[(]*$")
_DUE_LABEL = re.compile(r"[;,/|]\s*(?:eta|due|by|deadline|截止|截至|时限|期限|完成)")
_SINCE = re.compile(r"\s?(?:起|开始|以后|之后)")
_TAKES = re.compile(r"[\s*_)]{0,3}(?:来)?(?:负责|牵头|主责|承办|跟进|落实|跟踪|督办)")
_TARGET = re.compile(r"(?:向|给|与|和|跟|同|抄送|报|对|到|找|to|with|from)\s?$")
_MENTION = re.compile(rf"(?<![a-z0-9._-])@\s?(?P<who>[a-z][\w.-]{{0,23}}(?: [a-z][a-z]{{1,15}})?|[{HAN}*]{{2,6}})")
_ENGLISH = re.compile(r"(?:^|[:;,.\-\u2013\u2014()\]]\s*)(?:action:?\s+)?(?P<who>[A-Z][A-Za-z'.-]{1,20}(?: (?:[A-Z][A-Za-z'.-]{1,20}|and|&|manager|lead|team|officer|supervisor|engineer|department|desk)){0,3})(?=,?\s(?:to|will|shall|must|should|please|can you|could you|needs to|has to|is to|are to|owns|takes)\s)")
_ENGLISH_HOUSE = re.compile(r"(?:^|[.,;:)\]]\s|\band\s)(?:[Oo]ur|[Tt]he|[Yy]our)\s(?P<who>(?:[A-Za-z&]{2,16}\s){0,2}(?:team|department|dept|office|group|side|agent|lab|factory|warehouse|forwarder|engineers?|designers?|accountant|supplier|vendor|contractor))(?=\s(?:to|will|shall|must|should|please|needs to|has to|is to)\s)")
_ENGLISH_BY = re.compile(r"\b(?:be|is|are) [a-z]{3,12}ed by (?P<who>(?:(?:Mr|Ms|Mrs|Dr)\.?\s)?[A-Z][A-Za-z'-]{1,20}(?: [A-Z][A-Za-z'-]{1,20})?)(?=,?\s(?:by|before|on|no later|until)\b)")
_ENGLISH_ASKED = re.compile(r"(?:[Cc]ould|[Cc]an|[Ww]ould|[Ww]ill)\s(?P<who>(?:(?:Mr|Ms|Mrs|Dr)\.?\s)?[A-Z][A-Za-z'-]{1,20}(?: [A-Z][A-Za-z'-]{1,20})?)\s(?:please|kindly)\b")
_BARE_DATE = re.compile(r"(?<=/)20\d\d-(?:1[0-2]|0?[1-9])-(?:3[01]|[12]\d|0?[1-9])(?=/)|(?<![\w/.-])(?:1[0-2]|0?[1-9])[/.-](?:3[01]|[12]\d|0?[1-9])(?![\w/%-]|\.\d)")
_OVER = re.compile(r"(?<!未)(?<!尚)已(?![知有定])|[^为除到解好完]了(?=[,。;!]|$)")
_CHECKED = re.compile(r"\s*(?:[-*+]\s*)?(?:\[x\]|\u2611|\u2705|done(?![a-z]))")
_PRIORITY = re.compile(r"(?:优先级?\s*:?\s*)?(?:[高中低]|p[0-4]|紧急|重要|一般|普通|特急|high|medium|low|urgent|normal)")
_STATUS = re.compile(r"(?:未开始|进行中|处理中|已完成|未完成|待启动|待处理|待确认|已延期|推进中|已启动|open|pending|in progress|not started|done|ongoing)(?:\s?\d{1,3}%)?")
_ATTRIBUTE = re.compile(r"(?P<deliverable>(?:输出|交付)?成果|交付物|输出物?|产出物?|deliverable|output)|(?P<priority>优先级?|紧急程度|priority)|(?P<status>状态|进展|进度|status)")
_MORE = re.compile(r"成果|交付物|输出|产出|优先|进行中|未开始|处理中|待|状态|[高中低急](?=[\s)\]\u3011\u3015|/,;]|$)|p[0-4](?![\w])|deliverable|output|priority|status|urgent|open|pending|high|medium|low")
_STRONG = frozenset("|\t\u2014\u2013:/()[]\u3010\u3011\u3014\u3015\u2192-")
_OPENS = "([\u3010\u3014"
_CLOSES = ")]\u3011\u3015"
_BLANKS = " \t*_`~\n"
_LEADS = frozenset("限让由请责交麻辛烦有安委指要@")
_LED = re.compile(r"(?:(?<!申)(?<!邀)请|责成|麻烦|辛苦|烦请|有劳|让)[ *_]{0,2}$")
_PLAIN = re.compile("[的了是在把将按被已我你不没请]")  # no name or house that is not known has these
_HANS = re.compile(rf"[{HAN}]{{2,4}}")  # @前端-小鱼
_HOUSED = re.compile(rf"[{HAN}]{{2,8}}$")
_HAN_FIRST = re.compile(rf"[{HAN}]")
_GOES_ON = re.compile(r"\s?[/\u3001&]\s?(?=[a-z\u3400-\u9fff])")
_JOINED = re.compile(r"[\s\u3001,/和与及&*@_]*(?:and)?\s*")
_ROLE = re.compile(r"(?:第一)?责任(?:人|单位|部门|护士|医生|科室|民警|编辑)|负责人|经办人|承办人|执行人|跟进人|主责人|牵头人")
_NICK = re.compile(r"[小老阿][\u3400-\u9fff](?=[核出发写做改跟提负去来补交拟整查盯管牵确催办报拿买订画印租\s])")
_WORD = re.compile(r"[^\s*_]+")
_SHORT = 90
_SLOTTED = re.compile(r"[|\t\u2013\u2014\u3010\u3014\[(@\u2192/]|--|\s-\s|\s{2}|:")
_LONGEST = 400
_LONGEST_NAMES = 40
_LONGEST_NAME = 14
_LONGEST_LABEL = 14
_LABEL_ENDS = (":", "\u3011", "]")
_LABELLED = re.compile(r"(?:责任|负责|经办|承办|主办|担当|执行|跟进|办理|牵头|owner|assignee|responsible|who|pic)[\w/ ]{0,8}\**(?::|\u3011|\])\**")
_SEVERAL = re.compile(r"[\s\u3001/&+(*和与及]")
_TO_ALL = re.compile(r"(?:如|若|倘)(?:有|对|无|果对)[^,。;]{0,20}(?:问题|异议|疑问|意见|需要|不明|不清|补充|更正|变动)")  # 如有问题请在明天前回复
_REQUEST_ON_MINUTES = re.compile(r"(?:确认|核对|反馈|回复|异议|修改意见)[^。;\n]{0,12}(?:纪要|记录)|(?:本|该|此|会议)(?:纪要|记录)[^。;\n]{0,20}(?:确认|核对|回复|反馈|异议)|(?:回复|反馈)(?:是否)?(?:确认|参加|参会|出席)|确认(?:参会|参加|出席|到会)|(?:各位|大家|参会|与会)[^。;\n]{0,30}(?:确认|反馈|回复|核对|异议)|confirm (?:these|the|your) (?:minutes|attendance)|(?:confirm|correct)[^.]{0,20}minutes")


class Piece(NamedTuple):
    """A slot: where it is, the mark before it, the time it is, whether it stands in brackets."""

    start: int
    end: int
    mark: str
    time: TimeExpression | None
    bracket: bool


def read(analysis: Analysis, stretch: Passage, held: Sequence[LabelledField], *, listed: bool = False) -> Line | None:
    """A stretch read as an item; None for what is checked off or only asks to confirm the minutes.

    `held` are the labelled fields in it; `listed` where the stretch stands in a list of work, so that any time in it is its due time.
    """
    if _CHECKED.match(stretch.folded) or (not listed and is_speech(stretch.folded)) or (not listed and (_TO_ALL.match(stretch.folded) or _REQUEST_ON_MINUTES.search(stretch.folded))):
        return None
    return Line(analysis, stretch, held, listed=listed)


def handed_over(analysis: Analysis, part: int, start: int, end: int) -> bool:
    """Whether a clause hands work to somebody: 请何丽老师…, 单子让老郝…."""
    text = analysis.folded(part)
    if _LEADS.isdisjoint(text[start:end]):
        return False
    return any(written(analysis, part, *match.span("who")) for match in _lead().finditer(text, start, end))


def is_speech(folded: str) -> bool:
    """Whether a stretch reports what somebody said: 柯总提出:…."""
    colon = folded.find(":", 0, 24)
    return colon > 0 and folded[:colon].rstrip().endswith(sections("actions")["speech"])


def is_checked(text: str, start: int) -> bool:
    """Whether the line that begins at `start` is checked off."""
    return _CHECKED.match(text, start) is not None


def bare_date(analysis: Analysis, stretch: Passage) -> TimeExpression | None:
    """6/17 or 6-17 by itself, which is a date in an action item only."""
    match = _BARE_DATE.search(stretch.folded)
    start = stretch.span.start
    return due_in(analysis, analysis.passage(stretch.part, start + match.start(), start + match.end()), label="截止时间") if match else None


def before_time(analysis: Analysis, value: Passage) -> int:
    """The end of a value of owners, which a time may follow: 责任人:杭十三,12月23日."""
    bare = _BARE_DATE.search(value.folded)
    end = value.span.start + bare.start() if bare and bare.start() else value.span.end
    end = min((time.span.start for time in times_in(analysis, value) if time.span.start > value.span.start), default=end)
    label = _DUE_LABEL.search(value.folded)
    end = min(end, value.span.start + label.start()) if label and label.start() else end
    return value.span.start + len(value.folded[: end - value.span.start].rstrip(" (,;\u3010["))


def begins_item(text: str, end: int) -> bool:
    """Whether the line behind the break at `end` begins with a number or bullet."""
    return _MARKER.match(text, end + 1) is not None


def bare_dates(folded: str) -> Iterable[int]:
    """Where 6/17 or 6-17 stands, in a text or line."""
    return (match.start() for match in _BARE_DATE.finditer(folded)) if "/" in folded or "-" in folded or "." in folded else ()


def is_over(folded: str) -> bool:
    """Whether a stretch reports what has happened."""
    return _OVER.search(folded) is not None or any(word in folded for word in sections("actions")["over"])


def is_idle(folded: str) -> bool:
    """Whether it says that nothing is to be done."""
    return any(word in folded for word in sections("actions")["idle"])


class Line:
    """One stretch read as an item: `owners`, `due`, and `how` the owners were told: label, mention, lead, doer, slot, words, english; "" for none."""

    def __init__(self, analysis: Analysis, stretch: Passage, held: Sequence[LabelledField], *, listed: bool) -> None:
        self.analysis = analysis
        self.stretch = stretch
        self.listed = listed
        self.part, self.start = stretch.part, stretch.span.start
        self.text = analysis.folded(stretch.part)
        self.held = held
        self.labelled = [field for field in held if field.key in TAIL_KEYS]
        self.times = [time for time in times_in(analysis, stretch) if time.kind is not TimeKind.DURATION]
        self.due = self._due(listed=listed)
        if self.due is not None and self.due not in self.times and stretch.span.contains(self.due.span):
            self.times.append(self.due)
        self.masked = self._masked()
        self._made: list[Piece] | None = None
        self._known: dict[tuple[int, int, bool], tuple[Owner, ...]] = {}
        self._there: list[Owner] | None = None
        self._labels: dict[str, Piece] | None = None
        self.labelled_slots = False
        self.how = ""
        self.owners = self._owners()
        if self.labelled_slots:
            self._take_labels()

    @property
    def there(self) -> list[Owner]:
        """The persons and departments that are known in the stretch."""
        if self._there is None:
            self._there = known(self.analysis, self.stretch)
        return self._there

    @property
    def pieces(self) -> list[Piece]:
        """The slots; none where the stretch is too long to have any."""
        if self._made is None:
            self._made = self._pieces() if len(self.masked) <= _LONGEST else []
        return self._made

    def _named(self, piece: Piece) -> tuple[Owner, ...]:
        """The owners that a slot names when it names nothing else."""
        return () if piece.time else self._names(piece.start, piece.end)

    def item(self, above: tuple[Owner, ...] = ()) -> ActionItem | None:
        """The item; `above` are its owners where it names none itself. None where there is no task."""
        task = self._task()
        if is_blank(task.folded) or (task.folded.strip(" .。!~") in sections("actions")["nobody"] and not self.listed):
            return None
        stretch, text = self.stretch, self.text
        tail = any("(" in text[max(self.start, f.span.start - 2) : f.span.start] for f in self.labelled)
        more = {f.key: f.value for f in reversed(self.held)}
        if _MORE.search(self.masked):
            for key, passage in self._said().items():
                more.setdefault(key, passage)
        return ActionItem(
            self.part, stretch.span, stretch.text, stretch.folded, task, self.owners or above, self.due, more.get("deliverable"), more.get("priority"), more.get("status"), "tail" if tail else "list"
        )

    def _said(self) -> dict[str, Passage]:
        """Deliverable, priority and status in slots: `成果:流程单`, `〔高〕`, `进行中`."""
        found: dict[str, Passage] = {}
        for at, piece in enumerate(self.pieces[1:], 1):
            before = self.pieces[at - 1]
            if piece.time or (piece.mark[:1] in ("", "\x01") and not piece.bracket):
                continue
            label = _ATTRIBUTE.fullmatch(self.text, before.start, before.end) if not before.time else None
            if label and piece.mark == ":":
                found.setdefault(label.lastgroup or "", self._passage(piece))
            elif _PRIORITY.fullmatch(self.text, piece.start, piece.end):
                found.setdefault("priority", self._passage(piece))
            elif _STATUS.fullmatch(self.text, piece.start, piece.end):
                found.setdefault("status", self._passage(piece))
        return found

    def only_says_who(self) -> bool:
        """Whether the stretch is nothing but owners and a time."""
        return len(self.pieces) > 1 and any(piece.time for piece in self.pieces) and all(piece.time or self._named(piece) for piece in self.pieces)

    def acts(self) -> bool:
        """Whether a verb stands right behind the due time or the owner: 护理部于5月22日组织演练."""
        ends = [self.owners[-1].span.end] if self.owners else []
        ends += [self.due.span.end] if self.due and self.stretch.span.contains(self.due.span) else []
        if any(_verb().match(self.text, end, self.stretch.span.end) for end in ends):
            return True
        return bool(self.owners) and bool(begins(self.analysis, self.part, self.owners[0].span.start, self.stretch.span.end))

    def is_modifier(self) -> bool:
        """Whether the due time belongs to a word behind it: 5月15日前提交的申请."""
        return self.due is not None and _modifier().match(self.text, self.due.span.end, self.stretch.span.end) is not None

    def takes_over(self) -> bool:
        """Whether a verb behind the owner says that the work is given to him: 负责, 跟进."""
        return bool(self.owners) and _TAKES.match(self.text, self.owners[-1].span.end) is not None

    def _passage(self, piece: Piece) -> Passage:
        return self.analysis.passage(self.part, piece.start, piece.end)

    def _due(self, *, listed: bool) -> TimeExpression | None:
        fields = [f for f in self.labelled if f.key in DUE_KEYS]
        said = next((time for f in fields if f.value.folded for time in [due_in(self.analysis, f.value, label="截止时间")] if time), None)
        if said or fields:
            return said
        found = due_in(self.analysis, self.stretch)
        if found and found.kind is TimeKind.INSTANT and _SINCE.match(self.text, found.span.end) and self.text[max(0, found.span.start - 1) : found.span.start] in "自从":
            found = None  # from when, not by when
        if found and found.kind is TimeKind.INSTANT and found.folded in TODAY:
            later = (time for time in self.times if time.kind is TimeKind.INSTANT and time.value and time.span.start > found.span.start)
            found = next(later, found)
        if found and found.kind in _DATED and not (found.kind is TimeKind.PERIOD and bare_date(self.analysis, self.stretch)):
            return found
        found = bare_date(self.analysis, self.stretch) or found
        return found or (next((time for time in self.times if time.kind in _WEAK), None) if listed else None)

    def _masked(self) -> str:
        """The folded stretch with times blotted out."""
        text = self.stretch.folded
        if not self.times:
            return text
        for time in self.times:
            a, b = time.span.start - self.start, time.span.end - self.start
            text = text[:a] + "\x01" * (b - a) + text[b:]
        return text

    def _pieces(self) -> list[Piece]:
        """The slots, without the number or bullet of the line."""
        text, found, depth, sign = self.masked, list[Piece](), 0, ""
        mark = _MARKER.match(text)
        at = mark.end() if mark else 0
        cuts = list(_CUT.finditer(text, at))
        if text.count("/", at) > 1 or " / " in text:
            cuts = sorted([*cuts, *_SLASH.finditer(text, at)], key=lambda cut: cut.start())
        for cut in cuts:
            self._add(at, cut.start(), sign, depth > 0, found)
            sign, at = cut[0], cut.end()
            if sign[0] == "\x01":
                found += [Piece(t.span.start, t.span.end, "", t, depth > 0) for t in self.times if cut.start() <= t.span.start - self.start < cut.end()]
            else:
                depth = max(0, depth + sum((each in _OPENS) - (each in _CLOSES) for each in sign))
        self._add(at, len(text), sign, depth > 0, found)
        return found

    def _add(self, at: int, stop: int, sign: str, bracket: bool, found: list[Piece]) -> None:
        """One more slot, without the words that only lead up to a time or close it."""
        piece = self.masked[at:stop]
        if self.masked[stop : stop + 1] == "\x01":
            piece = _BEFORE_TIME.sub("", piece)
        if sign[:1] == "\x01" and _AFTER_TIME.fullmatch(piece):
            return
        a, b = at + len(piece) - len(piece.lstrip(_BLANKS)), at + len(piece.rstrip(_BLANKS))
        if b > a:
            mark = sign.strip() or ("\t" if sign.isspace() else "")  # a wide gap parts like a tab
            found.append(Piece(self.start + a, self.start + b, mark, None, bracket))

    def _names(self, start: int, end: int, *, weak: bool = False) -> tuple[Owner, ...]:
        """The owners that a stretch names when it names nothing else; `weak` where a name is to be expected."""
        if not 1 < end - start <= _LONGEST_NAMES or (end - start > _LONGEST_NAME and not _SEVERAL.search(self.text, start, end)):
            return ()
        key = (start, end, weak)
        if key not in self._known:
            word = self.text[start:end]
            nobody = (word in sections("actions")["nobody"] or _PLAIN.search(word) is not None) and not any(owner.span.start < end and owner.span.end > start for owner in self.there)
            self._known[key] = () if nobody else tuple(written(self.analysis, self.part, start, end, weak=weak))
        return self._known[key]

    def _owners(self) -> tuple[Owner, ...]:
        fields = [f for f in self.labelled if f.key in OWNER_KEYS]
        if fields:
            self.how = "label"
            return self._by_label(fields)
        slotted = len(self.masked) <= _SHORT or _SLOTTED.search(self.masked) is not None  # else it is prose, which has no slots
        ways: tuple[tuple[str, bool, Callable[[], tuple[Owner, ...]]], ...] = (
            ("mention", True, self._mentioned), ("lead", True, self._led), ("english", True, self._in_english), ("label", slotted, self._in_labels), ("label", True, self._by_role),
            ("slot", True, self._placed), ("doer", True, self._doers), ("slot", slotted, self._in_slots), ("doer", True, self._beginning),
            ("lead", True, lambda: self._led(weakly=True)), ("slot", slotted, self._expected), ("words", slotted, self._in_words),
        )
        for how, worth, way in ways:
            owners = way() if worth else ()
            if owners or self.labelled_slots:
                self.how = "slot" if how == "doer" and self._apart_from_work(owners) else how
                return owners
        return ()

    def _apart_from_work(self, owners: Sequence[Owner]) -> bool:
        """Whether marks keep the owners apart from what they are to do: `卓一凡:签订合同`."""
        if "。" not in self.masked[:-1] and not _SLOTTED.search(self.masked):
            return False
        for piece, follower in zip(self.pieces, self.pieces[1:], strict=False):
            if piece.end == owners[-1].span.end and piece.bracket:
                return True
            if (piece.mark[:1] in _STRONG or piece.mark[:1] == "。") and (piece.start, piece.end) == (owners[0].span.start, owners[-1].span.end):
                return True
            if piece.end == owners[-1].span.end:
                return owners[0].span.start - piece.start <= 12 and follower.time is None and follower.mark[:1] in _STRONG
        return False

    def _roles(self) -> dict[str, Piece]:
        """The slots behind slots that are labels, by their role: `【责任】薛涛`, `*Owner:* Pete Lund`."""
        if self._labels is None:
            self._labels = {}
            for label, value in zip(self.pieces, self.pieces[1:], strict=False):
                if label.time is None and label.end - label.start <= _LONGEST_LABEL and (value.mark[:1] in _LABEL_ENDS or value.time):
                    text = self.text[label.start : label.end].strip("*_ ")
                    self._labels.setdefault(role(text, text), value)
        return self._labels

    def _take_labels(self) -> None:
        self.how = "label"
        value = self._roles().get("due")
        if value is not None:
            self.due = value.time or due_in(self.analysis, self._passage(value), label="截止时间")
        elif self.due is not None and self.due.kind in (TimeKind.PLACEHOLDER, TimeKind.VAGUE):
            self.due = None

    def _in_labels(self) -> tuple[Owner, ...]:
        if not _LABELLED.search(self.masked):
            return ()
        roles = self._roles()
        value = roles.get("owner") or roles.get("house")
        if value is None:
            return ()
        self.labelled_slots = True
        return tuple(written(self.analysis, self.part, value.start, value.end, sure=True)) if value.time is None else ()

    def _beginning(self) -> tuple[Owner, ...]:
        """Who begins a slot that goes on with what he does; one with the time in it first."""
        found = [owners for piece in self.pieces if not piece.time and (owners := begins(self.analysis, self.part, piece.start, self.stretch.span.end, short=self.listed))]
        return tuple(found[0]) if found else ()

    def _by_label(self, fields: Sequence[LabelledField]) -> tuple[Owner, ...]:
        """The owners under their labels: the lead where one is named, persons where there are any."""
        found: list[Owner] = []
        for field in sorted(fields, key=lambda f: f.key != "lead"):
            if not field.blank:
                found += written(self.analysis, field.part, field.value.span.start, before_time(self.analysis, field.value), sure=True)
            if found and field.key == "lead":
                break
        people = [owner for owner in found if isinstance(owner, Person)]
        return tuple(people if people and any(f.key == "owner_department" for f in fields) else found)

    def _mentioned(self) -> tuple[Owner, ...]:
        if "@" not in self.masked:
            return ()
        found = [owner for owner in self.there if isinstance(owner, Person) and owner.form == "mention"]
        if found:
            if found[0].folded.endswith("-") and (rest := _HANS.match(self.text, found[0].span.end)):
                return tuple(written(self.analysis, self.part, rest.start(), rest.end(), sure=True))
            return tuple(owner for owner in self._list_of(found) if not owner.folded.strip("@ ").startswith(sections("people")["everybody"]))
        match = _MENTION.search(self.masked)
        if match is None or match["who"].startswith(sections("people")["everybody"]):
            return ()
        return tuple(written(self.analysis, self.part, self.start + match.start("who"), self.start + match.end("who"), sure=True)[:1])

    def _led(self, *, weakly: bool = False) -> tuple[Owner, ...]:
        """Who stands behind 由 or 请, before the time or the verb; `weakly` behind what is as often part of the work: 委托, 安排."""
        if _LEADS.isdisjoint(self.masked):
            return ()
        named = (self._names(self.start + match.start("who"), self.start + match.end("who"), weak=match["lead"] == "由" or self.masked[match.end() : match.end() + 1] == "\x01") for match in _lead().finditer(self.masked) if bool(match["weak"]) == weakly)
        return next((owners for owners in named if owners), ()) or (() if weakly else self._led_known())

    def _led_known(self) -> tuple[Owner, ...]:
        """Somebody known who stands right behind such a word, whatever follows: 麻烦范老师盯一下."""
        found = self.there
        at = next((at for at, owner in enumerate(found) if _LED.search(self.text, max(self.start, owner.span.start - 3), owner.span.start)), None)
        return () if at is None else tuple(self._list_of(found[at:]))

    def _doers(self) -> tuple[Owner, ...]:
        """Known owners that stand where the doer stands: at the start, behind 由 or 请, in brackets, before 负责."""
        found = [owner for owner in self.there if self._does(owner)]
        if found and self.text[max(self.start, found[0].span.start - 3) : found[0].span.start].rstrip(" ").endswith(("\u3001", "和", "与", "及", "/")):
            return ()  # the rest of a list that begins with somebody not known
        if found and _GOES_ON.match(self.text, list(self._list_of(found))[-1].span.end, self.stretch.span.end) and self.pieces:
            return ()  # … or goes on with somebody not known
        if found and self.due and found[0].span.start > self.due.span.end and self.pieces and not self.pieces[0].time:
            first = begins(self.analysis, self.part, self.pieces[0].start, self.stretch.span.end)
            if first and first[0].span.end <= self.due.span.start:
                return tuple(first)  # somebody not known comes before
        if len(found) == 1 and isinstance(found[0], Department):
            piece = next((p for p in self.pieces if not p.time and p.bracket and p.start == found[0].span.start and p.end > found[0].span.end), None)
            if piece and (named := self._named(piece)):
                return named  # (财务 应采儿,5月16日)
        return tuple(self._list_of(found))

    def _does(self, owner: Owner) -> bool:
        text, start, end = self.text, owner.span.start, self.stretch.span.end
        if isinstance(owner, Person) and owner.department and text.endswith(owner.department, 0, start):
            start -= len(owner.department)  # the department places the person: 技术部孙浩
        elif isinstance(owner, Person) and (house := _HOUSED.search(text, max(self.start, start - 8), start)) and is_house(house[0], self.analysis):
            start = house.start()
        before, behind = text[max(self.start, start - 12) : start], text[owner.span.end : min(end, owner.span.end + 12)]
        if behind.lstrip(" *_").startswith(sections("actions")["speech"]):
            return False
        if _TARGET.search(before) and not _DOER_END.match(behind):
            return False
        mark = _MARKER.match(before) if start - self.start <= 12 else None
        if start - self.start <= 12 and not before[mark.end() if mark else 0 :].strip(" *_"):
            return not self._goes_on(owner, behind) if isinstance(owner, Person) else self._acts_itself(owner, behind)  # 客服话术 is no work of 客服
        alone = not behind.strip(" *_)\u3011。.;") and before.rstrip()[-1:] in _STRONG
        return alone or (_DOER_START.search(before) is not None and (_DOER_END.match(behind) is not None or "由" in before))

    def _goes_on(self, owner: Person, behind: str) -> bool:
        """Whether two characters that look like a name are but the start of a word: 仓内加班."""
        if len(owner.span) > 2 or not _HAN_FIRST.match(behind) or _DOER_END.match(behind) or self.text[owner.span.end] in _short_verbs():
            return False
        return _verb().match(self.text, owner.span.end) is None

    def _acts_itself(self, house: Owner, behind: str) -> bool:
        """Whether a department that begins the stretch does something, or stands apart from what follows."""
        if not behind or not _HAN_FIRST.match(behind) or _DOER_END.match(behind):
            return True
        return bool(begins(self.analysis, self.part, house.span.start, self.stretch.span.end))

    def _list_of(self, found: Sequence[Owner]) -> Iterable[Owner]:
        """The first doer and those a list goes on with."""
        for index, owner in enumerate(found):
            if index and not _JOINED.fullmatch(self.text, found[index - 1].span.end, owner.span.start):
                return
            yield owner

    def _in_slots(self) -> tuple[Owner, ...]:
        """The slot that names owners and nothing else: in brackets, right before a time, first, or last behind a dash."""
        pieces = self.pieces
        if len(pieces) < 2:
            return ()
        places = [at for at in range(len(pieces)) if self._is_place(at)]
        places = [at for at in range(len(pieces)) if at in places or (at + 1 in places and pieces[at + 1].mark == ",")]
        slots = [at for at in places if self._named(pieces[at])]
        if not slots or (len(slots) < 2 and all(piece.time or at in slots for at, piece in enumerate(pieces))):
            return ()  # nobody, or nothing is left to be the task
        at = next((at for at in self._by_place(slots) if self._is_place(at)), None)
        return () if at is None else tuple(self._joined(at))

    def _is_place(self, at: int) -> bool:
        """Whether owners may stand in a slot that names them."""
        pieces, piece = self.pieces, self.pieces[at]
        if piece.time:
            return False
        if piece.bracket or (at == 0 and len(pieces) > 1):
            return True
        follower = next((each for each in pieces[at + 1 :] if not each.bracket), None)
        if follower is not None and follower.time is not None:
            return True
        if at == 1 and len(pieces) > 2 and (pieces[0].time is not None or self._is_label(pieces[0], piece)):
            return True
        return at == len(pieces) - 1 and (piece.mark[:1] in _STRONG or self._closes(at))

    def _placed(self) -> tuple[Owner, ...]:
        """A name with its house in brackets behind it: 牧野(设备部)."""
        if "(" not in self.masked:
            return ()
        for at, piece in enumerate(self.pieces[1:], 1):
            named = self.pieces[at - 1]
            alone = at + 1 == len(self.pieces) or not self.pieces[at + 1].bracket
            if piece.bracket and alone and not named.bracket and not named.time and piece.mark == "(" and (house := self._named(piece)) and not isinstance(house[0], Person):
                found = self._names(named.start, named.end, weak=at > 1)
                if found and isinstance(found[0], Person):
                    return found
        return ()

    def _expected(self) -> tuple[Owner, ...]:
        """A short word where a name is to be expected: between the work and the time, in brackets with the time, or before it with blanks around both."""
        pieces = self.pieces
        for at, piece in enumerate(pieces[:-1]):
            time = pieces[at + 1].time
            if piece.time or time is None:
                continue
            last = at + 2 == len(pieces) or (piece.bracket and not pieces[at + 2].bracket)
            blanks = self.text[piece.end : time.span.start].isspace() and self.text[time.span.end : time.span.end + 1].isspace()
            if (at and last) or (at == 0 and not last and blanks):
                found = self._names(piece.start, piece.end, weak=True)
                words = list(_WORD.finditer(self.text, piece.start, piece.end)) if not found else []
                if 1 < len(words) < 4:
                    found = self._names(words[-1].start(), piece.end, weak=True)
                if found:
                    return found
        return self._nickname()

    def told_to(self) -> bool:
        """Whether the owner is asked outright: 请郗主任…, not only 由."""
        return self.how == "lead" and "由" not in self.text[max(self.start, self.owners[0].span.start - 3) : self.owners[0].span.start]

    def leads(self) -> tuple[Owner, ...]:
        """A short word before a colon or dash: a name where the lines around begin with one too."""
        first, second = (*self.pieces[:2], None, None)[:2]
        if first is None or second is None or first.time or second.mark[:1] not in (":", "\u2014", "-", "|", "\u3011", "]", "\u2192"):
            return ()
        return self._names(first.start, first.end, weak=True)

    def guessed(self) -> tuple[Owner, ...]:
        """A short word where the lines beside have their owner: in brackets with the time, in brackets first, or right behind a time that stands first."""
        for at, piece in enumerate(self.pieces):
            timed = any(near.time for near in self.pieces[at + 1 : at + 2])
            if piece.time or not (piece.bracket and (timed or at == 0)):
                continue
            if found := self._names(piece.start, piece.end, weak=True):
                return found
        if len(self.pieces) == 2 and self.pieces[0].time:
            words = list(_WORD.finditer(self.text, self.pieces[1].start, self.pieces[1].end))
            return self._names(words[0].start(), words[0].end(), weak=True) if len(words) == 2 else ()
        return ()

    def _nickname(self) -> tuple[Owner, ...]:
        """`小戴核`: a nickname that begins a slot, and its verb."""
        for piece in self.pieces:
            match = _NICK.match(self.text, piece.start, piece.end) if not piece.time else None
            if match and (found := self._names(match.start(), match.end())):
                return found
        return ()

    def _closes(self, at: int) -> bool:
        """Whether the slots end in an owner behind the time: `…9月12日前完成,各班班主任`."""
        if at < 2 or self.pieces[at].mark != ",":
            return False
        between = self.pieces[at - 1]
        return between.time is not None or (between.end - between.start <= 3 and self.pieces[at - 2].time is not None)

    def _by_role(self) -> tuple[Owner, ...]:
        """A slot that begins by saying what its name is: `责任人麦志远`, `责任护士牧云`."""
        if not _ROLE.search(self.masked):
            return ()
        for piece in self.pieces:
            match = _ROLE.match(self.text, piece.start, piece.end) if not piece.time else None
            if match and (found := self._names(match.end(), piece.end, weak=True) or self._said_to_be(match.end(), piece)):
                return found
        return ()

    def _said_to_be(self, start: int, piece: Piece) -> tuple[Owner, ...]:
        """A word that is no name by itself, in brackets with its role: `(负责人 宋词)`."""
        return tuple(written(self.analysis, self.part, start, piece.end, sure=True)) if piece.bracket and 1 < piece.end - start <= _LONGEST_NAME else ()

    def _is_label(self, piece: Piece, value: Piece) -> bool:
        """Whether a slot only says that work follows: `ACTION: Sandra - …`."""
        return value.mark[:1] == ":" and self.text[piece.start : piece.end].strip("*_ ") in sections("actions")["nobody"]

    def _by_place(self, slots: Sequence[int]) -> list[int]:
        """The slots of owners, those whose place is surest first: before the last time, in brackets, then in order."""
        times = [at for at, piece in enumerate(self.pieces) if piece.time]
        before = times[-1] - 1 if times and times[-1] >= len(self.pieces) - 2 and times[-1] > 1 else -1
        while before - 1 in slots and before in slots and self.pieces[before].mark == "," and self.pieces[before].bracket == self.pieces[before - 1].bracket and before > 1:
            before -= 1
        return sorted(slots, key=lambda at: (at != before, not self.pieces[at].bracket, at))

    def _joined(self, at: int) -> Iterable[Owner]:
        """The owners of a slot and of those right behind it in the same list."""
        yield from self._named(self.pieces[at])
        for piece in self.pieces[at + 1 :]:
            if piece.mark not in (",", "/") or piece.bracket != self.pieces[at].bracket:
                return
            owners = self._named(piece)
            if not owners:
                return
            yield from owners

    def _in_words(self) -> tuple[Owner, ...]:
        """A name kept apart by blanks: `品管 黎落 安排第三方检测`, or `盘点 皮小休` before a time."""
        for at, piece in enumerate(self.pieces):
            words = list(_WORD.finditer(self.text, piece.start, piece.end)) if not piece.time else []
            if len(words) < 2 or len(words) > 30:
                continue
            mixed = not self.text[piece.start : piece.end].isascii()  # English words are kept apart by blanks everywhere
            if mixed and (at == 0 or (at == 1 and self.pieces[0].time)):
                for first, last in ((0, 1), (0, 0)) if len(words) > 2 else ((0, 0),):
                    weak = _acting().match(self.text, words[last + 1].start()) is not None
                    found = self._names(words[first].start(), words[last].end(), weak=weak)
                    if found:
                        return found
            if mixed and at + 1 < len(self.pieces) and self.pieces[at + 1].time:
                for first in (len(words) - 2, len(words) - 1):
                    found = self._names(words[first].start(), piece.end) if first else ()
                    if found:
                        return found
        return ()

    def _in_english(self) -> tuple[Owner, ...]:
        """`Anna to send…`, `Anna and Ben will…`: capitals and a verb."""
        if " " not in self.masked or len(self.stretch.text) != len(self.masked):
            return ()
        match = next((m for m in _ENGLISH.finditer(self.stretch.text) if m["who"].lower() not in sections("actions")["nobody"]), None) or _ENGLISH_ASKED.search(self.stretch.text) or _ENGLISH_BY.search(self.stretch.text)
        if match is None and (house := _ENGLISH_HOUSE.search(self.stretch.text)):
            return tuple(written(self.analysis, self.part, self.start + house.start("who"), self.start + house.end("who"), sure=True))
        return self._names(self.start + match.start("who"), self.start + match.end("who")) if match else ()

    def _task(self) -> Passage:
        """The value under a task label; else the slots between owner and time where marks keep them apart; else the stretch up to its first label."""
        said = next((f.value for f in self.held if f.key in TASK_KEYS), None)
        if said is not None and not is_blank(said.folded):
            return said
        if self.labelled_slots:
            return self._beside_labels()
        if not self.held and self.how not in ("lead", "english", "words") and (slot := self._slot()):
            return slot
        mark = _MARKER.match(self.stretch.folded)
        start = self.start + (mark.end() if mark and mark.end() < len(self.stretch.folded) else 0)
        told = (f.span.start for f in self.held if f.span.start > start and (f.key != f.label.folded or f.key in TAIL_KEYS))
        end = first = min(told, default=self.stretch.span.end)
        while self.listed and first == self.stretch.span.end and end > start and self.text[end - 1] in "。;, ":
            end -= 1
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in "(\u3010,;。:\u2014-|*") and first < self.stretch.span.end:
            end -= 1
        return self.analysis.passage(self.part, start, end) if end > start else self.stretch

    def _beside_labels(self) -> Passage:
        """The value of a label for tasks, else the first slot that is neither label nor value."""
        roles = self._roles()
        named = next((roles[each] for each in TASKS if each in roles), None)
        values = set(roles.values())
        labels = {label for label, value in zip(self.pieces, self.pieces[1:], strict=False) if value in values}
        free = [piece for piece in self.pieces if piece not in values and piece not in labels and not piece.time]
        return self._passage(named or (free[0] if free else self.pieces[0]))

    def _slot(self) -> Passage | None:
        """The slots that are neither owner nor time, when both stand before or behind them and marks part them."""
        taken = {owner.span.start for owner in self.owners}
        if self.how == "doer" and _HAN_FIRST.match(self.text, self.owners[-1].span.end):
            return None  # whoever does it is told in a sentence
        if self.how == "slot" and any(self._with_work(piece, start) for piece in self.pieces for start in taken if piece.start < start < piece.end):
            return None  # 幕墙深化图 凌霄
        work = [at for at, p in enumerate(self.pieces) if not p.time and not any(p.start <= start < p.end for start in taken)]
        others = [at for at, p in enumerate(self.pieces) if at not in work]
        if not work or not others or not all(self._is_other(self.pieces[at]) for at in others):
            return None
        marks = {p.mark[:1] for p in self.pieces[1:] if p.mark and not p.bracket}
        first = next((at for at in work if self._says(self.pieces[at])), max(work, key=lambda at: (self.pieces[at].end - self.pieces[at].start, -at)))
        if self.analysis.record.kind is Kind.ISSUE_TRACKING:  # the problem stands first, the measure behind it is the work
            while first + 1 in work and not self._minor(self.pieces[first + 1]) and self.pieces[first + 1].mark[:1] != ",":
                first += 1
        last = first
        while last + 1 in work and (self.pieces[last + 1].mark[:1] in (",", "") or (last == first == 0 and self.pieces[1].mark == ":" and self._is_heading(first))):
            last += 1
        rest = [at for at in work if not first <= at <= last]
        if any(not self._minor(self.pieces[at]) for at in rest) and not (marks and marks <= _STRONG):
            return None
        return self.analysis.passage(self.part, self.pieces[first].start, self.pieces[last].end)

    def _with_work(self, piece: Piece, start: int) -> bool:
        """Whether what stands before a name in its slot is neither a house nor an office."""
        head = self.text[piece.start : start].rstrip()
        return len(head) < start - piece.start and not is_house(head, self.analysis) and not head.endswith((*sections("actions")["office"], *sections("actions")["role"], *sections("actions")["post"]))

    def _is_heading(self, at: int) -> bool:
        """Whether a slot before a colon is short and what follows has its owner in brackets: `经办安排:设计排版(…)`."""
        return len(self.pieces) > at + 2 and self.pieces[at + 2].bracket

    def _says(self, piece: Piece) -> bool:
        """Whether a slot is long enough to be a task, and no number such as 15床."""
        size = piece.end - piece.start
        return size > 3 or (size > 2 and not any(sign.isdigit() for sign in self.text[piece.start : piece.end]))

    def _is_other(self, piece: Piece) -> bool:
        """Whether a slot is no part of the task: a time, or owners with nothing else."""
        return bool(self._named(piece)) or (piece.time is not None and _apart(self.masked, piece.start - self.start, piece.end - self.start))

    def _minor(self, piece: Piece) -> bool:
        return bool(piece.bracket or _PRIORITY.fullmatch(self.text, piece.start, piece.end))


@cache
def _modifier() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{choice(word for word in sections('actions')['verb'] if len(word) > 1)})[完好过]?的")


@cache
def _short_verbs() -> frozenset[str]:
    return frozenset(word for word in sections("actions")["verb"] if len(word) == 1)


@cache
def _acting() -> re.Pattern[str]:
    return re.compile(rf"(?:{choice(word for word in sections('actions')['verb'] if len(word) > 1)})")


@cache
def _lead() -> re.Pattern[str]:
    """A word that hands work over, and whom it hands it to: up to a time, a duty or a verb."""
    verbs = choice(word for word in sections("actions")["verb"] if len(word) > 1)
    return re.compile(
        r"(?P<lead>由|请|让|限|责成|交由|改由|拟由|烦请|麻烦|辛苦|有劳|(?P<weak>交(?![接货底流付易给叉换])|安排|委托|指[派定]|要求))[ \t*_]{0,3}(?P<who>[^\s,;。:()\x01@*]{2,14}?)[ \t*_]{0,3}"
        rf"(?=(?!负责人|主办人|承办人|经办人|执行人)(?:于|在|须|需|应|将|把|{verbs}|今|明|后天|本?周|下周|月底|\d|尽快|抓紧|务必|重新|提前|继续|最[迟晚]|不[晚迟]于|\x01|$|[\s,](?:负责|于|在|\x01)))"
    )


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"[\s*_,]{{0,3}}(?:前|之前|以前|内)?(?:把|将|{choice(word for word in sections('actions')['verb'] if len(word) > 1)})")


def _apart(masked: str, start: int, end: int) -> bool:
    """Whether marks or blanks keep a time apart from the words around it."""
    before, behind = masked[:start].rstrip("*_"), masked[end:].lstrip("*_")
    return (not before or not before[-1].isalnum()) and (not behind or not behind[0].isalnum())
