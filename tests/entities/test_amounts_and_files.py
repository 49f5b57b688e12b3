"""Amounts of money and files."""

from __future__ import annotations

import pytest
from attrs import evolve

from commlint.entities import files, money
from commlint.model.record import Attachment, Record
from commlint.model.values import Unknown
from tests.entities.records import analysed, widths

AMOUNTS = [
    ("预算12万元", [("12万元", 120_000.0, "CNY")]), ("\u00a51,234.50", [("\u00a51,234.50", 1234.5, "CNY")]), ("合同款三万元整", [("三万元整", 30_000.0, "CNY")]), ("人民币壹拾万元", [("人民币壹拾万元", 100_000.0, "CNY")]),
    ("USD 500", [("USD 500", 500.0, "USD")]), ("$1.2 million", [("$1.2 million", 1_200_000.0, "USD")]), ("3.5亿美元", [("3.5亿美元", 350_000_000.0, "USD")]), ("100块", [("100块", 100.0, "CNY")]),
    ("费用约12万", [("12万", 120_000.0, "CNY")]), ("共12万人", []), ("60%", []), ("万一元旦", []), ("2024年5月", []), ("20元/件", [("20元", 20.0, "CNY")]), ("1,000,000.00元", [("1,000,000.00元", 1_000_000.0, "CNY")]),
    ("\u20ac99", [("\u20ac99", 99.0, "EUR")]), ("HK$300", [("HK$300", 300.0, "HKD")]), ("两百元", [("两百元", 200.0, "CNY")]),
]


@pytest.mark.parametrize(("text", "expected"), AMOUNTS)
def test_amounts_have_value_and_currency(text: str, expected: list[tuple[str, float, str]]) -> None:
    """In digits, with scales, in Chinese numerals; numbers of other things are none."""
    analysis = analysed(text)
    assert [(a.text, a.value, a.currency) for a in money.amounts(analysis, analysis.record)] == expected
    wide = analysed(widths(text)[1].replace("\uff0c", ","))
    assert [a.value for a in money.amounts(wide, wide.record)] == [value for _, value, _ in expected]


@pytest.mark.parametrize(("written", "value"), [("三", 3), ("十二", 12), ("二十", 20), ("一百零五", 105), ("三万五千", 35_000), ("一亿二千万", 120_000_000), ("万", None), ("〇", None)])
def test_chinese_numerals_are_read(written: str, value: int | None) -> None:
    """A unit alone is no number."""
    assert money.chinese_number(written) == value


def _with(*attached: Attachment, text: str = "附件报告.docx请查收。") -> Record:
    return evolve(Record.from_text(text), attachments=attached)


def test_an_attachment_stands_where_the_text_names_it() -> None:
    """Else at the start of the body."""
    record = _with(Attachment("报告.DOCX", 100), Attachment("其他.pdf"))
    named, other = files.attachments(analysed(record), record)
    assert (named.text, other.span.start, other.text) == ("报告.docx", 0, "")


def test_links_to_documents_are_linked_files() -> None:
    """Other links are not files, and an attached file is not counted twice."""
    record = _with(Attachment("b.pdf"), text="见 https://pan.example.com/x/a.xlsx?token=1 和 https://example.com/b.pdf 与 https://example.com/page")
    assert [(f.file.name, files.linked(analysed(record), f)) for f in files.attachments(analysed(record), record)] == [("b.pdf", False), ("a.xlsx", True)]


def test_size_and_encryption_are_unknown_when_nobody_looked() -> None:
    """Never zero, never false."""
    record = _with(Attachment("a.zip"), Attachment("b.zip", 50 * 1024 * 1024, encrypted=False))
    analysis = analysed(record)
    unknown, known = files.attachments(analysis, record)
    assert files.size_of(analysis, unknown) == Unknown("no-size", "a.zip")
    assert files.encrypted(analysis, unknown) == Unknown("no-encryption-state", "a.zip")
    assert (files.megabytes_of(analysis, known), files.encrypted(analysis, known)) == (50.0, False)
