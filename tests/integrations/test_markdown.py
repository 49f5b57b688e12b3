"""Markdown as CommonMark has it, with markdown-it-py for an oracle; front matter; text in the charsets of Chinese."""

from __future__ import annotations

from itertools import takewhile
from random import Random

import pytest
from attrs import evolve
from commlint_minutes.text import MarkdownReader, TextReader
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from commlint.errors import RecordError
from commlint.model.environment import Limits
from commlint.model.reading.blocks import layout
from commlint.model.reading.charset import of_file
from commlint.model.record import Record
from commlint.model.source import Source
from commlint.model.span import Span
from tests.integrations.readings import ENVIRONMENT, blocks, grid, part, records

_Block = tuple[str, int, int, int]  # kind, first line, line behind the last, level of a heading or item
_ORACLE = MarkdownIt("commonmark").enable("table")
_ORACLE.core.ruler.disable(["inline"])


def expected(text: str) -> list[_Block]:
    """The blocks as the oracle has them, cut to what records need: a quotation is one, comments are none, other HTML is a paragraph."""
    found: list[_Block] = []
    tokens = _ORACLE.parse(text)
    depth = quoted = 0
    for number, token in enumerate(tokens):
        first, last = token.map or (0, 0)
        if token.type == "blockquote_open":
            found += [] if quoted else [("quote", first, last, 0)]
        quoted += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        depth += token.type in ("bullet_list_open", "ordered_list_open") and not quoted
        depth -= token.type in ("bullet_list_close", "ordered_list_close") and not quoted
        if quoted:
            continue
        if token.type == "heading_open":
            found.append(("heading", first, last - (last - first > 1), int(token.tag[1])))
        elif token.type == "paragraph_open":
            item = number > 0 and tokens[number - 1].type == "list_item_open"
            found.append(("list_item", first, last, depth) if item else ("paragraph", first, last, 0))
        elif token.type in ("fence", "code_block", "table_open"):
            found.append(("table" if token.type == "table_open" else "code", first, last, 0))
        elif token.type == "html_block" and not token.content.lstrip().startswith("<!--"):
            found.append(("code" if token.content.lstrip().startswith("<pre") else "paragraph", first, last, 0))
    return _trimmed(found, text)


def ours(text: str) -> list[_Block]:
    """The same of what we find."""
    found = [(block.kind.value, text.count("\n", 0, block.span.start), text.count("\n", 0, block.span.end) + 1, block.level) for block in layout(text, markdown=True).blocks]
    return _trimmed(found, text)


def _trimmed(found: list[_Block], text: str) -> list[_Block]:
    lines = text.split("\n")
    blank = [sum(1 for _ in takewhile(lambda line: not line.strip(), reversed(lines[first:last]))) for _, first, last, _ in found]
    return [(kind, first, max(first + 1, last - less), level) for (kind, first, last, level), less in zip(found, blank, strict=True)]


_PIECES = (
    "# 标题", "## 二级 ##", "#", "#无空格", "正文一段", "正文继续", "   正文三空", "line two", "- 项甲", "- 项乙", "  - 子项", "   - 三空项", "    - sub", "- - 双", "-", "* 星", "+ 加", "- # 题", "- > 引", "- ```",
    "  续行", "    indent", "    code = 1", "\tx = 2", "\t- tab", "1. 第一", "1) 括号", "   1. 子序", "> 引用", "> - 引项", "> 懒", ">", "> ```", "```", "```py", "  ```", "   ```", "~~~", "", "", "===", "---", "***",
    "[链接]: http://example.com", "<div>", "</div>", "<!-- 注释 -->", "<b>粗</b>", "<br>", "<pre>", "</pre>",
)


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=14).map("\n".join))
def test_blocks_are_those_of_commonmark(text: str) -> None:
    """Nested lists, lazy lines, code, definitions, HTML, headings of both kinds, in any order."""
    assert ours(text) == expected(text)


def test_blocks_of_thousands_of_documents_are_those_of_commonmark() -> None:
    """The same for a fixed number of longer ones."""
    random = Random(4)
    texts = ["\n".join(random.choices(_PIECES, k=random.randrange(2, 25))) for _ in range(2_000)]
    assert [text for text in texts if ours(text) != expected(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- 甲\n\n  第二段\n\n- 乙", [("list_item", "甲"), ("paragraph", "第二段"), ("list_item", "乙")]),
        ("- 甲\n懒行\n- 乙", [("list_item", "甲\n懒行"), ("list_item", "乙")]),
        ("> 引\n懒行\n\n正文", [("quote", "> 引\n懒行"), ("paragraph", "正文")]),
        ("- 甲\n  ```\n  - 不是项\n  ```\n正文", [("list_item", "甲"), ("code", "```\n  - 不是项\n  ```"), ("paragraph", "正文")]),
        ("- [ ] 待办\n- [x] 已办", [("list_item", "[ ] 待办"), ("list_item", "[x] 已办")]),
        ("两行\n标题\n====", [("heading", "两行\n标题")]),
        ("标题\n-", [("heading", "标题")]),
        ("~~~ a`b\nx\n~~~", [("code", "~~~ a`b\nx\n~~~")]),
        ("[a]: http://x.cn '题'\n正文", [("paragraph", "正文")]),
        ("<div>\n请尽快\n</div>\n\n正文", [("paragraph", "<div>\n请尽快\n</div>"), ("paragraph", "正文")]),
        # what differs from CommonMark on purpose
        ("一、会议信息\n正文", [("heading", "一、会议信息"), ("paragraph", "正文")]),
        ("待办\n2. 第二项\n\u2460 圈一", [("paragraph", "待办"), ("list_item", "第二项"), ("list_item", "圈一")]),
        ("    首行缩进的中文段落\u3002\n\n    x = 1", [("paragraph", "首行缩进的中文段落\u3002\n\n    x = 1")]),
        ("正文\n\n    x = 1", [("paragraph", "正文"), ("code", "    x = 1")]),
        ("| 甲 | 乙 |\n|---|\n| 1 | 2 |\n后文", [("table", "| 甲 | 乙 |\n|---|\n| 1 | 2 |"), ("paragraph", "后文")]),
        ("<!-- 没有结束\n请尽快", [("paragraph", "<!-- 没有结束\n请尽快")]),
    ],
)
def test_blocks_as_they_are_cut(text: str, found: list[tuple[str, str]]) -> None:
    """Exact stretches; authors' meaning before the letter where they differ."""
    assert blocks(part(records(MarkdownReader(), "a.md", text)[0], "body")) == found


@pytest.mark.parametrize(
    ("row", "cells"),
    [("| a \\| b | c |", ["a \\| b", "c"]), ("| `a\\|b` | c |", ["`a\\|b`", "c"]), ("a | b", ["a", "b"]), ("|  | b |", ["", "b"]), ("  | a | b |", ["a", "b"])],
)
def test_cells_of_tables(row: str, cells: list[str]) -> None:
    """A bar behind a backslash is text, in code too."""
    assert grid(part(records(MarkdownReader(), "a.md", f"| 甲 | 乙 |\n|:--|--:|\n{row}\n")[0], "body"))[1] == cells


def test_a_table_in_a_list_item_is_one() -> None:
    """It lies in the item, and what follows does not."""
    body = part(records(MarkdownReader(), "a.md", "- 安排\uff1a\n\n  | 事项 | 负责人 |\n  |---|---|\n  | 提交 | 张三 |\n\n正文")[0], "body")
    assert [kind for kind, _ in blocks(body)] == ["list_item", "table", "paragraph"]
    assert grid(body)[1] == ["提交", "张三"]


def test_comments_are_not_part_of_the_text() -> None:
    """Notes of a template are not what the record says; all places stay."""
    body = part(records(MarkdownReader(), "a.md", "# 题\n<!--\n请尽快填写\n-->\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<!-- commlint: allow VAG001 -- 试 -->\n正文 <!-- 句中 -->\n")[0], "body")
    assert "填写" not in body.text
    assert "commlint" not in body.text
    assert blocks(body)[-1][0] == "paragraph"
    assert grid(body) == [["a", "b"], ["1", "2"]]
    for at, character in enumerate(body.text):
        assert body.source_map.to_source(Span(at, at + 1)).of(body.view.text) == character


@pytest.mark.parametrize(
    ("head", "key", "value"),
    [
        ("---\nkind: minutes # 会议纪要\n---\n", "kind", "minutes"),
        ("---\nsubject: 关于 #123 的回复\n---\n", "subject", "关于 #123 的回复"),
        ("---\nto:\n  - 张三\n  - \"李四\" # 主送\n---\n", "to", "张三, 李四"),
        ("---\nto:\n- 张三\n---\n", "to", "张三"),
        ("---\nsubject: >-\n  很长的\n  标题\nkind: minutes\n---\n", "subject", "很长的 标题"),
        ("---\ntitle: '单引号' # 说明\n...\n", "title", "单引号"),
        ("---\n# 只是说明\nkind: minutes\n---\n", "kind", "minutes"),
        ("+++\nkind = \"minutes\" # 说明\n+++\n", "kind", "minutes"),
        ("+++\nto = [\n  \"张三\",\n  \"李四\",\n]\n+++\n", "to", "张三, 李四"),
        ("\ufeff---\nkind: minutes\n---\n", "kind", "minutes"),
        ("---\r\nkind: minutes\r\n---\r\n", "kind", "minutes"),
    ],
)
def test_front_matter(head: str, key: str, value: str) -> None:
    """Lists, blocks of text, remarks and quotes of YAML and TOML; the body begins behind it."""
    found = records(MarkdownReader(), "a.md", f"{head}正文")[0]
    assert (dict(found.meta)[key], part(found, "body").text) == (value, "正文")


@pytest.mark.parametrize("text", ["---\n一段文字\n---\n正文", "---\n", "正文\n---\nkind: minutes\n---\n", "----\nkind: minutes\n----\n"])
def test_a_line_of_dashes_is_no_front_matter(text: str) -> None:
    """Without keys, without an end, or not at the top."""
    found = records(MarkdownReader(), "a.md", text)[0]
    assert (found.meta, part(found, "body").text) == ((), text)


_NOTICE = "关于召开季度排期会议的通知\n请于2026年5月21日前提交材料\uff0c负责人张三。\n"
_TRADITIONAL = "關於召開季度會議的通知\n請各部門盡快提交資料\uff0c聯絡人陳先生。\n"
_CANTONESE = "呢個係會議紀要\uff0c嘅事項由佢哋跟進\uff0c唔該曬。\n"


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        *((_NOTICE, charset) for charset in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7", "hz")),
        *((_TRADITIONAL, charset) for charset in ("utf-8", "big5", "big5hkscs", "gbk", "utf-16-le")),
        (_CANTONESE, "big5hkscs"), (_CANTONESE, "utf-16-be"),
        ("参会人\uff1a\U00020bb7野家、\u3402、\u9fb4。请尽快提交材料\uff0c谢谢。\n", "gb18030"),
        ("请尽快提交。", "utf-16-le"), ("请尽快提交。", "gbk"), ("收到", "gbk"), ("姓名\t张三\r\n时限\t尽快\r\n", "gbk"), ("Please submit asap.\n", "utf-16-be"), ("a+b-c = 1+2-3, C++-style\n", "ascii"),
    ],
)
def test_text_in_any_charset_of_chinese(text: str, charset: str) -> None:
    """With a mark or without."""
    assert of_file(text.encode(charset)).text == text
    assert part(records(TextReader(), "a.txt", text.encode(charset))[0], "body").view.text == text


def test_past_the_limit_on_cells_tables_are_text() -> None:
    """And a failure says so."""
    source = Source("a.md", b"| a | b |\n|---|---|\n| 1 | 2 |\n")
    found, error = MarkdownReader().read(source, evolve(ENVIRONMENT, limits=Limits(cells=3)))
    assert isinstance(found, Record)
    assert isinstance(error, RecordError)
    assert (part(found, "body").grids, error.slug) == ((), "table-limit")


def test_hostile_documents_are_read_in_linear_time() -> None:
    """Lists, quotations, comments, tables and marks without end; the test would hang."""
    for hostile in ("* - " * 50_000, "- x\n" * 50_000, "- <!-- a\n" * 30_000 + "-->", "<!--\n" * 50_000, "> a\nb\n" * 30_000, "-\n" * 50_000, "|-" * 50_000 + "\n" + "|-" * 50_000, "[a]: " * 50_000, "`" * 200_000, "<a " * 50_000, "\t- a\n" * 30_000):
        assert layout(hostile, markdown=True).blocks is not None
