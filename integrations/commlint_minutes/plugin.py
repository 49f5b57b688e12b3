"""Joins commlint: readers of minutes, notices, forms and reports in text files, and the classifier of documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.hooks import hookimpl

if TYPE_CHECKING:
    from commlint.model.protocols import Classifier, Reader


@hookimpl
def commlint_readers() -> Iterable[Reader]:
    """Markdown and plain text; spreadsheets, tables as text."""
    from commlint_minutes.legacy import LegacyReader
    from commlint_minutes.opendocument import OpenDocumentReader
    from commlint_minutes.page import PageReader
    from commlint_minutes.pdf import PdfReader
    from commlint_minutes.separated import SeparatedReader
    from commlint_minutes.slides import SlidesReader
    from commlint_minutes.spreadsheet import OpenSpreadsheetReader, WorkbookReader
    from commlint_minutes.text import MarkdownReader, TextReader
    from commlint_minutes.word import WordReader

    return (MarkdownReader(), TextReader(), WorkbookReader(), OpenSpreadsheetReader(), SeparatedReader(), LegacyReader(), PageReader(), PdfReader(), SlidesReader(), WordReader(), OpenDocumentReader())


@hookimpl
def commlint_classifiers() -> Iterable[Classifier]:
    """Documents by file name, title and labels."""
    from commlint_minutes.classify import Documents

    return (Documents(),)
