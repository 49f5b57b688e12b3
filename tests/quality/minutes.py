"""Score of action items with owners and due times, of the fields that matter, and of alarms on compliant records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from commlint.api import Linter
from commlint.entities.analysis import RecordAnalysis
from tests.quality.fields import expected, listed
from tests.quality.marked import Document, documents
from tests.quality.records import analysed, plain, source
from tests.quality.rows import Row, Tally

Item = tuple[str, tuple[str, ...], str]  # words of the task, owners, value of the due time


def score(path: Path) -> list[Row]:
    """Tasks, their owners and dues; listed fields (recall only); compliant records that raised no finding."""
    linter = Linter()
    tally = Tally()
    for document in documents(path):
        where = f"in {document.head[0]}"
        analyses = analysed(linter, document)
        _tasks(tally, wanted_in(document), [item for analysis in analyses for item in found_in(analysis)], where)
        there = [each[1:] for analysis in analyses for each in listed(analysis)]
        wanted = [each[1:] for each in expected(document)]
        tally.count("listed fields", wanted, [each for each in there if each in wanted], where)
        if "compliant" in document.head:
            alarms = [f"{f.code} {f.location.span.start}: {f.message}" for f in linter.check_source(source(document)).findings]
            tally.count("compliant without alarm", [()], [tuple(alarms)], where)
    return tally.rows()


def _tasks(tally: Tally, wanted: Sequence[Item], found: Sequence[Item], where: str) -> None:
    left = list(found)
    pairs: list[tuple[Item, Item | None]] = []
    for item in wanted:
        match = next((each for each in left if item[0] in each[0]), None)
        if match:
            left.remove(match)
            match = (match[0], tuple(same_owner(owner, item[1]) for owner in match[1]), match[2])
        pairs.append((item, match))
    extra = [("", *each[1:]) for each in left]
    tally.count("action items", [item[0] for item, _ in pairs], [item[0] for item, match in pairs if match] + [each[0] for each in left], where)
    tally.count("owners", [(item[0], o) for item, _ in pairs for o in item[1]], [(item[0], o) for item, match in pairs if match for o in match[1]] + [(each[0], o) for each in extra for o in each[1]], where)
    tally.count("due times", [(item[0], item[2]) for item, _ in pairs if item[2]], [(item[0], match[2]) for item, match in pairs if match and match[2]] + [(each[0], each[2]) for each in extra if each[2]], where)


def _wanted(line: str) -> Item:
    task, owners, due = (cell.strip() for cell in line.rsplit("|", 2))
    return plain(task), tuple(_name(owner) for owner in owners.split(",") if owner.strip() not in {"", "-"}), "" if due == "-" else due


def wanted_in(document: Document) -> list[Item]:
    """The items that a document is said to have."""
    return [_wanted(line) for line in document.sections.get("tasks", ())]


def found_in(analysis: RecordAnalysis) -> Iterator[Item]:
    """The items of a record, in the same form."""
    items: Any = analysis.collection("record.tasks")
    for item in items:
        due = item.due and (item.due.value or item.due.kind.value)
        yield plain(item.task.text), tuple(_name(owner.text) for owner in item.owners), due or ""


def same_owner(found: str, wanted: Sequence[str]) -> str:
    """The wanted owner that is meant: a name counts with its office or department before it as well as without."""
    return next((each for each in wanted if each and (found.endswith(each) or (len(found) > 1 and each.endswith(found)))), found)


def _name(written: str) -> str:
    """An owner; the sign of a mention is no part of the name."""
    return plain(written).lstrip("@")
