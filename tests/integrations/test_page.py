"""Web pages in files: what is seen of them, in lines and columns of the file."""

from __future__ import annotations

from contextlib import suppress

import pytest
from attrs import evolve
from commlint_minutes.page import PageReader
from hypothesis import given, settings
from hypothesis import strategies as st

from commlint.api import Linter
from commlint.errors import RecordError
from commlint.model.environment import Limits
from commlint.model.protocols import Item
from commlint.model.reading.html import seen as seen_page
from commlint.model.record import Record
from commlint.model.source import Source
from commlint.model.span import Span
from tests.integrations.readings import ENVIRONMENT, blocks, grid, line_of, part, seen
from tests.sample_sources.pages import web_page


def read(content: bytes | str, limits: Limits = ENVIRONMENT.limits, uri: str = "a.html") -> list[Item]:
    """What the reader comes across."""
    raw = content if isinstance(content, bytes) else content.encode()
    return list(PageReader().read(Source(uri, raw), evolve(ENVIRONMENT, limits=limits)))


def record(content: bytes | str, uri: str = "a.html") -> Record:
    """The one record there is."""
    (only,) = read(content, uri=uri)
    assert isinstance(only, Record)
    return only


def text(html: str) -> str:
    """What is seen of it."""
    return seen_page(html).text


_PAGE = "<html><head>{head}</head><body><p>请各部门尽快提交材料\uff0c谢谢。</p></body></html>"


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        (_PAGE.format(head="<meta charset=gbk>"), "gbk"),
        (_PAGE.format(head='<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'), "gb18030"),
        (_PAGE.format(head="<meta charset='big5'>").replace("请各部门尽快提交材料\uff0c谢谢", "請各部門盡快提交資料\uff0c謝謝"), "big5"),
        (_PAGE.format(head=""), "gbk"),
        (_PAGE.format(head=""), "utf-8"),
        (_PAGE.format(head="<meta charset=gb2312>"), "utf-8"),  # the charset is belied by the bytes
        (_PAGE.format(head="<meta charset=utf-8>"), "gbk"),
        (_PAGE.format(head="<meta charset=utf-8>"), "utf-16"),
        (_PAGE.format(head="<meta charset=utf-16>"), "utf-8"),
        (_PAGE.format(head="<meta charset=gbk>"), "utf-8-sig"),
        ('<?xml version="1.0" encoding="gbk"?>' + _PAGE.format(head=""), "gbk"),
    ],
)
def test_the_charset_is_told_by_mark_word_and_bytes(content: str, charset: str) -> None:
    """In this order, a word that is belied counting nothing."""
    assert part(record(content.encode(charset)), "body").text.startswith(("请各部门尽快", "請各部門盡快"))


def test_places_are_those_of_the_file() -> None:
    """Lines and columns of the HTML, through references, fields and line breaks of Windows."""
    body = part(record("<html>\r\n<p>甲&amp;\r\n乙 <b>请尽</b>快</p>\r\n<input value='张三'>"), "body")
    assert (body.text, line_of(body, "请尽"), seen(body, "张三"), seen(body, "&")) == ("甲&乙 请尽快\n张三", 3, "张三", "&amp;") or seen(body, "&") == "&amp;"
    assert (line_of(body, "请尽"), line_of(body, "张三")) == (3, 4)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("姓名<input value=张三>", "姓名张三"),
        ("姓名<input type=text value='张&amp;三'>", "姓名张&三"),
        ("<input type=checkbox checked>是<input type=radio>否", "\u2611是\u2610否"),
        ("<input type=hidden value=a><input type=password value=b><input type=submit value=c>", ""),
        ("<input value=a hidden><input value=b style='display:none'>", ""),
        ("<select><option>甲<option selected>乙<option>丙</select>", "乙"),
        ("<select><option>甲</option><option>乙</option></select>", "甲"),
        ("<select multiple><option>甲<option selected>乙<option selected>丙</select>", "乙丙"),
        ("<textarea>一\n二 &lt;</textarea>", "一\n二 <"),
        ("<datalist><option>甲</datalist>乙", "乙"),
        ("<dialog>甲</dialog><dialog open>乙</dialog>", "乙"),
    ],
)
def test_fields_of_forms_show_their_values(html: str, shown: str) -> None:
    """What somebody filled in is text; what is not shown is none."""
    assert text(html).strip() == shown


@pytest.mark.parametrize(
    ("html", "kinds"),
    [
        ("<p>一<p>二<div>三</div>", ["一", "二"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<ul><li>甲<ul><li>子</ul><li>乙</ul>", ["甲\n子", "子", "乙"]),
        ("<table><tr><td>a<td>b<tr><td>c</table>", ["a\tb\nc"]),
    ],
)
def test_ends_that_need_not_be_written(html: str, kinds: list[str]) -> None:
    """A paragraph, item or cell ends where the next begins."""
    page = seen_page(html)
    assert [block.span.of(page.text) for block in page.blocks] == kinds


def test_what_word_saves() -> None:
    """Titles, numbered paragraphs, tables; what Word keeps for itself and what is hidden is left out and counted."""
    found = record(web_page())
    body = part(found, "body")
    assert dict(found.meta) == {"title": "新品排期会会议纪要", "hidden_characters": dict(found.meta)["hidden_characters"]}
    assert [(kind, words) for kind, words in blocks(body) if kind in ("heading", "list_item")] == [
        ("heading", "新品排期会会议纪要"), ("heading", "一、讨论要点"), ("list_item", "1\uff0e  首批发布范围"), ("heading", "二、决议事项"), ("heading", "三、待办事项"),
    ]
    assert grid(body) == [["事项", "负责人", "完成时间"], ["确认发布清单", "张*经理", "2026年5月25日 18:00"], ["更新官网首页", "", "尽快"]]
    assert "沈一鸣" in body.text
    assert not any(word in body.text for word in ("林晓岚", "隐藏", "请尽快", "supportLists"))
    assert line_of(body, "尽快") == 17


def test_a_comment_of_the_linter_works_as_in_markdown() -> None:
    """It permits what stands on the next line."""
    page = "<p>请张三尽快提交。</p>\n<!-- commlint: allow VAG001 -- 试 -->\n<p>请李四尽快提交。</p>\n"
    report = Linter().check_source(Source("会议纪要.html", page.encode()))
    found = [finding for finding in report.findings if finding.code == "VAG001"]
    assert [(finding.location.start.line, finding.suppressed is not None) for finding in found] == [(1, False), (3, True)]


def test_xhtml_may_close_tags_at_once() -> None:
    """A title or script that closes itself swallows nothing, a hidden element hides nothing; stretches without markup are text."""
    assert text('<?xml version="1.0"?><html><head><title/><script src="a"/></head><body><div style="display:none"/><p>甲</p><![CDATA[a<b]]></body></html>').split() == ["甲", "a<b"]


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_web_archives(encoding: str) -> None:
    """The page in a file that browsers save with its pictures."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("<p>请尽快提交</p>", subtype="html", charset="utf-8", cte=encoding)
    message.add_related(b"\x89PNG", "image", "png")
    assert part(record(bytes(message), uri="a.mht"), "body").text == "请尽快提交\n"


@pytest.mark.parametrize(("content", "slug"), [(b"", "empty-record"), (b"<html><script>a()</script></html>", "empty-record"), (b"\x89PNG\0\0", "binary-content"), (b"A: 1\nB: 2\n\nx", "no-page")])
def test_what_is_none(content: bytes, slug: str) -> None:
    """Nothing to read, and a way on."""
    with pytest.raises(RecordError) as caught:
        read(content)
    assert caught.value.slug == slug
    assert all(caught.value.said("zh"))


@pytest.mark.parametrize(("limits", "slug"), [(Limits(html=60), "too-large"), (Limits(cells=1), "table-limit")])
def test_past_a_limit_the_rest_is_named(limits: Limits, slug: str) -> None:
    """What came before is checked."""
    found, error = read("<p>请尽快</p><table><tr><td>甲<td>乙</table>" + "<p>后</p>" * 10, limits)
    assert isinstance(found, Record)
    assert isinstance(error, RecordError)
    assert (part(found, "body").text.startswith("请尽快\n甲"), error.slug) == (True, slug)


def test_hostile_pages_are_read_in_linear_time() -> None:
    """Lists to choose from in one another, items that never end, fields without end; the test would hang."""
    for piece in ("<select>", "<option selected>", "<option ", "<li>", "<ul><li>", "<p><b>", "<li><ul><b>", "<td>", "<input value=a>", "<input value='", "<dl><dt>"):
        assert seen_page(piece * (200_000 // len(piece))).hidden >= 0
    assert seen_page("<li><ul>" + "<b>" * 30_000 + "<li></li>" * 30_000).hidden == 0


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.integers(0, 1_400).map(lambda end: web_page()[:end]), st.text("<>/pliusetcod =\"'甲&;!-[]?\n", max_size=100).map(str.encode)))
def test_any_bytes_are_records_or_a_declared_error(content: bytes) -> None:
    """Cut off anywhere, broken markup, nothing of the kind; what there is lies inside the file."""
    with suppress(RecordError):
        for each in read(content):
            if isinstance(each, Record):
                body = part(each, "body")
                assert all(Span(0, len(body.text)).contains(block.span) for block in body.blocks)
                assert Span(0, len(body.view.text)).contains(body.source_map.to_source(Span(0, len(body.text))))
