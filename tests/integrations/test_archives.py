"""Archives: what lies in them is read as if it lay in a folder; what is hostile, damaged or locked is told, and hides nothing else."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from attrs import evolve
from commlint_archives import inflate, names
from commlint_archives.plugin import commlint_readers
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commlint.calendar import weekdays
from commlint.engine.opening import Unread, opened
from commlint.errors import RecordError
from commlint.model.environment import Environment, Limits
from commlint.model.protocols import Folder, Item, Reader
from commlint.model.record import Record
from commlint.model.source import Source

ENVIRONMENT = Environment(weekdays())


class Notes:
    """Reads .md and messages: a record each, of the text."""

    name = "notes"
    suffixes: tuple[str, ...] = (".md",)
    media_types: tuple[str, ...] = ("message/rfc822",)

    def claims(self, source: Source) -> bool:
        return source.suffix == ".md" or source.media_type in self.media_types

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        yield Record.from_text(source.content.decode("utf-8", "replace"), uri=source.uri)


class Streams(Notes):
    """Reads .mbox, of any size: the record tells how much it was."""

    name = "streams"
    streams = True

    def claims(self, source: Source) -> bool:
        return source.suffix == ".mbox"

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        with source.opened() as stream:
            yield Record.from_text(str(sum(len(piece) for piece in iter(lambda: stream.read(65_536), b""))), uri=source.uri)


class Exports(Notes):
    """Reads a folder with users.json as one."""

    name = "exports"

    def claims(self, source: Source) -> bool:
        return False

    def claims_folder(self, tops: Sequence[str]) -> bool:
        return "users.json" in tops

    def read_folder(self, folder: Folder, environment: Environment) -> Iterable[Item]:
        for name in sorted(folder.names):
            yield Record.from_text(folder.source(name).content.decode(), uri=f"{folder.uri}/{name}")


READERS: tuple[Reader, ...] = (*commlint_readers(), Exports(), Notes(), Streams())


def told(name: str, content: bytes, limits: Limits = ENVIRONMENT.limits, *, large: str = "") -> list[tuple[str, str]]:
    """Uri and text of every record, uri and reason of what could not be read."""
    found = []
    for one in opened(Source(name, content, large=large), READERS, evolve(ENVIRONMENT, limits=limits)):
        if isinstance(one, Unread):
            assert isinstance(one.error, RecordError), one.error
            assert all((*one.error.said("zh"), *one.error.said("en")))
            found.append((one.uri, one.error.slug))
        else:
            found.append((one.uri, one.parts[0].text))
    return found


def texts(name: str, content: bytes, limits: Limits = ENVIRONMENT.limits) -> list[str]:
    """Text of every record, reason of what could not be read."""
    return [text for _, text in told(name, content, limits)]


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def tarred(members: Mapping[str, bytes | str], mode: str = "w", style: int = tarfile.PAX_FORMAT, **more: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=style, **more) as archive:  # type: ignore[call-overload]  # any of its modes
        for name, content in members.items():
            raw = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return out.getvalue()


FILES = {"a.md": "甲", "纪要/五月/b.md": "乙", "photo.jpg": "x" * 5000, ".git/c.md": "no", "d/__MACOSX/e.md": "no", "node_modules/f.md": "no", ".DS_Store": "no"}

PACKERS = {
    "x.zip": zipped(FILES), "stored.zip": zipped(FILES, zipfile.ZIP_STORED), "bzip2.zip": zipped(FILES, zipfile.ZIP_BZIP2), "lzma.zip": zipped(FILES, zipfile.ZIP_LZMA),
    "x.tar": tarred(FILES), "gnu.tar": tarred(FILES, style=tarfile.GNU_FORMAT), "x.tar.gz": tarred(FILES, "w:gz"), "x.tgz": tarred(FILES, "w:gz"), "x.tar.bz2": tarred(FILES, "w:bz2"),
    "x.txz": tarred(FILES, "w:xz"), "backup.gz": tarred(FILES, "w:gz"), "sfx.zip": b"MZ" * 5000 + zipped(FILES),
}


@pytest.mark.parametrize("name", PACKERS)
def test_what_lies_in_archives_is_read(name: str) -> None:
    """By the name it has inside; what is hidden and what nobody reads is passed over, as in folders."""
    assert told(name, PACKERS[name]) == [(f"{name}!/a.md", "甲"), (f"{name}!/纪要/五月/b.md", "乙")]


@pytest.mark.parametrize("name", ["x.zip", "x.tar.gz"])
def test_an_archive_without_extension(name: str) -> None:
    """Known by its media type or, when named, by how it begins; nobody looks into files that only lie about, nor into office files."""
    content = PACKERS[name]
    media = "application/zip" if name == "x.zip" else "application/gzip"
    assert len(told("-", content)) == 2
    (reader,) = (reader for reader in READERS if reader.claims(Source("-", b"", media, named=False)))
    assert reader.name in ("archive-zip", "archive-packed")
    assert not [reader for reader in READERS if reader.claims(Source("report", content, named=False))]
    assert not [reader for reader in READERS if reader.claims(Source("报告.docx", content, media))]


@pytest.mark.parametrize(("name", "content", "expected"), [
    ("五月.md.gz", gzip.compress("甲".encode()), "五月.md.gz!/五月.md"), ("a.md.bz2", bz2.compress("甲".encode()), "a.md.bz2!/a.md"), ("a.md.xz", lzma.compress("甲".encode()), "a.md.xz!/a.md"),
    ("two.md.gz", gzip.compress("甲".encode()[:2]) + gzip.compress("甲".encode()[2:]), "two.md.gz!/two.md"), ("padded.md.gz", gzip.compress("甲".encode()) + bytes(40), "padded.md.gz!/padded.md"),
    ("sent.gz", b"\x1f\x8b\x08\x08" + bytes(6) + "纪要.md".encode("gbk") + b"\0" + gzip.compress("甲".encode())[10:], "sent.gz!/纪要.md"),
])
def test_one_packed_file(name: str, content: bytes, expected: str) -> None:
    """Bears its name without the last extension, else the one that gzip wrote down."""
    assert told(name, content) == [(expected, "甲")]


@pytest.mark.parametrize("name", ["a.7z", "b.RAR", "c.zst"])
def test_other_archives_are_told(name: str) -> None:
    """What is not opened is not passed over in silence."""
    assert told(name, b"x") == [(name, "unknown-format")]
    assert texts("x.zip", zipped({name: b"x", "a.md": "甲"})) == ["unknown-format", "甲"]


# Names


def renamed(content: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    assert old in content
    return content.replace(old, new)


@pytest.mark.parametrize(("raw", "expected"), [
    ("会议纪要与通知.md".encode("gbk"), "会议纪要与通知.md"), ("會議紀要與通知.md".encode("big5"), "會議紀要與通知.md"), ("会议纪要.md".encode(), "会议纪要.md"), ("caf\u00e9.md".encode("cp437"), "caf\u00e9.md"),
])
def test_names_that_do_not_say_their_charset(raw: bytes, expected: str) -> None:
    """GBK of Chinese Windows, Big5, UTF-8 of macOS, else that of DOS; in .zip and .tar alike."""
    stand_in = b"n" * (len(raw) - 3) + b".md"
    assert told("x.zip", renamed(zipped({stand_in.decode(): "甲"}), stand_in, raw)) == [(f"x.zip!/{expected}", "甲")]
    tar = tarred({expected: "甲"}, style=tarfile.GNU_FORMAT, encoding="cp437" if expected.startswith("caf") else "utf-8" if raw == expected.encode() else "big5" if "會" in expected else "gbk")
    assert told("x.tar", tar) == [(f"x.tar!/{expected}", "甲")]


def test_the_name_in_unicode_wins() -> None:
    """Info-ZIP's field, when its sum is that of the other name; an outdated one is not believed."""
    field = b"\x01" + struct.pack("<L", zlib.crc32(b"x.md")) + "纪要.md".encode()
    stale = b"\x01" + struct.pack("<L", 1) + "纪要.md".encode()
    for data, expected in ((field, "纪要.md"), (stale, "x.md")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            info = zipfile.ZipInfo("x.md")
            info.extra = struct.pack("<2H", 0x7075, len(data)) + data
            archive.writestr(info, "甲")
        assert told("x.zip", out.getvalue()) == [(f"x.zip!/{expected}", "甲")]


@pytest.mark.parametrize(("name", "expected"), [
    ("../../etc/a.md", "etc/a.md"), ("/etc/a.md", "etc/a.md"), ("C:\\docs\\a.md", "docs/a.md"), ("c:/a.md", "a.md"), ("a/../../b.md", "a/b.md"), ("..\\..\\a.md", "a.md"), ("//server/share/a.md", "server/share/a.md"),
    ("./a.md", "a.md"), ("a//b.md", "a/b.md"), ("\x1b[31ma.md", "\ufffd[31ma.md"), ("a\nb.md", "a\ufffdb.md"),
])
def test_names_lead_nowhere(name: str, expected: str) -> None:
    """No root, drive, parent or control character is left of a name; the file is read all the same."""
    assert names.cleaned(name) == expected
    assert told("x.tar", tarred({name: "甲"})) == [(f"x.tar!/{expected}", "甲")]


def test_names_are_bounded() -> None:
    """Neither a name of 60,000 characters nor one of 20,000 folders is carried along."""
    assert names.cleaned("a" * 60_000 + ".md").endswith("a.md")
    assert len(names.cleaned("a" * 60_000)) < 300
    assert names.cleaned("d/" * 20_000 + "a.md").count("/") < 30
    assert len(names.cleaned(("d" * 99 + "/") * 24 + "a.md")) < 300


def test_folders_in_folders() -> None:
    """An archive of folders in folders costs memory for its names, not for every folder on the way."""
    content = tarred({f"{number}/" + "d/" * 20 + "a.jpg": b"" for number in range(10_000)}, style=tarfile.GNU_FORMAT)
    tracemalloc.start()
    found = texts("x.tar", content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == []
    assert peak < 40_000_000


def test_duplicates_are_all_read() -> None:
    """Which of two files of one name a program unpacks is its choice: both are checked."""
    content = renamed(renamed(zipped({"a.md": "甲", "b.md": "乙", "c.md": "丙"}), b"b.md", b"a.md"), b"c.md", b"a.md")
    assert told("x.zip", content) == [("x.zip!/a.md", "甲"), ("x.zip!/a~2.md", "乙"), ("x.zip!/a~3.md", "丙")]
    assert list(names.told_apart(["a/b.c/x", "a/b.c/x", "x~2", "x", "x"])) == ["a/b.c/x", "a/b.c/x~2", "x~2", "x", "x~3"]


def test_links_and_devices_lead_nowhere() -> None:
    """What is no file of its own is not read, and nothing outside is."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for number, kind in enumerate((tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE)):
            info = tarfile.TarInfo(f"{number}.md")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("a.md")
        info.size = 3
        archive.addfile(info, io.BytesIO("甲".encode()))
    assert told("x.tar", out.getvalue()) == [("x.tar!/a.md", "甲")]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("link.md")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("folder.md/", "")
        archive.writestr("a.md", "甲")
    assert told("x.zip", packed.getvalue()) == [("x.zip!/a.md", "甲")]


def test_exports_inside_are_read_as_one() -> None:
    """A folder in an archive that a reader takes as a whole is given to it, the rest file by file."""
    files = {"导出/users.json": "{}", "导出/general/1.json": "[]", "a.md": "甲"}
    expected = [("!/导出/general/1.json", "[]"), ("!/导出/users.json", "{}"), ("!/a.md", "甲")]
    for name, content in (("x.zip", zipped(files)), ("x.tar.gz", tarred(files, "w:gz"))):
        assert told(name, content) == [(name + where, text) for where, text in expected]


def test_a_maildir_inside() -> None:
    """The messages of a Maildir have no extension: where they lie tells what they are, in hidden folders too."""
    files = {"Mail/cur/1700000000.1.host:2,S": "甲", "Mail/new/2": "乙", "Mail/tmp/3": "丙", "Mail/.Sent/cur/4": "丁", "Mail/.Sent/new/.keep": "", "Mail/.Sent/tmp/.keep": "", "cur/5": "no"}
    assert texts("x.tar", tarred(files)) == ["甲", "乙", "丁"]


# Locked, foreign, damaged


def test_locked_members_do_not_lock_the_others() -> None:
    """A member with a password is told; its neighbours are read, and a locked picture is nobody's business."""
    content = bytearray(zipped({"a.md": "甲", "b.md": "乙", "c.jpg": "丙"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(mark)
        content[place + at] |= 1
        content[content.rindex(mark) + at] |= 1
    assert texts("x.zip", bytes(content)) == ["encrypted-file", "乙"]


@pytest.mark.parametrize(("method", "slug", "name"), [(9, "unknown-format", "Deflate64"), (93, "unknown-format", "Zstandard"), (99, "encrypted-file", ""), (77, "unknown-format", "77")])
def test_other_methods_are_named(method: int, slug: str, name: str) -> None:
    """A member packed in a way that is not read says which, and the others are read."""
    content = bytearray(zipped({"a.md": "甲", "b.md": "乙"}))
    content[content.index(b"PK\x03\x04") + 8] = content[content.index(b"PK\x01\x02") + 10] = method
    (unread,) = [one for one in opened(Source("x.zip", bytes(content)), READERS, ENVIRONMENT) if isinstance(one, Unread)]
    assert texts("x.zip", bytes(content)) == [slug, "乙"]
    assert name in str(unread.error)


def test_a_wrong_sum_is_told() -> None:
    """What does not unpack to what the archive says is not checked as if it were."""
    content = zipped({"a.md": "甲" * 9, "b.md": "乙"}, zipfile.ZIP_STORED)
    assert texts("x.zip", content.replace("甲".encode() * 9, "丁".encode() * 9, 1)) == ["damaged-file", "乙"]


def test_a_size_that_lies_is_not_believed() -> None:
    """A member that says to be small is unpacked no further than that."""
    content = bytearray(zipped({"a.md": b"x" * 1_000_000, "b.md": "乙"}))
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<L", 10)
    assert texts("x.zip", bytes(content)) == ["damaged-file", "乙"]


def test_members_found_without_a_directory() -> None:
    """A zip whose end is lost still has its members; that others may be lost is told."""
    content = zipped({f"{number}.md": f"{number}" * 200 for number in range(5)})
    for cut in (content.index(b"PK\x01\x02"), content.index(b"PK\x01\x02") + 60, len(content) - 10):
        assert texts("x.zip", content[:cut]) == [*(f"{number}" * 200 for number in range(5)), "damaged-file"]
    third = content.index(b"2.md") + 7
    assert texts("x.zip", content[:third]) == ["0" * 200, "1" * 200, "damaged-file", "damaged-file"]


def test_sizes_behind_the_members() -> None:
    """A zip written to a pipe has its sizes behind the members and in zip64 fields: read by its directory, and without it."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in "ab":
            with archive.open(f"{name}.md", "w", force_zip64=True) as member:
                member.write(name.encode() * 99)
    content = out.getvalue()
    assert texts("x.zip", content) == ["a" * 99, "b" * 99]
    assert texts("x.zip", content[: content.index(b"PK\x01\x02")]) == ["a" * 99, "b" * 99, "damaged-file"]


def test_more_members_than_the_old_directory_counts() -> None:
    """Zip64: 70,000 members are 70,000 members."""
    content = zipped({f"{number}.md" if number % 10_000 == 0 else f"{number}.jpg": "x" for number in range(70_000)}, zipfile.ZIP_STORED)
    assert texts("x.zip", content) == ["x"] * 7


def test_one_volume_of_many() -> None:
    """A piece of a split archive says that it is one."""
    content = bytearray(zipped({"a.md": "甲"}))
    content[content.index(b"PK\x05\x06") + 4] = 3
    assert texts("x.zip", bytes(content)) == ["unknown-format"]


@pytest.mark.parametrize("name", [*PACKERS, "a.md.gz"])
def test_cut_anywhere(name: str) -> None:
    """An archive that ends at any byte is read as far as it goes and told of; never less is said than nothing."""
    content = PACKERS.get(name) or gzip.compress("甲".encode())
    whole = texts(name, content)
    for end in range(0, len(content), max(1, len(content) // 400)):
        found = texts(name, content[:end])
        assert found, end
        assert found == whole or set(found) & {"damaged-file", "empty-record"}, end
        readable = [text for text in found if text in whole]
        assert readable == whole[: len(readable)]


def test_what_came_before_damage_is_read() -> None:
    """The members of a tar before the damage, and what gzip could still unpack."""
    names_, bodies = [f"{number}.md" for number in range(20)], [random.Random(number).randbytes(3000).hex() for number in range(20)]
    content = tarred(dict(zip(names_, bodies, strict=True)), "w:gz")
    found = texts("x.tar.gz", content[: len(content) // 2])
    assert found[-1] == "damaged-file"
    assert bodies[: len(found) - 2] == found[:-2]
    assert len(found) > 7


def test_behind_the_end_of_a_tar() -> None:
    """Tars put one behind the other are read through: nothing hides behind the zeros."""
    assert texts("x.tar", tarred({"a.md": "甲"}) + tarred({"b.md": "乙"})) == ["甲", "乙"]


@pytest.mark.parametrize(("name", "content"), [("x.zip", b""), ("x.zip", zipped({})), ("x.tar", b""), ("x.tar", tarred({})), ("x.tar.gz", tarred({}, "w:gz")), ("x.gz", b"")])
def test_empty_archives(name: str, content: bytes) -> None:
    """Nothing in it is told, not passed over."""
    assert texts(name, content) == ["empty-record"]


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.gz", "x.tar.gz", "x.bz2", "x.xz", "x.tgz"])
def test_what_is_no_archive(name: str) -> None:
    """A name that lies is a damaged file."""
    assert set(texts(name, b"not an archive at all" * 99)) == {"damaged-file"}


# Bombs and limits


def test_members_that_share_their_bytes() -> None:
    """Overlapping members (a zip bomb without nesting) are not unpacked; the first is, and the rest is told once."""
    kernel = zipped({"a.md": "甲" * 40})
    central = kernel.index(b"PK\x01\x02")
    entry = kernel[central : kernel.index(b"PK\x05\x06")]
    many = b"".join(entry.replace(b"a.md", f"{number:04}".encode()[-4:]) for number in range(500))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 501, 501, len(entry) + len(many), central, 0)
    assert texts("x.zip", kernel[:central] + entry + many + end) == ["甲" * 40, "damaged-file"]


def quoted(count: int) -> bytes:
    """A zip whose members each hold the headers of all that follow, quoted by stored blocks, and one kernel (Fifield, WOOT 2019)."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed, size = kernel.compress(b"\0" * 1_000_000) + kernel.flush(), 1_000_000
    crc = zlib.crc32(b"\0" * size)
    data, header, directory = b"", b"", []
    for number in reversed(range(count)):
        name = f"{number:04}.md".encode()
        if data:
            packed = b"\0" + struct.pack("<2H", len(header), len(header) ^ 0xFFFF) + data
            size += len(header)
            crc = zlib.crc32(zlib.decompressobj(-15).decompress(packed))
        header = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(packed), size, len(name), 0) + name
        data = header + packed
        directory.append((name, crc, len(packed), size, len(data)))
    central = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, length, size, len(name), 0, 0, 0, 0, 0, len(data) - behind) + name for name, crc, length, size, behind in reversed(directory)
    )
    return data + central + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(central), len(data), 0)


def test_members_that_quote_one_another() -> None:
    """The better bomb is no better."""
    content = quoted(60)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert len(archive.namelist()) == 60
    assert [len(text) > 1_000_000 or text for text in texts("x.zip", content)] == [True, "damaged-file"]


def bomb(depth: int, width: int = 16) -> bytes:
    """Zips in zips, as 42.zip: width to the power of depth files of 30 MB."""
    inner = zipped({"0.md": bytes(30_000_000)})
    for _ in range(depth):
        inner = zipped({f"{number}.zip": inner for number in range(width)})
    return inner


def test_nested_bombs_end() -> None:
    """What unpacks to terabytes is refused at its leaves or by the count of members, in little memory."""
    content = bomb(3, 8)
    tracemalloc.start()
    found = texts("x.zip", content, Limits(members=300))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert set(found) == {"archive-limit"}
    assert len(found) < 300
    assert peak < 80_000_000
    assert texts("x.zip", bomb(4, 1), Limits(depth=3)) == ["archive-limit"]


def helped(name: str, content: bytes, limits: Limits) -> list[str]:
    """What the refusals say to do."""
    return [one.error.help for one in opened(Source(name, content), READERS, evolve(ENVIRONMENT, limits=limits)) if isinstance(one, Unread) and isinstance(one.error, RecordError)]


@pytest.mark.parametrize(("name", "content"), [
    ("x.zip", zipped({"a.md": "甲", "big.md": bytes(20_000_000), "b.md": "乙"})), ("x.tgz", tarred({"a.md": "甲", "b.md": "乙", "big.md": bytes(20_000_000)}, "w:gz")), ("big.md.gz", gzip.compress(bytes(20_000_000))),
    ("big.md.bz2", bz2.compress(bytes(20_000_000))), ("big.md.xz", lzma.compress(bytes(20_000_000))),
])
def test_the_ratio_is_bounded(name: str, content: bytes) -> None:
    """What unpacks to hundreds of times its size is not; what stands beside it is read."""
    assert any("limits.ratio" in help_ for help_ in helped(name, content, Limits()))
    assert [text for text in texts(name, content) if text in "甲乙"] == ([] if "big" in name else ["甲", "乙"])


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tar.gz"])
def test_members_are_bounded(name: str) -> None:
    """As many as the limit says are read, and the limit is named."""
    files = {f"{number}.md": str(number) for number in range(10)}
    content = zipped(files) if name == "x.zip" else tarred(files, "w:gz" if name.endswith("gz") else "w")
    assert texts(name, content, Limits(members=4)) == ["0", "1", "2", "3", "archive-limit"]
    assert "limits.members" in helped(name, content, Limits(members=4))[0]


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tar.gz"])
def test_all_that_is_unpacked_is_bounded(name: str) -> None:
    """The limit is named once, not once for every file behind it."""
    files = {f"{number}.md": random.Random(number).randbytes(1000).hex() for number in range(100)}
    content = zipped(files) if name == "x.zip" else tarred(files, "w:gz" if name.endswith("gz") else "w")
    found = texts(name, content, Limits(unpacked_size=20_000))
    assert 4 <= len(found) <= 11
    assert set(found[-2:]) & {"archive-limit"}
    assert found.count("archive-limit") == 1


def test_bytes_count_over_nested_archives() -> None:
    """A limit on what unpacks holds for all that lies in one file, refused and damaged members too."""
    inner = bytearray(zipped({f"{number}.md": random.Random(number).randbytes(5000) for number in range(10)}))
    for number in range(10):
        inner[inner.index(f"{number}.md".encode()) + 3000] ^= 1
    found = texts("x.zip", zipped({f"{number}.zip": bytes(inner) for number in range(10)}), Limits(unpacked_size=150_000))
    assert found.count("archive-limit") == 1
    assert 8 < len(found) < 20


def test_a_large_member_is_streamed_or_told(tmp_path: Path) -> None:
    """More than the limit on file size reaches only readers that stream, from a file on disk that is gone afterwards; videos are passed over."""
    rows = random.Random(1).randbytes(400_000).hex().encode()
    files = {"all.mbox": rows, "big.md": rows, "video.mp4": rows, "a.md": b"1"}
    for name, content in (("x.zip", zipped(files)), ("x.tar", tarred(files)), ("x.tar.gz", tarred(files, "w:gz"))):
        assert texts(name, content, Limits(file_size=100_000)) == ["800000", "too-large", "1"]
    assert texts("all.mbox.gz", gzip.compress(rows), Limits(file_size=100_000)) == ["800000"]
    assert texts("big.md.gz", gzip.compress(rows), Limits(file_size=100_000)) == ["too-large"]


def test_a_large_archive_is_never_held(tmp_path: Path) -> None:
    """An archive of any size is read from disk, and what nobody reads in it is not unpacked."""
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.md", "甲")
        for number in range(4):
            archive.writestr(f"{number}.mp4", random.Random(number).randbytes(10_000_000))
        archive.writestr("b.md", "乙")
    tracemalloc.start()
    found = told("x.zip", path.read_bytes()[:65_536], Limits(file_size=1_000_000, unpacked_size=1_000_000), large=str(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [("x.zip!/a.md", "甲"), ("x.zip!/b.md", "乙")]
    assert peak < 60_000_000  # 40 MB are the bytes read here for the beginning


def test_greedy_headers() -> None:
    """A tar header that says to be a megabyte of names, and LZMA that asks for gigabytes, are refused."""
    tar = bytearray(tarred({"n" * 200 + ".md": "甲"}))
    tar[124:136] = b"77777777777\0"
    tar[148:156] = b" " * 8
    tar[148:156] = f"{sum(tar[:512]):06o}\0 ".encode()
    assert texts("x.tar", bytes(tar)) == ["damaged-file"]
    packed = zipped({"a.md": "甲" * 99}, zipfile.ZIP_LZMA)
    at = packed.index(b"a.md") + 4
    assert texts("x.zip", packed[: at + 5] + b"\xff\xff\xff\xff" + packed[at + 9 :]) == ["unknown-format"]


def with_size(content: bytes, field_: bytes) -> bytes:
    """A tar whose first header says another size, with the sum put right."""
    made = bytearray(content)
    made[124:136] = field_.ljust(12, b"\0")
    made[148:156] = b" " * 8
    made[148:156] = f"{sum(made[:512]):06o}\0 ".encode()
    return bytes(made)


@pytest.mark.parametrize("size", [b"-7777", b"-1", b"77777777777", b"\x80" + b"\xff" * 11, b"\x80\0\0\0" + b"\x7f" + b"\xff" * 7, b"\xff" * 12, b"0x99", b"9", b"1_0"])
def test_sizes_beyond_everything_in_a_tar(size: bytes) -> None:
    """A size that is negative, no number, or leads behind any file is damage, neither a loop nor an exception."""
    found = texts("x.tar", with_size(tarred({"a.md": "甲", "b.md": "乙"}), size))
    assert "damaged-file" in found
    assert "乙" not in found


@pytest.mark.parametrize("offset", [2**64 - 1, 2**63, 2**40])
def test_offsets_beyond_everything_in_a_zip(offset: int) -> None:
    """A member that is said to lie behind any file is damage; the others are read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.md", "甲")
        archive.writestr("b.md", "乙")
    content = out.getvalue()
    at = content.index(b"PK\x01\x02")
    extra = struct.pack("<2HQ", 1, 8, offset)
    entry = bytearray(content[at : at + 46 + 4])
    entry[30:32], entry[42:46] = struct.pack("<H", len(extra)), b"\xff" * 4
    end = bytearray(content[content.index(b"PK\x05\x06") :])
    end[12:16] = struct.pack("<L", struct.unpack("<L", end[12:16])[0] + len(extra))
    moved = content[:at] + bytes(entry) + extra + content[at + 50 : content.index(b"PK\x05\x06")] + bytes(end)
    assert texts("x.zip", moved) == ["damaged-file", "乙"]


# Whatever the bytes


_SEEDS = (*PACKERS.values(), gzip.compress(b"x"))


@st.composite
def mutants(draw: st.DrawFn) -> bytes:
    """A good archive with some bytes changed, cut out or repeated."""
    content = bytearray(draw(st.sampled_from(_SEEDS)))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(content)))
        content[at : at + draw(st.integers(0, 12))] = draw(st.one_of(st.binary(max_size=6), st.just(bytes(content[at : at + 60]) * 2), st.sampled_from([b"PK\x03\x04", b"\xff" * 4, b"\0" * 8])))
    return bytes(content)


@given(content=st.one_of(st.binary(max_size=300), mutants()), name=st.sampled_from(["x.zip", "x.tar", "x.gz", "x.tgz", "x.bz2", "x.xz", "-"]))
@example(content=b"PK\x05\x06" + bytes(18), name="x.zip")
@example(content=b"PK\x03\x04" + bytes(26), name="x.zip")
@example(content=b"\x1f\x8b\x08", name="x.tgz")
@settings(max_examples=400, deadline=None)
def test_any_bytes(content: bytes, name: str) -> None:
    """Only records and declared errors, and never nothing at all for bytes that are no archive."""
    if name != "-" or any(reader.claims(Source("-", content)) for reader in READERS):
        told(name, content)


@given(st.binary(max_size=5000), st.integers(1, 700))
@settings(max_examples=60, deadline=None)
def test_unpacked_is_what_was_packed(content: bytes, width: int) -> None:
    """However the packed bytes are cut into pieces, and however often streams stand one behind the other."""
    for pack, make, magic in ((gzip.compress, inflate.gzip, b"\x1f\x8b"), (bz2.compress, inflate.bzip2, b"BZh"), (lzma.compress, inflate.xz, b"\xfd7zXZ")):
        packed = pack(content) * 2
        pieces = [packed[at : at + width] for at in range(0, len(packed), width)]
        assert b"".join(inflate.unpacked(pieces, make, magic=magic)) == content * 2


def test_a_large_directory_is_bounded() -> None:
    """A directory of any length is read entry by entry, no further than the limit on members."""
    content = zipped({"a.md": "甲"})
    central, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entry = content[central:end]
    count = 300_000
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(entry) * count, central)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, central + len(entry) * count, 1)
    large = content[:central] + entry * count + wide + locator + struct.pack("<4s4H2LH", b"PK\x05\x06", 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    tracemalloc.start()
    found = texts("x.zip", large, Limits(members=1000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == ["甲", "archive-limit", "damaged-file"]
    assert peak < 10_000_000
