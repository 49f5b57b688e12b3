"""Compiled programs: plain data, with parameters, lets, inheritance, kinds and literals worked out."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import HealthCheck, given, settings

from commlint.engine.program import Program
from commlint.lang.checks import problems
from commlint.lang.compile import compile_files
from commlint.lang.packs import load
from commlint.lang.parser import parse
from commlint.lang.resolve import bindings
from commlint.model.finding import Severity
from commlint.model.rule import RuleSetting
from commlint.resources import bundled
from tests.lang.compiling import LISTS, TABLE, compiled, pointed, program, told
from tests.lang.rule_texts import files

BASE = 'rule base (BAS001) "b" : error { cites "S0-001"\nparam w: list = ["a", "b"]\napplies when kind == email\nforbid any phrase(w) in body\nmessage en "m"\nbad "a" }'


def test_bundled_programs_survive_json_and_pickle() -> None:
    """Programs are plain data: what comes back is what went out."""
    pack = load(bundled("rules"))
    programs = compile_files(pack.files, TABLE, lists=pack.lists).programs
    assert len(programs) >= 40
    for one in programs:
        assert Program.from_plain(json.loads(json.dumps(one.to_plain()))) == one
        assert pickle.loads(pickle.dumps(one)) == one


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(files)
def test_any_file_that_parses_is_compiled_or_told(text: str) -> None:
    """No rule file brings the compiler down; every problem points into the file."""
    file, _ = parse(text, "r.norm")
    if file is None:
        return
    found = compile_files([file], TABLE, lists=LISTS)
    bindings(file, TABLE, LISTS)
    assert all(problem.span.end <= len(text) for problem in problems(found, least=Severity.INFO))
    for one in found.programs:
        assert Program.from_plain(json.loads(json.dumps(one.to_plain()))) == one


@pytest.mark.parametrize(
    ("applies", "kinds"),
    [
        ("kind == minutes", ("minutes",)),
        ("kind is minutes and urgent", ("minutes",)),
        ("kind in [email, chat_message]", ("email", "chat_message")),
        ("kind == minutes or kind == email", ("minutes", "email")),
        ("kind == minutes or urgent", None),
        ("kind in [email, minutes] and kind != email", ("minutes",)),
        ("kind == email and kind == minutes", ()),
        ("urgent", None),
    ],
)
def test_kinds_are_read_off_the_condition(applies: str, kinds: tuple[str, ...] | None) -> None:
    """The kinds a rule can apply to, in the order they are written."""
    assert program(f"applies when {applies}\nrequire subject.blank").kinds == kinds


@pytest.mark.parametrize(
    ("body", "literals"),
    [
        ('forbid any phrase(["\u5c3d\u5feb", "ASAP"]) in body', ("asap", "\u5c3d\u5feb")),
        ('forbid any phrase(["\u5118\u5feb"]) in body', ("\u5c3d\u5feb",)),
        ('forbid body contains "x" and subject contains "long"', ("long",)),
        ('forbid body contains "x" or subject contains "y"', ("x", "y")),
        ('forbid body contains "x" or urgent', None),
        ('require not body contains "x"', ("x",)),
        ('require no "x" in body', ("x",)),
        ('require any "x" in body', None),
        ('require at_most 2 "x" in body', ("x",)),
        ('require exactly 1 "x" in body', None),
        ('forbid any phrase(["x"], except = ["xy"])[not quoted] in body unless any phrase(["z"]) in body', ("x",)),
        ('each s in sentences where s.directive and s contains "q" { require any deadline in s }', ("q",)),
        ('each s in sentences { forbid any "x" in s }\nforbid any "y" in subject', ("x", "y")),
        ('each s in sentences { forbid any "x" in s }\nrequire urgent', None),
        ('applies when body contains "x"\nrequire urgent', ("x",)),
        ("forbid body matches /foo|bar+/", ("ba", "foo")),
        ('forbid subject == "x" ', ("x",)),
        ('forbid subject in ["x", "y"]', ("x", "y")),
        ('forbid any "x" in group', None),
        ('each a in attachments { forbid a.name contains "x" }', None),
        ('forbid from.domain == "x.example"', None),
        ('each f in labelled(["a"]) { forbid f.value contains "x" }', ("x",)),
        ('each r in rows { forbid r["a"] == "x" }', ("x",)),
        ('forbid body contains " "', None),
    ],
)  # fmt: skip
def test_literals_are_what_every_finding_needs(body: str, literals: tuple[str, ...] | None) -> None:
    """Folded strings, one of which stands in the record whenever something is found; exceptions add none."""
    found = program(body).literals
    assert found == literals or (literals == ("ba", "foo") and found is not None and set(found) >= {"foo"})


def test_settings_replace_add_and_remove() -> None:
    """A configuration changes parameters and the level, and the literals follow."""
    change = RuleSetting(level=Severity.INFO, add={"w": ("c",)}, remove={"w": ("a",)})
    (one,) = compiled(BASE, settings={"base": change}).programs
    assert (one.severity, one.params["w"], one.literals) == (Severity.INFO, ["b", "c"], ("b", "c"))
    (one,) = compiled(BASE, settings={"base": RuleSetting(params={"w": ["z"]})}).programs
    assert one.params["w"] == ["z"]


def test_a_rule_that_is_off_has_a_card_and_no_program() -> None:
    """Switched off, a rule can still be explained."""
    found = compiled(BASE, settings={"base": RuleSetting(level=Severity.OFF)})
    assert (len(found.programs), [meta.name for meta in found.metas]) == (0, ["base"])


@pytest.mark.parametrize(
    ("setting", "slug", "says"),
    [
        (RuleSetting(params={"ww": ["x"]}, origin="commlint.toml"), "unknown-param", "ww"),
        (RuleSetting(params={"w": 3}, origin="commlint.toml"), "bad-setting", "list of string"),
        (RuleSetting(params={"n": "three days"}, origin="commlint.toml"), "bad-setting", "duration"),
        (RuleSetting(add={"n": (1,)}, origin="commlint.toml"), "bad-setting", "duration"),
    ],
)
def test_a_wrong_setting_is_told_at_its_configuration(setting: RuleSetting, slug: str, says: str) -> None:
    """The path is that of the configuration file, and the message names what the parameter takes."""
    text = 'rule r (TST001) { param w: list = ["a"]\nparam n: duration = 3 days\nforbid any phrase(w) in body unless sent within n }'
    (found,) = compiled(text, settings={"r": setting}).diagnostics
    assert (found.slug, found.path) == (slug, "commlint.toml")
    assert says in found.message


@pytest.mark.parametrize(("given", "plain"), [("2 workdays", [2, "workdays"]), ("1\u4e2a\u5de5\u4f5c\u65e5", [1, "workdays"]), ("24\u5c0f\u65f6", [24, "hours"])])
def test_durations_are_configured_as_they_are_written(given: str, plain: list[object]) -> None:
    """A configuration writes lengths like a rule does, in either language."""
    text = "rule r (TST001) { param n: duration = 3 days\nrequire sent within n }"
    (one,) = compiled(text, settings={"r": RuleSetting(params={"n": given})}).programs
    assert one.params["n"] == {"duration": plain}


def test_an_heir_changes_what_it_says_and_keeps_the_rest() -> None:
    """Parameters are added to or taken from, level, condition and messages replaced; examples stay behind."""
    heir = 'rule heir (HEI001) extends base : info { param w += ["c"]\napplies when kind == minutes\nmessage en "n" }'
    found = {one.name: one for one in compiled(BASE, heir).programs}
    one = found["heir"]
    assert (one.params["w"], one.kinds, one.severity, one.cites) == (["a", "b", "c"], ("minutes",), Severity.INFO, ("S0-001",))
    assert one.messages["message"]["en"][2] == ["n"]
    assert one.body[0][3] == found["base"].body[0][3]
    assert found["base"].params["w"] == ["a", "b"]


def test_heirs_of_heirs_and_either_order_of_files() -> None:
    """A chain of three, the last file first."""
    texts = ["rule c extends b { param w -= [\"a\"] }", "rule b extends base { param w = [\"a\", \"q\"] }", BASE]
    assert {one.name: one.params["w"] for one in compiled(*texts).programs} == {"base": ["a", "b"], "b": ["a", "q"], "c": ["q"]}


@pytest.mark.parametrize(
    ("texts", "slug", "at"),
    [
        (["rule a extends bse { }", BASE], "unknown-rule", "bse"),
        (["rule a extends b { }", "rule b extends a { }"], "extends-cycle", "b"),
        (["rule a extends a { }"], "extends-cycle", "a"),
        ([BASE, "rule a extends base over thread { }"], "extends-scope", "a"),
        ([BASE, "rule a extends base { param w = 3 }"], "wrong-type", "3"),
        ([BASE.replace("body", "bdy"), "rule a extends base { }"], "extends-broken", "base"),
    ],
)
def test_inheritance_that_leads_nowhere_is_told(texts: list[str], slug: str, at: str) -> None:
    """Unknown rules, circles and another scope are errors at the word that says so."""
    assert (slug, at) in [pointed(one) for one in told(*texts)]


def test_doubles_are_told_and_left_out() -> None:
    """Of two rules with one name or code the first stays."""
    found = compiled(BASE, BASE.replace("BAS001", "BAS002"), BASE.replace("rule base", "rule other"))
    assert [one.slug for one in found.diagnostics] == ["duplicate-name", "duplicate-code"]
    assert [one.path for one in found.programs] == ["0.norm"]
    assert found.diagnostics[0].notes[0].path == "0.norm"


def test_lets_are_computed_once_and_only_when_used() -> None:
    """A let becomes a statement; in `applies when` it is put in; one that nothing uses is dropped."""
    one = program("let a = body.length\nlet b = subject.length\napplies when a > 3\nrequire a < 10")
    assert [statement[0] for statement in one.body] == ["let", "check"]
    assert one.applies is not None
    assert one.applies[3][0] == "attr"
    assert one.body[1][3][3] == ["var", one.body[1][3][3][1], "a"]


def test_lists_that_double_and_double_are_refused() -> None:
    """A list of a billion words can be written in thirty lines; it is told before any record is checked."""
    lets = "\n".join(f"let x{n} = x{n - 1} + x{n - 1}" for n in range(1, 31))
    found = compiled(f'rule a {{ let x0 = ["a"]\n{lets}\nforbid subject in x30 }}')
    assert [one.slug for one in found.diagnostics] == ["too-large"]


def test_lets_of_the_file_are_seen_by_its_rules() -> None:
    """A let outside rules belongs to all rules of its file."""
    found = compiled('let words = ["x"]\nrule a { forbid any phrase(words) in body }')
    assert found.diagnostics == ()
    assert found.programs[0].body[0][0] == "let"


def test_lets_that_double_and_double_do_not_blow_up() -> None:
    """Thirty lets that each use the one before twice stay small, or are told to be too large."""
    lets = "\n".join(f"let x{n} = x{n - 1} and x{n - 1}" for n in range(1, 30))
    found = compiled(f"rule a {{ let x0 = urgent\n{lets}\napplies when x29\nrequire x29 }}")
    assert [one.slug for one in found.diagnostics] in ([], ["too-large"])


def test_thread_rules_collect_what_they_ask_of_messages() -> None:
    """The attributes that must travel with each record, also those that only a message or a condition asks for."""
    one = program('each m in messages where m.asks_reply { require m.reply within 2 days after m.sent }\nmessage en "{m.subject}"', "rule r over thread")
    assert one.collects == ("asks_reply", "sent", "subject")
    assert (one.kinds, one.literals) == (None, None)


def test_constant_sums_are_folded() -> None:
    """`+2` is a number, not a sum."""
    assert program("require workday(+2) > sent").body[0][3][3][3] == [["const", program("require workday(+2) > sent").body[0][3][3][3][0][1], 2]]
