"""Office packages written by hand, element by element: what libraries do not write, programs and strangers do."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from random import Random

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_SPACES = (
    f'xmlns:w="{{}}" xmlns:r="{_OFFICE}/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    f'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="{_OFFICE}/math" xmlns:w16du="http://schemas.microsoft.com/office/word/2023/wordml/word16du"'
)
_ROOTS = {"document": "document", "styles": "styles", "numbering": "numbering", "comments": "comments", "footnotes": "footnotes", "endnotes": "endnotes", "settings": "settings"}
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = (
    f'{_DECLARED}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>'
)


def zipped(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members, the same every time."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def docx(body: str, *, prolog: str = "", space: str = W, ties: tuple[tuple[str, str, str], ...] = (), more: dict[str, str | bytes] | None = None, **parts: str) -> bytes:
    """A document of this body; `parts` are styles, numbering, comments, header1, footer2, …; `ties` more relationships (id, type, target)."""
    return zipped(docx_members(body, prolog=prolog, space=space, ties=ties, more=more, **parts))


def docx_members(body: str, *, prolog: str = "", space: str = W, ties: tuple[tuple[str, str, str], ...] = (), more: dict[str, str | bytes] | None = None, **parts: str) -> dict[str, str | bytes]:
    """The same before it is packed."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": _relationships((("rId1", "officeDocument", "word/document.xml"),)),
        "word/document.xml": _part("document", f"<w:body>{body}</w:body>", prolog, space),
    }
    tied = []
    for name, content in parts.items():
        kind = name.rstrip("0123456789")
        members[f"word/{name}.xml"] = _part({"header": "hdr", "footer": "ftr"}.get(kind, _ROOTS.get(kind, kind)), content, "", space)
        tied.append((f"r{name}", kind, f"{name}.xml"))
    members["word/_rels/document.xml.rels"] = _relationships((*tied, *ties))
    return {**members, **(more or {})}


def p(text: str = "", properties: str = "", *, style: str = "") -> str:
    """A paragraph of plain text."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{r(text) if text else ''}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str, properties: str = "") -> str:
    """A cell of a paragraph, or of what is XML already."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def _part(root: str, content: str, prolog: str, space: str) -> str:
    return f"{_DECLARED}{prolog}<w:{root} {_SPACES.format(space)}>{content}</w:{root}>"


def _relationships(ties: tuple[tuple[str, str, str], ...]) -> str:
    listed = "".join(
        f'<Relationship Id="{id}" Type="{_OFFICE}/relationships/{type}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if "://" in target else ""}/>' for id, type, target in ties
    )
    return f'{_DECLARED}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'


_ODF = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_ODF_SPACES = " ".join(f'xmlns:{name}="{_ODF.format(name)}"' for name in ("office", "text", "table", "style", "meta", "form")) + (
    f' xmlns:draw="{_ODF.format("drawing")}" xmlns:svg="{_ODF.format("svg-compatible")}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


def odt(body: str, *, automatic: str = "", styles: str = "", margins: str = "", meta: str = "", prolog: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    """An OpenDocument text of this body, these automatic and named styles, page headers and footers, and properties."""
    return zipped(odt_members(body, automatic=automatic, styles=styles, margins=margins, meta=meta, prolog=prolog, more=more))


def odt_members(
    body: str, *, automatic: str = "", styles: str = "", margins: str = "", meta: str = "", prolog: str = "", more: dict[str, str | bytes] | None = None
) -> dict[str, str | bytes]:
    """The same before it is packed."""
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"{_DECLARED}{prolog}<office:document-content {_ODF_SPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"{_DECLARED}<office:document-styles {_ODF_SPACES}><office:styles>{styles}</office:styles><office:master-styles>"
        f'<style:master-page style:name="Standard">{margins}</style:master-page></office:master-styles></office:document-styles>',
        "meta.xml": f"{_DECLARED}<office:document-meta {_ODF_SPACES}><office:meta>{meta}</office:meta></office:document-meta>",
        **(more or {}),
    }


def tree(dice: Random, tags: Sequence[str], usual: Sequence[str], attributes: Sequence[str]) -> str:
    """Well-formed XML of these elements in any order, the usual ones more often."""
    out: list[str] = []
    open_: list[str] = []
    for _ in range(dice.randint(1, 80)):
        what = dice.random()
        if what < 0.5:
            open_.append(dice.choice(usual if dice.random() < 0.7 else tags))
            out.append(f"<{open_[-1]} {dice.choice(attributes)}>")
        elif what < 0.75:
            out.append(dice.choice(("甲", "请尽快", " ", "\n", "&#13;")))
        elif open_:
            out.append(f"</{open_.pop()}>")
    return "".join(out) + "".join(f"</{tag}>" for tag in reversed(open_))
