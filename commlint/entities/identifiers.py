"""Identifiers of persons that should not go everywhere: telephone numbers, mail addresses, ID cards and bank cards; and how they are hidden.

ID cards by their check digit (GB 11643-1999), bank cards by theirs (ISO/IEC 7812-1, the Luhn algorithm).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from commlint.model.protocols import Analysis
from commlint.model.values import Identifier, IdentifierKind

if TYPE_CHECKING:
    from commlint.text.fold import Folded

PHONE = re.compile(
    r"(?<![a-z0-9_.*-])(?:"
    r"(?:\(?(?:\+|00)?86\)?[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}[-\s]?\d{4}|[-\s]\d{3}[-\s]\d{5}|\*{4}\d{4})"  # mobile, also masked
    r"|(?:\(?(?:\+|00)86\)?[-\s]?)?(?:\(0?\d{2,3}\)|0\d{2,3})[-\s]?(?:[1-9]\d{6,7}|[1-9]\d{2,3}[-\s]\d{4})"  # landline
    r"|(?:\+|00)86[-\s]\d{2,3}[-\s](?:\d{7,8}|\d{3,4}[-\s]\d{4})"
    r"|400[-\s]?\d{3,4}[-\s]?\d{3,4}"
    r"|\+\d{1,3}[-\s.]?(?:\(?\d{1,4}\)?[-\s.]?){2,5}\d"  # abroad
    r"|\(?\d{3}\)?[-\s.]\d{3}[-\s.]\d{4}|09\d\d-?\d{3}-?\d{3}|\(?0\d{1,2}\)?[-\s]?\d{3,4}[-\s]\d{4}"
    r")(?![a-z0-9_*])(?:(?:-|,?\s?(?:转|分机|#|ext\.?|x)[\s:]?)\d{1,6}(?![a-z0-9_]))?"
)
EMAIL = re.compile(r"(?<![a-z0-9_.+-])[a-z0-9_][\w.+-]{0,63}@(?!\dx\.)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.(?!(?:png|jpe?g|gif|svg|webp|pdf|zip|js|css)(?![a-z0-9]))[a-z]{2,24}(?![a-z0-9])", re.ASCII)
_RUN = re.compile(r"[+(\d](?:(?<=\d)|[+(]?\d)[\d\s()+.*-]{5,60}")  # what may be a number of some length: other patterns look only here
_EXTENSION = 14
_LONG = 13  # shorter runs hold no number with check digits
_DIGITS = re.compile(r"(?<![a-z0-9_.*/\\-])\d(?:[ -]?\d){13,21}x?(?![a-z0-9_*])")
_NUMBERED = re.compile(r"(?:订单|运单|快递|物流|流水|合同|发票|批次|序列|编号|条码|设备|追踪|单)(?:号码?|编号)?[\s::#.]{0,2}$|(?:order|tracking|invoice|serial|contract)\W{0,3}(?:no|number|id)?\W{0,3}$")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10x98765432"
_PREFIXES = re.compile(r"6[0-9]\d{14,17}|4\d{15}|5[1-5]\d{14}|3[47]\d{13}|35\d{14}|9\d{15,18}")

_Hit = tuple[IdentifierKind, int, int]


def identifiers(analysis: Analysis, record: object) -> tuple[Identifier, ...]:
    """Those in the record's own parts, in order; a signature's are its own business."""
    return analysis.once("entities.identifiers", lambda _: tuple(_identifiers(analysis)))


def kind_of(analysis: Analysis, identifier: Identifier) -> IdentifierKind:
    """What it identifies somebody by."""
    return identifier.kind


def redacted_of(analysis: Analysis, identifier: Identifier) -> str:
    """The identifier with the middle hidden."""
    return hidden(identifier.kind, identifier.text)


def found(folded: str) -> list[_Hit]:
    """Kind, start and end of each identifier in a folded text, in order, none inside another."""
    hits: list[_Hit] = []
    if "@" in folded:
        hits += [(IdentifierKind.EMAIL, *match.span()) for match in EMAIL.finditer(folded)]
    for run in _RUN.finditer(folded):
        start, end = run.span()
        if end - start >= _LONG:
            hits += _numbers(folded, start, end)
        hits += [(IdentifierKind.PHONE, *match.span()) for match in PHONE.finditer(folded, start, end + _EXTENSION)]
    return list(_apart(sorted(hits, key=lambda hit: (hit[1], -hit[2])))) if len(hits) > 1 else hits


def _apart(hits: Iterable[_Hit]) -> Iterator[_Hit]:
    """Those that do not overlap one before them: of two that start together the longer."""
    done = 0
    for hit in hits:
        if hit[1] >= done:
            done = hit[2]
            yield hit


def _identifiers(analysis: Analysis) -> Iterator[Identifier]:
    from commlint.entities.structure import own_parts

    for part in own_parts(analysis):
        if analysis.record.parts[part].name == "front_matter":
            continue  # who a record is from and goes to
        for kind, start, end in found(analysis.folded(part)):
            passage = analysis.passage(part, start, end)
            yield Identifier(part, passage.span, passage.text, passage.folded, kind)


def _numbers(text: str, start: int, end: int) -> Iterable[_Hit]:
    """Long numbers that satisfy their check digits, unless a word before them says that they number a thing."""
    for match in _DIGITS.finditer(text, start, min(end + 1, len(text))):
        digits = match[0].replace(" ", "").replace("-", "")
        if is_id_card(digits):
            yield IdentifierKind.ID_CARD, *match.span()
        elif _is_bank_card(digits) and _NUMBERED.search(text, max(0, match.start() - 12), match.start()) is None:
            yield IdentifierKind.BANK_CARD, *match.span()


def is_id_card(digits: str) -> bool:
    """Whether 17 digits and a check character are a resident identity number: a region, a date of birth, a right check (GB 11643-1999)."""
    if len(digits) != 18 or not digits[:17].isdecimal() or digits[0] not in "12345678":
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return digits[17].lower() == _CHECKS[total % 11] and _is_date(digits[6:14])


def _is_date(digits: str) -> bool:
    try:
        return 1880 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2099
    except ValueError:
        return False


def _is_bank_card(digits: str) -> bool:
    return _PREFIXES.fullmatch(digits) is not None and luhn(digits)


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it (ISO/IEC 7812-1, annex B)."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return digits.isdecimal() and (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def hidden(kind: IdentifierKind, written: str) -> str:
    """The identifier with stars for what identifies: as long as before; separators, a few first and last characters and domains stay."""
    if kind is IdentifierKind.EMAIL:
        name, at, domain = written.partition(written[_at(written)])
        return name[0] + "*" * (len(name) - 1) + at + domain
    places = [at for at, character in enumerate(written) if character.isdecimal() or character in "xX"]
    first, last = _KEPT[kind]  # digits
    covered = set(places[min(first, len(places) // 3) : max(len(places) - last, first)])
    return "".join("*" if at in covered else character for at, character in enumerate(written))


_KEPT = {IdentifierKind.PHONE: (3, 4), IdentifierKind.ID_CARD: (3, 2), IdentifierKind.BANK_CARD: (0, 4)}


def _at(written: str) -> int:
    return next(at for at, character in enumerate(written) if character in "@\uff20")


def redacted(text: str) -> str:
    """`text` with every identifier in it hidden; as long as before, so that offsets stay."""
    from commlint.text.fold import fold

    folded = fold(text)
    pieces: list[str] = []
    done = 0
    for kind, start, end in found(folded.text):
        first, last = (start, end) if len(folded.text) == len(text) else _written(folded, start, end)
        pieces += (text[done:first], hidden(kind, text[first:last]))
        done = last
    return "".join(pieces) + text[done:]


def _written(folded: Folded, start: int, end: int) -> tuple[int, int]:
    from commlint.model.span import Span

    span = folded.source_map.to_source(Span(start, end))
    return span.start, span.end
