"""Rule text becomes a syntax tree with exact places, in either keyword language; bad text becomes diagnostics."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from commlint.lang import ast, parser
from commlint.lang.parser import SIZE, parse, parse_expression
from commlint.lang.surface import unquoted
from commlint.lang.syntax import SyntaxProblem
from tests.lang.rule_texts import files, look_alikes, nodes, outline

ROOT = Path(__file__).parents[2]
BUNDLED = sorted((ROOT / "rules").rglob("*.norm"))


def rule(body: str, *, head: str = "rule a") -> ast.Rule:
    """The only rule of a sound file."""
    file, problems = parse(f"{head} {{\n{body}\n}}\n", "a.norm")
    assert problems == ()
    assert file is not None
    (found,) = file.rules
    return found


def only(body: str) -> object:
    """The outline of the only statement of a rule."""
    (statement,) = rule(body).body
    return outline(statement)


def name(text: str) -> tuple[str, str]:
    return ("Name", text)


def string(text: str) -> tuple[str, str, str]:
    return ("Literal", "string", text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("x", name("x")),
        ('"a \\"b\\" \\\\ \\n"', string('a "b" \\ \n')),
        ("\u201c\u5199\\n\u201c\u5c3d\u5feb\u201d\u4e0d\u884c\u201d", string("\u5199\\n\u201c\u5c3d\u5feb\u201d\u4e0d\u884c")),
        ("\u300c\u5c3d\u5feb\u300d", string("\u5c3d\u5feb")),
        ("\uff02\u5c3d\u5feb\uff02", string("\u5c3d\u5feb")),
        ("\uff11\uff12", ("Literal", "int", 12)),
        ("2.5", ("Literal", "number", 2.5)),
        ("-3", ("Arith", "-", ("Literal", "int", 0), ("Literal", "int", 3))),
        ("\u771f", ("Literal", "bool", True)),
        ("2026-03-02", ("Literal", "date", "2026-03-02")),
        ("2026-03-02 09:30", ("Literal", "date", "2026-03-02T09:30")),
        ("2026-03-02T09:30+08:00", ("Literal", "date", "2026-03-02T09:30+08:00")),
        ("17:00", ("Literal", "clock", "17:00")),
        ("24 hours", ("Literal", "duration", (24, "hours"))),
        ("24\u5c0f\u65f6", ("Literal", "duration", (24, "hours"))),
        ("2\u4e2a\u5de5\u4f5c\u65e5", ("Literal", "duration", (2, "workdays"))),
        ("2 workdays", ("Literal", "duration", (2, "workdays"))),
        ("3 \u5468", ("Literal", "duration", (3, "weeks"))),
        ("/a\\/b[\u201c\uff0c]/im", ("Regex", "a\\/b[\u201c\uff0c]", "im")),
        ('["a", "b",]', ("ListOf", (string("a"), string("b")))),
        ("[\u201ca\u201d\u3001\u201cb\u201d\uff0c\u201cc\u201d]", ("ListOf", (string("a"), string("b"), string("c")))),
        ("a.b.c", ("Attr", ("Attr", name("a"), name("b")), name("c"))),
        ("h.message", ("Attr", name("h"), name("message"))),
        ('r["x"]', ("Filter", name("r"), string("x"))),
        ("f(x, by=3)", ("Call", name("f"), (("Argument", name("x"), None), ("Argument", ("Literal", "int", 3), name("by"))))),
        ("f()", ("Call", name("f"), ())),
        ("a + b - c", ("Arith", "-", ("Arith", "+", name("a"), name("b")), name("c"))),
    ],
)
def test_values(written: str, read: object) -> None:
    """Every kind of value is read as what it says, whatever the width of its punctuation."""
    assert only(f"let v = {written}") == ("Let", name("v"), read)


@pytest.mark.parametrize(
    ("english", "chinese", "read"),
    [
        ("a and b and not c", "a \u4e14 b \u5e76\u4e14 \u975e c", ("Logic", "and", (name("a"), name("b"), ("Not", name("c"))))),
        ("a or b and c", "a \u6216 b \u4e14 c", ("Logic", "or", (name("a"), ("Logic", "and", (name("b"), name("c")))))),
        ("(a or b) and c", "\uff08a \u6216\u8005 b\uff09 \u800c\u4e14 c", ("Logic", "and", (("Logic", "or", (name("a"), name("b"))), name("c")))),
        ("a == b", "a \u7b49\u4e8e b", ("Compare", "==", name("a"), name("b"))),
        ("a != b", "a \u4e0d\u7b49\u4e8e b", ("Compare", "!=", name("a"), name("b"))),
        ("a <= b", "a \u4e0d\u8d85\u8fc7 b", ("Compare", "<=", name("a"), name("b"))),
        ("a >= b", "a \u2265 b", ("Compare", ">=", name("a"), name("b"))),
        ("a >= b", "a \uff1e\uff1d b", ("Compare", ">=", name("a"), name("b"))),
        ("a < b", "a \u65e9\u4e8e b", ("Compare", "<", name("a"), name("b"))),
        ("a > b", "a \u5927\u4e8e b", ("Compare", ">", name("a"), name("b"))),
        ("a in [b, c]", "a \u5728 [b\u3001c] \u4e2d", ("Compare", "in", name("a"), ("ListOf", (name("b"), name("c"))))),
        ("a not in b", "a \u4e0d\u5728 b \u4e2d", ("Compare", "not_in", name("a"), name("b"))),
        ("a contains b", "a \u5305\u542b b", ("Compare", "contains", name("a"), name("b"))),
        ("not a contains b", "a \u4e0d\u5305\u542b b", ("Not", ("Compare", "contains", name("a"), name("b")))),
        ("a matches /x/", "a \u5339\u914d /x/", ("Compare", "matches", name("a"), ("Regex", "x", ""))),
        ("not a matches /x/", "a \u4e0d\u5339\u914d /x/", ("Not", ("Compare", "matches", name("a"), ("Regex", "x", "")))),
        ("a within b", "a \u5728 b \u4e4b\u5185", ("Within", name("a"), name("b"), None, None)),
        ("a within b after c", "a \u5728 c \u4e4b\u540e b \u4e4b\u5185", ("Within", name("a"), name("b"), "after", name("c"))),
        ("a within b before c", "a \u5728 c \u4e4b\u524d b \u4ee5\u5185", ("Within", name("a"), name("b"), "before", name("c"))),
        ("a is present", "a \u662f present", ("Is", name("a"), name("present"), False)),
        ("a is not present", "a \u4e0d\u662f present", ("Is", name("a"), name("present"), True)),
        ("a is \u662f\u63d0\u95ee", "a \u662f\u63d0\u95ee", ("Is", name("a"), name("\u662f\u63d0\u95ee"), False)),
        ("a is not \u662f\u63d0\u95ee", "a \u4e0d\u662f\u63d0\u95ee", ("Is", name("a"), name("\u662f\u63d0\u95ee"), True)),
        ("any a in b", "b \u4e2d \u6709 a", ("Quant", "any", None, name("a"), name("b"))),
        ("any a in b", "\u5b58\u5728 a \u5728 b", ("Quant", "any", None, name("a"), name("b"))),
        ("no a in b", "b \u4e2d \u6ca1\u6709 a", ("Quant", "no", None, name("a"), name("b"))),
        ("no a", "\u6ca1\u6709 a", ("Quant", "no", None, name("a"), None)),
        ("exactly 1 a in b", "b \u4e2d \u6070\u597d 1\u4e2a a", ("Quant", "exactly", 1, name("a"), name("b"))),
        ("at_least 2 a in b", "b \u91cc \u81f3\u5c11 2 a", ("Quant", "at_least", 2, name("a"), name("b"))),
        ("at most 2 a in b", "b \u4e2d \u81f3\u591a 2 \u6761 a", ("Quant", "at_most", 2, name("a"), name("b"))),
        ("any a[b] in c + d", "c + d \u4e2d \u6709 a[b]", ("Quant", "any", None, ("Filter", name("a"), name("b")), ("Arith", "+", name("c"), name("d")))),
        ("kind == file and true", "kind \u7b49\u4e8e file \u4e14 \u771f", ("Logic", "and", (("Compare", "==", name("kind"), name("file")), ("Literal", "bool", True)))),
    ],
)
def test_conditions(english: str, chinese: str, read: object) -> None:
    """Every condition can be written in English and in Chinese, each in its own word order."""
    assert only(f"applies when {english}") == ("Applies", read)
    assert only(f"\u9002\u7528\u4e8e {chinese}") == ("Applies", read)


@pytest.mark.parametrize(
    ("english", "chinese", "read"),
    [
        ('cites "S0-006", "S1-066"', "\u4f9d\u636e \u201cS0-006\u201d\u3001\u201cS1-066\u201d", ("Cites", (string("S0-006"), string("S1-066")))),
        ('why zh "w"', '\u7406\u7531 \u4e2d\u6587 "w"', ("Why", ("Text", "w", "zh"))),
        ('why "w"', '\u8bf4\u660e "w"', ("Why", ("Text", "w", ""))),
        ("tags a-b, \u7532", "\u6807\u7b7e a-b\uff0c\u7532", ("Tags", (name("a-b"), name("\u7532")))),
        ("param p: list = x", "\u53c2\u6570 p\uff1alist \uff1d x", ("Param", name("p"), name("list"), "=", name("x"))),
        ("param p += x", "\u53c2\u6570 p += x", ("Param", name("p"), None, "+=", name("x"))),
        ("param p -= x", "\u53c2\u6570 p -= x", ("Param", name("p"), None, "-=", name("x"))),
        ('message en "{match} x"', '\u6d88\u606f \u82f1\u6587 "{match} x"', ("Message", ("Text", "{match} x", "en"))),
        ('suggest "a"', '\u5efa\u8bae "a"', ("Suggest", None, ("Text", "a", ""))),
        ('suggest zh "a" -> "b"', '\u5efa\u8bae \u4e2d\u6587 "a" \u2192 "b"', ("Suggest", ("Text", "a", ""), ("Text", "b", "zh"))),
        ('fix "a" -> "b"', '\u4fee\u6b63 "a" -> "b"', ("FixWith", ("Text", "a", ""), ("Text", "b", ""), False)),
        ('fix safe "a" -> "b"', '\u4fee\u6b63 \u5b89\u5168 "a" -> "b"', ("FixWith", ("Text", "a", ""), ("Text", "b", ""), True)),
        ("on unknown warning", "\u65e0\u6cd5\u5224\u5b9a\u65f6 \u8b66\u544a", ("OnUnknown", "warning")),
        ("require a", "\u5fc5\u987b a", ("Check", "require", name("a"), None, None, None, ())),
        ("forbid a unless b at c : info", "\u7981\u6b62 a \u9664\u975e b \u6307\u5411 c \uff1a \u63d0\u793a", ("Check", "forbid", name("a"), name("b"), name("c"), "info", ())),
        (
            'require a { message "m" suggest "s" }', '\u5fc5\u987b a \uff5b \u6d88\u606f "m" \u5efa\u8bae "s" \uff5d',
            ("Check", "require", name("a"), None, None, None, (("Message", ("Text", "m", "")), ("Suggest", None, ("Text", "s", "")))),
        ),
        (
            'each s in b.c where d { forbid e message "m" }', '\u9010\u4e2a s \u5728 b.c \u4e2d \u5176\u4e2d d { \u7981\u6b62 e \u6d88\u606f "m" }',
            ("Each", name("s"), ("Attr", name("b"), name("c")), name("d"),
             (("Check", "forbid", name("e"), None, None, None, ()), ("Message", ("Text", "m", "")))),
        ),
        ('good "g"', '\u6b63\u4f8b "g"', ("Example", "good", string("g"), None, (), ())),
        ('bad file "f"', '\u53cd\u4f8b \u6587\u4ef6 "f"', ("Example", "bad", None, string("f"), (), ())),
        (
            'bad "b" with { sent = 2026-03-02 kind = email }', '\u53cd\u4f8b "b" \u6761\u4ef6 { sent = 2026-03-02, kind = email }',
            ("Example", "bad", string("b"), None, (),
             (("Setting", name("sent"), ("Literal", "date", "2026-03-02")), ("Setting", name("kind"), name("email")))),
        ),
        (
            'good thread { message "m" with { x = 1 } message "n" } with { y = 2 }', '\u6b63\u4f8b \u4f1a\u8bdd { \u6d88\u606f "m" \u6761\u4ef6 { x = 1 } \u6d88\u606f "n" } \u6761\u4ef6 { y = 2 }',
            ("Example", "good", None, None,
             (("ExampleMessage", string("m"), (("Setting", name("x"), ("Literal", "int", 1)),)), ("ExampleMessage", string("n"), ())),
             (("Setting", name("y"), ("Literal", "int", 2)),)),
        ),
    ],
)  # fmt: skip
def test_statements(english: str, chinese: str, read: object) -> None:
    """Every statement can be written with English and with Chinese keywords."""
    assert only(english) == read
    assert only(chinese) == read


@pytest.mark.parametrize(
    "head",
    [
        'rule r-1 (AA001) "t" extends q over thread : warning',
        "\u89c4\u5219 r-1\uff08AA001\uff09\u201ct\u201d \u7ee7\u627f q \u8de8 \u4f1a\u8bdd\uff1a\u8b66\u544a",
    ],
)
def test_rule_head(head: str) -> None:
    """A head says name, code, title, what it extends, what it is over, and its level."""
    assert outline(rule("", head=head)) == ("Rule", name("r-1"), name("AA001"), "t", name("q"), "thread", "warning", ())


def test_file() -> None:
    """A file has lets and rules, and the language of most of its keywords."""
    file, _ = parse('\u5b9a\u4e49 a = 1\n# rule x {\n\u89c4\u5219 b { let c = 2 }\n\u89c4\u5219 d { \u6d88\u606f "rule e { }" }', "a.norm")
    assert file is not None
    assert ([let.name.text for let in file.lets], [rule.name.text for rule in file.rules], file.lang) == (["a"], ["b", "d"], "zh")


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_bundled_rules(path: Path) -> None:
    """The rules that ship with commlint have no problem of form."""
    _, problems = parse(path.read_text("utf-8"), str(path))
    assert problems == ()


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(files)
def test_places_are_exact(text: str) -> None:
    """A node's span covers just what the author wrote for it."""
    file, problems = parse(text, "a.norm")
    assert problems == ()
    for node in nodes(file):
        written = node.span.of(text)
        if isinstance(node, ast.Name):
            assert written == node.text
        if isinstance(node, ast.Text):
            assert unquoted(written) == node.raw
        if isinstance(node, ast.Literal) and node.type == "string":
            assert unquoted(written) == node.value


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(look_alikes)
def test_any_text_is_answered(text: str) -> None:
    """Whatever stands in a file, there is a tree or a diagnostic with a place inside the file, in both languages."""
    for lang in ("zh", "en"):
        file, problems = parse(text, "a.norm", lang)
        assert file is not None or problems
        assert all(problem.span.end <= len(text) and problem.message for problem in problems)


def test_all_problems_at_once() -> None:
    """One unsound rule hides neither the problems of the next nor the sound ones."""
    text = "rule a { requires x }\nrule b { require x }\n}\nrule c { require (x }\nmessage \"m\"\nrule d {\n  cites \"x\n}\nrule e { forbid x\n\nrule f { good \"x\" }"
    file, problems = parse(text, "a.norm", "en")
    assert file is not None
    assert [rule.name.text for rule in file.rules] == ["b", "f"]
    assert [problem.slug for problem in problems] == [
        "misspelt-keyword", "stray-brace", "missing-bracket", "unclosed-string", "missing-brace",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("rule a { require " + "(" * 10_000 + "x" + ")" * 10_000 + " }", "too-deep"),
        ("(" * 10_000, "too-deep"),
        ("rule a { require x" + ".y" * 10_000 + " }", "too-deep"),
        ("rule a { require " + "not " * 10_000 + "x }", "too-deep"),
        ("rule a { " + "each s in x { " * 10_000 + " }", "too-deep"),
        ("rule a { require x \0 }", "unexpected-character"),
        ('rule a { message "' + "x" * 100_000, "unclosed-string"),
        ("x" * (SIZE + 1), "file-too-big"),
        ("rule a { require " + "9" * 5_000 + " > 1 }", "number-too-big"),
    ],
    ids=["parentheses", "unclosed", "chain", "not", "each", "nul", "string", "size", "digits"],
)
def test_hostile_text(text: str, slug: str) -> None:
    """Text made to break a parser gets a diagnostic of its own."""
    _, problems = parse(text, "a.norm")
    assert [problem.slug for problem in problems] == [slug]


def test_wide_is_not_deep() -> None:
    """A long list is no deep one."""
    assert len(rule('let x = [' + '"a", ' * 2_000 + "]").body) == 1


def test_expression_of_a_hole() -> None:
    """The expression of a message hole has its places in the file."""
    node = parse_expression("workday(+2)", "a.norm", 40)
    assert (node.span.start, node.span.end) == (40, 51)
    assert {found.span.start for found in nodes(node)} == {40, 48, 49}


def test_bad_expression_of_a_hole() -> None:
    """A hole that cannot be read is told where it stands."""
    with pytest.raises(SyntaxProblem) as caught:
        parse_expression("a = b", "a.norm", 40, "en")
    assert (caught.value.diagnostic.slug, caught.value.diagnostic.span.start) == ("single-equals", 42)


@pytest.mark.parametrize("spoil", [lambda text: "", lambda text: text[:5000], lambda text: json.dumps({**json.loads(text), "data": {"parser": 1}}), lambda text: text.replace("Shift", "x").replace("PatternRE", "os.system")])
def test_kept_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: object) -> None:
    """Tables kept in a folder parse like those built from the grammar; spoilt ones are built anew."""
    assert callable(spoil)
    text = 'rule a { require x }'
    expected = parse(text, "a.norm")
    for _ in range(2):
        monkeypatch.setattr(parser, "_warmed", [])
        parser.warm(tmp_path)
        assert parse(text, "a.norm") == expected
        (kept,) = tmp_path.glob("grammar-*.json")
        kept.write_text(spoil(kept.read_text("utf-8")), "utf-8")


@pytest.mark.parametrize("colon", [":", "\uff1a", " :"])
@pytest.mark.parametrize("moment", ["2026-03-02T09:30", "17:00"])
def test_a_level_may_stand_right_behind_a_moment(moment: str, colon: str) -> None:
    """The colon of a level is no part of the clock before it."""
    file, problems = parse(f"rule a {{\nrequire sent == {moment}{colon}error\n}}\n", "a.norm")
    assert (file is not None, problems) == (True, ())
