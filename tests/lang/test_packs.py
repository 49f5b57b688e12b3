"""Rule packs on disk: folders and files, lists, families, encodings."""

from __future__ import annotations

from pathlib import Path

import pytest

from commlint.lang.builtin import commlint_rule_packs
from commlint.lang.packs import load, together

RULE = 'rule {name} ({code}) {{ forbid any phrase(list("words")) in body }}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack of two rules in two families."""
    for family, name, code in (("tone", "shouting", "TON001"), ("naming", "numbers", "NAM001")):
        (tmp_path / family).mkdir()
        (tmp_path / family / f"{name}.norm").write_text(RULE.format(name=name, code=code), "utf-8")
    (tmp_path / "tone" / "family.toml").write_text('order = 1\nprefix = "TON"\n[title]\nzh = "\u8bed\u6c14"\nen = "Tone"\n', "utf-8")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "words.txt").write_text("\ufeff# why\n\u5c3d\u5feb\r\n\r\n  asap  \n", "utf-8")
    (tmp_path / "norms.toml").write_text('norm = [{ id = "S0-001" }]\n', "utf-8")
    return tmp_path


def test_a_folder_gives_files_in_order_with_lists_families_and_norms(folder: Path) -> None:
    """Files by path; one phrase a line, comments and blanks left out; families by their order."""
    pack = load(folder, name="mine")
    assert [Path(file.path).name for file in pack.files] == ["numbers.norm", "shouting.norm"]
    assert pack.lists == {"words": ("\u5c3d\u5feb", "asap")}
    assert [(family.name, family.title["en"], family.prefix) for family in pack.families] == [("tone", "Tone", "TON")]
    assert pack.norms == {"S0-001"}
    assert set(pack.names.values()) == {"mine"}
    assert pack.diagnostics == ()


def test_a_single_file_finds_the_lists_of_its_pack(folder: Path) -> None:
    """A rule file by itself uses the lists beside its family."""
    pack = load(folder / "tone" / "shouting.norm")
    assert len(pack.files) == 1
    assert "words" in pack.lists


def test_packs_together_keep_all_their_files(folder: Path, tmp_path: Path) -> None:
    """Several packs make one."""
    assert len(together([load(folder), load(folder / "tone" / "shouting.norm")]).files) == 3


@pytest.mark.parametrize(("encoding", "guess"), [("gb18030", "GBK"), ("utf-16", "UTF-16")])
def test_another_encoding_is_named_with_the_way_out(folder: Path, encoding: str, guess: str) -> None:
    """A rule file in GBK is told with its path, the guess and what to do; the other rules are loaded."""
    (folder / "tone" / "gbk.norm").write_bytes("rule a { require \u6b63\u6587 \u5305\u542b \"\u5c3d\u5feb\" }".encode(encoding))
    pack = load(folder, lang="en")
    (found,) = pack.diagnostics
    assert found.slug == "undecodable"
    assert guess in found.message
    assert found.path.endswith("gbk.norm")
    assert "UTF-8" in found.help
    assert len(pack.files) == 2


def test_broken_rules_and_tables_hide_nothing(folder: Path) -> None:
    """A syntax error and a broken family.toml are told; what is sound is loaded."""
    (folder / "tone" / "broken.norm").write_text("rule a {", "utf-8")
    (folder / "naming" / "family.toml").write_text("title = [", "utf-8")
    pack = load(folder)
    assert len(pack.diagnostics) == 2
    assert len(pack.files) == 2


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A path that is not there is a problem, not a crash."""
    (found,) = load(tmp_path / "nothing.norm").diagnostics
    assert found.slug == "unreadable"


def test_links_in_a_circle_are_not_followed(folder: Path) -> None:
    """A folder that links to its parent is read once."""
    (folder / "tone" / "again").symlink_to(folder)
    assert len(load(folder).files) == 2


def test_the_bundled_pack_is_given_as_a_plugin() -> None:
    """The rules that come with commlint are found where they are installed."""
    (pack,) = commlint_rule_packs()
    assert len(load(pack.folder).files) >= 40
