"""Cut the text of a mail into what its author wrote, quoted history, signature and disclaimer. One pass over the lines.

Knows the separators of Outlook, Foxmail, QQ, NetEase, WeCom, DingTalk, Apple Mail, Gmail and Thunderbird in Chinese and English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from commlint.model.span import Span

_C = r"[:\uff1a]"
_BANNER = re.compile(
    r"[ \t>]*(?:[-_=\u2014]{2,40}[ \t]*(?:原始邮件|原始郵件|原邮件|回复的原邮件|回复的邮件|转发的邮件|转发的原邮件|转发邮件信息|转发邮件|轉寄郵件|轉寄的郵件|邮件原件|邮件原文|"
    r"original message|original appointment|forwarded message|forwarded by [^\n-]{1,80}|replied message)[^\n]{0,20}?[-_=\u2014]{2,40}|begin forwarded message:|原始邮件[ \t]*$|原始郵件[ \t]*$|下面是被转发邮件的内容"
    rf"|以下是转发的邮件{_C})",
    re.IGNORECASE,
)
_FROM = re.compile(rf"[ \t*]*(?:发件人|寄件者|寄件人|發件人|发送人|from)[ \t*]*{_C}", re.IGNORECASE)
_FIELD = re.compile(rf"[ \t*]*(?:发件人|寄件者|寄件人|發件人|发送人|发送时间|发送日期|傳送時間|寄件日期|發送時間|日期|时间|時間|收件人|收件者|抄送|副本|主题|主旨|from|sent|date|to|cc|subject)[ \t*]*{_C}", re.IGNORECASE)
_WROTE = re.compile(rf"(?:写道|寫道|写到|wrote|writes|来信说)[ \t]*{_C}?[ \t]*$", re.IGNORECASE)
_INTRO = re.compile(r"[ \t]*(?:on\b|在|于|於|[^\n]{0,100}(?:于|於|在)[ \t]{0,3}\d{2,4}|[^\n]{0,100}<[^<>\n]{1,100}>|\d{4}[-/年])", re.IGNORECASE)
_QUOTED = re.compile(r"[ \t]*>")
_UNDERLINE = re.compile(r"[ \t]*_{10,}[ \t]*$")

_DASHES = re.compile(r"-- ?$")
_DEVICE = re.compile(r"[ \t]*(?:发自我的|發自我的|发自(?:网易|QQ|华为|小米)|从我的[^\n]{1,20}发送|sent from (?:my|mail for|outlook)|来自 ?(?:Outlook|邮件))", re.IGNORECASE)
_BAR = re.compile(r"[ \t]*[-_=\u2014\u2500*]{3,60}[ \t]*$")
_CLOSING = re.compile(
    r"[ \t\u3000]*(?:此致|敬礼|敬禮|祝好|顺祝商祺|順頌商祺|顺颂商祺|顺祝|此祝|商祺|祝您?(?:工作|一切|生活)?(?:顺利|顺心|愉快|安好)|谢谢|感谢|"
    r"(?:best|kind|warm)?[ \t]*(?:regards|wishes)|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|cheers|many thanks|thanks|thank you)[ \t]*[!\uff01,\uff0c.\u3002]?[ \t]*$",
    re.IGNORECASE,
)
_DETAIL = re.compile(
    rf"(?:电话|手机|座机|电子邮箱|邮箱|邮件|联系方式|联系电话|微信|分机|传真|地址|電話|手機|信箱|tel|phone|mobile|cell|e-?mail|fax)[ \t.]*{_C}|\+?\d[\d -]{{6,18}}\d|[\w.+-]{{1,64}}@[\w.-]{{1,64}}|有限公司|集团|股份|\b(?:co\.|ltd|inc|corp|gmbh|llc)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(r"(?:部|部门|组|中心|处|科|室|经理|經理|总监|總監|主管|专员|專員|工程师|工程師|助理|总经理|负责人|manager|director|engineer|officer|assistant|department)[ \t]*$|[部组中心处][ \t]*[|\uff5c/·-]?[ \t]*[\u4e00-\u9fff*]{2,4}[ \t]*$", re.IGNORECASE)
_DAY = re.compile(r"[ \t\u3000]*(?:\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?)[ \t]*$")
_DISCLAIMER = re.compile(r"[ \t*]*(?:(?:本|此|该)(?:电子)?[邮郵]件|免责声明|保密(?:声明|提示)|重要提示|this (?:e-?mail|message|communication)|the information (?:contained )?in this|confidential(?:ity)?\b|disclaimer)", re.IGNORECASE)
_LEGAL = re.compile(r"保密|机密|機密|仅限|仅供|未经授权|误收|confidential|privileged|intended|unauthori[sz]ed", re.IGNORECASE)
_SHORT = re.compile(r"[^\n\t\u3002\uff0c,\uff1b;!?\uff01\uff1f>]{1,40}$")  # a line with no sentence in it
_SIGNATURE_LINES = 10
_SIGNATURE_WIDTH = 60
_INTRO_LINES = 3
_LOOK = 400  # characters of a line that are looked at: no separator is longer, and nothing here can then backtrack far


@frozen
class Cut:
    """Stretches of the text, whole lines each, in order; together they are all of it. `body` may be in pieces."""

    body: tuple[Span, ...]
    history: tuple[Span, ...] = ()
    signature: Span | None = None
    disclaimer: Span | None = None


def cut(text: str) -> Cut:
    """`text` ("\\n" its only line break) cut into its parts."""
    lines = _lines(text)
    words = [text[span.start : min(span.end, span.start + _LOOK)].rstrip("\n") for span in lines]
    marks = _histories(words)
    own = [number for number, mark in enumerate(marks) if not mark]
    last = _last_piece(own)
    disclaimer = _disclaimer(words, last)
    signed = [number for number in last if number not in set(disclaimer)]
    signature = _without_blank_head(words, _signature(words, signed))
    gone = {*signature, *disclaimer}
    return Cut(
        _joined(lines, (number for number in own if number not in gone)),
        _joined(lines, (number for number, mark in enumerate(marks) if mark)),
        next(iter(_joined(lines, signature)), None),
        next(iter(_joined(lines, disclaimer)), None),
    )


def _lines(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.splitlines(keepends=True) if not _odd_breaks(text) else _by_newline(text):
        spans.append(Span(start, start + len(line)))
        start += len(line)
    return spans


def _odd_breaks(text: str) -> bool:
    return any(mark in text for mark in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\r")


def _by_newline(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _joined(lines: list[Span], numbers: Iterable[int]) -> tuple[Span, ...]:
    """Neighbouring lines as one stretch."""
    out: list[Span] = []
    for number in numbers:
        span = lines[number]
        if out and out[-1].end == span.start:
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)


# history


def _histories(words: list[str]) -> list[bool]:
    """For each line, whether it belongs to an earlier message."""
    marks = [False] * len(words)
    at = 0
    while at < len(words):
        line = words[at]
        if _QUOTED.match(line):
            at = _quote(words, marks, at)
        elif _BANNER.match(line) or _header_block(words, at) or (_UNDERLINE.match(line) and _header_block(words, at + 1)):
            return marks[:at] + [True] * (len(words) - at)
        elif (behind := _intro(words, at)) is not None:
            following = _next_filled(words, behind)
            if following is None or not _QUOTED.match(words[following]):
                return marks[:at] + [True] * (len(words) - at)
            marks[at:following] = [True] * (following - at)
            at = _quote(words, marks, following)
        else:
            at += 1
    return marks


def _quote(words: list[str], marks: list[bool], at: int) -> int:
    """Mark the lines with ">" from `at` on, empty ones between them too; returns the line behind."""
    last = at
    while at < len(words) and (_QUOTED.match(words[at]) or not words[at].strip()):
        last = at if words[at].strip() else last
        at += 1
    marks_end = last + 1
    first = marks_end
    while first > 0 and not marks[first - 1] and (_QUOTED.match(words[first - 1]) or not words[first - 1].strip()):
        first -= 1
    while first < marks_end and not words[first].strip():
        first += 1
    marks[first:marks_end] = [True] * (marks_end - first)
    return marks_end


def _header_block(words: list[str], at: int) -> bool:
    """A sender line with two more header lines close behind: how clients print an earlier mail."""
    if at >= len(words) or not _FROM.match(words[at]):
        return False
    return sum(bool(_FIELD.match(line)) for line in words[at : at + 8]) >= 3


def _intro(words: list[str], at: int) -> int | None:
    """The line behind "On …, … wrote:", which may be wrapped; None when there is none here."""
    if not _INTRO.match(words[at]):
        return None
    for count in range(_INTRO_LINES):
        if at + count >= len(words) or (count and not words[at + count].strip()):
            return None
        if _WROTE.search(words[at + count][-40:]):
            whole = " ".join(words[at : at + count + 1])
            return at + count + 1 if len(whole) < 400 and re.search(r"\d|@", whole) else None
    return None


def _next_filled(words: list[str], at: int) -> int | None:
    return next((number for number in range(at, len(words)) if words[number].strip()), None)


# signature and disclaimer


def _last_piece(own: list[int]) -> list[int]:
    """The lines of the last own stretch: top-posted above the history, or behind it."""
    first = len(own) - 1
    while first > 0 and own[first - 1] == own[first] - 1:
        first -= 1
    return own[max(0, first) :]


def _disclaimer(words: list[str], lines: list[int]) -> list[int]:
    for place, number in enumerate(lines):
        if _DISCLAIMER.match(words[number]) and any(_LEGAL.search(words[near][:500]) for near in lines[place : place + 3]):
            return lines[place:] if place and _begins_paragraph(words, lines, place) else []
    return []


def _begins_paragraph(words: list[str], lines: list[int], place: int) -> bool:
    before = words[lines[place - 1]]
    return not before.strip() or bool(_BAR.match(before)) or bool(_DASHES.match(before))


def _signature(words: list[str], lines: list[int]) -> list[int]:
    """Behind "-- ", a closing formula or a bar, else a last paragraph that reads like one, with lines of a device below."""
    lines = lines[: _filled_end(words, lines)]
    device = len(lines)
    while device and len(lines) - device < _SIGNATURE_LINES and (not words[lines[device - 1]].strip() or _DEVICE.match(words[lines[device - 1]])):
        device -= 1
    above = lines[: _filled_end(words, lines[:device])]
    begun = _signed_from(words, above)
    return lines[begun if begun is not None else device :]


def _filled_end(words: list[str], lines: list[int]) -> int:
    """How many of the lines there are up to the last that is not empty."""
    end = len(lines)
    while end and not words[lines[end - 1]].strip():
        end -= 1
    return end


def _signed_from(words: list[str], lines: list[int]) -> int | None:
    """The place in `lines` where the signature begins, None when there is none."""
    dashes = next((place for place in range(len(lines) - 1, -1, -1) if _DASHES.match(words[lines[place]])), None)
    if dashes is not None:
        return dashes if _filled(words, lines[dashes + 1 :]) <= 2 * _SIGNATURE_LINES else None
    first = max(0, len(lines) - 2 * _SIGNATURE_LINES)
    for place in range(len(lines) - 1, first - 1, -1):
        line = words[lines[place]]
        closing = bool(_CLOSING.match(line))
        if (closing or _BAR.match(line)) and _signs(words, lines[place + 1 :], loose=closing):
            return place + 1
    block = _last_paragraph(words, lines[first:], everything=first == 0)
    return len(lines) - len(block) if block else None


def _last_paragraph(words: list[str], tail: list[int], *, everything: bool) -> list[int]:
    """The last paragraph, or the short last lines of one (HTML has no empty lines), if it signs."""
    first = len(tail)
    while first > 0 and words[tail[first - 1]].strip():
        first -= 1
    block = tail[first:]
    if block and not (everything and first == 0) and _signs(words, block, loose=False):
        return block
    sentence = next((place for place in range(len(block) - 1, -1, -1) if not _SHORT.match(words[block[place]])), -1)
    block = block[sentence + 1 :]
    whole = everything and len(block) == len(tail)
    return block if len(block) >= 2 and not whole and _signs(words, block, loose=False) else []


def _signs(words: list[str], lines: list[int], *, loose: bool) -> bool:
    """Whether the lines read like a signature: few, short, no sentences; a detail or a role among them unless `loose`."""
    filled = [words[number].strip() for number in lines if words[number].strip()]
    if not filled or len(filled) > _SIGNATURE_LINES or any(len(line) > _SIGNATURE_WIDTH or line.endswith(("\u3002", "\uff1f", "?", ";", "\uff1b")) for line in filled):
        return False
    if loose and all(len(line) <= 40 for line in filled):
        return True
    telling = sum(bool(_DETAIL.search(line) or _ROLE.search(line) or _DAY.match(line)) for line in filled)
    return telling >= 1 and (telling * 2 >= len(filled)) and not any(_sentence(line) for line in filled)


def _sentence(line: str) -> bool:
    """Whether a line reads like a request rather than a detail."""
    return bool(re.search(r"请|請|提交|完成|please\b|务必|[\uff0c,][^\uff0c,]{8,}[\uff0c,]", line, re.IGNORECASE)) and not _DETAIL.search(line)


def _without_blank_head(words: list[str], lines: list[int]) -> list[int]:
    """Empty lines before the signature are the body's."""
    first = next((place for place, number in enumerate(lines) if words[number].strip()), len(lines))
    return lines[first:]


def _filled(words: list[str], lines: list[int]) -> int:
    return sum(bool(words[number].strip()) for number in lines)
