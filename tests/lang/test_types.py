"""Static types: what cannot mean anything is told before a rule ever runs."""

from __future__ import annotations

import pytest

from tests.lang.compiling import compiled, pointed, told


@pytest.mark.parametrize(
    ("condition", "slug", "at"),
    [
        ("sent == \"x\"", "not-comparable", "sent == \"x\""),
        ("sent > 3", "not-comparable", "sent > 3"),
        ("kind == \"email\"", "not-comparable", "kind == \"email\""),
        ("kind in [\"email\"]", "not-comparable", "kind in [\"email\"]"),
        ("subject < \"x\"", "not-comparable", "subject < \"x\""),
        ("between(sent, today) >= 3", "not-comparable", "between(sent, today) >= 3"),
        ("to == from", "not-comparable", "to == from"),
        ("urgent == 1", "not-comparable", "urgent == 1"),
        ("body contains 3", "not-comparable", "body contains 3"),
        ("sent + sent > sent", "not-comparable", "sent + sent"),
        ("body matches \"x\"", "matches-needs-regex", "\"x\""),
        ("sent matches /x/", "wrong-type", "sent"),
        ("body", "not-a-condition", "body"),
        ("attachments", "not-a-condition", "attachments"),
        ("phrase([\"x\"])", "not-a-condition", "phrase([\"x\"])"),
        ("not subject", "not-a-condition", "subject"),
        ("urgent and sent", "not-a-condition", "sent"),
        ("any subject[blank]", "not-a-collection", "subject"),
        ("any recipient[external] in body", "not-a-place", "recipient[external]"),
        ("any deadline in sent", "not-a-place", "sent"),
        ("any deadline in sentences", "not-a-place", "sentences"),
        ("calendar_date(sent)", "wrong-type", "sent"),
        ("sent within 3 after sent", "wrong-type", "3"),
        ("subject within 3 days after sent", "wrong-type", "subject"),
        ("any phrase(body)", "wrong-type", "body"),
        ("[1, \"x\"] contains 1", "wrong-type", "\"x\""),
        ("urgent at sent", "not-a-place", "sent"),
        ("body matches /(a+)+b/", "bad-pattern", "/(a+)+b/"),
    ],
)  # fmt: skip
def test_a_condition_that_cannot_mean_anything_is_an_error(condition: str, slug: str, at: str) -> None:
    """One problem, told once, at the expression that is wrong."""
    (found,) = told(f"rule r (TST001) {{ require {condition} }}")
    assert pointed(found) == (slug, at)


@pytest.mark.parametrize(
    "condition",
    [
        "sent > 2026-03-02",
        "sent within 2 workdays after meeting.start",
        "between(sent, meeting.start) >= 3 workdays",
        "any deadline[due > sent and it is workday] in body",
        "cc contains \"a@example.com\"",
        "from in to",
        "subject == title",
        "subject in [\"a\", \"b\"]",
        "\"a\" in subject",
        "body contains phrase([\"a\", \"b\"])",
        "body contains [\"a\", \"b\"]",
        "fields([\"a\"])",
        "fields([\"a\"]) in body",
        "kind is minutes",
        "audience == external",
        "sent + 2 days > today",
        "attachments.count > 0 and attachments.first.megabytes <= 50",
        "tasks.owners.count >= 1",
        "exactly 1 contact[label contains \"x\"] in body",
        "at_most 2 \"x\" in body",
        "any /\\d/ in subject",
        "any recipient[superior(it, from)] in cc",
        "workday(+2) > sent",
        "true",
    ],
)  # fmt: skip
def test_what_means_something_is_accepted(condition: str) -> None:
    """No false alarm on the shapes that rules are made of."""
    assert told(f"rule r (TST001) {{ require {condition} }}") == []


@pytest.mark.parametrize(
    ("statement", "slug"),
    [
        ("param n: int = \"x\"", "wrong-type"),
        ("param n: duration = 3", "wrong-type"),
        ("param n: list = 3", "wrong-type"),
        ("param n = sent", "not-constant"),
        ("param n = body.length", "not-constant"),
        ("param n += [\"x\"]", "param-operator"),
    ],
)
def test_parameters_are_written_out_and_of_their_type(statement: str, slug: str) -> None:
    """A parameter's value is plain, and fits the type behind the colon."""
    assert [found.slug for found in told(f"rule r (TST001) {{ {statement}\nrequire urgent }}")] == [slug]


def test_one_problem_does_not_bring_others() -> None:
    """What follows from an unknown name is not told as well."""
    assert len(told("rule r { each s in sentencs { require s.directive and any s.x in s[blank] } }")) == 1


def test_all_problems_of_all_files_are_told_at_once() -> None:
    """One bad rule hides neither its other problems nor other rules."""
    found = compiled("rule a { require bdy\nrequire subjct }", "rule b { require urgent }", "rule c { require kind == 3 }")
    assert [(one.path, one.slug) for one in found.diagnostics] == [("0.norm", "unknown-name"), ("0.norm", "unknown-name"), ("2.norm", "not-comparable")]
    assert [program.name for program in found.programs] == ["b"]
