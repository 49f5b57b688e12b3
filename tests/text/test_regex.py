"""Patterns: what is refused, how they run, what they need."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from commlint.text.fold import fold_string
from commlint.text.regex import compiled, matches_empty, problem, required_literals
from commlint.text.regex_cost import worst_steps
from commlint.text.regex_fold import prepared
from commlint.text.regex_tree import tree
from tests.text.backtracking import Matcher, TooManySteps

EVIL = [
    ("(a+)+b", "a", "nested-repeat"),
    ("(?:(?:a|a)*b)*", "a", "nested-repeat"),
    ("(a*)*b", "a", "nested-repeat"),
    ("(a|a)*b", "a", "nested-repeat"),
    ("(a|ab?)*c", "a", "nested-repeat"),
    ("(a|aa)+b", "a", "nested-repeat"),
    ("(?:a|b|ab)*c", "ab", "nested-repeat"),
    ("(.*)*x", "a", "nested-repeat"),
    (r"(\w+\s?)*!", "a", "nested-repeat"),
    (r"(?:[^,]+,?)+;", "a", "nested-repeat"),
    (r"^(\w+\.?)+@x", "a", "nested-repeat"),
    (r"(\s*a\s*)*b", " a", "nested-repeat"),
    ("(a?){50}b", "a", "nested-repeat"),
    ("((a+)b?)+c", "a", "nested-repeat"),
    (".*.*x", "a", "overlapping-repeats"),
    (".*a.*b", "a", "overlapping-repeats"),
    (r"\w+\d+x", "1", "overlapping-repeats"),
    ("请.*尽快.*回复", "尽快", "overlapping-repeats"),
    (r"\s*a?\s*b?\s*c", " ", "overlapping-repeats"),
]
SAFE = [
    (r"\d{1,3}(?:\.\d{1,2})?%", "1"),
    (r"^v\d{1,3}\.\d{1,3}(?:\s*[(]?\d{4}-\d{2}-\d{2}[)]?)?$", "1"),
    (r"(?:大概|大约|差不多)\s?\d+(?:\.\d+)?\s?(?:%|万|元)", "大约 1"),
    (r"^\d{8}_[^_]+_v\d+\.(docx|xlsx|pdf)$", "1"),
    (r"(\d+\.)+\d+x", "1."),
    (r"(\d+,)*\d+元", "1,"),
    (r"(\d{4})*x", "1"),
    (r"(?:\d{1,2}[-/.]?){3}x", "1"),
    (r"(?:[一-龥]{2,4}、)*[一-龥]{2,4}等", "张三、"),
    (".*尽快.*", "尽快"),
    ("请.{0,30}尽快.{0,30}回复", "请尽快"),
    (r"\s+$", " "),
    (r"[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}", "a@a."),
    (r"https?://[^\s]+", "http://"),
    (r"1[3-9]\d{9}", "1"),
    ("[^,]*,[^,]*,x", "a,"),
    ("(a|b)*c", "ab"),
    ("(?:ab|ac)*d", "ab"),
    (r"\w+\s*\w+", "a"),
    (r"^\s*(?:[-*]|\d+\.)\s+.*$", "-  "),
    ("a++b", "a"),
]
REFUSED = [
    (r"(a)\1", "backreference"),
    (r"(?P<x>a)(?P=x)", "backreference"),
    (r"(a)?(?(1)b|c)", "conditional-group"),
    ("(?<=a+)b", "variable-lookbehind"),
    ("x{5000}", "huge-repeat"),
    ("(", "invalid-pattern"),
    ("[a", "invalid-pattern"),
    ("*", "invalid-pattern"),
    ("[a--b]", "invalid-pattern"),
    ("(" * 3000 + ")" * 3000, "too-large"),
    ("(" * 900 + ")" * 900, "invalid-pattern"),
    ("(?:" + "|".join(f"[{chr(97 + n % 20)}x]{{1,8}}" for n in range(60)) + ")+z", "too-large"),
]


def parsed(pattern: str) -> Any:
    """The tree that runs."""
    return tree(prepared(pattern), re.RegexFlag(0))


def steps(pattern: str, text: str) -> int:
    """How many steps the pattern takes to look through all of `text`."""
    node = parsed(pattern)
    matcher = Matcher(text, 3 * 10**5)
    for at in range(len(text)):
        matcher.matches(node, at)
    return matcher.steps


@pytest.mark.parametrize(("pattern", "pump", "slug"), EVIL)
def test_a_pattern_that_can_run_away_is_refused(pattern: str, pump: str, slug: str) -> None:
    """Each is refused for its reason."""
    found = problem(pattern)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize(("pattern", "slug"), REFUSED)
def test_what_is_no_pattern_here_is_refused_with_a_way_out(pattern: str, slug: str) -> None:
    """With words in both languages."""
    found = problem(pattern)
    assert found is not None
    assert found.slug == slug
    assert all((*found.said("zh"), *found.said("en")))


@pytest.mark.parametrize(("pattern", "pump"), SAFE)
def test_an_accepted_pattern_takes_steps_as_the_text_grows(pattern: str, pump: str) -> None:
    """From the length on at which its bounded repeats are full; below it, no pattern takes more than its bound a place."""
    assert problem(pattern) is None
    text = (pump * 60)[:60]
    assert steps(pattern, text) <= len(text) * (worst_steps(parsed(pattern)) + 10) * 4


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(?:a|b|ab)*c", r"(\w+\s?)*!"])
def test_what_is_refused_as_exponential_is_so(pattern: str) -> None:
    """Some thirty characters fill hundreds of thousands of steps."""
    with pytest.raises(TooManySteps):
        steps(pattern, "ab" * 24 if "|b" in pattern else "a" * 32)


@st.composite
def patterns(draw: st.DrawFn, depth: int = 3) -> str:
    """Patterns of characters, classes, groups, choices and repeats."""
    if depth == 0:
        return draw(st.sampled_from(["a", "b", "[ab]", "[^a]", ".", "c", r"\w"]))
    parts = [draw(patterns(depth=depth - 1)) for _ in range(draw(st.integers(1, 3)))]
    body = draw(st.sampled_from(["", "|"])).join(parts)
    return draw(st.sampled_from(["{}", "(?:{})", "(?:{})*", "(?:{})+", "(?:{})?", "(?:{}){{1,3}}", "(?:{}){{2}}"])).format(body)


@given(patterns(), st.text("abc", min_size=5, max_size=28))
def test_no_accepted_pattern_takes_more_steps_than_were_counted(pattern: str, text: str) -> None:
    """The bound on the tree holds for the matcher, up to the bookkeeping of its nodes."""
    assume(problem(pattern) is None)
    node = parsed(pattern)
    bound = (worst_steps(node) + len(text) + 10) * (len(pattern) + 10)
    for at in range(len(text)):
        Matcher(text, bound).matches(node, at)


@given(patterns(), st.text("abc", max_size=8))
def test_the_tree_means_what_re_means(pattern: str, text: str) -> None:
    """Our reading of the private parser agrees with the matcher that runs."""
    assume(problem(pattern) is None)
    assert Matcher(text, 10**6).matches(parsed(pattern), 0) == (re.compile(prepared(pattern)).match(text) is not None)


@given(patterns(), st.text("abc", max_size=8))
def test_every_match_holds_a_required_literal(pattern: str, text: str) -> None:
    """A text without any of them needs no matching."""
    literals = required_literals(pattern)
    match = compiled(pattern).search(text)
    assert literals is None or match is None or any(literal in match[0] for literal in literals)


@pytest.mark.parametrize(
    ("pattern", "flags", "literals"),
    [
        ("尽快|[早晚]点", "", ("尽快", "早点", "晚点")),
        ("盡快\uff1aASAP", "i", ("尽快:asap",)),
        (r"(?:大概|大约)\s?\d+", "", ("大概", "大约")),
        (r"(?:请|請)?回复", "", ("回复",)),
        ("a+bc", "", ("bc",)),
        ("(ab){2}c?", "", ("abab",)),
        ("[^a]b.*cde", "", ("cde",)),
        (r"\uff21b", "", ("ab",)),
        ("(?i:As)ap", "", ("asap",)),
        ("a b # 尽快", "x", ("ab",)),
        ("尽快|尽快点", "", ("尽快",)),
        (r"(\d{8})$", "", None),
        ("(?:尽快)?", "", None),
        ("a|", "", None),
        ("(?=尽)x", "", ("x",)),
        (r"(a)\1", "", None),
    ],
)
def test_required_literals(pattern: str, flags: str, literals: tuple[str, ...] | None) -> None:
    """The longest strings of which one must stand in every match, folded."""
    assert required_literals(pattern, flags) == literals


@pytest.mark.parametrize(
    ("pattern", "prepared_pattern"),
    [
        ("[A-Z]+\uff08\\D*\uff09", r"[a-z]{1,1000}\(\D{0,1000}\)"),
        (r"(a|b+)*c{2,}?", r"(a|b{1,100}){0,100}c{2,1000}?"),
        ("[\uff0c\uff08]", r"[,\(]"),
        ("[一-龜]", "[一-龜]"),
        ("(?P<Name>X)", "(?P<Name>x)"),
        ("(?i)Ab(?i:C)", "ab(?:c)"),
        (r"\[+\*", r"\[{1,1000}\*"),
        ("a{,}", "a{0,1000}"),
        ("a{x}", "a{x}"),
        ("[]+*]", "[]+*]"),
        ("[[a|b&&c]", r"[\[a\|b\&\&c]"),
    ],
)
def test_a_pattern_is_folded_and_its_repeats_end(pattern: str, prepared_pattern: str) -> None:
    """Characters fold, syntax stays; a special sign that was full width means itself."""
    assert prepared(pattern) == prepared_pattern


@given(st.text("aAz請\uff08\uff09[]()*+?{},.\\|-^$Ww0 \u200b", max_size=8))
def test_preparing_never_breaks_a_pattern_nor_mends_one(pattern: str) -> None:
    """A pattern in half width compiles as it was written, whatever stands in it."""
    assume(fold_string(pattern) == pattern.lower())
    try:
        re.compile(pattern)
    except (re.error, OverflowError, FutureWarning):
        return
    re.compile(prepared(pattern))


@given(st.text("aA1請\uff08[]()*+?{},.\\|-^$:=!<>Pxs", max_size=12), st.sampled_from(["", "i", "x", "ms"]))
def test_no_pattern_is_too_broken_to_be_judged(pattern: str, flags: str) -> None:
    """There is a verdict on every string, and what is accepted compiles."""
    if problem(pattern, flags) is None:
        compiled(pattern, flags)
    required_literals(pattern, flags)


@pytest.mark.parametrize("depth", [20, 50, 100, 200, 400, 800])
def test_deep_nesting_is_judged_too(depth: int) -> None:
    """Or refused; it never breaks the judge."""
    assert problem("(" * depth + "a" + ")" * depth + f"{{{depth}}}") is None or depth > 50


@pytest.mark.parametrize(("pattern", "empty"), [("a*", True), ("a|", True), ("a", False), ("^", True)])
def test_patterns_that_match_nothing_at_all_are_told(pattern: str, empty: bool) -> None:
    """They would match everywhere."""
    assert matches_empty(pattern) == empty


def test_a_broken_pattern_says_so_when_it_is_compiled() -> None:
    """As a ValueError with the reason."""
    with pytest.raises(ValueError, match="not a regular expression"):
        compiled("(")
