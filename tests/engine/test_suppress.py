"""Permissions: where they stand, what they cover, and what is said about bad ones."""

from __future__ import annotations

from datetime import date

import pytest

from commlint.engine.globs import matches
from commlint.model.finding import Suppression
from tests.engine.programs_by_hand import at, engine, forbid, phrase, program, quant, record

RULE = program(forbid(quant("any", phrase("尽快"))), name="vague-deadline", code="VAG001")


def checked(text: str, *, config=(), as_of=None, known=frozenset(), **more):
    report = engine(RULE, as_of=as_of, suppressions=tuple(config), known_rules=known).check_records([record(text, uri="minutes/a.md", **more)])
    return [(each.code, each.location.start.line, each.suppressed is not None) for each in report.findings]


INLINE = [
    ("尽快 <!-- commlint: allow VAG001 -- quoted from the norm -->", [("VAG001", 1, True)]),
    ("尽快 # commlint: allow vague-deadline -- quoted", [("VAG001", 1, True)]),
    ("<!-- commlint: allow VAG001 -- why -->\n\n尽快", [("VAG001", 3, True)]),
    ("# commlint: 允许 VAG001 -- 引用规范\n尽快\n尽快", [("VAG001", 2, True), ("VAG001", 3, False)]),
    ("<!-- commlint\uff1a允许 VAG001、VAG002 —— 引用规范 -->\n尽快", [("SUP004", 1, False), ("VAG001", 2, True)]),
    ("尽快\n尽快\n<!-- commlint: allow-file * -- a list of bad words -->", [("VAG001", 1, True), ("VAG001", 2, True)]),
    ("尽快\n# commlint: 全文允许 VAG001 由 张三 -- 词表", [("VAG001", 1, True)]),
    ("# commlint: allow VAG001\n尽快", [("SUP003", 1, False), ("VAG001", 2, False)]),
    ("# commlint: allow VAG001 --\n尽快", [("SUP003", 1, False), ("VAG001", 2, False)]),
    ("# commlint: allow VAG001 -- why\n好", [("SUP001", 1, False)]),
    ("# commlint: allow NOPE -- why\n尽快", [("SUP004", 1, False), ("VAG001", 2, False)]),
    ("# commlint: allow OFF001 -- why\n好", []),
    ("# commlint: allow VAG001 until 2026-12-31 -- why\n尽快", [("VAG001", 2, True)]),
    ("# commlint: allow VAG001 until 2026-01-31 -- why\n尽快", [("SUP002", 1, False), ("VAG001", 2, False)]),
    ("# commlint: 允许 VAG001 至 2026-01-31 由 张三 -- 理由\n尽快", [("SUP002", 1, False), ("VAG001", 2, False)]),
    ("# commlint: alow VAG001 -- why\n尽快", [("VAG001", 2, False)]),
    ("# commlint: allow VAG001 -- one\n# commlint: allow * -- two\n尽快", [("SUP001", 2, False), ("VAG001", 3, True)]),
]


@pytest.mark.parametrize(("text", "expected"), INLINE)
def test_inline(text, expected):
    """A comment covers its own line, the next one, or the file; without a reason, or out of date, nothing."""
    assert checked(text, as_of=at("2026-06-01"), known=frozenset({"OFF001"})) == expected


def test_a_sender_cannot_switch_off_a_rule():
    """Where a stranger could have written the text, comments are text."""
    from attrs import evolve

    mail = evolve(record("尽快 # commlint: allow VAG001 -- ha"), inline_suppressions=False)
    (found,) = engine(RULE).check_records([mail]).findings
    assert found.suppressed is None


def permission(**more) -> Suppression:
    return Suppression(**{"rules": ("VAG001",), "reason": "agreed", "origin": "commlint.toml", "path": "minutes/*.md", "line": 7} | more)


CONFIG = [
    ({}, [("VAG001", 1, True)]),
    ({"rules": ("vague-deadline",)}, [("VAG001", 1, True)]),
    ({"path": "other/**"}, [("VAG001", 1, False)]),
    ({"path": "*.md"}, [("VAG001", 1, True)]),
    ({"expires": date(2026, 5, 31)}, [("SUP002", 7, False), ("VAG001", 1, False)]),
    ({"expires": date(2026, 6, 1)}, [("VAG001", 1, True)]),
    ({"rules": ("NOPE",)}, [("SUP004", 7, False), ("VAG001", 1, False)]),
]


@pytest.mark.parametrize(("changed", "expected"), CONFIG)
def test_from_the_configuration(changed, expected):
    """By path, rule and date; what is wrong with one points into the configuration."""
    assert checked("尽快", config=[permission(**changed)], as_of=at("2026-06-01")) == expected


def test_an_unused_permission_is_told_only_where_it_was_tried():
    """Checking one file does not call the permissions of others unused."""
    assert checked("好", config=[permission()]) == [("SUP001", 7, False)]
    assert checked("好", config=[permission(path="other/**")]) == []


def test_nothing_is_dropped():
    """A permitted finding is in the report, marked, and does not count."""
    report = engine(RULE).check_records([record("尽快 # commlint: allow VAG001 由 李四 -- 引用")])
    (found,) = report.findings
    assert (report.counts.errors, report.counts.suppressed) == (0, 1)
    assert (found.suppressed.reason, found.suppressed.owner, found.suppressed.origin) == ("引用", "李四", "inline")


GLOBS = [
    ("a/b.md", "*.md", True), ("a/b.md", "a/*.md", True), ("a/b/c.md", "a/*.md", False), ("a/b/c.md", "a/**/*.md", True), ("a/c.md", "a/**/*.md", True),
    ("a/b/c.md", "a", True), ("a/b/c.md", "b/c.md", False), ("a/b/c.md", "a/b", True), ("a/b.md", "a/?.md", True), ("a/b.md", "**", True), ("a/[x].md", "a/[[]x].md", True), ("b.md", "[!a].md", True),
]


@pytest.mark.parametrize(("path", "pattern", "expected"), GLOBS)
def test_globs(path, pattern, expected):
    """Stars stop at slashes, double stars do not, a folder covers what is in it."""
    assert matches(path, pattern) is expected
