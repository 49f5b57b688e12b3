"""Score mails: the role of every line, the details of signatures, the parts of subjects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from commlint.api import Linter
from commlint.entities.analysis import RecordAnalysis
from commlint.model.source import Source
from commlint.model.values import Located
from tests.quality.records import plain
from tests.quality.rows import Row, Tally

ROLES = {"G": "greeting", "B": "own", "S": "signature", "Q": "history", "D": "disclaimer", "F": "forwarded"}
SIGNATURE = ("name", "title", "company", "department", "phone", "email")
SUBJECT = ("matter", "department", "person")
_HEAD = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
_ENTRY = re.compile(r"(?P<key>\w+)\s*=\s*(?P<value>.*)")


@frozen
class Mail:
    """A labelled mail: headers, (role, line) of each line, and what is said of signature and subject."""

    id: str
    headers: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    signature: tuple[tuple[str, str], ...]
    subject: tuple[tuple[str, str], ...]

    @property
    def source(self) -> Source:
        """The file it would be."""
        text = "\n".join(self.headers) + "\n" + _HEAD + "".join(f"{line}\n" for _, line in self.lines)
        return Source(f"{self.id}.eml", text.encode())


def score(path: Path) -> list[Row]:
    """One row a role, one a detail of the signature, one a part of the subject."""
    linter = Linter()
    tally = Tally()
    for mail in mails(path.read_text(encoding="utf-8")):
        record = next(iter(linter.records(mail.source)))
        analysis = RecordAnalysis(record, linter.environment, linter.plugins.table().getters())
        _roles(tally, mail, analysis)
        _signature(tally, mail, analysis)
        _subject(tally, mail, analysis)
    return tally.rows()


def mails(text: str) -> Iterator[Mail]:
    """The mails of a set."""
    for item in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, _, body = item.partition("\n")
        written, *told = re.split(r"^>>> ", body, flags=re.MULTILINE)
        said = {name.strip(): _entries(rest) for name, _, rest in (each.partition("\n") for each in told)}
        lines = [line for line in written.split("\n") if re.match(r"[HGBSQDFE]\|", line)]
        yield Mail(
            head.split()[0],
            tuple(line[2:] for line in lines if line[0] == "H"),
            tuple((line[0], line[2:]) for line in lines if line[0] != "H"),
            said.get("signature", ()),
            said.get("subject", ()),
        )


def _entries(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((match["key"], match["value"].strip()) for match in map(_ENTRY.match, text.split("\n")) if match)


def _roles(tally: Tally, mail: Mail, analysis: RecordAnalysis) -> None:
    found = _found_roles(mail, analysis)
    lines = [(number, role, line) for number, (role, line) in enumerate(mail.lines) if line.strip() and role in ROLES]
    for role, name in ROLES.items():
        wanted = [(number, line) for number, each, line in lines if each == role]
        tally.count(f"line {name}", wanted, [(number, line) for number, _, line in lines if found[number] == role], mail.id)


def _found_roles(mail: Mail, analysis: RecordAnalysis) -> dict[int, str]:
    """Line number to role, as the parts of the record and its greeting say."""
    names = {"history": "Q", "forwarded": "F", "signature": "S", "disclaimer": "D"}
    found = dict.fromkeys(range(len(mail.lines)), "B")
    for index, part in enumerate(analysis.record.parts):
        for number in _lines(analysis, index, 0, len(analysis.folded(index))) if part.name in names else ():
            found[number] = names[part.name]
    greeting = analysis.value("record.greeting")
    if isinstance(greeting, Located):
        for number in _lines(analysis, greeting.part, greeting.span.start, greeting.span.end):
            found[number] = "G"
    return found


def _lines(analysis: RecordAnalysis, part: int, start: int, end: int) -> Iterable[int]:
    """The numbers of the view's lines that a stretch has characters on."""
    from commlint.model.span import Span

    text = analysis.folded(part)
    view = analysis.record.parts[part].view.text
    for match in re.finditer(r"[^\n]*\S[^\n]*", text[start:end]):
        at = analysis.source_map(part).to_source(Span(start + match.start(), start + match.end())).start
        yield view.count("\n", 0, at)


def _signature(tally: Tally, mail: Mail, analysis: RecordAnalysis) -> None:
    found: Any = analysis.value("record.signature")
    for key in SIGNATURE:
        wanted = [plain(value) for name, value in mail.signature if name == key]
        value = plain(getattr(found, key, "") or "") if found is not None else ""
        if key == "phone" and len(wanted) > 1:  # any of several numbers is right
            wanted = [value] if value in wanted else wanted[:1]
        tally.count(f"signature {key}", wanted, [value] if value else [], mail.id)


def _subject(tally: Tally, mail: Mail, analysis: RecordAnalysis) -> None:
    found: Any = analysis.value("record.subject")
    said = dict(mail.subject)
    prefixes = [prefix.strip() for prefix in re.split("[,\uff0c]", said.get("prefixes", "")) if prefix.strip()]
    tally.count("subject prefixes", enumerate(map(plain, prefixes)), enumerate(plain(prefix.text) for prefix in getattr(found, "prefixes", ())), mail.id)
    for key in SUBJECT:
        value = getattr(found, key, None)
        tally.count(f"subject {key}", [plain(said[key])] if said.get(key) else [], [plain(value.text)] if value is not None else [], mail.id)
