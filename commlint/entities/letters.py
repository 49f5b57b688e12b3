"""The parts of a letter besides its body: greeting, closing, earlier messages quoted or passed on, disclaimers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from commlint.entities.structure import body_part, text_parts
from commlint.model.protocols import Analysis
from commlint.model.record import BlockKind, Kind, Party
from commlint.model.span import Span
from commlint.model.values import EarlierMessage, Passage, Unknown

_FORMULA = (
    r"(?:此致|敬礼|祝(?:你|您)?好|(?:顺祝|顺颂|此祝|即颂|敬颂|敬请|谨祝|敬祝|恭祝|预祝|祝愿?)[^\n。]{0,20}|[商台时春夏秋冬]祺|[商台大夏冬秋春]安|特此(?:函告|通知|说明|函复|函达|报告|致函|告知|证明)|盼复|候复|妥否,?请批示|以上|敬上|谨启|谨上"
    r"|(?:非常|十分|万分|再次)?(?:感谢|谢谢|多谢)[^\n。,]{0,12}|(?:with )?(?:best|kind|warm|warmest|kindest|many)? ?(?:regards|wishes)|all the best|best|(?:yours )?sincerely(?: yours)?|yours (?:faithfully|truly)|respectfully(?: yours)?|cheers|many thanks|thanks(?: (?:again|in advance|a lot|so much|and (?:best |kind )?regards))?|thank you(?: (?:very much|so much|again|in advance))?)"
    r"[!,.。~]{0,3}"
)
_CLOSING = re.compile(_FORMULA)
_MOST = 4  # lines: 此致 敬礼 takes two


def greeting(analysis: Analysis, record: object) -> Passage | None:
    """The lines that greet at the start of a mail or letter; None without any."""
    return analysis.once("entities.greeting", _greeting)


def greetings(analysis: Analysis, part: int) -> list[Span]:
    """The stretch of a part that greets, as a list of one or none."""
    found = greeting(analysis, None)
    return [found.span] if found is not None and found.part == part else []


def closing(analysis: Analysis, record: object) -> Passage | None:
    """The formula that the body ends with (此致 敬礼, Best regards); None without one."""
    return analysis.once("entities.closing", _closing)


def histories(analysis: Analysis, record: object) -> tuple[EarlierMessage, ...]:
    """Earlier messages quoted with this one, the latest first as they stand."""
    return analysis.once("entities.histories", lambda _: tuple(_earlier(analysis, "history", BlockKind.HISTORY)))


def forwarded(analysis: Analysis, record: object) -> tuple[EarlierMessage, ...]:
    """Messages that this one passes on: forwarded mails, the messages of a bundle in a chat."""
    return analysis.once("entities.forwarded", lambda _: tuple(_earlier(analysis, "forwarded", BlockKind.FORWARDED)))


def disclaimers(analysis: Analysis, record: object) -> tuple[Passage, ...]:
    """Notices of confidentiality and the like."""
    return analysis.once("entities.disclaimers", lambda _: tuple(_parts(analysis, "disclaimer", BlockKind.DISCLAIMER)))


def sender_of(analysis: Analysis, message: EarlierMessage) -> Party | None:
    """Who wrote it; None when its head does not say."""
    return message.sender


def sent_of(analysis: Analysis, message: EarlierMessage) -> datetime | Unknown:
    """When it was sent, as its head says."""
    return message.sent if message.sent is not None else Unknown("no-sent-time")


def _greeting(analysis: Analysis) -> Passage | None:
    for part in text_parts(analysis):
        for block in analysis.blocks(part):
            if block.kind is BlockKind.GREETING:
                return analysis.passage(part, block.span.start, block.span.end)
    if analysis.record.kind not in (Kind.EMAIL, Kind.CONFIRMATION_LETTER, Kind.MEETING_NOTICE):
        return None
    return _greeting_of_text(analysis)


def _greeting_of_text(analysis: Analysis) -> Passage | None:
    """Of a letter whose reader marks no blocks of the kind."""
    from commlint.model.reading.greeting import greeting as found_in

    part = body_part(analysis)
    text = analysis.folded(part) if part is not None else ""
    span = found_in(text)
    return analysis.passage(part, span.start, span.end) if span is not None and part is not None and span.end < len(text.rstrip()) else None


def _closing(analysis: Analysis) -> Passage | None:
    part = body_part(analysis)
    if part is None or analysis.record.kind not in (Kind.EMAIL, Kind.CONFIRMATION_LETTER, Kind.MEETING_NOTICE):
        return None
    text = analysis.folded(part)
    signed = [block.span.start for block in analysis.blocks(part) if block.kind is BlockKind.SIGNATURE]
    end = min(signed, default=len(text))
    if "signature" not in {each.name for each in analysis.record.parts}:
        from commlint.entities.signature import signature

        found = signature(analysis, None)
        end = found.span.start if found is not None and found.part == part else end
    return _closing_before(analysis, part, text, len(text[:end].rstrip()))


def _closing_before(analysis: Analysis, part: int, text: str, end: int) -> Passage | None:
    first = last = -1
    at = end
    for _ in range(_MOST):
        start = text.rfind("\n", 0, at) + 1
        line = text[start:at].strip(" \t")
        if line and not (len(line) <= 60 and _CLOSING.fullmatch(line)):
            break
        if line:
            first, last = start + len(text[start:at]) - len(text[start:at].lstrip()), max(last, start + len(text[start:at].rstrip()))
        if start == 0:
            break
        at = start - 1
    return analysis.passage(part, first, last) if first >= 0 else None


def _earlier(analysis: Analysis, name: str, kind: BlockKind) -> Iterable[EarlierMessage]:
    for passage in _parts(analysis, name, kind):
        part = analysis.record.parts[passage.part]
        sender, sent = (part.sender, part.sent_at) if part.name == name else (None, None)
        yield EarlierMessage(passage.part, passage.span, passage.text, passage.folded, sender, sent)


def _parts(analysis: Analysis, name: str, kind: BlockKind) -> Iterable[Passage]:
    """The parts called `name`, and the blocks of that kind in others."""
    for index, part in enumerate(analysis.record.parts):
        if part.name == name:
            yield analysis.passage(index, 0, len(analysis.folded(index)))
            continue
        for block in analysis.blocks(index) if part.blocks else ():
            if block.kind is kind:
                yield analysis.passage(index, block.span.start, block.span.end)
