"""Which files a folder is made of: records by suffix, mailboxes by how they begin, Maildirs and exports by what lies in them."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest

from commlint.discovery import Directory, Search, supply
from commlint.errors import RecordError
from commlint.model.finding import Failure


def found(folder: Path, **more: object) -> dict[str, tuple[bool, str, tuple[str, ...]]]:
    """What is found under a folder: by uri relative to it, whether it was named, its media type, the names in it."""
    search = Search(lambda name: name.endswith(".md"), lambda path: "left-out" in path, **more)
    files, failures = search.found([str(folder)])
    assert failures == ()
    return {file.uri.removeprefix(f"{folder.as_posix()}/"): (file.named, file.media_type, file.names) for file in files}


def write(folder: Path, *names: str, text: str = "x") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_folders(tmp_path):
    """Files of known suffixes are found; hidden, excluded and foreign ones are not; a file without suffix only when it begins as mbox does."""
    write(tmp_path, "a.md", "b.png", ".c.md", "d/e.md", "left-out/f.md", "node_modules/g.md", "LICENSE", "empty")
    write(tmp_path, "Inbox", text="From me Mon Mar  2 09:00:00 2026\nSubject: a\n\nb\n")
    assert found(tmp_path) == {"Inbox": (False, "", ()), "a.md": (False, "", ()), "d/e.md": (False, "", ())}


def test_maildir(tmp_path):
    """Every message of a Maildir and of the folders in it is found, whatever it is called; half-delivered ones in tmp are not."""
    box = mailbox.Maildir(tmp_path / "mail")
    kept = [box.add("Subject: a\n\nb\n"), box.add_folder("Sent").add("Subject: c\n\nd\n")]
    write(tmp_path, "mail/tmp/half")
    names = found(tmp_path)
    assert sorted(names) == sorted([f"mail/new/{kept[0]}", f"mail/.Sent/new/{kept[1]}"])
    assert {media_type for _, media_type, _ in names.values()} == {"message/rfc822"}


def test_exports(tmp_path):
    """A folder that is one source is found as a whole, with the names of all files in it; their text comes by name."""
    write(tmp_path, "out/users.json", "out/b/1.json", "out/a/2.json", "other/a.md")
    names = found(tmp_path, export=lambda names: "users.json" in names)
    assert names == {"other/a.md": (False, "", ()), "out": (False, "", ("users.json", "a/2.json", "b/1.json"))}
    files, _ = Search(bool, lambda path: False, lambda names: "users.json" in names).found([str(tmp_path / "out")])
    folder = supply(files[0], limit=10)
    assert isinstance(folder, Directory)
    source = folder.source("a/2.json")
    assert (source.uri, source.content) == (f"{folder.uri}/a/2.json", b"x")
    with pytest.raises(RecordError, match="没有这个文件"):
        folder.source("gone.json")


def test_a_large_file_is_not_held(tmp_path):
    """Of a file above the limit only the beginning is read, with the path to the rest; below it all is."""
    write(tmp_path, "a.md", text="x" * 100_000)
    files, _ = Search(bool, lambda path: False).found([str(tmp_path / "a.md")])
    large, small = supply(files[0], limit=99_999), supply(files[0], limit=100_000)
    assert not isinstance(large, Failure | Directory)
    assert not isinstance(small, Failure | Directory)
    assert (len(large.content), large.large) == (65_536, files[0].path)
    assert (len(small.content), small.large) == (100_000, "")
    with large.opened() as stream:
        assert len(stream.read()) == 100_000
