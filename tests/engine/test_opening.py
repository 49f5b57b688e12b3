"""What lies inside sources: read by whoever claims it, within limits, one trouble never hiding the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pytest
from attrs import evolve, frozen

from commlint.calendar import weekdays
from commlint.engine.opening import Unread, opened
from commlint.errors import RecordError
from commlint.model.environment import Environment, Limits
from commlint.model.protocols import Folder, Item
from commlint.model.record import Record
from commlint.model.source import Source

ENVIRONMENT = Environment(weekdays())


@frozen
class Files:
    """A folder of texts."""

    uri: str
    texts: Mapping[str, str]

    @property
    def names(self) -> Sequence[str]:
        return tuple(self.texts)

    def source(self, name: str) -> Source:
        if self.texts[name] == "locked":
            raise RecordError("encrypted-file", "locked")
        return Source(f"{self.uri}/{name}", self.texts[name].encode(), named=False)


class Notes:
    """Reads .note: a record a line; "!x" could not be read, "?" ends the file, "*" breaks the reader, "> text" is a note inside."""

    name = "notes"
    suffixes: tuple[str, ...] = (".note",)
    media_types: tuple[str, ...] = ()

    def claims(self, source: Source) -> bool:
        return source.suffix == ".note"

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        for number, line in enumerate(source.content.decode().splitlines(), 1):
            if line.startswith("!"):
                yield RecordError("bad-line", line[1:])
            elif line == "?":
                raise RecordError("ended", "no more")
            elif line == "*":
                raise ZeroDivisionError
            elif line.startswith(">"):
                yield source.member(f"{number}.{'note' if line.startswith('> ') else 'png'}", line[1:].strip().encode())
            elif line == "nest":
                yield source.member("again.note", source.content)
            else:
                yield Record.from_text(line, uri=source.uri)


class Bundles(Notes):
    """Reads folders that have a bundle.txt as one record, and opens .pack as a folder of a line each."""

    name = "bundles"
    suffixes = (".pack",)

    def claims(self, source: Source) -> bool:
        return source.suffix == ".pack"

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        texts = dict(line.split("=", 1) for line in source.content.decode().splitlines())
        yield Files(source.uri, texts)

    def claims_folder(self, names: Sequence[str]) -> bool:
        return "bundle.txt" in names

    def read_folder(self, folder: Folder, environment: Environment) -> Iterable[Item]:
        yield Record.from_text(" ".join(sorted(folder.names)), uri=folder.uri)


READERS = (Bundles(), Notes())


def told(item: Source | Folder, limits: Limits = ENVIRONMENT.limits) -> list[tuple[str, str]]:
    """Uri and text of each record, uri and reason of what could not be read."""
    found = opened(item, READERS, evolve(ENVIRONMENT, limits=limits))
    return [(one.uri, getattr(one.error, "slug", type(one.error).__name__)) if isinstance(one, Unread) else (one.uri, one.parts[0].text) for one in found]


@pytest.mark.parametrize(("content", "expected"), [
    ("a\nb", [("x.note", "a"), ("x.note", "b")]),
    ("a\n!torn\nb", [("x.note", "a"), ("x.note", "bad-line"), ("x.note", "b")]),
    ("a\n?\nb", [("x.note", "a"), ("x.note", "ended")]),
    ("a\n*\nb", [("x.note", "a"), ("x.note", "ZeroDivisionError")]),
    ("a\n> in\nb", [("x.note", "a"), ("x.note!/2.note", "in"), ("x.note", "b")]),
    ("> *\nb", [("x.note!/1.note", "ZeroDivisionError"), ("x.note", "b")]),
    (">picture\nb", [("x.note", "b")]),
])
def test_a_trouble_does_not_hide_the_rest(content, expected):
    """Records before and behind what cannot be read are there, what lies inside is read in its turn, and what nobody reads is passed over."""
    assert told(Source("x.note", content.encode())) == expected


def test_what_is_named_and_not_read_is_told():
    """A file that somebody named and no reader takes is a failure; one that was come across is none."""
    assert told(Source("a.png", b"x")) == [("a.png", "no-reader")]
    assert told(Source("a.png", b"x", named=False)) == []


@pytest.mark.parametrize(("names", "expected"), [
    ({"a.note": "1", "b.png": "2", "sub/c.note": "3"}, [("p.pack/a.note", "1"), ("p.pack/sub/c.note", "3")]),
    ({"bundle.txt": "", "a.note": "1"}, [("p.pack", "a.note bundle.txt")]),
    ({"top/bundle.txt": "", "top/sub/a.note": "1", "b.note": "2"}, [("p.pack/top", "bundle.txt sub/a.note"), ("p.pack/b.note", "2")]),
    ({"top/bundle.txt": "", "top/sub/bundle.txt": "", "topper.note": "2"}, [("p.pack/top", "bundle.txt sub/bundle.txt"), ("p.pack/topper.note", "2")]),
    ({"a.note": "locked", "b.note": "2"}, [("p.pack/a.note", "encrypted-file"), ("p.pack/b.note", "2")]),
])
def test_folders_inside(names, expected):
    """A folder that is claimed as one is read as one, wherever it lies; of the others every file is, and what is locked does not lock the rest."""
    content = "\n".join(f"{name}={text}" for name, text in names.items())
    assert told(Source("p.pack", content.encode())) == expected


def test_depth_is_bounded():
    """A source that holds itself is read as deep as the limit says, and the failure names the limit."""
    found = told(Source("x.note", b"a\nnest\nb"), Limits(depth=3))
    assert [text for _, text in found] == ["a", "a", "a", "a", "archive-limit", "b", "b", "b", "b"]
    (unread,) = [one for one in opened(Source("x.note", b"nest"), READERS, evolve(ENVIRONMENT, limits=Limits(depth=3))) if isinstance(one, Unread)]
    assert "limits.depth" in str(getattr(unread.error, "help", ""))


@pytest.mark.parametrize("limits", [Limits(members=2), Limits(unpacked_size=5)])
def test_what_unpacks_is_bounded_over_all(limits):
    """Members and bytes are counted over all that lies inside one file; what came before the limit is read, and what the file itself says."""
    assert [text for _, text in told(Source("x.note", b"> 1\n> 222\n> 3333\nb"), limits)] == ["1", "222", "archive-limit", "b"]


def test_a_large_file_is_only_for_readers_that_stream(tmp_path):
    """More than the limit on file size reaches only readers that say so; the failure names sizes and limit."""
    path = tmp_path / "x.note"
    path.write_bytes(b"a" * 100)
    source = Source("x.note", b"a" * 10, large=str(path))
    assert told(source, Limits(file_size=50)) == [("x.note", "too-large")]

    class Streaming(Notes):
        streams = True

        def read(self, source, environment):
            with source.opened() as stream:
                yield Record.from_text(str(len(stream.read())), uri=source.uri)

    assert [one.parts[0].text for one in opened(source, (Streaming(),), ENVIRONMENT)] == ["100"]
