"""The reader of files called .doc, .xls, .ppt, .wps, .et or .dps: those that are something newer are read as that, the others told of.

Many systems export a web page, a table as text or a workbook of today under the name .xls, and programs open it all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from commlint.errors import RecordError
from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item, Reader

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_DOCUMENT, _WORKBOOK, _SLIDES = "docx", "xlsx", "pptx"
_SUFFIXES = {
    ".doc": _DOCUMENT, ".dot": _DOCUMENT, ".wps": _DOCUMENT, ".wpt": _DOCUMENT,
    ".xls": _WORKBOOK, ".xlt": _WORKBOOK, ".xlsb": _WORKBOOK, ".et": _WORKBOOK, ".ett": _WORKBOOK,
    ".ppt": _SLIDES, ".pps": _SLIDES, ".pot": _SLIDES, ".dps": _SLIDES, ".dpt": _SLIDES,
}
_MEDIA_TYPES = {
    "application/msword": _DOCUMENT, "application/vnd.ms-excel": _WORKBOOK, "application/vnd.ms-powerpoint": _SLIDES,
    "application/vnd.ms-word": _DOCUMENT, "application/x-msexcel": _WORKBOOK, "application/x-excel": _WORKBOOK,
    "application/kswps": _DOCUMENT, "application/kset": _WORKBOOK, "application/ksdps": _SLIDES,
    "application/wps-office.wps": _DOCUMENT, "application/wps-office.et": _WORKBOOK, "application/wps-office.dps": _SLIDES,
    "application/wps-office.doc": _DOCUMENT, "application/wps-office.xls": _WORKBOOK, "application/wps-office.ppt": _SLIDES,
}
_STREAMS = (("WordDocument", _DOCUMENT), ("Workbook", _WORKBOOK), ("PowerPoint Document", _SLIDES), ("Book", _WORKBOOK))  # what a compound file holds
_CALLED = {
    _DOCUMENT: ("a document of Word 97-2003 or WPS", "Word 97-2003 或 WPS 文字文档", "Word"),
    _WORKBOOK: ("a workbook of Excel 97-2003 or WPS", "Excel 97-2003 或 WPS 表格", "Excel"),
    _SLIDES: ("a presentation of PowerPoint 97-2003 or WPS", "PowerPoint 97-2003 或 WPS 演示", "PowerPoint"),
}
_OTHERS = frozenset((".msg", ".oft", ".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx", ".xltm", ".pptx", ".pptm", ".potx", ".db", ".msi", ".vsd", ".mpp", ".pub"))
_PAGE = rb"(?:mime-version:\s|(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b)"  # compiled when first needed: most runs meet no such file
_XML_SHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_OPENING = 4096  # bytes in which a file says what it is
_SAFE = r"[\w./\\:-]+"


class LegacyReader:
    """Reads what is called like a file of Office 97 or WPS and is something else; tells what to do with the others."""

    name = "legacy"
    suffixes: tuple[str, ...] = tuple(_SUFFIXES)
    media_types: tuple[str, ...] = tuple(_MEDIA_TYPES)

    def claims(self, source: Source) -> bool:
        """By suffix or media type; by its content when it has a name of its own."""
        if source.suffix in _SUFFIXES or source.media_type in _MEDIA_TYPES:
            return True
        return source.content.startswith(_OLE) and source.suffix not in _OTHERS and bool(_in_compound(source.content))

    def read(self, source: Source, environment: Environment) -> Iterator[Item]:
        """What the file is by its content. Raises RecordError: legacy-format, encrypted-file, empty-record, and what its reader raises."""
        from commlint_minutes.spreadsheet import isolated

        return isolated(_items(source, environment))


def _items(source: Source, environment: Environment) -> Iterator[Item]:
    content = source.content
    opening = content[:_OPENING].replace(b"\0", b"")
    if content.startswith(_OLE):
        raise _of_compound(source)
    if content.startswith(_ZIP):
        yield from _packed(source, environment).read(source, environment)
    elif opening.lstrip().startswith(b"{\\rtf"):
        raise _told(source, _DOCUMENT, "a document in Rich Text Format", "RTF 文档")
    elif _XML_SHEET in opening:
        from commlint_minutes.xmlsheet import records

        yield from records(source, environment)
    elif re.match(_PAGE, opening, re.IGNORECASE | re.DOTALL):
        from commlint_minutes.page import PageReader

        yield from PageReader().read(source, environment)
    else:
        yield from _as_text(source, environment)


def _packed(source: Source, environment: Environment) -> Reader:
    """The reader of what a zip is. Raises RecordError as opening it does."""
    from commlint_minutes.ooxml import opened_zip
    from commlint_minutes.opendocument import OpenDocumentReader
    from commlint_minutes.slides import SlidesReader
    from commlint_minutes.spreadsheet import OpenSpreadsheetReader, WorkbookReader
    from commlint_minutes.word import WordReader

    package = opened_zip(source, environment.limits)
    for folder, reader in (("word/", WordReader), ("ppt/", SlidesReader)):
        if any(name.startswith(folder) for name in package.names):
            return reader()
    if "mimetype" in package and "content.xml" in package:
        return OpenSpreadsheetReader() if b"spreadsheet" in package.read("mimetype")[:100] else OpenDocumentReader()
    if "xl/workbook.bin" in package:
        raise _told(source, _WORKBOOK, "a binary workbook (.xlsb)", "二进制工作簿\uff08.xlsb\uff09")
    return WorkbookReader()


def _as_text(source: Source, environment: Environment) -> Iterator[Item]:
    """A table or a text under the name of a workbook or document; what is no text is a file of an old program, or damaged."""
    from commlint_minutes.separated import SeparatedReader
    from commlint_minutes.text import TextReader

    program = _program(source)
    try:
        yield from (SeparatedReader() if program == _WORKBOOK else TextReader()).read(source, environment)
    except RecordError as error:
        if error.slug in ("binary-content", "undecodable"):
            raise _told(source, program) from error
        raise


def _program(source: Source) -> str:
    """What the file would be by name."""
    return _SUFFIXES.get(source.suffix) or _MEDIA_TYPES.get(source.media_type or "") or _DOCUMENT


def _in_compound(content: bytes) -> str:
    """What a compound file holds, by the names of its streams; "" for what no office program wrote."""
    return next((program for name, program in _STREAMS if f"{name}\0".encode("utf-16-le") in content), "")


def _of_compound(source: Source) -> RecordError:
    from commlint_minutes.ooxml import encrypted

    content = source.content
    if "EncryptedPackage".encode("utf-16-le") in content:
        return encrypted()
    return _told(source, _in_compound(content) or _program(source))


def _told(source: Source, program: str, en: str = "", zh: str = "") -> RecordError:
    """What it is, and how it becomes something that is read."""
    called, chinese, application = _CALLED[program]
    command = f"soffice --headless --convert-to {program} {_argument(source)}"
    return RecordError(
        "legacy-format", f"it is {en or called}, a format that is not read", help=f"save it as .{program} in {application}, WPS or LibreOffice, or run `{command}`",
        zh=f"这是 {zh or chinese}\uff0c该格式无法读取", zh_help=f"请在 {application}、WPS 或 LibreOffice 中另存为 .{program}\uff0c或运行 `{command}`",
    )


def _argument(source: Source) -> str:
    """The file as a shell takes it; a file inside another has no path."""
    if source.depth or source.uri == "-":
        return "FILE"
    return source.uri if re.fullmatch(_SAFE, source.uri) else "'" + source.uri.replace("'", "'\\''") + "'"
