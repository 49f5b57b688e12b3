"""Cut the text of a mail into what its author wrote, earlier messages, signature and disclaimers. One pass over the lines.

Knows the separators of Outlook, Foxmail, QQ, NetEase, Aliyun, WeCom, DingTalk, Lark, Apple Mail, Gmail and Thunderbird in Chinese
and English. An earlier message that quotes another is two.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from attrs import frozen

from commlint.model.span import Span
from commlint_mail import signing
from commlint_mail.earlier import DATE, FROM

_C = r"[ \t*]*[:\uff1a|]"
_AGAIN = r"(?:转发|轉寄|轉發|forwarded)"
_BAR = r"[-_=\u2014\u2500*~+]{2,80}"
_ORIGINAL = r"(?:原始|原邮件|原郵件|原信|原文|回复的|回覆的|历史邮件|歷史郵件|往来邮件|邮件原[件文]|郵件原[件文]|引用|original|replied|reply message|raw message|previous message|urspr\u00fcngliche)"
_PASSED_ON = r"(?:转发|轉寄|轉發|转寄|转自|forward|weitergeleitet|transf\u00e9r|reenviado)"
_BANNER = re.compile(
    rf"[ \t]*(?:{_BAR}[ \t]*(?:(?P<forward>[^\n\-_=\u2014]{{0,12}}?{_PASSED_ON}[^\n]{{0,90}}?)|[^\n\-_=\u2014]{{0,6}}?{_ORIGINAL}[^\n\-_=\u2014]{{0,24}}?)[ \t]*{_BAR}"
    rf"|(?P<forward2>begin forwarded message{_C}|(?:以下|下面)(?:内容|信息)?(?:是|为|為|系)?(?:被)?(?:转发|轉寄|轉發|转自)的?[^\n\u3002\uff0c]{{0,8}}(?:邮件|郵件|信件|内容|消息)(?:的?内容)?(?:{_C})?[ \t]*$|(?:开始|開始)(?:转发|轉寄)(?:的)?(?:邮件|信件|郵件|信息)?{_C}|开始转发的邮件)"
    rf"|(?:(?P<forward3>转发邮件|转发的邮件|轉寄郵件|转发内容|转发信息|forwarded message|forwarded)|原始邮件|原始郵件|原邮件|original message)[ \t]*(?:{_C})?[ \t]*$)",
    re.IGNORECASE,
)
_FROM = re.compile(rf"[ \t*|]{{0,20}}{FROM}{_C}", re.IGNORECASE)
_FIELD = re.compile(rf"[ \t*|]{{0,20}}(?:{FROM}|{DATE}|收\s?件\s?人|收\s?件\s?者|抄\s?送|密\s?送|副\s?本|主\s?题|主\s?旨|主題|附\s?件|to|cc|bcc|subject|importance|attachments){_C}", re.IGNORECASE)
_WROTE = re.compile(rf"(?:写道|寫道|写到|来信说|wrote|writes)[ \t]*{_C}?[ \t]*$", re.IGNORECASE)
_INTRO = re.compile(r"[ \t]*(?:(?:on|at)\b|在|于|於|引用|[^\n]{0,100}(?:于|於|在)[ \t]{0,3}\d{2,4}|[^\n]{0,100}<[^<>\n]{1,100}>|\d{4}[-/年]|\d{1,2}[/.-]\d{1,2}[/.-]\d{2})", re.IGNORECASE)
_STAMPED = re.compile(r"[^\s:\uff1a,\uff0c\u3002|]{1,20}(?: [A-Za-z]{1,15})?[ \t]{1,3}\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?[ \t]{1,2}\d{1,2}:\d{2}(?::\d{2})?[ \t]*[:\uff1a]?$")
_ANSWERED = re.compile(r"(?:答|回答|答复|\u3010(?:答|回复|答复)\u3011|\[(?:答|回复|答复|reply)\])[ \t]?[:\uff1a]?(?<=[:\uff1a\u3011\]])[ \t]{0,3}\S", re.IGNORECASE)  # what is answered between the lines of an earlier mail
_ANSWERS = frozenset("答回\u3010[")
_DEPTH = re.compile(r"[ \t]*(?:>[ \t]?)+")
_UNDERLINE = re.compile(r"[ \t]*[_\-\u2014\u2500=*]{8,}[ \t]*$")
_SPEAKS = ("写道", "寫道", "写到", "来信说", "rote", "rites", "ROTE")
_STARTS = frozenset(" \t*|-_=\u2014\u2500发寄發以下开開转轉原fFbBoO主日收时時sSdDtT抄附")
_INTRO_LINES = 3
_LOOK = 400  # characters of a line that are looked at: no separator is longer, and nothing here can then backtrack far


@frozen
class Cut:
    """Stretches of the text, whole lines each, in order; together they are all of it. `body` may be in pieces.

    `history` are earlier messages answered, `forwarded` those passed on, each from its own head to the next.
    """

    body: tuple[Span, ...]
    history: tuple[Span, ...] = ()
    forwarded: tuple[Span, ...] = ()
    signature: Span | None = None
    disclaimers: tuple[Span, ...] = ()


_OWN, _EARLIER, _HEAD, _PASSED, _PASSED_HEAD, _ANSWER = range(6)  # what a line is: the heads begin a message


def cut(text: str, *, sender: str = "", answers: bool = False, forwards: bool = False, tables: Sequence[Span] = ()) -> Cut:
    """`text` ("\\n" its only line break) cut into its parts.

    `sender` is the name that the author goes by: a line that says it signs. `answers`: the subject says that the mail answers
    another, so that a name and a time on a line of their own begin that one. `forwards`: the subject says that the mail passes
    another on, so that what follows its own words is passed on. In `tables` nothing signs.
    """
    starts, words = _lines(text)
    marks = _marks(words, any(word in text for word in _SPEAKS), forwards)
    if answers and _OWN in marks:
        _stamped(words, marks)
    own = [number for number, mark in enumerate(marks) if mark == _OWN]
    said = own if _ANSWER not in marks else [number for number, mark in enumerate(marks) if mark in (_OWN, _ANSWER)]
    last = _last_piece(words, own)
    disclaimers = signing.disclaimers(words, own, last)
    gone = {*disclaimers, *_inside(starts, tables)}
    if disclaimers and last and len(own) > len(last) and all(number in gone or not words[number].strip() for number in last):
        last = _last_piece(words, own[: own.index(last[0])])
    lines = [number for number in last if number not in gone]
    if tables and lines and last[0] != lines[0]:  # below a table something stands above, though it is no line
        signature = _without_blank_head(words, [number for number in signing.signature([*words, ""], [len(words), *lines], sender) if number < len(words)])
    else:
        signature = _without_blank_head(words, signing.signature(words, lines, sender))
    gone = {*disclaimers, *signature}
    return Cut(
        _joined(starts, [number for number in said if number not in gone] if gone else said),
        _messages(starts, marks, _EARLIER, _HEAD) if len(own) < len(words) else (),
        _messages(starts, marks, _PASSED, _PASSED_HEAD) if len(own) < len(words) else (),
        next(iter(_joined(starts, signature)), None),
        _joined(starts, disclaimers),
    )


def _lines(text: str) -> tuple[list[int], list[str]]:
    """Where each line starts, and the end of the last; the lines, as much of each as is looked at."""
    words = text.split("\n")
    if not words[-1]:
        words.pop()
    starts = [0, *itertools.accumulate([len(line) + 1 for line in words])]
    starts[-1] = min(starts[-1], len(text))
    return starts, words if len(text) <= _LOOK else [line[:_LOOK] for line in words]


def _inside(starts: Sequence[int], tables: Sequence[Span]) -> Iterable[int]:
    """The lines up to the end of the last table, when there is one."""
    end = max((table.end for table in tables), default=0)
    return (number for number in range(len(starts) - 1) if starts[number] < end)


def _joined(starts: Sequence[int], numbers: Iterable[int]) -> tuple[Span, ...]:
    """Neighbouring lines as one stretch."""
    out: list[Span] = []
    first = last = -2
    for number in numbers:
        if number != last + 1:
            if last >= 0:
                out.append(Span(starts[first], starts[last + 1]))
            first = number
        last = number
    if last >= 0:
        out.append(Span(starts[first], starts[last + 1]))
    return tuple(out)


def _messages(starts: Sequence[int], marks: Sequence[int], goes_on: int, begins: int) -> tuple[Span, ...]:
    """The stretches of one kind of mark, a new one at each head."""
    out: list[Span] = []
    first = -1
    for number, mark in enumerate([*marks, _OWN]):
        if first >= 0 and mark != goes_on:
            out.append(Span(starts[first], starts[number]))
            first = -1
        if mark == begins or (mark == goes_on and first < 0):
            first = number
    return tuple(out)


# earlier messages


def _marks(words: list[str], speaks: bool, forwards: bool) -> list[int]:
    """What each line is."""
    marks = [_OWN] * len(words)
    at = 0
    while at < len(words):
        line = words[at]
        if line[:1] == ">" or (line[:1] in " \t" and line.lstrip()[:1] == ">"):
            at = _quote(words, marks, at, speaks, forwards=forwards)
            continue
        length, forward = _head(words, at) if line[:1] in _STARTS else (0, False)
        if length:
            return _rest(words, marks, at, speaks, forwards=forwards or forward)
        behind = _intro(words, at) if speaks else None
        if behind is None:
            at += 1
            continue
        following = _next_filled(words, behind)
        if following is None or not _DEPTH.match(words[following]):
            return _rest(words, marks, at, speaks, forwards=forwards)
        marks[at:following] = [_PASSED_HEAD] + [_PASSED] * (following - at - 1) if forwards else [_HEAD] + [_EARLIER] * (following - at - 1)
        at = _quote(words, marks, following, speaks, forwards=forwards, headed=True)
    return marks


def _stamped(words: list[str], marks: list[int]) -> None:
    """Mark what stands behind a line of a name and a time alone, as some clients and people put it above what they answer."""
    for at in range(2, len(words) - 1):
        if marks[at] == _OWN and words[at][-1:].isdecimal() and not words[at - 1].strip() and words[at + 1].strip() and _STAMPED.match(words[at]):
            marks[at:] = [_HEAD] + [mark or _EARLIER for mark in marks[at + 1 :]]
            return


def _rest(words: list[str], marks: list[int], at: int, speaks: bool, *, forwards: bool) -> list[int]:
    """Everything from `at` on is earlier: a head begins each message."""
    plain, head = (_PASSED, _PASSED_HEAD) if forwards else (_EARLIER, _HEAD)
    while at < len(words):
        marks[at] = head
        end = at + max(1, _head(words, at)[0] or (_intro(words, at) or at) - at)
        at += 1
        while at < len(words) and (at < end or not _begins(words, at, speaks)):
            marks[at] = _ANSWER if words[at][:1] in _ANSWERS and _ANSWERED.match(words[at]) else plain
            at += 1
    return marks


def _begins(words: list[str], at: int, speaks: bool) -> bool:
    line = words[at]
    if line[:1] not in _STARTS and line[:1] != ">" and not speaks:
        return False
    return bool(_head(words, at)[0]) or (speaks and _intro(words, at) is not None)


def _quote(words: list[str], marks: list[int], at: int, speaks: bool, *, forwards: bool, headed: bool = False) -> int:
    """Mark the lines with ">" from `at` on, empty ones between them too; returns the line behind.

    What a forwarding mail quotes is passed on when a head stands at its start or above it (`headed`).
    """
    first, last = at, at
    length, forward = _head(words, at)
    passed = forward or (forwards and (headed or bool(length)))
    plain, head = (_PASSED, _PASSED_HEAD) if passed else (_EARLIER, _HEAD)
    behind = at + length
    while at < len(words) and (_DEPTH.match(words[at]) or not words[at].strip()):
        last = at if words[at].strip() else last
        begins = at > first and at >= behind and words[at].strip() and _begins(words, at, speaks)
        if begins:
            behind = at + max(1, _head(words, at)[0])
        marks[at] = head if begins or (at == first and length) else plain
        at += 1
    marks[last + 1 : at] = [_OWN] * (at - last - 1)
    return last + 1


def _head(words: list[str], at: int) -> tuple[int, bool]:
    """How many lines the head has that a client prints above an earlier message, 0 for none; and whether it says "forwarded"."""
    bare = _bare(words[at])
    banner = _BANNER.match(bare) if bare[:1] in _STARTS else None
    if banner is not None:
        return 1 + _fields(words, at + 1), bool(banner["forward"] or banner["forward2"] or banner["forward3"])
    if _FROM.match(bare) or (_FIELD.match(bare) and any(_FROM.match(_bare(line)) for line in words[at + 1 : at + 4])):
        count = _fields(words, at)
        return (count, False) if count >= 3 else (0, False)
    if _UNDERLINE.match(bare) and at + 1 < len(words):
        following = _next_filled(words, at + 1)
        if following is not None and following <= at + 2 and _FROM.match(_bare(words[following])):
            count = _fields(words, following)
            return (count + following - at, False) if count >= 3 else (0, False)
    return 0, False


def _fields(words: list[str], at: int) -> int:
    """How many lines from `at` on are header fields; blank lines before the first, and lines that go on with one, count."""
    last, found = at - 1, 0
    for number in range(at, min(len(words), at + 9)):
        line = _bare(words[number])
        if _FIELD.match(line):
            last, found = number, found + 1
        elif not line.strip() and found:
            break
    return last - at + 1 if found else 0


def _bare(line: str) -> str:
    """A line without its marks of quotation."""
    if line[:1] not in "> \t":
        return line
    depth = _DEPTH.match(line)
    return line[depth.end() :] if depth else line


def _intro(words: list[str], at: int) -> int | None:
    """The line behind "On …, … wrote:", which may be wrapped; None when there is none here."""
    first = _bare(words[at])
    if not first or not _INTRO.match(first):
        return None
    for count in range(_INTRO_LINES):
        if at + count >= len(words) or (count and not _bare(words[at + count]).strip()):
            return None
        if _WROTE.search(words[at + count][-40:]):
            whole = " ".join(words[at : at + count + 1])
            return at + count + 1 if len(whole) < 400 and re.search(r"\d|@", whole) else None
    return None


def _next_filled(words: list[str], at: int) -> int | None:
    return next((number for number in range(at, len(words)) if words[number].strip()), None)


def _last_piece(words: Sequence[str], own: list[int]) -> list[int]:
    """The lines of the last own stretch that says something: top-posted above the history, or behind it."""
    end = len(own)
    while end and not words[own[end - 1]].strip():
        end -= 1
    first = end - 1
    while first > 0 and own[first - 1] == own[first] - 1:
        first -= 1
    while end < len(own) and own[end] == own[end - 1] + 1:
        end += 1
    return own[max(0, first) : end]


def _without_blank_head(words: list[str], lines: list[int]) -> list[int]:
    """Empty lines before the signature are the body's."""
    first = next((place for place, number in enumerate(lines) if words[number].strip()), len(lines))
    return lines[first:]
