"""The sample records are what their script writes, and each is read as what it is."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from commlint_chat.reader import JsonLinesReader, LogReader
from commlint_mail.reader import EmlReader
from commlint_minutes.classify import classify
from commlint_minutes.text import MarkdownReader, TextReader

from commlint.api import Linter
from commlint.calendar import china
from commlint.config import load
from commlint.model.environment import Environment
from commlint.model.record import Kind, Record
from commlint.model.source import Source
from tests import make_formats, make_samples

READERS = (JsonLinesReader(), LogReader(), EmlReader(), MarkdownReader(), TextReader())  # as commlint asks them: by name
ENVIRONMENT = Environment(calendar=china())
FOLDERS = {
    "mails": {Kind.EMAIL},
    "minutes": {Kind.MINUTES},
    "notices": {Kind.MEETING_NOTICE, Kind.EMAIL},
    "reports": {Kind.PROGRESS_REPORT},
    "forms": {Kind.REQUIREMENT_FORM, Kind.ISSUE_TRACKING, Kind.CONTACT_RECORD, Kind.TASK, Kind.EMERGENCY_REPORT},
    "letters": {Kind.CONFIRMATION_LETTER},
    "chats": {Kind.CHAT_MESSAGE, Kind.CHAT_GROUP, Kind.CHAT_EVENT},
}


def records(path: str, content: bytes) -> list[Record]:
    source = Source(path, content)
    reader = next(reader for reader in READERS if reader.claims(source))
    found = [item for item in reader.read(source, ENVIRONMENT) if isinstance(item, Record)]
    return [record.with_kind(*said) if (said := classify(record)) else record for record in found]


def test_the_folder_is_what_the_script_writes() -> None:
    """Run `python tests/make_samples.py` after a change; nothing else lies in the folder but what `make_formats.py` writes."""
    written = dict(make_samples.files())
    kept = [path for path in make_samples.FOLDER.rglob("*") if path.is_file() and ".commlint_cache" not in path.parts and make_formats.FOLDER not in path.parents]
    assert {path.relative_to(make_samples.FOLDER).as_posix(): path.read_bytes() for path in kept} == written


def test_there_are_enough_of_every_sort() -> None:
    """At least forty files, about half of them compliant, mails and chats and minutes among them."""
    found = make_samples.samples()
    folders = Counter(sample.path.partition("/")[0] for sample in found)
    compliant = sum(not sample.breaks for sample in found)
    assert len(found) >= 44
    assert set(folders) == set(FOLDERS)
    assert folders["mails"] >= 15
    assert len(found) * 0.4 <= compliant <= len(found) * 0.7


@pytest.mark.parametrize("sample", make_samples.samples(), ids=lambda sample: sample.path)
def test_a_sample_is_read_as_what_it_is(sample: make_samples.Sample) -> None:
    """Its kind fits its folder, its text came through its charset, mails and chats know when they were sent."""
    found = records(sample.path, sample.content)
    assert {record.kind for record in found} <= FOLDERS[sample.path.partition("/")[0]]
    for record in found:
        assert all("\ufffd" not in part.text for part in record.parts)
        assert record.sent_at is not None or record.kind not in (Kind.EMAIL, Kind.CHAT_MESSAGE)
        assert record.sent_at is None or record.sent_at.year == 2026


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    """The codes of the findings in each sample, as the README's command has them."""
    linter = Linter(load(make_samples.FOLDER / "commlint.toml"), as_of=datetime(2026, 6, 30, tzinfo=ZoneInfo("Asia/Shanghai")), cache=False)
    report = linter.check_paths([make_samples.FOLDER / name for name in FOLDERS], jobs=1)
    assert report.failures == ()
    codes: dict[str, set[str]] = {}
    for finding in report.findings:
        codes.setdefault(Path(finding.location.uri).relative_to(make_samples.FOLDER).as_posix(), set()).add(finding.code)
    return codes


@pytest.mark.parametrize("sample", make_samples.samples(), ids=lambda sample: sample.path)
def test_a_sample_breaks_what_it_says(sample: make_samples.Sample, found: dict[str, set[str]]) -> None:
    """A compliant sample has no finding at all; another has those that its row in the README names."""
    codes = found.get(sample.path, set())
    if sample.breaks:
        assert set(re.findall(r"[A-Z]{3}\d{3}", sample.breaks)) <= codes
    else:
        assert codes == set()
