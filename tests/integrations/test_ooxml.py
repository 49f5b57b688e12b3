"""Office packages are looked over before anything reads them."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest
from commlint_minutes.ooxml import Package, elements, opened_package, opened_zip, vetted

from commlint.errors import RecordError
from commlint.model.environment import Limits
from commlint.model.source import Source
from tests.integrations.packages import CONTENT_TYPES, docx, docx_members, p, zipped

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def opened(content: bytes, limits: Limits | None = None, office: str = "word") -> Package:
    """The package in some bytes."""
    return opened_package(Source("a.docx", content), limits or Limits(), office=office)


def refused(content: bytes, limits: Limits | None = None, office: str = "word") -> RecordError:
    """Why it is none."""
    with pytest.raises(RecordError) as caught:
        opened(content, limits, office)
    assert all((*caught.value.said("zh"), *caught.value.said("en")))
    return caught.value


def lying(content: bytes, *, size: int) -> bytes:
    """The same zip, all of whose members say that they unpack to `size`."""
    directory = content.index(b"PK\x01\x02")
    out = bytearray(content)
    while out[directory : directory + 4] == b"PK\x01\x02":
        struct.pack_into("<I", out, directory + 24, size)
        name, extra, comment = struct.unpack_from("<HHH", out, directory + 28)
        directory += 46 + name + extra + comment
    return bytes(out)


def test_a_package_tells_what_it_is_about() -> None:
    """The main part by its relationship, members in any case, relationships resolved."""
    package = opened(docx(p("正文"), ties=(("rId7", "hyperlink", "http://example.com/"), ("rId8", "image", "../media/a.png"), ("rId9", "x", "/word/%61.xml")), more={"word\\Embeddings\\A.BIN": b"x"}))
    assert package.main() == "word/document.xml"
    assert "WORD/embeddings/a.bin" in package
    assert (package.read("word/embeddings/a.bin"), package.size("Word/embeddings/A.bin"), package.written("word/embeddings/a.bin")) == (b"x", 1, "word/Embeddings/A.BIN")
    assert [(tie.target, tie.external) for tie in package.relationships(package.main())] == [("http://example.com/", True), ("media/a.png", False), ("word/a.xml", False)]


@pytest.mark.parametrize(("content", "slug"), [
    (b"", "empty-record"), (b"\0" * 100, "empty-record"), (b"PK\x03\x04", "damaged-file"), (b"<html>", "damaged-file"),
    (_OLE + b"\0" * 100, "legacy-format"), (_OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted-file"),
    (zipped({"a.txt": "x"}), "unknown-format"), (zipped({"[Content_Types].xml": CONTENT_TYPES}), "damaged-file"),
    (zipped({**docx_members(p("a")), "_rels/.rels": "<r"}), "damaged-file"),
    (zipped({"[Content_Types].xml": "x", "_rels/.rels": docx_members("")["_rels/.rels"], "word/document.xml": "x"}, zipfile.ZIP_BZIP2), "damaged-file"),
])
def test_what_is_no_package_says_what_it_is(content: bytes, slug: str) -> None:
    """Empty, no zip, encrypted, of another century, of another kind, packed in another way."""
    assert refused(content).slug == slug


def test_a_workbook_under_a_wrong_name_is_told_of() -> None:
    """With the name it should have."""
    from openpyxl import Workbook

    out = BytesIO()
    Workbook().save(out)
    assert "name it .xlsx" in refused(out.getvalue()).help
    assert opened(out.getvalue(), office="spreadsheet").main() == "xl/workbook.xml"


@pytest.mark.parametrize(("limits", "named"), [
    (Limits(members=3), "limits.members"), (Limits(unpacked_size=1_000), "limits.unpacked-size"),
])
def test_limits_hold_before_anything_is_unpacked(limits: Limits, named: str) -> None:
    """And the failure names the limit."""
    error = refused(docx(p("a")), limits)
    assert (error.slug, named in error.help) == ("archive-limit", True)


def test_a_bomb_is_told_by_its_ratio() -> None:
    """300 MB of nothing in 300 kB."""
    assert "limits.ratio" in refused(zipped({**docx_members(p("a")), "word/bomb.xml": bytes(20_000_000)})).help


def test_a_member_gives_no_more_than_it_declares() -> None:
    """A directory that lies about sizes gets the declared bytes at most, and an error."""
    package = opened_zip(Source("a.docx", lying(zipped({"a.xml": bytes(5_000_000)}), size=100)), Limits())
    with pytest.raises(RecordError) as caught:
        package.read("a.xml")
    assert caught.value.slug == "damaged-file"


def test_encrypted_members_are_told_of() -> None:
    """By the flag of any of them."""
    content = bytearray(docx(p("a")))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(content)).slug == "encrypted-file"


def test_more_xml_than_is_read_is_told_of() -> None:
    """A part that is too long is not begun."""
    package = opened(docx(p("正" * 1000)))
    package._limits = Limits(xml=100)
    with pytest.raises(RecordError) as caught:
        list(elements(package, package.main()))
    assert (caught.value.slug, "limits.xml" in caught.value.help) == ("archive-limit", True)


@pytest.mark.parametrize("prolog", [
    '<!DOCTYPE d [<!ENTITY a "b">]>', '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">', "<!-- " + "x" * 100_000 + ' --><!DOCTYPE d [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
])
def test_no_part_may_declare_anything(prolog: str) -> None:
    """Wherever it stands before the first element; nothing is fetched or grown."""
    package = opened(docx(p("a"), prolog=prolog))
    with pytest.raises(RecordError) as caught:
        vetted(package)
    assert caught.value.slug == "damaged-file"


def test_utf_16_is_read_and_other_encodings_are_refused() -> None:
    """As XML has it; a document type in UTF-16 is one too."""
    members = docx_members(p("a"))
    members["word/a.xml"] = '<?xml version="1.0" encoding="UTF-16"?><a b="甲"/>'.encode("utf-16")
    members["word/b.xml"] = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")
    members["word/c.xml"] = '<?xml version="1.0" encoding="x-nothing"?><a/>'
    package = opened(zipped(members))
    assert list(elements(package, "word/a.xml")) == [("a", {"b": "甲"})]
    for name in ("word/b.xml", "word/c.xml"):
        with pytest.raises(RecordError):
            vetted(package, [name])


def test_a_sound_package_passes() -> None:
    """Those that libraries write."""
    import docx as python_docx

    out = BytesIO()
    python_docx.Document().save(out)
    vetted(opened(out.getvalue()))
