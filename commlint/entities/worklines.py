"""Action items in one stretch of text: who, what and by when, in slots kept apart by marks or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from commlint.entities.blanks import is_blank
from commlint.entities.doers import Owner, known, written
from commlint.entities.spoken import due_in, times_in
from commlint.entities.surnames import HAN
from commlint.entities.wordlists import sections
from commlint.model.protocols import Analysis
from commlint.model.values import ActionItem, LabelledField, Passage, Person, TimeExpression, TimeKind

OWNER_KEYS = ("owner", "lead", "owner_department", "temporary_lead")
DUE_KEYS = ("due", "delivery_time", "milestones")
TAIL_KEYS = (*OWNER_KEYS, *DUE_KEYS)
TASK_KEYS = ("task", "task_name")

_DATED = (TimeKind.DEADLINE, TimeKind.LIMIT, TimeKind.INSTANT, TimeKind.PERIOD)
_WEAK = (TimeKind.INSTANT, TimeKind.PLACEHOLDER, TimeKind.VAGUE)
_MARKER = re.compile(
    r"(?:\d{1,3}[.、)]|[-*+\u2022\u00b7\u25cf\u25cb\u25a0\u25a1\u25c6\u2605\u2606\u25aa\u25b6\u25ba\u2192\u2713\u2714\u2610](?=[\s\u3400-\u9fff\[@])|\(\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.]"
    r"|[甲乙丙丁戊己庚辛][)、.]|[\u2460-\u2473\u2776-\u277f]|[a-z]{1,4}-?\d{1,4}[:.)]?(?=\s)|[a-z][.)](?=\s))\s*(?:\[[ x]\]\s*)?(?=\S)"
)
# What parts the slots of an item. A time is one too.
_CUT = re.compile(r"[,;|\t!?@\u3010\u3011\u3014\u3015()\[\]{}<>\u2192\u300c\u300d]+|\u2014+|\u2013+|--+|->|\s[-~]\s|\s{2,}|:|。|\.(?=\s|$)|\x01+")
_SLASH = re.compile(r"/")
# What stands around a time and says no more than that it is due.
_BEFORE_TIME = re.compile(r"(?:于|在|截止(?:时间|日期)?|截至|最迟|最晚|不晚于|不迟于|限|请|需|须|预计|计划|争取|务必|完成时[间限]|时限|期限|(?<![a-z])(?:by|due|before|on|until|deadline|eta|no later than))[\s:]*$")
_AFTER_TIME = re.compile(r"[\s:]*(?:或之前|之前|以前|前|内|为止|止|完成|交付?|办结|到位)?$")
_DOER_END = re.compile(r"[\s*_)(\u3001,:]*(?:负责|牵头|主责|承办|跟进|落实|于|在|须|需|应|将|会|请|尽快|\x01|\d|今|明|后|本周|下周|周|最晚|最迟|月底|年底|to |will |by |shall |must |can you |could you |please )")
_DOER_START = re.compile(r"(?:[我贵双甲乙丙本各][司方部]|公司|科技|集团|由|请|让|@|责成|安排|交|交由|麻烦|辛苦|[\u3010\[(]|^|[,;。:\u2014\u3001和及与/>-]|\d[.、)])[\s*_\u3010\[(]*$")
_TAKES = re.compile(r"[\s*_)]{0,3}(?:来)?(?:负责|牵头|主责|承办|跟进|落实|跟踪|督办)")
_TARGET = re.compile(r"(?:向|给|与|和|跟|同|抄送|报|对|到|找|to|with|from)\s?$")
_LEAD = re.compile(
    rf"(?P<lead>由|请|责成|委托|交由|改由|拟由|烦请|麻烦|辛苦|有劳|@)[ \t*_]{{0,3}}(?P<who>[^\s,;。:()\x01@*]{{2,14}}?)[ \t*_]{{0,3}}(?=于|在|须|需|应|将|把|负责|牵头|主责|承办|跟进|跟踪|落实|尽快|抓紧|务必|重新|会同|提前|完成|组织|协调|安排|提交|编制|\x01|$|[\s,](?:负责|于|在|\x01))"
)
_MENTION = re.compile(rf"@\s?(?P<who>[a-z][\w.-]{{0,23}}(?: [a-z][a-z]{{1,15}})?|[{HAN}*]{{2,6}})")
_ENGLISH = re.compile(r"(?:^|[:;,.\-\u2013\u2014)\]]\s*)(?:action:?\s+)?(?P<who>[A-Z][A-Za-z'.-]{1,20}(?: (?:[A-Z][A-Za-z'.-]{1,20}|and|&)){0,3})(?=,?\s(?:to|will|shall|must|should|please|can you|could you|needs to|has to|is to|are to|owns|takes)\s)")
_BARE_DATE = re.compile(r"(?<=/)20\d\d-(?:1[0-2]|0?[1-9])-(?:3[01]|[12]\d|0?[1-9])(?=/)|(?<![\w/.-])(?:1[0-2]|0?[1-9])[/.-](?:3[01]|[12]\d|0?[1-9])(?![\w/%-]|\.\d)")
_OVER = re.compile(r"(?<!未)(?<!尚)已(?![知有定])|[^为除到解好完]了(?=[,。;!]|$)")
_CHECKED = re.compile(r"\s*(?:[-*+]\s*)?(?:\[x\]|\u2611|\u2705)")
_PRIORITY = re.compile(r"(?:优先级?\s*:?\s*)?(?:[高中低]|p[0-4]|紧急|重要|一般|普通|特急|high|medium|low|urgent|normal)")
_STRONG = frozenset("|\t\u2014\u2013:/()[]\u3010\u3011\u3014\u3015\u2192-")
_OPENS = "([\u3010\u3014"
_CLOSES = ")]\u3011\u3015"
_BLANKS = " \t*_`~\n"
_LEADS = frozenset("由请责委交麻辛烦有@")
_JOINED = re.compile(r"[\s\u3001,/和与及&*@_]*(?:and)?\s*")
_NICK = re.compile(r"[小老阿][\u3400-\u9fff](?=[核出发写做改跟提负去来补交拟整查盯管牵确催办报拿买订画印租\s])")
_WORD = re.compile(r"[^\s*_]+")
_LONGEST = 400
_LONGEST_NAMES = 40
_REQUEST_ON_MINUTES = re.compile(r"(?:确认|核对|反馈|回复|异议|修改意见)[^。;\n]{0,12}(?:纪要|记录)|(?:本|该|此|会议)(?:纪要|记录)[^。;\n]{0,20}(?:确认|核对|回复|反馈|异议)|(?:回复|反馈)(?:是否)?(?:确认|参加|参会|出席)|confirm (?:these|the|your) (?:minutes|attendance)|(?:confirm|correct)[^.]{0,20}minutes")


class Piece(NamedTuple):
    """A slot: where it is, the mark before it, the time it is, or the owners it names when it names nothing else; `bracket` inside one."""

    start: int
    end: int
    mark: str
    time: TimeExpression | None
    owners: tuple[Owner, ...]
    bracket: bool


def read(analysis: Analysis, stretch: Passage, held: Sequence[LabelledField], *, listed: bool = False) -> Line | None:
    """A stretch read as an item; None for what is checked off or only asks to confirm the minutes.

    `held` are the labelled fields in it; `listed` where the stretch stands in a list of work, so that any time in it is its due time.
    """
    if _CHECKED.match(stretch.folded) or (not listed and _REQUEST_ON_MINUTES.search(stretch.folded)):
        return None
    return Line(analysis, stretch, held, listed=listed)


def is_checked(text: str, start: int) -> bool:
    """Whether the line that begins at `start` is checked off."""
    return _CHECKED.match(text, start) is not None


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
        self.part, self.start = stretch.part, stretch.span.start
        self.text = analysis.folded(stretch.part)
        self.held = held
        self.labelled = [field for field in held if field.key in TAIL_KEYS]
        self.times = [time for time in times_in(analysis, stretch) if time.kind is not TimeKind.DURATION]
        self.due = self._due(listed=listed)
        if self.due is not None and self.due not in self.times and stretch.span.contains(self.due.span):
            self.times.append(self.due)
        self.masked = self._masked()
        self.pieces = self._pieces() if len(stretch.folded) <= _LONGEST else []
        self.how = ""
        self.owners = self._owners()

    def item(self, above: tuple[Owner, ...] = ()) -> ActionItem | None:
        """The item; `above` are its owners where it names none itself. None where there is no task."""
        task = self._task()
        if is_blank(task.folded):
            return None
        stretch, text = self.stretch, self.text
        tail = any("(" in text[max(self.start, f.span.start - 2) : f.span.start] for f in self.labelled)
        more = {f.key: f.value for f in reversed(self.held)}
        priority = more.get("priority") or next((self._passage(p) for p in self.pieces if not p.time and _PRIORITY.fullmatch(text, p.start, p.end)), None)
        return ActionItem(
            self.part, stretch.span, stretch.text, stretch.folded, task, self.owners or above, self.due, more.get("deliverable"), priority, more.get("status"), "tail" if tail else "list"
        )

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
        if found and found.kind in _DATED:
            return found
        found = self._bare_date() or found
        return found or (next((time for time in self.times if time.kind in _WEAK), None) if listed else None)

    def _bare_date(self) -> TimeExpression | None:
        """6/17 or 6-17 by itself, which is a date in an action item only."""
        match = _BARE_DATE.search(self.stretch.folded)
        return due_in(self.analysis, self.analysis.passage(self.part, self.start + match.start(), self.start + match.end()), label="截止时间") if match else None

    def _masked(self) -> str:
        """The folded stretch with times blotted out."""
        text = self.stretch.folded
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
                found += [Piece(t.span.start, t.span.end, "", t, (), depth > 0) for t in self.times if cut.start() <= t.span.start - self.start < cut.end()]
            else:
                depth = max(0, depth + sum((each in _OPENS) - (each in _CLOSES) for each in sign))
        self._add(at, len(text), sign, depth > 0, found)
        return found

    def _add(self, at: int, stop: int, sign: str, bracket: bool, found: list[Piece]) -> None:  # noqa: FBT001  # one of five plain facts
        """One more slot, without the words that only lead up to a time or close it."""
        piece = self.masked[at:stop]
        if self.masked[stop : stop + 1] == "\x01":
            piece = _BEFORE_TIME.sub("", piece)
        if sign[:1] == "\x01" and _AFTER_TIME.fullmatch(piece):
            return
        a, b = at + len(piece) - len(piece.lstrip(_BLANKS)), at + len(piece.rstrip(_BLANKS))
        if b > a:
            found.append(Piece(self.start + a, self.start + b, sign.strip(), None, self._names(self.start + a, self.start + b), bracket))

    def _names(self, start: int, end: int, *, weak: bool = False) -> tuple[Owner, ...]:
        """The owners that a stretch names when it names nothing else; `weak` where a name is to be expected."""
        return tuple(written(self.analysis, self.part, start, end, weak=weak)) if 1 < end - start <= _LONGEST_NAMES else ()

    def _owners(self) -> tuple[Owner, ...]:
        fields = [f for f in self.labelled if f.key in OWNER_KEYS]
        if fields:
            self.how = "label"
            return self._by_label(fields)
        ways = (("mention", self._mentioned), ("lead", self._led), ("doer", self._doers), ("slot", self._in_slots), ("slot", self._expected), ("words", self._in_words), ("english", self._in_english))
        for self.how, way in ways:
            if owners := way():
                return owners
        self.how = ""
        return ()

    def _by_label(self, fields: Sequence[LabelledField]) -> tuple[Owner, ...]:
        """The owners under their labels: the lead where one is named, persons where there are any."""
        found: list[Owner] = []
        for field in sorted(fields, key=lambda f: f.key != "lead"):
            if not field.blank:
                found += written(self.analysis, field.part, field.value.span.start, self._before_time(field.value), sure=True)
            if found and field.key == "lead":
                break
        people = [owner for owner in found if isinstance(owner, Person)]
        return tuple(people if people and any(f.key == "owner_department" for f in fields) else found)

    def _before_time(self, value: Passage) -> int:
        """The end of a value of owners, which a time may follow: 责任人:杭十三,12月23日."""
        return min((time.span.start for time in times_in(self.analysis, value) if time.span.start > value.span.start), default=value.span.end)

    def _mentioned(self) -> tuple[Owner, ...]:
        if "@" not in self.masked:
            return ()
        found = [owner for owner in known(self.analysis, self.stretch) if isinstance(owner, Person) and owner.form == "mention"]
        if found:
            return tuple(self._list_of(found))
        match = _MENTION.search(self.masked)
        return tuple(written(self.analysis, self.part, self.start + match.start("who"), self.start + match.end("who"), sure=True)[:1]) if match else ()

    def _led(self) -> tuple[Owner, ...]:
        """Who stands behind 由 or 请, before the time or the verb."""
        if _LEADS.isdisjoint(self.masked):
            return ()
        named = (self._names(self.start + match.start("who"), self.start + match.end("who")) for match in _LEAD.finditer(self.masked))
        return next((owners for owners in named if owners), ())

    def _doers(self) -> tuple[Owner, ...]:
        """Known owners that stand where the doer stands: at the start, behind 由 or 请, in brackets, before 负责."""
        found = [owner for owner in known(self.analysis, self.stretch) if self._does(owner)]
        if found and self.text[max(self.start, found[0].span.start - 3) : found[0].span.start].rstrip(" ").endswith(("\u3001", "和", "与", "及", "/")):
            return ()  # the rest of a list that begins with somebody not known
        return tuple(self._list_of(found))

    def _does(self, owner: Owner) -> bool:
        text, start, end = self.text, owner.span.start, self.stretch.span.end
        if isinstance(owner, Person) and owner.department and text.endswith(owner.department, 0, start):
            start -= len(owner.department)  # the department places the person: 技术部孙浩
        before, behind = text[max(self.start, start - 12) : start], text[owner.span.end : min(end, owner.span.end + 12)]
        if _TARGET.search(before) and not _DOER_END.match(behind):
            return False
        mark = _MARKER.match(before) if start - self.start <= 12 else None
        if start - self.start <= 12 and not before[mark.end() if mark else 0 :].strip(" *_"):
            return True
        alone = not behind.strip(" *_)\u3011。.;") and before.rstrip()[-1:] in _STRONG
        return alone or (_DOER_START.search(before) is not None and (_DOER_END.match(behind) is not None or "由" in before))

    def _list_of(self, found: Sequence[Owner]) -> Iterable[Owner]:
        """The first doer and those a list goes on with."""
        for index, owner in enumerate(found):
            if index and not _JOINED.fullmatch(self.text, found[index - 1].span.end, owner.span.start):
                return
            yield owner

    def _in_slots(self) -> tuple[Owner, ...]:
        """The slot that names owners and nothing else: in brackets, right before a time, first, or last behind a dash."""
        pieces = self.pieces
        if all(piece.time or piece.owners for piece in pieces) and sum(1 for piece in pieces if piece.owners) < 2:
            return ()  # nothing is left to be the task
        last = len(pieces) - 1
        for at in self._by_place():
            piece = pieces[at]
            timed = at < last and pieces[at + 1].time is not None
            first = at == 0 or (at == 1 and pieces[0].time is not None)
            if piece.bracket or timed or (first and at < last) or (at == last and piece.mark[:1] in _STRONG):
                return tuple(self._joined(at))
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

    def leads(self) -> tuple[Owner, ...]:
        """A short word before a colon or dash: a name where the lines around begin with one too."""
        first, second = (*self.pieces[:2], None, None)[:2]
        if first is None or second is None or first.time or second.mark[:1] not in (":", "\u2014", "-", "|"):
            return ()
        return self._names(first.start, first.end, weak=True)

    def _nickname(self) -> tuple[Owner, ...]:
        """`小戴核`: a nickname that begins a slot, and its verb."""
        for piece in self.pieces:
            match = _NICK.match(self.text, piece.start, piece.end) if not piece.time else None
            if match and (found := self._names(match.start(), match.end())):
                return found
        return ()

    def _by_place(self) -> list[int]:
        """The slots of owners, those whose place is surest first: before the last time, in brackets, then in order."""
        slots = [at for at, piece in enumerate(self.pieces) if piece.owners]
        times = [at for at, piece in enumerate(self.pieces) if piece.time]
        before = times[-1] - 1 if times and times[-1] >= len(self.pieces) - 2 and times[-1] > 1 else -1
        while before - 1 in slots and before in slots and self.pieces[before].mark == "," and self.pieces[before].bracket == self.pieces[before - 1].bracket and before > 1:
            before -= 1
        return sorted(slots, key=lambda at: (at != before, not self.pieces[at].bracket, at))

    def _joined(self, at: int) -> Iterable[Owner]:
        """The owners of a slot and of those right behind it in the same list."""
        yield from self.pieces[at].owners
        for piece in self.pieces[at + 1 :]:
            if not piece.owners or piece.mark not in (",", "/") or piece.bracket != self.pieces[at].bracket:
                return
            yield from piece.owners

    def _in_words(self) -> tuple[Owner, ...]:
        """A name kept apart by blanks: `品管 黎落 安排第三方检测`, or `盘点 皮小休` before a time."""
        for at, piece in enumerate(self.pieces):
            words = list(_WORD.finditer(self.text, piece.start, piece.end)) if not piece.time else []
            if len(words) < 2 or len(words) > 30:
                continue
            mixed = not self.text[piece.start : piece.end].isascii()  # English words are kept apart by blanks everywhere
            if mixed and (at == 0 or (at == 1 and self.pieces[0].time)):
                for first, last in ((0, 1), (0, 0)) if len(words) > 2 else ((0, 0),):
                    found = self._names(words[first].start(), words[last].end())
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
        match = _ENGLISH.search(self.stretch.text)
        return self._names(self.start + match.start("who"), self.start + match.end("who")) if match else ()

    def _task(self) -> Passage:
        """The value under a task label; else the slots between owner and time where marks keep them apart; else the stretch up to its first label."""
        said = next((f.value for f in self.held if f.key in TASK_KEYS), None)
        if said is not None and not is_blank(said.folded):
            return said
        if not self.held and (slot := self._slot()):
            return slot
        mark = _MARKER.match(self.stretch.folded)
        start = self.start + (mark.end() if mark and mark.end() < len(self.stretch.folded) else 0)
        end = first = min((f.span.start for f in self.held if f.span.start > start), default=self.stretch.span.end)
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in "(\u3010,;。:\u2014-|*") and first < self.stretch.span.end:
            end -= 1
        return self.analysis.passage(self.part, start, end) if end > start else self.stretch

    def _slot(self) -> Passage | None:
        """The slots that are neither owner nor time, when both stand before or behind them and marks part them."""
        taken = {owner.span.start for owner in self.owners}
        work = [at for at, p in enumerate(self.pieces) if not p.time and not any(p.start <= start < p.end for start in taken)]
        others = [at for at, p in enumerate(self.pieces) if at not in work]
        if not work or not others or not all(self._is_other(self.pieces[at]) for at in others):
            return None
        marks = {p.mark[:1] for p in self.pieces[1:] if p.mark and not p.bracket}
        first = max(work, key=lambda at: (self.pieces[at].end - self.pieces[at].start, -at)) if marks and marks <= _STRONG else work[0]
        last = first
        while last + 1 in work and self.pieces[last + 1].mark[:1] in (",", ""):
            last += 1
        rest = [at for at in work if not first <= at <= last]
        if any(not self._minor(self.pieces[at]) for at in rest) and not (marks and marks <= _STRONG):
            return None
        return self.analysis.passage(self.part, self.pieces[first].start, self.pieces[last].end)

    def _is_other(self, piece: Piece) -> bool:
        """Whether a slot is no part of the task: a time, or owners with nothing else."""
        return bool(piece.owners) or (piece.time is not None and _apart(self.masked, piece.start - self.start, piece.end - self.start))

    def _minor(self, piece: Piece) -> bool:
        return bool(piece.bracket or _PRIORITY.fullmatch(self.text, piece.start, piece.end))


def _apart(masked: str, start: int, end: int) -> bool:
    """Whether marks or blanks keep a time apart from the words around it."""
    before, behind = masked[:start].rstrip("*_"), masked[end:].lstrip("*_")
    return (not before or not before[-1].isalnum()) and (not behind or not behind[0].isalnum())
