"""A mail larger than the limit on file size: read where it lies, in little memory."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

from attrs import evolve
from commlint_mail.mbox import MboxReader
from commlint_mail.reader import EmlReader
from commlint_mail.stored import WINDOW

from commlint.errors import RecordError
from commlint.model.environment import Limits
from commlint.model.protocols import Item, Reader
from commlint.model.record import Record
from commlint.model.source import Source
from tests.integrations.readings import ENVIRONMENT, part

LIMIT = 1_000_000
HEAD = 'From: a@example.com\nSubject: 视频\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n'
TEXT = "--B\nContent-Type: text/plain; charset=utf-8\n\n请于5月20日前观看附件。\n"
SMALL = "--B\nContent-Type: text/plain; name=说明.txt\n\n小附件\n"


def video(path: Path, *, megabytes: int, encoding: str = "base64") -> None:
    """A mail with a text, an attachment of that many encoded MB, a small one, and a text behind them."""
    line = base64.b64encode(bytes(range(57))) + b"\n"
    with path.open("wb") as file:
        file.write((HEAD + TEXT + f"--B\nContent-Type: application/octet-stream; name=录像.dat\nContent-Transfer-Encoding: {encoding}\n\n").encode())
        for _ in range(megabytes):
            file.write(line * (1_000_000 // len(line)))
        file.write(("\n" + SMALL + "--B\nContent-Type: text/plain; charset=utf-8\n\n另请周知。\n--B--\n").encode())


def large(path: Path, reader: Reader, limit: int = LIMIT) -> list[Item]:
    with path.open("rb") as file:
        beginning = file.read(65_536)
    return list(reader.read(Source(path.name, beginning, large=str(path)), evolve(ENVIRONMENT, limits=Limits(file_size=limit))))


def test_all_but_the_large_attachment_is_read(tmp_path: Path) -> None:
    """Texts before and behind it, small attachments; its size is that of the decoded file, and a failure says that it was not checked."""
    path = tmp_path / "a.eml"
    video(path, megabytes=5)
    record, failure, small = large(path, EmlReader())
    assert isinstance(record, Record)
    assert part(record, "body").text.split() == ["请于5月20日前观看附件。", "另请周知。"]
    assert [(file.name, file.size) for file in record.attachments] == [("录像.dat", 5 * (1_000_000 // 77) * 57), ("说明.txt", 9)]
    assert isinstance(failure, RecordError)
    assert (failure.slug, "limits.file-size" in failure.help, "录像.dat" in failure.message) == ("too-large", True, True)
    assert isinstance(small, Source)
    assert (small.uri, small.content.decode()) == ("a.eml!/说明.txt", "小附件")


def test_held_or_not_a_mail_is_the_same(tmp_path: Path) -> None:
    """Reading through the window gives the record that reading from memory gives, whatever the encoding."""
    for encoding in ("base64", "quoted-printable", "8bit", "junk"):
        path = tmp_path / "a.eml"
        video(path, megabytes=3, encoding=encoding)
        held = list(EmlReader().read(Source(path.name, path.read_bytes()), ENVIRONMENT))
        assert path.stat().st_size > 2 * WINDOW
        assert large(path, EmlReader(), 10**8) == held


def test_a_large_mail_in_a_mailbox_is_read_where_it_lies(tmp_path: Path) -> None:
    """Beside small ones, which are not lost."""
    video(tmp_path / "a.eml", megabytes=10)
    line = b"From a@example.com Thu May 21 09:30:00 2026\n"
    small = b"From: b@example.com\nSubject: s\n\nx\n"
    (tmp_path / "a.mbox").write_bytes(line + small + b"\n" + line + (tmp_path / "a.eml").read_bytes() + b"\n" + line + small)
    found = large(tmp_path / "a.mbox", MboxReader())
    assert [item.name if isinstance(item, Record) else getattr(item, "uri", None) for item in found] == ["1", "2", None, "a.mbox!/2/说明.txt", "3"]


def test_a_text_larger_than_what_is_held_is_cut_and_told(tmp_path: Path) -> None:
    """The beginning of it is checked."""
    path = tmp_path / "a.eml"
    path.write_text("From: a@example.com\nSubject: s\n\n" + "正文\n" * 400_000)
    record, failure = large(path, EmlReader())
    assert isinstance(record, Record)
    assert LIMIT // 8 < len(part(record, "body").text) <= LIMIT
    assert isinstance(failure, RecordError)
    assert "limits.file-size" in failure.message


_CHILD = """
import sys, tracemalloc
from tests.integrations.test_mail_large import large, EmlReader, MboxReader, Path
tracemalloc.start()
path = Path(sys.argv[1])
found = large(path, MboxReader() if path.suffix == ".mbox" else EmlReader())
print(len(found), tracemalloc.get_traced_memory()[1])
"""


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """120 MB of mail and a mailbox of 60 MB are read in less than 30 MB."""
    mail, box = tmp_path / "a.eml", tmp_path / "a.mbox"
    video(mail, megabytes=120)
    with box.open("wb") as file:
        for _ in range(6):
            file.write(b"From a@example.com Thu May 21 09:30:00 2026\nFrom: a@example.com\nContent-Type: application/x-x; name=a.bin\n\n")
            file.write(b"x" * 10_000_000 + b"\n\n")
    for path, count in ((mail, 3), (box, 12)):
        said = subprocess.run([sys.executable, "-c", _CHILD, str(path)], capture_output=True, text=True, check=True).stdout.split()
        assert int(said[0]) == count
        assert int(said[1]) < 30_000_000
