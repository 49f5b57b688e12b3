"""Workbooks written by hand, for what no library writes: odd parts, odd sizes, lies."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TIES = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(members: Mapping[str, str | bytes], *, packed: bool = True) -> bytes:
    """A zip of these members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)
    return out.getvalue()


def ties(*found: tuple[str, str], external: Sequence[tuple[str, str]] = ()) -> str:
    """Relationships r1, r2, …: kind and target."""
    inner = [f'<Relationship Id="r{number}" Type="{_KINDS}/{kind}" Target={quoteattr(target)}/>' for number, (kind, target) in enumerate(found, 1)]
    inner += [f'<Relationship Id="x{number}" Type="{_KINDS}/{kind}" Target={quoteattr(target)} TargetMode="External"/>' for number, (kind, target) in enumerate(external, 1)]
    return f'<Relationships xmlns="{_TIES}">{"".join(inner)}</Relationships>'


def workbook(sheets: Mapping[str, str], *, strings: str = "", styles: str = "", about: str = "", states: Mapping[str, str] | None = None, more: Mapping[str, str | bytes] | None = None, namespace: str = MAIN, packed: bool = True) -> bytes:
    """A workbook of these worksheets (the XML inside their roots), by name."""
    listed = "".join(f'<sheet name={quoteattr(name)} sheetId="{number}" state="{(states or {}).get(name, "visible")}" r:id="r{number}"/>' for number, name in enumerate(sheets, 1))
    kinds = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": ties(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{_KINDS}">{about}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": ties(*kinds, ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")),
        "xl/sharedStrings.xml": f'<sst xmlns="{namespace}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{namespace}">{styles}</styleSheet>',
    }
    for number, inner in enumerate(sheets.values(), 1):
        members[f"xl/worksheets/sheet{number}.xml"] = f'<worksheet xmlns="{namespace}" xmlns:r="{_KINDS}">{inner}</worksheet>'
    return package({**members, **(more or {})}, packed=packed)


def worksheet(inner: str, *, strings: Sequence[str] = (), formats: Sequence[str] = ("General",), **more: object) -> bytes:
    """A workbook of one sheet, called S: shared strings, and a cell style for each of the formats."""
    numbers = "".join(f'<numFmt numFmtId="{200 + at}" formatCode={quoteattr(code)}/>' for at, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{200 + at}"/>' for at in range(len(formats)))
    return workbook(
        {"S": inner}, strings="".join(f"<si><t>{escape(text)}</t></si>" for text in strings),
        styles=f'<numFmts>{numbers}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{styles}</cellXfs>', **more,  # type: ignore[arg-type]  # forwarded as given
    )


def rows(*found: Sequence[object]) -> str:
    """The XML of rows of cells: texts as inline strings, numbers as numbers, None as nothing."""
    return "<sheetData>" + "".join(f'<row r="{at}">{"".join(_cell(value, at, column) for column, value in enumerate(row) if value is not None)}</row>' for at, row in enumerate(found, 1)) + "</sheetData>"


def _cell(value: object, row: int, column: int) -> str:
    place = f"{chr(65 + column)}{row}"
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>' if isinstance(value, str) else f'<c r="{place}"><v>{value}</v></c>'
