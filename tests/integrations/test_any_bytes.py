"""No bytes make a reader do anything but give records or raise RecordError."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from commlint_chat.reader import JsonLinesReader, LogReader
from commlint_mail.message import parse
from commlint_mail.reader import EmlReader
from commlint_minutes.classify import classify
from commlint_minutes.text import MarkdownReader, TextReader
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commlint.errors import RecordError
from commlint.model.protocols import Item, Reader
from commlint.model.record import Record
from commlint.model.source import Source
from commlint.model.span import Span
from tests.integrations.readings import ENVIRONMENT

READERS: dict[str, Reader] = {".md": MarkdownReader(), ".txt": TextReader(), ".eml": EmlReader(), ".chat": LogReader(), ".jsonl": JsonLinesReader()}

_SEEDS = (
    "---\nkind: minutes\n---\n# 标题\n\n| a | b |\n|---|---|\n| 1 | 2 |\n".encode(),
    b"From: =?gb2312?B?1cXI/Q==?= <a@example.com>\r\nContent-Type: multipart/mixed; boundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html; charset=gbk\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+1cXI/TwvcD4=\r\n--B--\r\n",
    "From: a@example.com\nSubject: =?utf-8?Q?=E4?=\nContent-Type: text/plain; format=flowed; delsp=yes\nContent-Disposition: attachment; filename*0*=utf-8''%E4; filename*1=b\n\n在 5月1日 写道:\n> x \n-- \n张三\n".encode(),
    "2026-05-21 09:30 张三: 好\n[10:00] 李四\uff1a收到\n张三 2026/5/21 9:30\n请查收\n".encode(),
    b'{"id": "1", "time": 1779327000000, "chat": "g", "sender": {"name": "a"}, "text": "\\u5c3d\\ud83d\\ude00\\n"}\n{"text": "\\ud800"}\n',
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A good file with some bytes cut out, changed or repeated."""
    content = bytearray(draw(st.sampled_from(_SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 12))
        content[at : at + length] = draw(st.one_of(st.just(b""), st.binary(max_size=6), st.just(bytes(content[at : at + 40]) * 3), st.sampled_from([b"\r\n", b"--B", b"\0", b"=?", b"\xff\xfe", b"<table><td>", b'"', b"\\"])))
    return bytes(content)


def read(reader: Reader, source: Source) -> Iterator[Record]:
    """The records before a RecordError is raised; each failure must speak both languages, what lies inside must be below the source."""
    items: list[Item] = []
    try:
        items += reader.read(source, ENVIRONMENT)
    except RecordError as error:
        items.append(error)
    for item in items:
        if isinstance(item, RecordError):
            assert item.slug
            assert all(item.said("zh"))
            assert all(item.said("en"))
        elif isinstance(item, Record):
            yield item
        else:
            assert item.uri.startswith(f"{source.uri}!/")


@pytest.mark.parametrize("suffix", READERS)
@given(content=st.one_of(st.binary(max_size=200), mutated(), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))))
@example(content=b"\xef\xbb\xbf---\n---\n")
@example(content=b"---\n---\n")
@example(content=b"\r")
@example(content=b"From \n\n")
@settings(max_examples=120, deadline=None)
def test_any_bytes_are_records_or_a_declared_error(suffix: str, content: bytes) -> None:
    """Records are sound: spans inside their texts, maps inside their views; errors are RecordErrors."""
    source = Source(f"x{suffix}", content)
    reader = READERS[suffix]
    assert reader.claims(source)
    for record in read(reader, source):
        classify(record)
        for part in record.parts:
            whole = Span(0, len(part.text))
            assert "\r" not in part.text
            assert all(whole.contains(block.span) for block in part.blocks)
            assert all(whole.contains(grid.span) and all(whole.contains(cell.span) for cell in grid.cells) for grid in part.grids)
            assert Span(0, len(part.view.text)).contains(part.source_map.to_source(whole))


@given(st.one_of(st.binary(max_size=300), mutated()))
@settings(max_examples=200, deadline=None)
def test_the_gateway_never_sees_an_exception(content: bytes) -> None:
    """Parsing a message is total: there is always a record with a body."""
    assert parse(content).part("body") is not None
