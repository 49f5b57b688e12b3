"""HTML becomes what a reader sees, and every character knows where it came from."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commlint.model.reading import markup
from commlint.model.reading.html import MAX_HTML, seen
from commlint.model.span import Span


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>一</p><p>二</p>", "一\n二\n"),
        ("<p>请<b>尽</b><i>快</i>提交</p>", "请尽快提交\n"),
        ("<p>请尽\n   快提交</p>", "请尽快提交\n"),
        ("<p>as soon\n as   possible</p>", "as soon as possible\n"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc\n"),
        ("x<script>alert('尽快')</script><style>p{}</style>y", "xy"),
        ('<p>a</p><div style="DISPLAY : none">尽快</div><span hidden>尽快</span>b', "a\nb"),
        ("a&nbsp;&lt;b&gt;&#20013;&#x6587;&copy &unknown; &amp;", "a <b>中文\u00a9 &unknown; &"),
        ("<pre>a\n  b\r\nc</pre>", "a\n  b\nc\n"),
        ("<table><tr><td>a</td><td><p>b</p></td></tr><tr><td>c</td></tr></table>", "a\tb\nc\n"),
        ("<title>t</title><p>b", "b\n"),
        ("no markup at all", "no markup at all"),
        ("<p>unclosed <b>bold", "unclosed bold\n"),
        ("</p></div>stray<", "stray<"),
        ("<!-- 尽快 --><![if mso]>x<![endif]>", "x"),
        ("", ""),
    ],
)
def test_what_is_seen(html: str, text: str) -> None:
    """Blocks on lines, blanks collapsed, hidden stretches out, references decoded."""
    assert seen(html).text == text


def test_tables_are_grids() -> None:
    """Cells know row and column, spans over rows push the next row's cells to the right."""
    page = seen("<table><tr><th>甲</th><th>乙</th></tr><tr><td rowspan=2>1</td><td>2</td></tr><tr><td>3</td></tr></table>")
    assert [(c.row, c.column, c.header, c.span.of(page.text)) for c in page.grids[0].cells] == [(0, 0, True, "甲"), (0, 1, True, "乙"), (1, 0, False, "1"), (1, 1, False, "2"), (2, 1, False, "3")]


def test_nothing_is_lost_at_depth() -> None:
    """Text behind 20,000 open elements is still read: parsers with a depth limit drop it."""
    page = seen("<div>" * 20_000 + "深" + "</div>" * 20_000 + "后")
    assert page.text.split() == ["深", "后"]


def test_a_page_beyond_the_limit_says_so() -> None:
    """What is not read is not passed over in silence."""
    page = seen("a" * (MAX_HTML + 1))
    assert (len(page.text), page.cut) == (MAX_HTML, True)


def test_hostile_pages_are_read_in_linear_time() -> None:
    """Unfinished tags, comments, quotes and references; html.parser takes minutes for some of them, and the test would hang."""
    for piece in ("<", "<a ", "&", "<!--", "<a b='", '<a b="', "<![CDATA[", "&#", "</", "<p x=", "<script>", "<title>", "--", "<table><td>", "<td rowspan=99 colspan=99>", " \n"):
        assert seen(piece * (200_000 // len(piece))).hidden >= 0
    assert seen("<div style='display:none " + " " * 300_000 + "'>x").text.strip() in ("", "x")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<b", "a<b"),
        ("a <3 b", "a <3 b"),
        ('<p title="a>b">x</p>', "x\n"),
        ("<p title='>'>x", "x\n"),
        ('<p title="unclosed>x', "x\n"),
        ("<p =\"\">x", "x\n"),
        ("<P ALIGN=left>x</P>", "x\n"),
        ("<p/>x", "x\n"),
        ("<!-->x", "x"),
        ("<!DOCTYPE html>x", "x"),
        ("<?xml version='1.0'?>x", "x"),
        ("<script>if (a<b) '</p>'</script>x", "x"),
        ("<script>never closed", ""),
        ("<!-- never closed", ""),
        ("<textarea>a <b></textarea>c", "a <b>c"),
        ("a&#13;b&#xD;", "a b "),
    ],
)
def test_odd_markup(html: str, text: str) -> None:
    """What browsers show of it; a tag that never ends is text, so nothing hides behind it."""
    assert seen(html).text == text


_PIECES = st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<br>", "<b>", "</b>", "<table>", "<tr>", "<td>", "</td>", "</table>", "请", "尽快", " ", "\n", "a", "&lt;", "&nbsp;", "<script>", "</script>", "<", "&", "<li>", "<pre>", "</pre>", "<!--", "-->", "<![CDATA[", "]]>", "<!x", "<?"])


@given(st.lists(_PIECES).map("".join))
def test_every_character_comes_from_where_the_map_says(html: str) -> None:
    """Exact runs repeat the HTML; blocks and cells lie inside the text."""
    page = seen(html)
    for run in page.source_map.runs:
        if run.exact and run.derived.of(page.text).strip():
            assert run.derived.of(page.text) == run.source.of(html)
    for block in page.blocks:
        assert Span(0, len(page.text)).contains(block.span)
    for grid in page.grids:
        assert all(Span(0, len(page.text)).contains(cell.span) for cell in grid.cells)


def test_a_block_at_the_end_of_a_cell_ends_with_it() -> None:
    """Line breaks that a cell does not keep are taken from the blocks in it too: every block lies in the text, before what comes behind."""
    page = seen("<table><tr><td>a<pre><code>b\n\n\n\n</code></pre></td><td>c</td></tr></table>")
    assert [(block.kind.value, block.span.of(page.text)) for block in page.blocks] == [("table", "a\nb\tc"), ("code", "b")]


@given(st.lists(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), max_size=5), min_size=1, max_size=6))
def test_cells_stand_where_those_above_leave_room(rows: list[list[tuple[int, int]]]) -> None:
    """As WHATWG HTML 4.9.12 says: each in the next column that no cell above reaches into, however many do."""
    taken: set[tuple[int, int]] = set()
    expected: list[tuple[int, int]] = []
    for row, cells in enumerate(rows):
        column = 0
        for down, right in cells:
            while (row, column) in taken:
                column += 1
            expected.append((row, column))
            taken |= {(row + by, column + beside) for by in range(1, down) for beside in range(right)}
            column += right
    html = "".join("<tr>" + "".join(f"<td rowspan={down} colspan={right}>x</td>" for down, right in cells) for cells in rows)
    found = [(cell.row, cell.column) for grid in seen(f"<table>{html}</table>").grids for cell in grid.cells]
    assert found == expected


_TAGS = st.sampled_from(['<p class="a">', "<p class='a>b'>", "<p a = 'b'>", '<p a="b', "<p a=b'c>", "<p/>", "</p >", "<p =x>", "<p\n>", "<x:y z='<'>", "<p a='b'c='d'>", "<p a=''b>", '<p "a>', "<p a>b>"])


@given(st.lists(st.one_of(_TAGS, st.sampled_from(["text", "<", ">", '"', "'", "&amp;"]))).map("".join))
def test_a_tag_is_cut_alike_whether_it_is_plain_or_looked_at_piece_by_piece(html: str) -> None:
    """The short way for tags as nearly all are gives what the long way gives."""
    short = list(markup.tokens(html))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "_PLAIN", re.compile(r"(?!)"))
        assert list(markup.tokens(html)) == short
