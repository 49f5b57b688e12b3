"""Where breaches point, what they say, and what stays undecided."""

from __future__ import annotations

import pytest

from commlint.engine.evaluate import trace
from commlint.entities.analysis import RecordAnalysis
from commlint.model.finding import Severity
from tests.engine.programs_by_hand import (
    TABLE,
    S,
    at,
    check,
    const,
    detail,
    each,
    environment,
    forbid,
    outcome,
    phrase,
    program,
    quant,
    record,
    require,
    show,
    text,
    var,
    word,
)

LINES, BODY, NOTHING, ROSTER = word("lines"), word("body"), word("nothing"), word("roster")
LOUD = ["attr", S, ["it", S, 0], "text.loud"]


def places(compiled, content, **more):
    return [getattr(breach.place, "text", None) for breach in outcome(compiled, content, **more).breaches]


POINTS = [
    ("each match of a forbidden phrase", forbid(quant("any", phrase("尽快", "近期"), BODY)), "尽快和近期", ["尽快", "近期"]),
    ("each match of what must not be there", require(quant("no", phrase("尽快"), BODY)), "尽快,盡快", ["尽快", "盡快"]),
    ("the first too many", require(quant("at_most", word("words"), n=1)), "aa bb cc", ["bb"]),
    ("nothing to point at", require(quant("any", phrase("日期"), NOTHING)), "x", [None]),
    ("the scope where something is absent", require(quant("any", phrase("日期"), LINES)), "x", [None]),
    ("the visited element", each("l", LINES, require(quant("any", phrase("日期"), var("l")))), "有日期\n没有", ["没有"]),
    ("what is said behind at", each("l", LINES, require(const(False), at=["attr", S, LINES, "list.last"])), "a\nz", ["z", "z"]),
    ("the pinned place, once", forbid(quant("any", phrase("a"), BODY), at=["attr", S, LINES, "list.last"]), "a a\nz", ["z"]),
    ("the stretch a text stands in", forbid(["in", S, const("bc"), BODY]), "abcbc", ["bc", "bc"]),
    ("the match of a regex", forbid(["matches", S, BODY, ["regex", S, "[0-9]+", ""]]), "a12b3", ["12", "3"]),
    ("what a predicate holds of", each("w", word("words"), forbid(["is", S, var("w"), "text.loud"])), "a BB", ["BB"]),
    ("the visited element, when it must not be something", each("w", word("words"), require(["not", S, ["is", S, ["attr", S, LINES, "list.last"], "text.loud"]])), "a\nBB", ["a", "BB"]),
    ("what a comparison is about", forbid(["compare", S, ">", ["attr", S, BODY, "text.length"], const(2)]), "abc", ["abc"]),
    ("the first operand with witnesses", forbid(["and", S, [["is", S, NOTHING, "absent"], quant("any", phrase("a"), BODY)]]), "a b", ["a"]),
    ("all operands that hold", forbid(["or", S, [quant("any", phrase("b"), BODY), quant("any", phrase("a"), BODY)]]), "a b", ["b", "a"]),
    ("through not", require(["not", S, quant("any", phrase("a"), BODY)]), "a", ["a"]),
]


@pytest.mark.parametrize(("claim", "statement", "content", "expected"), POINTS, ids=[row[0] for row in POINTS])
def test_where_a_breach_points(claim, statement, content, expected):
    """A breach points at its witnesses; an absence at the place said, the element visited, or what it is about."""
    assert places(program(statement), content) == expected


VERDICTS = [
    (require(const(True)), (), []),
    (require(const(False)), (1,), []),
    (require(const(False), unless=const(True)), (), []),
    (require(const(False), unless=ROSTER), (), ["no-roster"]),
    (require(const(True), unless=ROSTER), (), []),
    (require(ROSTER), (), ["no-roster"]),
    (require(ROSTER, unless=const(True)), (), []),
    (forbid(ROSTER, unless=const(False)), (), ["no-roster"]),
    (forbid(["and", S, [ROSTER, const(False)]]), (), []),
    (each("l", ROSTER, require(const(False))), (), ["no-roster"]),
    (each("l", LINES, require(const(False)), where=ROSTER), (), ["no-roster"]),
    (each("l", LINES, require(const(True)), where=ROSTER), (), []),
    (["let", S, "x", const(1)], (), []),
]


@pytest.mark.parametrize(("statement", "breaches", "doubts"), VERDICTS)
def test_verdicts(statement, breaches, doubts):
    """A check is broken, holds, or is undecided; an unknown that cannot change the verdict is no doubt."""
    result = outcome(program(statement), "x")
    assert (len(result.breaches), [doubt.unknown.reason for doubt in result.doubts]) == (len(breaches), doubts)


@pytest.mark.parametrize(("applies", "breaches", "doubts"), [(const(True), 1, 0), (const(False), 0, 0), (ROSTER, 0, 1), (None, 1, 0)])
def test_applies(applies, breaches, doubts):
    """Whether a rule applies is part of the verdict, also when it is unknown."""
    result = outcome(program(require(const(False)), applies=applies), "x")
    assert (len(result.breaches), len(result.doubts)) == (breaches, doubts)


def said(statement, content, *, lang="zh", **more):
    result = outcome(program(statement, **more), content, env=environment(lang=lang), sent_at=at("2026-03-02T09:00"))
    return [(breach.message, breach.suggestion) for breach in result.breaches]


WITHIN = ["within", S, ["moment", S, "2026-03-09T10:30"], ["duration", S, 2, "workdays"], "after", word("sent")]
MESSAGES = [
    (forbid(quant("any", phrase("尽快", "近期")), message={"zh": text(show(detail("match")), "/", show(detail("count")), "/", show(detail("found")))}), "尽快,近期", "尽快/2/尽快、近期"),
    (require(WITHIN, message={"": text(show(detail("due"), "%-m月%-d日"), " ", show(detail("elapsed")), " ", show(detail("value")))}), "x", "3月4日 7天1小时 2026-03-09 10:30"),
    (require(["compare", S, "==", BODY, const("y")], message={"": text(show(detail("value")))}), "x", "x"),
    (require(const(False), message={"": text("{", show(NOTHING), show(const(True)), show(const(1.5)), show(["duration", S, 3, "workdays"]))}), "x", "{无是1.53个工作日"),
    (require(const(False), message={"en": text("english")}), "x", "english"),
]


@pytest.mark.parametrize(("statement", "content", "expected"), MESSAGES)
def test_messages(statement, content, expected):
    """Holes show the details of the breach and any value, written for people."""
    assert said(statement, content)[0][0] == expected


def test_an_empty_value_gives_way_to_the_place():
    """Where nothing of what was asked for is there, {value} is what stands at the place instead."""
    statement = each("l", LINES, require(quant("any", phrase("日期"), var("l")), at=["attr", S, LINES, "list.last"], message={"": text(show(detail("value")))}))
    assert [message for message, _ in said(statement, "有日期\n越快越好")] == ["越快越好"]


def test_messages_in_english():
    """The same values in the other language."""
    statement = require(WITHIN, message={"zh": text("中"), "en": text(show(detail("elapsed")), ", ", show(["duration", S, 1, "days"]), ", ", show(NOTHING))})
    assert said(statement, "x", lang="en")[0][0] == "7 days 1 hour, 1 day, none"


def test_texts_of_the_block_around():
    """A check without a message takes that of its block, last that of the program."""
    inner = ["each", S, "l", LINES, None, [require(const(False)), check("require", const(False), message={"": text("own")})], {"message": {"": text("block")}}]
    compiled = program(inner, require(const(False)), messages={"message": {"": text("program")}})
    assert [breach.message for breach in outcome(compiled, "x").breaches] == ["block", "own", "program"]


def test_a_suggestion_shows_the_clause_as_it_could_read():
    """With `match -> instead` the clause of the match is rewritten."""
    statement = forbid(quant("any", phrase("尽快")), suggest={"zh": text("于周五前")}, instead={"zh": text(show(detail("match")))})
    assert said(statement, "- 请尽快提交")[0][1] == "请于周五前提交"
    assert said(statement, "各位好\uff0c请尽快提交材料\uff0c谢谢。")[0][1] == "请于周五前提交材料"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_replacement_speaks_the_language_of_the_text(lang):
    """What takes the place of the author's words follows their script, month names included, whatever language messages are in."""
    day = show(["moment", S, "2026-03-09T10:30"], "%B %-d")
    texts = {"suggest": {"zh": text("于", day, "前"), "en": text("by ", day)}, "instead": {"": text(show(detail("match")))}}
    statement = forbid(quant("any", phrase("尽快", "asap")), **texts, fix=[[text(show(detail("match"))), text(day), True]])
    result = outcome(program(statement), "请尽快提交\nsend it asap", env=environment(lang=lang))
    assert [(breach.suggestion, breach.repairs[0].replacement) for breach in result.breaches] == [("请于3月 9前提交", "3月 9"), ("send it by March 9", "March 9")]


def test_advice_without_a_replacement_is_for_the_reader():
    """A suggestion that replaces nothing is in the language of messages."""
    statement = forbid(quant("any", phrase("asap")), suggest={"zh": text("写明日期"), "en": text("give a date")})
    assert (said(statement, "asap")[0][1], said(statement, "asap", lang="en")[0][1]) == ("写明日期", "give a date")


def test_no_suggestion_rests_on_what_is_unknown():
    """A suggestion with a gap is left out."""
    statement = forbid(quant("any", phrase("尽快")), suggest={"zh": text("于", show(ROSTER), "前")}, instead={"zh": text(show(detail("match")))})
    assert said(statement, "请尽快") == [("", "")]


def test_fixes():
    """A fix replaces the match, or what it names inside the place."""
    statement = forbid(quant("any", phrase("ASAP")), fix=[[text(show(detail("match"))), text("by Friday"), True], [text("absent"), text("x"), False]])
    (breach,) = outcome(program(statement), "do it asap").breaches
    assert [(repair.target.text, repair.replacement, repair.safe) for repair in breach.repairs] == [("asap", "by Friday", True)]


def test_severity_of_a_check():
    """A check may be less bad than its rule."""
    (breach,) = outcome(program(require(const(False), severity="info")), "x").breaches
    assert breach.severity is Severity.INFO


def test_names_are_put_back():
    """A visited element does not outlive its block, and inner names hide outer ones only inside."""
    inner = each("l", word("words"), forbid(["is", S, var("l"), "text.loud"]))
    outer = each("l", LINES, inner, forbid(quant("any", phrase("z"), var("l"))))
    assert places(program(outer), "a\nz") == ["z"]


def test_trace_shows_each_value_with_its_place():
    """A trace holds every value on the way, in order, with its span of the rule file."""
    condition = ["compare", [10, 20], "==", ["attr", [10, 14], ["root", [10, 14]], "record.body"], ["const", [18, 20], "x"]]
    compiled = program(["check", [2, 20], "forbid", condition, None, None, None, {"message": {"": text(show(BODY))}}])
    steps = trace(compiled, RecordAnalysis(record("x"), environment(), TABLE.getters()), TABLE.getters())
    assert [(step.span, step.op, getattr(step.value, "text", step.value)) for step in steps] == [((10, 14), "attr", "x"), ((18, 20), "const", "x"), ((10, 20), "compare", True)]
