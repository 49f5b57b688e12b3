"""Every example of every bundled rule, judged by the real engine; and the runner itself on rules made to fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from commlint.engine.symboltable import SymbolTable
from commlint.engine.vocabulary import VOCABULARY
from commlint.lang.ast import Check, Each, Example, Message, Why
from commlint.lang.compile import Compiled, compile_files
from commlint.lang.packs import load
from commlint.lang.parser import parse
from commlint.resources import bundled
from commlint.testing import run_examples, run_rules
from commlint.testing.records import attachment, environment, roster

TABLE = SymbolTable(VOCABULARY)
PACK = load(bundled("rules"))
NAMES = sorted(rule.name.text for file in PACK.files for rule in file.rules)


@cache
def bundled_rules() -> Compiled:
    """All bundled rules."""
    return compile_files(PACK.files, TABLE, lists=PACK.lists, lang="en")


@pytest.mark.parametrize("name", NAMES)
def test_examples_of(name: str) -> None:
    """What is bad is found where it is marked, what is good stays silent, and every exception is needed."""
    report = run_examples(bundled_rules(), TABLE, only=[name])
    assert report.examples >= 6
    assert report.passed, report.text()


@pytest.mark.parametrize("name", NAMES)
def test_a_bundled_rule_speaks_both_languages(name: str) -> None:
    """Why it exists and what it says of a breach are there in Chinese and in English, with at least three examples of each sort."""
    (rule,) = [rule for file in PACK.files for rule in file.rules if rule.name.text == name]
    whys = {statement.text.lang for statement in rule.body if isinstance(statement, Why)}
    says = {text.text.lang for text in _messages(rule.body)}
    verdicts = Counter(statement.verdict for statement in rule.body if isinstance(statement, Example))
    assert whys == says == {"zh", "en"}
    assert min(verdicts["bad"], verdicts["good"]) >= 3


def _messages(body: Iterable[object]) -> Iterator[Message]:
    for statement in body:
        if isinstance(statement, Message):
            yield statement
        elif isinstance(statement, Each):
            yield from _messages(statement.body)
        elif isinstance(statement, Check):
            yield from _messages(statement.messages)


def test_leaving_rules_out_by_their_literals_changes_nothing() -> None:
    """On every example, a rule that is left out because its literals are absent would have found nothing."""
    found = bundled_rules()
    asked = [rule for rule in found.rules if rule.program and rule.program.literals is not None]
    always = evolve(found, rules=tuple(evolve(rule, program=evolve(rule.program, literals=None)) for rule in asked if rule.program))
    names = [rule.meta.name for rule in asked]
    assert len(names) >= 10
    assert run_examples(found, TABLE, only=names, exceptions=False) == run_examples(always, TABLE, exceptions=False)


def outcome(examples: str, check: str = 'forbid any phrase(["quickly"], except = ["not quickly"]) in body unless any deadline in body') -> list[tuple[str, str]]:
    """The slugs, and what they point at, for one rule with these examples."""
    file, wrong = parse(f"rule r (TST001) {{ applies when kind == email\n{check}\n{examples} }}", "r.norm")
    assert file is not None
    assert wrong == ()
    report = run_examples(compile_files([file], TABLE, lang="en"), TABLE, exceptions="exceptions" in examples)
    return [(problem.slug, problem.span.of(problem.source)) for problem in report.diagnostics]


@pytest.mark.parametrize(
    ("examples", "problems"),
    [
        ('bad "do it [[quickly]]"', []),
        ('bad "do it quickly"', []),
        ('bad "[[quickly]] and [[quickly]]"', []),
        ('bad "do it slowly"', [("example-missed", '"do it slowly"')]),
        ('bad "[[do it]] quickly"', [("example-wrong-span", '"[[do it]] quickly"')]),
        ('bad "[[quickly]] and quickly"', [("example-wrong-span", '"[[quickly]] and quickly"')]),
        ('bad "[[quickly]] and [[slowly]]"', [("example-wrong-span", '"[[quickly]] and [[slowly]]"')]),
        ('good "do it slowly"', []),
        ('good "a\\n\\"b\\" quickly"', [("example-false-alarm", "quickly")]),
        ('bad "[[x"', [("example-unreadable", '"[[x"')]),
        ('bad file "nowhere.eml"', [("example-unreadable", '"nowhere.eml"')]),
        ('good "x" with { sent = 2026-03-02 kind = minutes }', []),
    ],
)
def test_examples_that_do_not_hold_are_told(examples: str, problems: list[tuple[str, str]]) -> None:
    """Misses, wrong places and false alarms are told at the example, a false alarm at the very words."""
    assert outcome(examples) == problems


def test_undetermined_is_a_failure_unless_expected() -> None:
    """A good example that cannot be judged is not good, unless it says so."""
    check = "require sent within 3 days after 2026-03-02"
    assert outcome('good "x"', check) == [("example-undetermined", '"x"')]
    assert outcome('good "x" with { undetermined = true }', check) == []


def test_exceptions_that_no_good_example_needs_are_told() -> None:
    """An exception earns its place by a good example that is silent only because of it."""
    bad, by_deadline, by_except = 'bad "quickly # exceptions"', 'good "quickly, by 2026-06-10 17:00"', 'good "not quickly"'
    needless = [("exception-not-needed", '["not quickly"]'), ("exception-not-needed", "any deadline in body")]
    assert outcome(bad) == needless
    assert outcome(f"{bad} {by_deadline}") == needless[:1]
    assert outcome(f"{bad} {by_deadline} {by_except}") == []


def test_plugin_authors_run_a_folder(tmp_path: Path) -> None:
    """`run_rules` takes files and folders, and counts errors of the rules themselves."""
    (tmp_path / "a.norm").write_text('rule a { forbid any "x" in body\nbad "[[x]]" good "y" }', "utf-8")
    assert run_rules(tmp_path).passed
    (tmp_path / "b.norm").write_text("rule b { require bdy }", "utf-8")
    report = run_rules(tmp_path)
    assert not report.passed
    assert "b.norm:1: unknown-name" in report.text()
    assert (report.rules, report.examples) == (1, 2)


def test_settings_are_read() -> None:
    """Sizes of attachments, people of a roster, our domains and our clients."""
    assert (attachment("a.zip:120MB").size, attachment("link:b.mp4").linked, attachment("c.txt").size) == (120 * 1024**2, True, None)
    one, other = roster(["\u738b\u654f <wang@example.com> \u5e02\u573a\u90e8 \u7ecf\u7406 \u90e8\u95e8\u8d1f\u8d23\u4eba \u4e0a\u7ea7:\u9648\u7acb", "Bo Li Sales external superior:Chen Li as:B*"]).people
    assert (one.name, one.department, one.title, one.head, one.superior, one.addresses) == ("\u738b\u654f", "\u5e02\u573a\u90e8", "\u7ecf\u7406", True, "\u9648\u7acb", ("wang@example.com",))
    assert (other.superior, other.masked, other.external) == ("Chen Li", ("B*",), True)
    world = environment({"clients": ("client.example", "\u67d0\u516c\u53f8"), "coverage": ("2026-03-01", "2026-03-10"), "as_of": "2026-03-11"})
    assert (world.organisation.client_domains, world.organisation.client_names) == (("client.example",), ("\u67d0\u516c\u53f8",))
    assert world.coverage is not None
    assert world.coverage.end.hour == 23
