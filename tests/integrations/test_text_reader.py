"""Markdown and plain text: heads, blocks, tables, places."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from commlint_minutes.text import MarkdownReader, TextReader
from hypothesis import given
from hypothesis import strategies as st

from commlint.errors import RecordError
from commlint.model.lines import normalised
from commlint.model.reading import blocks as forms
from commlint.model.reading import markdown as marks
from commlint.model.reading.blocks import layout
from commlint.model.record import Kind
from commlint.model.span import Span
from tests.integrations.readings import blocks, grid, line_of, part, records, seen

SHANGHAI = ZoneInfo("Asia/Shanghai")

MARKDOWN = """---
kind: minutes
sent: 2026-05-22 10:00
from: 周子衡 <zhou@example.cn>
subject: "排期会纪要"
---
# 新品排期会议纪要 #

参会人:市场部林晓岚
产品部沈一鸣

1. 第一项
   续行
   - 子项
2. 第二项

> 请尽快

| 事项 | 负责人 |
|:---|---:|
| 提交 a\\|b | 林*经理 |
| 复核 |  |

```text
- 不是列表
```

决议
====
完。
"""


def test_markdown_is_cut_into_blocks_with_exact_places() -> None:
    """Headings without their marks, items without their bullets, quotes, tables and code as wholes."""
    body = part(records(MarkdownReader(), "a.md", MARKDOWN)[0], "body")
    assert blocks(body) == [
        ("heading", "新品排期会议纪要"),
        ("paragraph", "参会人:市场部林晓岚\n产品部沈一鸣"),
        ("list_item", "第一项\n   续行"),
        ("list_item", "子项"),
        ("list_item", "第二项"),
        ("quote", "> 请尽快"),
        ("table", "| 事项 | 负责人 |\n|:---|---:|\n| 提交 a\\|b | 林*经理 |\n| 复核 |  |"),
        ("code", "```text\n- 不是列表\n```"),
        ("heading", "决议"),
        ("paragraph", "完。"),
    ]
    assert grid(body) == [["事项", "负责人"], ["提交 a\\|b", "林*经理"], ["复核", ""]]


def test_front_matter_says_what_the_record_is() -> None:
    """Kind, time, sender and subject come from it; it is a part of its own and not body."""
    record = records(MarkdownReader(), "a.md", MARKDOWN)[0]
    assert (record.kind, record.evidence.by) == (Kind.MINUTES, "front matter")
    assert record.sent_at == datetime(2026, 5, 22, 10, tzinfo=SHANGHAI)
    assert record.sender is not None
    assert (record.sender.name, record.sender.address) == ("周子衡", "zhou@example.cn")
    assert part(record, "subject").text == "排期会纪要"
    assert "kind" not in part(record, "body").text


@pytest.mark.parametrize(
    ("head", "people"),
    [
        ("to: [张三, 李四 <l@example.cn>]", [("张三", ""), ("李四", "l@example.cn")]),
        ("收件人\uff1a张三\u3001李四", [("张三", ""), ("李四", "")]),
        ("to: \"张三\"", [("张三", "")]),
    ],
)
def test_people_in_front_matter(head: str, people: list[tuple[str, str]]) -> None:
    """A YAML list, a Chinese enumeration, a quoted name; keys in either language."""
    record = records(MarkdownReader(), "a.md", f"---\n{head}\n---\n正文")[0]
    assert [(p.name, p.address) for p in record.to] == people


def test_toml_front_matter() -> None:
    """Plus signs and equals signs, as some generators write it."""
    record = records(MarkdownReader(), "a.md", '+++\nkind = "minutes"\ntitle = "排期会"\n+++\n正文')[0]
    assert (record.kind, dict(record.meta)["title"]) == (Kind.MINUTES, "排期会")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_the_file(ending: str) -> None:
    """Line numbers count the front matter, and any line ending."""
    body = part(records(MarkdownReader(), "a.md", MARKDOWN.replace("\n", ending))[0], "body")
    assert (line_of(body, "请尽快"), seen(body, "请尽快")) == (17 if ending != "\r" else 1, "请尽快")


@pytest.mark.parametrize(
    ("said", "front", "configured", "kind", "by"),
    [
        ("email", "minutes", "task", Kind.EMAIL, "caller"),
        (None, "纪要", "task", Kind.MINUTES, "front matter"),
        (None, "Meeting Notice", None, Kind.MEETING_NOTICE, "front matter"),
        (None, None, "progress-report", Kind.PROGRESS_REPORT, "config"),
        (None, None, None, Kind.DOCUMENT, "nothing"),
    ],
)
def test_a_kind_is_said_by_the_caller_then_the_file_then_the_configuration(said: str | None, front: str | None, configured: str | None, kind: Kind, by: str) -> None:
    """The order of who is believed."""
    text = f"---\nkind: {front}\n---\n正文" if front else "正文"
    record = records(MarkdownReader(), "a.md", text, kind=said, mapping=(("kind", configured),) if configured else ())[0]
    assert (record.kind, record.evidence.by) == (kind, by)


def test_an_unknown_kind_is_an_error_that_lists_the_kinds() -> None:
    """A typing slip in front matter does not silently make a document of minutes."""
    with pytest.raises(RecordError) as caught:
        records(MarkdownReader(), "a.md", "---\nkind: minuts\n---\nx")
    assert caught.value.slug == "unknown-kind"
    assert "minutes" in caught.value.help


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_an_error_with_a_way_out(content: bytes) -> None:
    """Nothing to check is not the same as nothing wrong."""
    with pytest.raises(RecordError) as caught:
        records(TextReader(), "a.txt", content)
    assert caught.value.slug == "empty-record"
    assert caught.value.zh_help


MAILED = "主题\uff1a关于排期\n发件人\uff1a张三 <zhang@example.cn>\n收件人\uff1a李四; wang@example.cn\n抄送\uff1a\n时间\uff1a2026年5月21日 下午3:05\n\n李四\uff1a\n请确认。\n"


def test_header_lines_at_the_top_of_a_text_make_it_a_mail() -> None:
    """As mail programs print them; the body begins behind them, line numbers go on."""
    record = records(TextReader(), "a.txt", MAILED)[0]
    assert record.kind is Kind.EMAIL
    assert record.sent_at == datetime(2026, 5, 21, 15, 5, tzinfo=SHANGHAI)
    assert [(p.name, p.address) for p in record.to] == [("李四", ""), ("", "wang@example.cn")]
    assert part(record, "subject").text == "关于排期"
    assert line_of(part(record, "body"), "请确认") == 8


@pytest.mark.parametrize("text", ["会议主题:排期\n时间:2026-05-21 14:00\n地点:三楼\n", "主题:排期\n时间:2026-05-21\n", "备注: 收件人: 张三\n正文"])
def test_a_form_is_no_mail(text: str) -> None:
    """Subject and time alone are fields of a form: they stay in the body."""
    record = records(TextReader(), "a.txt", text)[0]
    assert (record.kind, part(record, "body").text, record.sent_at) == (Kind.DOCUMENT, text, None)


def test_plain_text_has_headings_lists_and_tables_too() -> None:
    """一、… is a heading, 1、… an item, bars make a table; # and four blanks mean nothing."""
    text = "一、会议信息\n    缩进的正文\n# 不是标题\n1、第一项\n2、第二项\n二、决议事项:\n事项 | 负责人 | 时限\n提交 | 张三 | 5月22日\n三、会议时间:2026年5月21日\n"
    body = part(records(TextReader(), "a.txt", text)[0], "body")
    assert blocks(body) == [
        ("heading", "一、会议信息"),
        ("paragraph", "缩进的正文\n# 不是标题"),
        ("list_item", "第一项"),
        ("list_item", "第二项"),
        ("heading", "二、决议事项:"),
        ("table", "事项 | 负责人 | 时限\n提交 | 张三 | 5月22日"),
        ("paragraph", "三、会议时间:2026年5月21日"),
    ]
    assert grid(body)[1] == ["提交", "张三", "5月22日"]


@given(st.lists(st.sampled_from(["# 标题", "- 项", "  - 子项", "> 引", "| a | b |", "|---|---|", "```", "正文\uff0c继续", "", "===", "---", "一、节", "1. x", "\t", "||", "|"])).map("\n".join), st.booleans())
def test_blocks_are_in_order_inside_the_text_and_apart(text: str, markdown: bool) -> None:
    """Every block is a stretch of the text; no two overlap; every cell lies in its table."""
    found = layout(text, markdown=markdown)
    for block in found.blocks:
        assert 0 <= block.span.start <= block.span.end <= len(text)
    for before, after in zip(found.blocks, found.blocks[1:], strict=False):
        assert before.span.end <= after.span.start
    for table in found.grids:
        assert all(table.span.contains(cell.span) for cell in table.cells)
        assert all("\n" not in cell.span.of(text) for cell in table.cells)


@given(st.text(st.sampled_from("正文a\r\n #-|>:\uff0c\u3000\t"), min_size=1))
def test_places_point_at_the_characters_of_the_file(text: str) -> None:
    """Every character of the body that is no line break maps to the same character of the file."""
    clean, _ = normalised(text)
    if not clean.strip():
        return
    for piece in records(MarkdownReader(), "a.md", text)[0].parts:
        for at, character in enumerate(piece.text):
            if character != "\n":
                assert piece.source_map.to_source(Span(at, at + 1)).of(piece.view.text) == character


def test_long_hostile_lines_are_read_in_linear_time() -> None:
    """A megabyte of what makes careless patterns backtrack ends; the test would hang if it took quadratic time."""
    for hostile in (" " * 500_000 + "x", "# " + "# " * 250_000, "|" * 200_000, "---\nkey: " + "a " * 200_000, "2026-01-01" + " " * 300_000, "- " * 200_000, "> " * 200_000, "=" * 300_000 + "x"):
        assert records(MarkdownReader(), "a.md", hostile)
        assert records(TextReader(), "a.txt", hostile)


@pytest.mark.parametrize("shape", [forms._QUOTE, forms.ITEM, forms.NUMBERED, marks._ATX, marks._SETEXT, marks._FENCE, marks._RULE, marks._EMPTY_ITEM])
def test_one_look_tells_running_text(shape: re.Pattern[str]) -> None:
    """No line that a pattern of blocks fits is taken for running text by its first character, whichever that is."""
    tails = ("", " x", "1. x", ". x", ") x", "\uff09x", "\u3001x", "==", "--", "``", "~~", "**", "__", "1) x", "1\uff09x", "一章 x", "十、x")
    openings = [chr(code) for code in (*range(0x4E10), *range(0x7B2C, 0x7B2D), *range(0xF900, 0x10000)) if chr(code) != "\n"] + list("三四五六七八九十第")
    fitting = {character for character in openings for tail in tails if shape.match(character + tail)}
    assert fitting
    assert not [character for character in sorted(fitting) if forms.Line(0, character).running]
