"""Rules made ready to run, and kept between runs as plain data.

A plan is JSON: programs and rule cards. Its name is a digest of all it was made from: rule files, settings, plugins, and
commlint itself. Whoever tampers with one can change which rules run, as with the rule files themselves, but cannot
make commlint run code: a program names the functions it calls by the keys of the norm language's words, and what does not
have the shape of a program is thrown away and compiled anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING, Any

from attrs import asdict, field, frozen

import commlint
from commlint.engine import program as program_format
from commlint.engine.program import Program
from commlint.errors import ConfigError
from commlint.model.finding import Severity
from commlint.model.rule import Param, RuleMeta

if TYPE_CHECKING:
    from commlint.config import Config
    from commlint.model.diagnostic import Diagnostic
    from commlint.plugins import Plugins

FORMAT = 1
KEPT = 8  # plans in one folder; the oldest go first
_MAKERS = ("lang", "lang/checks", "engine", "text", "entities/lexicon")  # what turns rule files into programs: an edit there makes plans stale


@frozen
class Entry:
    """What a rule is chosen by."""

    name: str
    code: str
    tags: tuple[str, ...]


@frozen
class Plan:
    """Programs and cards of all rules, selected or not, and what the profiles choose of them (see `commlint.config.profiles`).

    `diagnostics` are the errors of rule files that were left out.
    """

    programs: tuple[Program, ...]
    choices: tuple[tuple[str, tuple[str, ...]], ...]
    index: tuple[Entry, ...]
    _cards: str | tuple[RuleMeta, ...] = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def metas(self) -> tuple[RuleMeta, ...]:
        """The cards; a warm run that only checks never decodes them. Raises ValueError when the plan was tampered with."""
        if isinstance(self._cards, str):
            return tuple(_card(plain) for plain in json.loads(self._cards))
        return self._cards


def plan(plugins: Plugins, config: Config, *, cache: Path | None, lang: str = "zh") -> Plan:
    """The plan for the rule packs of `plugins` and the rule files of `config` under its settings, from `cache` when nothing changed.

    Raises PluginError when a plugin does not fit the hooks, ConfigError when a rule file is not there.
    """
    name = f"plan-{_digest(plugins, config, lang)}.json"
    known = _kept(cache / name) if cache else None
    if known is not None:
        return known
    plugins.validate()
    if cache:
        from commlint.lang import parser

        parser.warm(cache)
    made = _compiled(plugins, config, lang)
    if cache and not made.diagnostics:
        _keep(made, cache, name)
    return made


def rule_paths(plugins: Plugins, rule_files: Iterable[Path], where: str = "") -> tuple[Path, ...]:
    """The folders of rule packs and the rule files and folders of one's own. Raises ConfigError for one that is not there; `where` is who named it."""
    own = tuple(rule_files)
    for path in own:
        if not path.exists():
            raise ConfigError(f"there are no rules at {path}", help="check `rule-files` and --rules", zh=f"{path} 处没有规则文件", zh_help="请检查 rule-files 与 --rules").at(where)
    return (*(pack.folder for pack in plugins.rule_packs()), *own)


def beside(file: str) -> tuple[str, ...]:
    """Where the lists and norms that a single rule file uses may lie: next to it, or in the folder above its family."""
    folder = os.path.dirname(file)  # noqa: PTH120  # see _files
    return tuple(f"{home}/{name}" for home in (folder or ".", f"{folder or '.'}/..") for name in ("lists", "norms.toml"))


def _files(path: str) -> Iterable[str]:
    if not os.path.isdir(path):  # noqa: PTH112  # 200 small files on every run: pathlib would double the price
        near = (other for place in beside(path) if os.path.exists(place) for other in _files_in(place))  # noqa: PTH110
        return (path, *near)
    return _files_in(path)


def _files_in(path: str) -> Iterable[str]:
    if not os.path.isdir(path):  # noqa: PTH112  # see _files
        return (path,)
    return sorted(f"{folder}/{name}" for folder, _, names in os.walk(path) for name in names if name.endswith((".norm", ".txt", ".toml")))


def _digest(plugins: Plugins, config: Config, lang: str) -> str:
    digest = blake2b(digest_size=16)
    settings = {name: asdict(setting) for name, setting in config.rules.items()}
    asked = json.dumps([commlint.__version__, FORMAT, program_format.VERSION, lang, config.profile, settings], default=str, sort_keys=True)
    for text in (asked, plugins.fingerprint, _maker_stamps()):
        digest.update(text.encode() + b"\0")
    for source in (file for path in rule_paths(plugins, config.rule_files, config.where("rule_files")) for file in _files(str(path))):
        with open(source, "rb") as file:  # noqa: PTH123  # see _files
            content = file.read()
        digest.update(f"{source}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _maker_stamps() -> str:
    root = Path(__file__).parent
    entries = (entry for folder in _MAKERS for entry in os.scandir(root / folder) if entry.name.endswith((".py", ".txt")))
    return " ".join(sorted(f"{entry.name}:{entry.stat().st_mtime_ns}" for entry in entries))


def _compiled(plugins: Plugins, config: Config, lang: str) -> Plan:
    from commlint.config import merged_rules
    from commlint.config.profiles import profile
    from commlint.lang import packs
    from commlint.lang.compile import compile_files

    paths = rule_paths(plugins, config.rule_files, config.where("rule_files"))
    try:
        chosen = profile(config.profile, paths)
    except ConfigError as error:
        error.at(config.where("profile"))
        raise
    named = {str(pack.folder): pack.name for pack in plugins.rule_packs()}
    loaded = packs.together(packs.load(path, name=named.get(str(path), ""), lang=lang) for path in paths)
    made = compile_files(loaded.files, plugins.table(), lists=loaded.lists, settings=merged_rules(chosen.rules, config.rules), packs=loaded.names, lang=lang)
    index = tuple(Entry(meta.name, meta.code, meta.tags) for meta in made.metas)
    return Plan(made.programs, chosen.choices, index, made.metas, (*loaded.diagnostics, *made.diagnostics))


def _kept(path: Path) -> Plan | None:
    """The plan at `path`; None when there is none, or it is not one."""
    try:
        first, programs, cards = path.read_text("utf-8").split("\n")[:3]
        head = json.loads(first)
        if (head["format"], head["name"]) != (FORMAT, path.name):
            return None
        choices = tuple((str(mode), tuple(map(str, patterns))) for mode, patterns in head["choices"])
        index = tuple(Entry(str(rule), str(code), tuple(map(str, tags))) for rule, code, tags in head["index"])
        return Plan(tuple(Program.from_plain(plain) for plain in json.loads(programs)), choices, index, cards)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _keep(made: Plan, cache: Path, name: str) -> None:
    """Write the plan in one step; a cache that cannot be written is no fault."""
    head = {"format": FORMAT, "name": name, "choices": made.choices, "index": [[e.name, e.code, e.tags] for e in made.index]}
    programs = [program.to_plain() for program in made.programs]
    cards = [_plain(meta) for meta in made.metas]
    text = "\n".join(json.dumps(part, ensure_ascii=False) for part in (head, programs, cards))
    try:
        prepare(cache)
        temporary = cache / f"{name}.{os.getpid()}.{get_ident()}"
        temporary.write_text(text, "utf-8")
        temporary.replace(cache / name)
        for old in sorted(cache.glob("plan-*.json"), key=lambda path: path.stat().st_mtime_ns)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def prepare(cache: Path) -> None:
    """Make the cache folder, kept out of version control. Raises OSError when that cannot be."""
    cache.mkdir(parents=True, exist_ok=True)
    ignore = cache / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", "utf-8")


def _plain(meta: RuleMeta) -> dict[str, Any]:
    return asdict(meta, recurse=False) | {"severity": meta.severity.value, "params": [asdict(param) for param in meta.params]}


def _card(plain: Mapping[str, Any]) -> RuleMeta:
    tuples = {name: tuple(plain[name]) for name in ("cites", "kinds", "tags")}
    params = tuple(Param(**{**param, "value": tuple(v) if isinstance(v := param["value"], list) else v}) for param in plain["params"])
    why = tuple((lang, text) for lang, text in plain["why"])
    return RuleMeta(**{**plain, **tuples, "params": params, "why": why, "severity": Severity(plain["severity"])})
