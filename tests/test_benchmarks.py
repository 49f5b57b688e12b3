"""The benchmarks measure the same text everywhere, and say what they do not know."""

from __future__ import annotations

import pytest

from tests.benchmarks import corpus
from tests.benchmarks.__main__ import SECTIONS, main
from tests.benchmarks.peers import Peer


def test_the_corpus_is_the_same_every_time(tmp_path):
    """Two machines measure the same bytes."""
    one, two = (corpus.files(tmp_path / name, 3, 200) for name in ("one", "two"))
    assert [path.read_bytes() for path in sorted(one.iterdir())] == [path.read_bytes() for path in sorted(two.iterdir())]
    first, second = (corpus.mails(tmp_path / name, 2) for name in ("three", "four"))
    assert [path.read_bytes() for path in sorted(first.iterdir())] == [path.read_bytes() for path in sorted(second.iterdir())]
    assert any(phrase in corpus.files(tmp_path / "long", 1, 20_000).joinpath("00000.md").read_text("utf-8") for phrase in corpus.PHRASES)


def test_business_mails():
    """Each has the size it is asked for, none is like another, a longer row begins with the shorter; the text is Chinese and comes out whole."""
    from email import message_from_bytes

    few, more = list(corpus.business_mails(20)), list(corpus.business_mails(40))
    texts = [message_from_bytes(mail).get_payload(decode=True).decode() for mail in more]
    assert (few, {len(mail) for mail in more}, len(set(more))) == (more[:20], {4096}, 40)
    assert [len(mail) for mail in corpus.business_mails(3, size=1500)] == [1500] * 3
    assert all("\u4e00" <= text[0] <= "\u9fff" and len(text) > 600 for text in texts)


def test_the_rules_compile(tmp_path):
    """The rules that are measured are sound."""
    from commlint.engine.symboltable import SymbolTable
    from commlint.engine.vocabulary import VOCABULARY
    from commlint.lang.compile import compile_files
    from commlint.lang.packs import load

    corpus.rule(tmp_path / "many", rules=4)
    compiled = compile_files(load(tmp_path / "many").files, SymbolTable(VOCABULARY))
    assert ([program.code for program in compiled.programs], compiled.diagnostics) == (["BEN000", "BEN001", "BEN002", "BEN003"], ())


def test_a_peer_that_is_not_here(tmp_path):
    """A tool that is missing has no command, and the table says how to get it."""
    words = tmp_path / "words.txt"
    words.write_text("a")
    assert Peer("x", "no-such-tool-anywhere", (), "get it").command(tmp_path, words) is None


def test_unknown_sections_are_refused(capsys):
    """A slip in a section's name does not start an hour of measuring."""
    with pytest.raises(SystemExit) as stopped:
        main(["smal"])
    assert (stopped.value.code, "smal" in capsys.readouterr().err, "small" in SECTIONS) == (2, True, True)
