"""A folder with a real file of every format, checked in one run: each finding stands where it is said to."""

from __future__ import annotations

import pytest

import commlint
from commlint.bench import assembled
from commlint.model.reading.charset import of_file
from tests.acceptance.formats import FOLDER, KNOWN, listing

NOT_THERE = {"archive-foreign", "archive-tar", "chat-configured", "eml", "markdown", "tnef", "text"}  # told of beside their tests; packed, mapped, attached or in the other folders of samples


def test_every_finding_and_its_place() -> None:
    """As it was looked at, one by one; `python -m tests.acceptance.formats` writes it anew, to be looked at again."""
    assert listing() == KNOWN.read_text("utf-8")


def test_every_format_is_there() -> None:
    """Each reader has a file in the folder, but for those that have theirs elsewhere."""
    from commlint.model.source import Source

    readers = assembled().readers()
    sources = [Source(path.name, path.read_bytes()) for path in FOLDER.rglob("*") if path.is_file() and ".commlint_cache" not in path.parts]
    found = {next((reader.name for reader in readers if reader.claims(source)), None) for source in sources}
    assert {reader.name for reader in readers} - found - NOT_THERE == set()


def test_what_is_said_to_stand_there_does() -> None:
    """In every file that is text its author can open: the line and column lead to the words, escapes of JSON and tags of HTML and all."""
    report = commlint.Linter(nearest=True).check_paths([FOLDER], jobs=1)
    files = {str(path): path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()}
    seen = 0
    for finding in report.findings:
        at = finding.location
        content = files.get(at.uri)
        if content is None or at.part or at.place.type not in ("", "message") or not finding.match:
            continue
        text = content.decode("utf-8", "replace") if at.uri.endswith(".ics") else of_file(content).text  # a calendar may be folded inside a character
        line = text.replace("\r\n", "\n").split("\n")[at.start.line - 1]
        if "\ufffd" in line:
            continue  # half a character: editors count it as they like
        assert line[at.start.column - 1 :].startswith(finding.match.splitlines()[0]), f"{at.uri}:{at.start.line}:{at.start.column}"
        seen += 1
    assert seen > 40


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_frame_names_the_place(lang: str) -> None:
    """Paragraphs, cells, pages and messages are called as people call them, in both languages."""
    shown = commlint.render(commlint.Linter(nearest=True, lang=lang).check_paths([FOLDER], jobs=1), "text").decode()
    places = {
        "zh": ("上线协调会纪要.docx:第 5 段:1:8", "上线协调会纪要.docx:表 2 第 4 行第 4 列:1:1", "问题跟踪.xlsx:需求确认!B4:1:1", "会议通知.pdf:第 1 页:13:5", "飞书会话.json:2026-05-21 09:31:61:38", "项目周报.pptx:第 1 张:1:1"),
        "en": ("上线协调会纪要.docx:paragraph 5:1:8", "上线协调会纪要.docx:table 2 r4c4:1:1", "问题跟踪.xlsx:需求确认!B4:1:1", "会议通知.pdf:page 1:13:5", "飞书会话.json:2026-05-21 09:31:61:38", "项目周报.pptx:slide 1:1:1"),
    }[lang]
    assert [place for place in places if place not in shown] == []
