"""The signature of a mail: where it stands, and who signs with it: name, title, department, company, and how to reach them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commlint.entities.drawn import trimmed
from commlint.entities.identifiers import EMAIL, PHONE
from commlint.entities.signature_lines import details, pieces
from commlint.entities.structure import text_parts
from commlint.entities.wordlists import sections
from commlint.model.protocols import Analysis
from commlint.model.record import BlockKind
from commlint.model.span import Span
from commlint.model.values import Signature

_LAST_LINES = 12


def signature(analysis: Analysis, record: object) -> Signature | None:
    """The signature: the reader's signature part or block, else the last lines of the body that read like one."""
    return analysis.once("entities.signature", _signature)


def name_of(analysis: Analysis, signature: Signature) -> str | None:
    """The name in it; None without one."""
    return signature.name or None


def title_of(analysis: Analysis, signature: Signature) -> str | None:
    """The title in it; None without one."""
    return signature.title or None


def department_of(analysis: Analysis, signature: Signature) -> str | None:
    """The department in it; None without one."""
    return signature.department or None


def company_of(analysis: Analysis, signature: Signature) -> str | None:
    """The company in it; None without one."""
    return signature.company or None


def phone_of(analysis: Analysis, signature: Signature) -> str | None:
    """The first telephone number in it; None without one."""
    return signature.phone or None


def email_of(analysis: Analysis, signature: Signature) -> str | None:
    """The mail address in it; None without one."""
    return signature.email or None


def address_of(analysis: Analysis, signature: Signature) -> str | None:
    """The postal address in it; None without one."""
    return signature.address or None


def website_of(analysis: Analysis, signature: Signature) -> str | None:
    """The web address in it; None without one."""
    return signature.website or None


def _signature(analysis: Analysis) -> Signature | None:
    read = bool(analysis.record.headers)  # who read the headers of a mail looked for its signature too
    found = _marked(analysis) or (None if read else _trailing(analysis))
    return _parsed(analysis, *found) if found else None


# where it stands


def _marked(analysis: Analysis) -> tuple[int, Span] | None:
    """What the reader marked as a signature."""
    part = analysis.record.part("signature")
    if part is not None:
        text = analysis.folded(part)
        span = trimmed(text, 0, len(text))
        return (part, span) if len(span) else None
    for index in range(len(analysis.record.parts)):
        for block in analysis.blocks(index):
            if block.kind is BlockKind.SIGNATURE and len(block.span):
                return index, block.span
    return None


def _trailing(analysis: Analysis) -> tuple[int, Span] | None:
    """The lines after the last closing words (此致, Best regards), or the last lines that give name and contact details."""
    part = next(iter(text_parts(analysis)), None)
    if part is None:
        return None
    text = analysis.folded(part)
    ends = _last_lines(text)
    closing = sections("contacts")["closing"]
    for index in range(len(ends) - 1, -1, -1):
        if text[ends[index].start : ends[index].end].strip(" ,.!。~-\n").startswith(closing) and len(ends[index]) <= 24:
            rest = ends[index + 1 :]
            return (part, Span(rest[0].start, rest[-1].end)) if rest and _short(rest) else None
    tail = _tail(text, ends)
    said = sum(len(pieces(line.of(text))) for line in tail)
    return (part, Span(tail[0].start, tail[-1].end)) if said > 1 and any(_reaches(text, line) for line in tail) else None


def _last_lines(text: str) -> list[Span]:
    end = len(text.rstrip())
    found: list[Span] = []
    while end > 0 and len(found) < _LAST_LINES:
        start = text.rfind("\n", 0, end) + 1
        span = trimmed(text, start, end)
        if len(span):
            found.append(span)
        end = start - 1
    return found[::-1]


def _short(lines: Sequence[Span]) -> bool:
    return all(len(line) <= 90 for line in lines) and len(lines) <= 10


def _tail(text: str, lines: Sequence[Span]) -> list[Span]:
    """The run of last lines that could be a signature: short, no sentence ends in them."""
    tail: list[Span] = []
    for line in reversed(lines):
        written = line.of(text)
        if len(written) > 60 or re.search(r"[。;!?]", written) or re.match(r"\d{1,2}[.、)]|[-*#|]\s", written):
            break
        tail.insert(0, line)
    return tail


def _reaches(text: str, line: Span) -> bool:
    written = line.of(text)
    return bool(PHONE.search(written) or EMAIL.search(written))


# what it says


def _parsed(analysis: Analysis, part: int, span: Span) -> Signature:
    passage = analysis.passage(part, span.start, span.end)
    said = details(passage.folded, _signer(analysis))
    same = len(passage.text) == len(passage.folded)
    written = {key: _as_written(passage.text, passage.folded, value) if same else value for key, value in said.items()}
    return Signature(
        part, passage.span, passage.text, passage.folded,
        name=written.get("name", ""), title=written.get("title", ""), company=written.get("company", ""),
        phone=said.get("phone", ""), email=said.get("email", ""),
        department=written.get("department", ""), address=written.get("address", ""), website=written.get("website", ""),
    )  # fmt: skip


def _as_written(text: str, folded: str, value: str) -> str:
    at = folded.find(value)
    return text[at : at + len(value)] if at >= 0 else value


def _signer(analysis: Analysis) -> str:
    """The display name of the sender, folded: a line that says it is the name."""
    from commlint.text.fold import fold_string

    sender = analysis.record.sender
    return fold_string(sender.name.strip(" \"'")) if sender is not None and sender.name else ""
