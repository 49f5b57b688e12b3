"""Rules as read -> programs the engine runs: names resolved, lets and parameters in place, `extends` carried out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, frozen

from commlint.engine.program import Program
from commlint.engine.symboltable import SymbolTable
from commlint.lang.ast import File
from commlint.lang.doubles import without_doubles
from commlint.lang.heritage import Whole, wholes
from commlint.lang.resolver import Lists
from commlint.lang.study import Study, study
from commlint.model.diagnostic import Diagnostic
from commlint.model.finding import Severity
from commlint.model.rule import RuleMeta, RuleSetting


@frozen
class Compiled:
    """Programs and cards of the sound rules, by code and name; `diagnostics` are the errors of the others.

    Rules that are off have a card and no program. `rules` is what the checks of `lang.checks` look at.
    """

    programs: tuple[Program, ...]
    metas: tuple[RuleMeta, ...]
    diagnostics: tuple[Diagnostic, ...]
    rules: tuple[Study, ...] = ()


def compile_files(
    files: Iterable[File],
    table: SymbolTable,
    *,
    lists: Lists | None = None,
    settings: Mapping[str, RuleSetting] | None = None,
    packs: Mapping[str, str] | None = None,
    lang: str | None = None,
    around: Iterable[File] = (),
) -> Compiled:
    """The rules of `files` as programs. One bad rule never hides the others.

    `lists`: phrases by the name of the list; `settings`: by name or code of a rule; `packs`: the name of the pack by path;
    `lang`: the language of diagnostics, else that of each file. `around`: files whose rules may be extended, of which
    nothing is compiled; those with a rule that `files` have too are another edition of it and do not count.
    """
    chosen = tuple(evolve(file, lang=lang) if lang else file for file in files)
    ours = {file.path for file in chosen}
    every, problems_of_all = wholes((*chosen, *_others(chosen, around)))
    found = [whole for whole in every if whole.file.path in ours]
    told = [problem for problem in problems_of_all if problem.path in ours]
    rules, doubled = without_doubles(_studied(whole, table, lists or {}, settings or {}, packs or {}) for whole in found)
    rules.sort(key=lambda rule: (rule.meta.code, rule.meta.name, rule.meta.path))
    problems = [*told, *doubled, *(diagnostic for rule in rules for diagnostic in rule.diagnostics)]
    sound = [rule.program for rule in rules if rule.program and rule.program.severity is not Severity.OFF]
    errors = {d for d in problems if d.severity is Severity.ERROR}
    return Compiled(tuple(sound), tuple(rule.meta for rule in rules), tuple(sorted(errors, key=lambda d: d.order)), tuple(rules))


def _others(files: Iterable[File], around: Iterable[File]) -> Iterator[File]:
    taken = {name for file in files for name in _names(file)}
    return (file for file in around if taken.isdisjoint(_names(file)))


def _names(file: File) -> Iterator[str]:
    for rule in file.rules:
        yield rule.name.text
        if rule.code:
            yield rule.code.text


def _studied(whole: Whole, table: SymbolTable, lists: Lists, settings: Mapping[str, RuleSetting], packs: Mapping[str, str]) -> Study:
    code = whole.rule.code.text if whole.rule.code else ""
    setting = settings.get(whole.rule.name.text) or settings.get(code)
    return study(whole, table, lists, setting, packs.get(whole.file.path, ""))


__all__ = ["Compiled", "compile_files"]
