"""Rule files on disk: a folder of .norm files with families, lists and norms beside them, or one file.

::

    rules/
      <family>/family.toml      title = { zh, en }, order, prefix
      <family>/<rule>.norm
      lists/<name>.txt          one phrase a line, # for comments: list("<name>")
      norms.toml                [[norm]] id = "S0-006": what rules may cite
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from commlint.errors import RuleError
from commlint.lang.ast import File
from commlint.lang.parser import parse
from commlint.lang.telling import diagnostic
from commlint.model.diagnostic import Diagnostic
from commlint.model.span import Span

LARGEST = 4_000_000  # bytes of one file; rules are written by hand


@frozen
class Family:
    """Rules that belong together; `title` by language, `order` of display, `prefix` of their codes."""

    name: str
    title: Mapping[str, str]
    order: int = 1000
    prefix: str = ""


@frozen
class Pack:
    """What was found at one or several places. `names` says which pack a path belongs to; `diagnostics` are problems of
    form: what could not be read, decoded or parsed. `around` are files elsewhere whose rules may be extended."""

    files: tuple[File, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(factory=dict)
    families: tuple[Family, ...] = ()
    norms: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    around: tuple[File, ...] = ()


def load(path: Path | str, *, name: str = "", lang: str = "zh") -> Pack:
    """The rules in a folder, or in one file together with the lists near it. `lang` is that of diagnostics.

    Never raises: what cannot be read is a diagnostic.
    """
    place = Path(path)
    home = place if place.is_dir() else _home(place)
    told: list[Diagnostic] = []
    sources = _norm_files(place) if place.is_dir() else [place]
    files = [file for source in sources if (file := _file(source, lang, told)) is not None]
    lists = {source.stem: _phrases(source, lang, told) for source in sorted(home.glob("lists/*.txt"))}
    families = tuple(_family(source, lang, told) for source in sorted(home.glob("*/family.toml"))) if place.is_dir() else ()
    norms = _norms(home / "norms.toml", lang, told)
    names = {file.path: name for file in files}
    return Pack(tuple(files), lists, tuple(sorted(families, key=lambda f: (f.order, f.name))), norms, names, tuple(told))


def together(packs: Iterable[Pack]) -> Pack:
    """Several packs as one; where two have a list of one name, the later one counts."""
    chosen = tuple(packs)
    return Pack(
        tuple(file for pack in chosen for file in pack.files),
        {name: words for pack in chosen for name, words in pack.lists.items()},
        tuple(family for pack in chosen for family in pack.families),
        frozenset().union(*(pack.norms for pack in chosen)),
        {path: name for pack in chosen for path, name in pack.names.items()},
        tuple(told for pack in chosen for told in pack.diagnostics),
    )


def _norm_files(folder: Path) -> list[Path]:
    """All rule files below a folder, in order; links to folders are not followed, so there are no loops."""
    return sorted(Path(where, name) for where, _, names in os.walk(folder) for name in names if name.endswith(".norm"))


def _home(file: Path) -> Path:
    """The folder whose lists a rule file uses: its own, or the one that its family stands in."""
    return file.parent if (file.parent / "lists").is_dir() else file.parent.parent


def _file(source: Path, lang: str, told: list[Diagnostic]) -> File | None:
    text = _text(source, lang, told)
    if text is None:
        return None
    file, problems = parse(text, str(source), lang)
    told += problems
    return file


def rule_text(path: Path, lang: str) -> str:
    """The text of the rule file at `path`, with "\\n" as its only line break. Raises RuleError when it has none."""
    told: list[Diagnostic] = []
    found = _text(path, lang, told)
    if found is None:
        raise RuleError(told)
    return found


def _text(source: Path, lang: str, told: list[Diagnostic]) -> str | None:
    """The file's text with "\\n" as its only line break; None and a diagnostic when it has none."""
    try:
        with source.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        told.append(_problem("unreadable", source, lang, reason=error.strerror or str(error)))
        return None
    if len(content) > LARGEST:
        told.append(_problem("unreadable", source, lang, reason=f"> {LARGEST // 1_000_000} MB"))
        return None
    try:
        return content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        told.append(_undecodable(source, content, error.start, lang))
        return None


def _undecodable(source: Path, content: bytes, start: int, lang: str) -> Diagnostic:
    guess = _encoding(content)
    said = {"zh": f"\uff0c像是 {guess}", "en": f" but looks like {guess}"}[lang if lang == "zh" else "en"] if guess else ""
    line = content[:start].count(b"\n") + 1
    where = f"\uff0c第 {line} 行" if lang == "zh" else f", line {line}"
    return _problem("undecodable", source, lang, guess=said + where)


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    for name, label in (("gb18030", "GBK"), ("big5", "Big5")):
        try:
            if any("\u4e00" <= character <= "\u9fff" for character in content.decode(name)):
                return label
        except UnicodeDecodeError:
            continue
    return ""


def _problem(slug: str, source: Path, lang: str, **values: Any) -> Diagnostic:
    nothing = File(Span(0, 0), str(source), "", lang, (), ())
    return diagnostic(slug, nothing, Span(0, 0), **values)


def _phrases(source: Path, lang: str, told: list[Diagnostic]) -> tuple[str, ...]:
    text = _text(source, lang, told) or ""
    return tuple(line.strip() for line in text.lstrip("\ufeff").split("\n") if line.strip() and not line.lstrip().startswith("#"))


def _table(source: Path, lang: str, told: list[Diagnostic]) -> Mapping[str, Any]:
    import tomli

    text = _text(source, lang, told)
    try:
        return tomli.loads(text or "")
    except tomli.TOMLDecodeError as error:
        told.append(_problem("bad-data", source, lang, reason=str(error)))
        return {}


def _family(source: Path, lang: str, told: list[Diagnostic]) -> Family:
    table = _table(source, lang, told)
    title, order = table.get("title", {}), table.get("order", 1000)
    return Family(source.parent.name, dict(title) if isinstance(title, dict) else {"": str(title)}, order if isinstance(order, int) else 1000, str(table.get("prefix", "")))


def _norms(source: Path, lang: str, told: list[Diagnostic]) -> frozenset[str]:
    if not source.is_file():
        return frozenset()
    return frozenset(_ids(_table(source, lang, told).get("norm", ())))


def _ids(norms: Any) -> Iterator[str]:
    """The ids of ``[[norm]] id = …``, or the keys of ``[norm.S0-006]``."""
    for norm in norms:
        if isinstance(norm, str):
            yield norm
        elif isinstance(norm, dict) and isinstance(norm.get("id"), str):
            yield norm["id"]
