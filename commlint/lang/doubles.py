"""No two rules share a name or a code: the first by path and place stays, the others are told and left out."""

from __future__ import annotations

from collections.abc import Iterable

from commlint.lang.study import Study
from commlint.lang.telling import diagnostic
from commlint.model.diagnostic import Diagnostic, Note


def without_doubles(rules: Iterable[Study]) -> tuple[list[Study], list[Diagnostic]]:
    """The rules whose name and code no other had before them, and duplicate-name or duplicate-code for the rest."""
    names: dict[str, Study] = {}
    codes: dict[str, Study] = {}
    kept: list[Study] = []
    told: list[Diagnostic] = []
    for rule in sorted(rules, key=lambda rule: (rule.whole.file.path, rule.whole.rule.span)):
        problem = _double(rule, names, codes)
        if problem:
            told.append(problem)
        else:
            names[rule.meta.name] = rule
            codes[rule.meta.code] = rule
            kept.append(rule)
    return kept, told


def _double(rule: Study, names: dict[str, Study], codes: dict[str, Study]) -> Diagnostic | None:
    file, name, code = rule.whole.file, rule.whole.rule.name, rule.whole.rule.code
    if rule.meta.name in names:
        other = names[rule.meta.name]
        return diagnostic("duplicate-name", file, name.span, notes=(_there(other, file.lang),), name=name.text, other=other.meta.path)
    if code and code.text in codes:
        other = codes[code.text]
        return diagnostic("duplicate-code", file, code.span, notes=(_there(other, file.lang),), code=code.text, other=other.meta.name)
    return None


def _there(other: Study, lang: str) -> Note:
    message = "另一条在这里" if lang == "zh" else "the other one is here"
    return Note(other.whole.file.path, other.whole.rule.name.span, message)
