"""The readers of spreadsheets; how they read is imported when they do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commlint.errors import RecordError
from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item

_ZIP = b"PK\x03\x04"


class WorkbookReader:
    """Reads .xlsx workbooks, those with macros and templates too; macros are not run."""

    name = "xlsx"
    suffixes: tuple[str, ...] = (".xlsx", ".xlsm", ".xltx", ".xltm")
    media_types: tuple[str, ...] = (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
        "application/vnd.ms-excel.sheet.macroenabled.12", "application/vnd.ms-excel.template.macroenabled.12",
    )

    def claims(self, source: Source) -> bool:
        """By suffix or media type."""
        return source.suffix in self.suffixes or source.media_type in self.media_types

    def read(self, source: Source, environment: Environment) -> Iterator[Item]:
        """A record for each sheet with something on it.

        Raises RecordError: empty-record, encrypted-file, legacy-format, damaged-file, archive-limit, unknown-format, unknown-kind.
        """
        from commlint_minutes.workbook import records

        return isolated(records(source, environment))


class OpenSpreadsheetReader:
    """Reads .ods spreadsheets (OpenDocument) and their templates."""

    name = "ods"
    suffixes: tuple[str, ...] = (".ods", ".ots")
    media_types: tuple[str, ...] = ("application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet-template")

    def claims(self, source: Source) -> bool:
        """By suffix or media type."""
        return source.suffix in self.suffixes or source.media_type in self.media_types

    def read(self, source: Source, environment: Environment) -> Iterator[Item]:
        """A record for each sheet with something on it.

        Raises RecordError: empty-record, encrypted-file, legacy-format, damaged-file, archive-limit, unknown-format, unknown-kind.
        """
        from commlint_minutes.opensheet import records

        return isolated(records(source, environment))


def isolated(items: Iterator[Item]) -> Iterator[Item]:
    """The same items; whatever else goes wrong on the way is a damaged file."""
    try:
        yield from items
    except RecordError:
        raise
    except Exception as error:  # the edge that isolates what hostile files do to parsers, MemoryError and RecursionError included
        raise _unforeseen(error) from error


def _unforeseen(error: Exception) -> RecordError:
    return RecordError(
        "damaged-file", f"the file is damaged: {type(error).__name__}: {error}", help="open it in an office program and save it again, or fetch it again",
        zh=f"文件已损坏\uff1a{type(error).__name__}: {error}", zh_help="请用办公软件打开并重新保存\uff0c或重新获取",
    )
