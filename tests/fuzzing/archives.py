"""Seeds of archives: what zip, tar, gzip, bzip2 and xz make of a few records."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
from io import BytesIO

_RECORDS = {
    "纪要/五月.md": "# 会议纪要\n\n| 事项 | 负责人 |\n| --- | --- |\n| 报价 | 张三 |\n\n请尽快提交材料。\n".encode(),
    "mail.eml": b"From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\n\r\nPlease send it.\r\n",
    "gbk.txt": "请于明天前回复。\n".encode("gbk"),
    "empty.md": b"",
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(range(64)),
}


def _zipped(method: int = zipfile.ZIP_DEFLATED, **more: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in {**_RECORDS, **more}.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def _gbk_named() -> bytes:
    """As made on Chinese Windows: names in GBK, and nothing that says so."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("jy.md"), "请尽快提交。\n")
    return out.getvalue().replace(b"jy.md", "纪.md".encode("gbk") + b"", 2).replace(b"jy.md", "纪.md".encode("gbk"))


class _Pipe(BytesIO):
    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError


def _piped() -> bytes:
    """Written to a pipe: sizes stand behind the members."""
    out = _Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.md", "w", force_zip64=True) as member:
        member.write(_RECORDS["纪要/五月.md"])
    return out.getvalue()


def _tarred(style: int, mode: str = "w") -> bytes:
    out = BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=style) as archive:  # type: ignore[call-overload]  # the mode is any of its modes
        for name, content in {**_RECORDS, "folder/" * 20 + "deep.md": b"# x\n"}.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, BytesIO(content))
        link = tarfile.TarInfo("link.md")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


_NOTE = _RECORDS["纪要/五月.md"]

SEEDS: tuple[tuple[str, bytes], ...] = (
    ("a.zip", _zipped()),
    ("stored.zip", _zipped(zipfile.ZIP_STORED)),
    ("bzip2.zip", _zipped(zipfile.ZIP_BZIP2)),
    ("lzma.zip", _zipped(zipfile.ZIP_LZMA)),
    ("nested.zip", _zipped(**{"in.zip": _zipped(), "in.tgz": _tarred(tarfile.PAX_FORMAT, "w:gz")})),
    ("gbk.zip", _gbk_named()),
    ("piped.zip", _piped()),
    ("sfx.zip", b"MZ" + bytes(200) + _zipped()),
    ("pax.tar", _tarred(tarfile.PAX_FORMAT)),
    ("gnu.tar", _tarred(tarfile.GNU_FORMAT)),
    ("ustar.tar.gz", _tarred(tarfile.GNU_FORMAT, "w:gz")),
    ("pax.tgz", _tarred(tarfile.PAX_FORMAT, "w:gz")),
    ("gnu.tar.bz2", _tarred(tarfile.GNU_FORMAT, "w:bz2")),
    ("gnu.tar.xz", _tarred(tarfile.GNU_FORMAT, "w:xz")),
    ("note.md.gz", gzip.compress(_NOTE, mtime=0)),
    ("two.md.gz", gzip.compress(_NOTE, mtime=0) * 2),
    ("note.md.bz2", bz2.compress(_NOTE)),
    ("note.md.xz", lzma.compress(_NOTE)),
    ("a.7z", b"7z\xbc\xaf\x27\x1c\x00\x04"),
    ("a.rar", b"Rar!\x1a\x07\x00"),
)
