"""The checks of `commlint rules check`: each on a rule that shows it, and none on the bundled rules."""

from __future__ import annotations

import pytest

from commlint.engine.symboltable import SymbolTable
from commlint.engine.vocabulary import VOCABULARY
from commlint.lang.checks import problems
from commlint.lang.compile import compile_files
from commlint.lang.packs import load
from commlint.lang.slugs import SLUGS
from commlint.model.finding import Severity
from commlint.resources import bundled
from tests.lang.compiling import compiled, pointed, told

GOOD = '''rule r (TST001) "t" : warning {{
cites "S0-001"
why zh "\u56e0"
why en "because"
{body}
message zh "\u6d88"
message en "m"
bad "[[x]]"
good "y"
}}'''


def found(body: str) -> list[tuple[str, str]]:
    """The problems of a rule that is otherwise complete."""
    return [pointed(one) for one in told(GOOD.format(body=body), least=Severity.WARNING)]


@pytest.mark.parametrize(
    ("body", "slug", "at"),
    [
        ('applies when kind == email and kind == minutes\nforbid body contains "x"', "never-fires", "r"),
        ('applies when false\nforbid body contains "x"', "never-fires", "r"),
        ("forbid any phrase([]) in body", "never-fires", "any phrase([]) in body"),
        ('forbid any phrase(list("nothing")) in body', "never-fires", 'any phrase(list("nothing")) in body'),
        ("forbid subject in []", "never-fires", "subject in []"),
        ("each s in sentences where any phrase([]) in s { forbid s.directive }", "never-fires", "r"),
        ("require not (urgent and false)", "never-fires", "not (urgent and false)"),
        ("require at_least 0 \"x\" in body", "never-fires", 'at_least 0 "x" in body'),
        ("require 1 > 2", "always-fires", "1 > 2"),
        ("require any phrase([]) in body", "always-fires", "any phrase([]) in body"),
        ("", "nothing-checked", "r"),
        ("require urgent unless urgent", "unreachable-exception", "urgent"),
        ("require urgent or broadcast unless broadcast", "unreachable-exception", "broadcast"),
        ('forbid any "x" in body unless no "x" in body', "unreachable-exception", 'no "x" in body'),
        ("forbid urgent and broadcast unless not urgent", "unreachable-exception", "not urgent"),
        ("require urgent unless any phrase([]) in body", "unreachable-exception", "any phrase([]) in body"),
        ('param w: list = ["\u5c3d\u5feb", "\u8bf7\u5c3d\u5feb"]\nforbid any phrase(w) in body', "shadowed-phrase", '"\u8bf7\u5c3d\u5feb"'),
        ('param w: list = ["asap", "ASAP"]\nforbid any phrase(w) in body', "duplicate-phrase", '"ASAP"'),
        ('param w: list = ["\u5118\u5feb", "\u5c3d\u5feb"]\nforbid any phrase(w) in body', "duplicate-phrase", '"\u5c3d\u5feb"'),
        ('param w: list = ["x"]\nforbid body contains "x"', "unused-param", "w"),
        ('let w = urgent\nforbid body contains "x"', "unused-let", "w"),
        ('param body: int = 3\nrequire subject.length > body unless any deadline in \u6b63\u6587', "shadowed-name", "body"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_right_is_told(body: str, slug: str, at: str) -> None:
    """One problem, where it is."""
    assert found(body) == [(slug, at)]


@pytest.mark.parametrize(
    "body",
    [
        'param w: list = ["art", "start"]\nforbid any phrase(w) in body',
        'param w: list = ["a|b", "b"]\nrequire fields(w)',
        "require urgent unless broadcast",
        'require body.length > 3 unless body.length > 2',
        "forbid urgent or broadcast unless not urgent",
        'applies when kind in [email, minutes] and kind != email\nforbid body contains "x"',
    ],
)
def test_what_can_be_right_is_left_alone(body: str) -> None:
    """A Latin phrase inside a longer word is never found there; labels are not phrases; exceptions that can hold may stay."""
    assert found(body) == []


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ('rule r { require urgent }', ["missing-bad", "missing-citation", "missing-code", "missing-good", "missing-message", "missing-why"]),
        ('rule r (vague1) "t" { require urgent }', ["code-shape"]),
        (GOOD.format(body="forbid urgent").replace('message en "m"\n', ""), ["missing-message"]),
        (GOOD.format(body="forbid urgent").replace("[[x]]", "[[x"), ["bad-markup"]),
        (GOOD.format(body="forbid urgent").replace("[[x]]", "[[]]"), ["bad-markup"]),
        (GOOD.format(body="forbid urgent").replace("[[x]]", "[[a [[b]] ]]"), ["bad-markup"]),
        (GOOD.format(body="forbid urgent").replace('"y"', '"[[y]]"'), ["marked-good"]),
        (GOOD.format(body="forbid urgent").replace("S0-001", "S9-999"), ["unknown-citation"]),
    ],
)  # fmt: skip
def test_a_rule_says_all_that_it_should(text: str, slugs: list[str]) -> None:
    """Code, citation, reasons, messages and examples are asked for; marks must pair up."""
    compiled_rule = compiled(text)
    slugs_found = [one.slug for one in problems(compiled_rule, norms={"S0-001"})]
    assert sorted(slugs_found) == slugs if len(slugs) > 1 else set(slugs) <= set(slugs_found)


def test_names_given_for_nothing_or_twice() -> None:
    """A let outside rules that no rule of its file uses, and a second parameter of one name."""
    assert ("unused-let", "w") in [pointed(one) for one in told('let w = ["x"]\nrule a { require urgent }', least=Severity.WARNING)]
    assert found('param n: int = 3\nparam n: int = 4\nrequire body.length < n') == [("shadowed-name", "n")]


def test_rules_that_always_run_are_told_for_information() -> None:
    """No literal must be there for a `require`: worth knowing, not wrong."""
    assert "always-run" in [one.slug for one in told(GOOD.format(body="require urgent"), least=Severity.INFO)]
    assert found("require urgent") == []


def test_the_bundled_rules_are_clean() -> None:
    """Nothing is to be said about the rules that come with commlint."""
    pack = load(bundled("rules"))
    rules = compile_files(pack.files, SymbolTable(VOCABULARY), lists=pack.lists)
    assert pack.diagnostics == ()
    assert problems(rules, norms=pack.norms) == ()


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_every_slug_speaks_both_languages(slug: str) -> None:
    """Messages and helps exist in Chinese and in English, with the same holes."""
    known = SLUGS[slug]
    holes = {text: {part.split("}")[0] for part in text.replace("{{", "").split("{")[1:]} for text in (known.zh, known.en)}
    assert holes[known.zh] == holes[known.en]
    assert bool(known.help_zh) == bool(known.help_en)
