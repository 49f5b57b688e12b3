"""Every operation of a program, one row a case."""

from __future__ import annotations

from datetime import time

import pytest

from commlint.engine.frame import RuleTooSlowError
from commlint.model.record import Party
from commlint.model.values import Duration, Interval, Unknown
from tests.engine.programs_by_hand import ROOT, S, at, const, days, environment, phrase, quant, value, var, word

SENT = {"sent_at": at("2026-03-02T09:00")}  # a Monday
UNKNOWN = "unknown"


def _plain(result):
    if isinstance(result, Unknown):
        return UNKNOWN
    return tuple(map(_plain, result)) if isinstance(result, tuple) else getattr(result, "text", result)


def op(name, *operands):
    return [name, S, *operands]


IT = op("it", 0)
LOUD = op("attr", IT, "text.loud")
GUARDED = op("attr", IT, "text.guarded")
CALL_BETWEEN = ["call", S, "between", [word("sent"), op("moment", "2026-03-05")]]

VALUES = [
    (const(3), "", 3),
    (op("duration", 3, "workdays"), "", Duration(3, "workdays")),
    (op("moment", "2026-03-02"), "", at("2026-03-02")),
    (op("moment", "2026-03-02T09:30"), "", at("2026-03-02T09:30")),
    (op("clock", "17:05"), "", time(17, 5)),
    (op("clock", "24:00"), "", time.max),
    (op("list", [const(1), const(2)]), "", (1, 2)),
    (word("body"), "Abc", "Abc"),
    (op("attr", word("body"), "text.length"), "Abc", 3),
    (op("attr", word("nothing"), "text.length"), "Abc", None),
    (op("attr", word("words"), "text.length"), "ab abc", (2, 3)),
    (op("attr", word("words"), "list.count"), "ab abc", 2),
    (op("attr", word("words"), "list.first"), "ab abc", "ab"),
    (op("attr", word("words"), "list.last"), "ab abc", "abc"),
    (op("attr", word("words"), "list.first"), "123", None),
    (op("filter", word("words"), LOUD), "ab ABC", ("ABC",)),
    (op("filter", word("words"), GUARDED), "xa b xc", ("xa", "xc")),
    (op("filter", word("words"), GUARDED), "xa qb", UNKNOWN),
    (op("arith", "+", const(1), const(2)), "", 3),
    (op("arith", "-", op("list", [const("a"), const("b")]), op("list", [const("A")])), "", ("b",)),
    (op("arith", "-", op("moment", "2026-03-03"), op("moment", "2026-03-02")), "", Interval(at("2026-03-02"), at("2026-03-03"))),
    (op("arith", "+", op("moment", "2026-03-02T09:00"), days(2, "hours")), "", at("2026-03-02T11:00")),
    (op("arith", "+", days(1), days(2)), "", Duration(3, "days")),
    (op("text", ["a", op("show", word("body"), "")]), "b", "ab"),
    (op("text", [op("show", op("moment", "2026-03-02T09:05"), "%-m/%-d %H:%M")]), "", "3/2 09:05"),
]


@pytest.mark.parametrize(("expression", "content", "expected"), VALUES, ids=[row[0][0] + str(i) for i, row in enumerate(VALUES)])
def test_values(expression, content, expected):
    """Each operation gives the value that the program format promises."""
    assert _plain(value(expression, content)) == expected


N, U = word("nothing"), word("roster")
TRUTHS = [
    (op("and", [const(True), U]), "", UNKNOWN),
    (op("and", [const(False), U]), "", False),
    (op("or", [U, const(True)]), "", True),
    (op("not", U), "", UNKNOWN),
    (op("compare", "==", const("\uff21BC"), const("abc")), "", True),
    (op("compare", "!=", const("a"), const("b")), "", True),
    (op("compare", "<", const(2), const(10)), "", True),
    (op("compare", "<", word("body"), const(10)), "9.5", True),
    (op("compare", "<", word("body"), const(10)), "nine", UNKNOWN),
    (op("compare", "==", N, const("a")), "", False),
    (op("compare", "!=", N, const("a")), "", False),
    (op("compare", "==", U, const("a")), "", UNKNOWN),
    (op("compare", ">=", days(2, "hours"), days(90, "minutes")), "", True),
    (op("compare", ">=", CALL_BETWEEN, days(3, "workdays")), "", True),
    (op("compare", ">=", CALL_BETWEEN, days(4, "workdays")), "", False),
    (op("compare", ">", days(4, "days"), CALL_BETWEEN), "", True),
    (op("compare", ">", word("sent"), op("clock", "08:30")), "", True),
    (op("in", const("b"), op("list", [const("a"), const("B")])), "", True),
    (op("in", const("z"), op("list", [const("a"), U])), "", UNKNOWN),
    (op("in", const("bc"), word("body")), "abcd", True),
    (op("in", N, word("body")), "abcd", False),
    (op("contains", word("body"), phrase("尽快")), "请盡快回复", True),
    (op("contains", word("body"), const("x")), "abcd", False),
    (op("contains", N, const("x")), "abcd", False),
    (op("matches", word("body"), op("regex", r"^\d+$", "")), "123", True),
    (op("matches", word("body"), op("regex", r"^\d+$", "")), "12a", False),
    (op("matches", N, op("regex", "a", "")), "12a", False),
    (op("is", N, "present"), "", False),
    (op("is", N, "absent"), "", True),
    (op("is", word("body"), "present"), " ", False),
    (op("is", U, "absent"), "", UNKNOWN),
    (op("is", word("body"), "text.loud"), "ABC", True),
    (op("is", N, "text.loud"), "ABC", False),
    (quant("any", word("words")), "a", True),
    (quant("any", word("words")), "1", False),
    (quant("no", word("words")), "1", True),
    (quant("exactly", word("words"), n=2), "a b", True),
    (quant("at_least", word("words"), n=3), "a b", False),
    (quant("at_most", word("words"), n=2), "a b", True),
    (quant("any", op("filter", word("words"), GUARDED)), "a qb", UNKNOWN),
    (quant("any", op("filter", word("words"), GUARDED)), "xa qb", True),
    (quant("exactly", op("filter", word("words"), GUARDED), n=3), "xa qb", False),
    (quant("exactly", op("filter", word("words"), GUARDED), n=1), "xa qb", UNKNOWN),
    (quant("any", const("b"), word("body")), "abc", True),
    (quant("any", phrase("b"), word("body")), "abc", False),
    (quant("any", phrase("b")), "a b c", True),
    (quant("any", op("regex", "b+", ""), word("body")), "abbc", True),
    (quant("any", phrase("b"), N), "b", False),
    (quant("exactly", op("filter", phrase("ab", "AB"), LOUD), n=1), "ab AB", True),
    (quant("at_least", const("a"), word("lines"), n=3), "a a\nb\na", True),
    (quant("any", word("words"), U), "a", UNKNOWN),
    (op("within", word("sent"), days(1), "after", op("moment", "2026-03-01")), "", True),
    (op("within", word("sent"), days(8, "hours"), "after", op("moment", "2026-03-02")), "", False),
    (op("within", word("sent"), days(1, "workdays"), "after", op("moment", "2026-02-27T18:00")), "", True),
    (op("within", word("sent"), days(1, "workdays"), "after", op("moment", "2026-02-26T18:00")), "", False),
    (op("within", op("moment", "2026-03-03"), days(2), None, None), "", True),
    (op("within", op("moment", "2026-03-06"), days(2), None, None), "", False),
    (op("within", word("sent"), days(3), "before", op("moment", "2026-03-04")), "", True),
    (op("within", word("sent"), days(3), "before", op("moment", "2026-03-08")), "", False),
    (op("within", word("sent"), days(3), "before", op("moment", "2026-03-01")), "", False),
    (op("within", word("sent"), days(3), "after", N), "", UNKNOWN),
    (op("within", N, days(3), "after", word("sent")), "", UNKNOWN),
]


@pytest.mark.parametrize(("expression", "content", "expected"), TRUTHS, ids=[row[0][0] + str(i) for i, row in enumerate(TRUTHS)])
def test_truths(expression, content, expected):
    """Each condition is true, false or unknown as the language says."""
    assert _plain(value(expression, content, **SENT)) == expected


def test_elements_lie_inside_the_stretch():
    """`any word in line` counts the words of that line alone."""
    lines = value(word("lines"), "ab cd\nef")
    inside = quant("exactly", word("words"), op("it", 0), 1)
    assert [value(inside, "ab cd\nef", its=[line]) for line in lines] == [False, True]


def test_a_list_as_scope_gives_the_elements():
    """`any recipient[external] in to` looks at `to`, whatever collection the word names elsewhere."""
    to = (Party("", "a@in.example.com"), Party("", "b@out.example.com"))
    external = op("filter", word("words"), op("attr", IT, "party.external"))
    from commlint.model.environment import Organisation

    env = environment(organisation=Organisation(domains=("in.example.com",)))
    assert value(quant("exactly", external, word("to"), 1), "x", env=env, to=to) is True
    assert value(quant("any", external, word("to")), "x", to=to) == Unknown("no-organisation")
    assert value(op("in", const("b@out.example.com"), word("to")), "x", to=to) is True


PHRASES = [
    ("请尽快回复", ("尽快",), (), ["尽快"]),
    ("請盡快回覆", ("尽快",), (), ["盡快"]),
    ("asap, basap, ASAP2, \uff21\uff33\uff21\uff30", ("asap",), (), ["asap", "\uff21\uff33\uff21\uff30"]),
    ("尽快联系客服,尽快", ("尽快",), ("尽快联系客服",), ["尽快"]),
    ("尽快地", ("尽快", "尽快地"), (), ["尽快地"]),
    ("近期和近期内", ("近期", "近期内"), (), ["近期", "近期内"]),
    ("\u5c3d\u200b快", ("尽快",), (), ["\u5c3d\u200b快"]),
]


@pytest.mark.parametrize(("content", "words", "but", "expected"), PHRASES)
def test_phrases(content, words, but, expected):
    """Longest first, folded, Latin words whole, outside the exceptions; the text is what the author wrote."""
    assert _found(content, words, but) == expected


def _found(content, words, but):
    from tests.engine.programs_by_hand import forbid, outcome, program

    result = outcome(program(forbid(quant("any", phrase(*words, but=but)))), content)
    return [breach.place.text for breach in result.breaches]


def test_params_and_vars():
    """A parameter is read by name, a duration in it too; lists are tuples."""
    params = {"n": 3, "limit": {"duration": [2, "workdays"]}, "words": ["a", "b"]}
    assert [value(op("param", name), params=params) for name in params] == [3, Duration(2, "workdays"), ("a", "b")]
    with pytest.raises(KeyError):
        value(op("param", "absent"), params=params)
    with pytest.raises(KeyError):
        value(var("unbound"))


def test_missing_action_and_the_archive():
    """Silence is a breach only past the limit and inside the coverage; before it nothing is wrong."""
    from commlint.model.environment import Coverage

    silent = op("within", word("nothing"), days(1, "workdays"), "after", op("moment", "2026-03-02T09:00"))
    coverage = Coverage(at("2026-03-01"), at("2026-04-01"))
    early, late = at("2026-03-03T12:00"), at("2026-03-04T00:01")
    assert value(silent, env=environment()) == Unknown("no-as-of")
    assert value(silent, env=environment(as_of=early)) is True
    assert value(silent, env=environment(as_of=late)) == Unknown("no-coverage")
    assert value(silent, env=environment(as_of=late, coverage=coverage)) is False
    assert value(silent, env=environment(as_of=late, coverage=Coverage(at("2026-03-03"), at("2026-04-01")))) == Unknown("no-coverage")


def test_a_guessed_calendar_decides_nothing():
    """Working days of a year whose holidays nobody has announced are unknown when the answer hinges on them."""
    from commlint.calendar import china

    interval = ["call", S, "between", [op("moment", "2090-03-01"), op("moment", "2090-03-06")]]
    env = environment()
    guess = type(env)(china())
    assert value(op("compare", ">=", interval, days(3, "workdays")), env=guess) == Unknown("unannounced-year", "2090")
    assert value(op("compare", ">=", interval, days(300, "workdays")), env=guess) is False
    assert value(op("compare", ">=", interval, days(3, "days")), env=guess) is True


def test_hostile_nesting_runs_out_of_steps():
    """A rule that walks the text inside a walk of the text is stopped; what it tests in the innermost walk is of the outermost."""
    inner = op("is", ["it", S, 3], "text.loud")
    for _ in range(4):
        inner = quant("exactly", op("filter", word("words"), inner), n=7)
    with pytest.raises(RuleTooSlowError):
        value(inner, "a b c d e f g h i j " * 40)


def test_root_is_the_record():
    """`root` stands for the record itself."""
    assert value(ROOT, "x").uri == "<text>"
