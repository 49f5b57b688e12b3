"""The integrations join commlint like anybody's plugin, and cost nothing until they read."""

from __future__ import annotations

import subprocess
import sys

import commlint_chat.plugin
import commlint_mail.plugin
import commlint_minutes.plugin
import pytest

from commlint.model.source import Source

PLUGINS = (commlint_chat.plugin, commlint_mail.plugin, commlint_minutes.plugin)
READERS = sorted((reader for plugin in PLUGINS for reader in plugin.commlint_readers()), key=lambda reader: reader.name)


def test_no_two_readers_claim_the_same_files() -> None:
    """A suffix or media type belongs to one reader; names tell readers apart."""
    for claims in ([r.name for r in READERS], [s for r in READERS for s in r.suffixes], [m for r in READERS for m in r.media_types]):
        assert len(claims) == len(set(claims))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_reader_claims_what_it_says(reader: object) -> None:
    """By suffix in any case, and by media type for input without a name."""
    assert all(reader.claims(Source(f"a/B{suffix.upper()}", b"x")) for suffix in reader.suffixes)  # type: ignore[attr-defined]  # a Reader
    assert all(reader.claims(Source("-", b"x", media_type=media)) for media in reader.media_types)  # type: ignore[attr-defined]  # a Reader
    assert not reader.claims(Source("a.docx", b"x"))  # type: ignore[attr-defined]  # a Reader


@pytest.mark.parametrize(
    ("uri", "content", "name"),
    [
        ("a.txt", "2026-05-21 09:30 张三: 好\n2026-05-21 09:31 李四: 好\n", "chat-log"),
        ("a.txt", "会议纪要\n\n会议时间: 2026-05-21 09:30\n", "text"),
        ("a.log", "2026-05-21 09:30 张三: 好\n2026-05-21 09:31 李四: 好\n", "chat-log"),
        ("A.EML", "From: a@example.com\n\nx", "eml"),
        ("a.md", "# x", "markdown"),
        ("a.jsonl", "{}", "chat-jsonl"),
    ],
)
def test_the_first_reader_that_claims_is_the_right_one(uri: str, content: str, name: str) -> None:
    """commlint asks readers by name: logs are told from texts by a look, before the text reader is asked."""
    assert next(reader.name for reader in READERS if reader.claims(Source(uri, content.encode()))) == name


def test_listing_the_readers_imports_nothing_that_reads() -> None:
    """A run over Markdown never loads what mail, HTML or JSON need."""
    code = (
        "import sys\n"
        "import commlint_chat.plugin, commlint_mail.plugin, commlint_minutes.plugin\n"
        "for plugin in (commlint_chat.plugin, commlint_mail.plugin, commlint_minutes.plugin):\n"
        "    list(plugin.commlint_readers()), list(plugin.commlint_classifiers())\n"
        "print(*[m for m in ('email', 'html.parser', 'json', 'commlint_mail.message', 'commlint_chat.log', 'commlint_minutes.document', 'pluggy') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
