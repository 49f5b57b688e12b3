"""Sources that a glance tells to be empty of hits are not read; nobody notices."""

from __future__ import annotations

import pytest
from commlint_minutes.text import MarkdownReader, TextReader
from hypothesis import given
from hypothesis import strategies as st

from commlint.engine.engine import Engine
from commlint.model.source import Source
from tests.engine.programs_by_hand import engine, environment, forbid, phrase, program, quant

VAGUE = program(forbid(quant("any", phrase("尽快", "asap"))), name="vague", code="VAG001", literals=("尽快", "asap"))
PIECES = st.lists(st.sampled_from(["尽快", "盡快", "\uff21SAP", "好", "\n", "\r\n", "# ", "---\n", "kind: nonsense\n", "from: a\nto: b\n\n", "\0", "\ufeff", "<!-- commlint: allow VAG001 -- x -->", " ", "\u200b"]), max_size=6)


class Blind:
    """A reader that cannot glance."""

    suffixes = (".md",)
    media_types = ()
    name = "blind"

    def claims(self, source):
        return True

    def read(self, source, environment):
        return MarkdownReader().read(source, environment)


@given(st.lists(PIECES.map("".join), max_size=3), st.sampled_from([None, "minutes", "nonsense"]))
def test_a_glance_never_shows(texts, kind):
    """The report is the same with a reader that glances and with one that does not."""
    sources = [Source(f"{number}.md", text.encode(), kind=kind) for number, text in enumerate(texts)]
    assert engine(VAGUE).check_sources(sources, (MarkdownReader(),)) == engine(VAGUE).check_sources(sources, (Blind(),))


@pytest.mark.parametrize(("content", "seen"), [("好".encode(), True), ("尽快".encode(), True), (b"kind: x\n", False), (b"\xff\xfe", False), (b"", False), (b"a\r\nb", False)])
def test_when_a_glance_is_enough(content, seen):
    """Plain text without a head is told from its bytes; all else is read."""
    assert (TextReader().glance(Source("a.txt", content)) is not None) is seen


def test_hits_in_names_count():
    """A literal in the name of a file keeps it from being skipped."""
    read: list[str] = []

    class Watched(MarkdownReader):
        def read(self, source, environment):
            read.append(source.uri)
            return super().read(source, environment)

    subject: Engine = engine(VAGUE, env=environment())
    subject.check_sources([Source("asap.md", b"x"), Source("b.md", b"x")], (Watched(),))
    assert read == ["asap.md"]
