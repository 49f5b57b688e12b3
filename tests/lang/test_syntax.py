"""A slip in a rule file is named, marked where it is, and answered with the way out in the author's keyword language."""

from __future__ import annotations

import pytest

from commlint.lang.keywords import by_spelling
from commlint.lang.parser import parse
from commlint.lang.slips import OTHER_SIGNS, OTHER_WORDS, SYNTAX_SLUGS
from commlint.lang.syntax import respaced

# slug, the rule (the place marked with U+27E6 and U+27E7), what the help says; a bare line stands in a rule of its own language
SLIPS = [
    ("single-equals", "\u9002\u7528\u4e8e \u7c7b\u578b \u27e6=\u27e7 \u90ae\u4ef6", "`\u7b49\u4e8e`"),
    ("single-equals", "applies when kind \u27e6=\u27e7 email", "`==`"),
    ("is-value", "\u5fc5\u987b \u4e3b\u9898 \u27e6\u662f\u27e7 \"\u5468\u62a5\"", "`\u7b49\u4e8e`"),
    ("is-value", "require subject \u27e6is\u27e7 3", "`==`"),
    ("other-word", "\u27e6\u5982\u679c\u27e7 \u7c7b\u578b \u7b49\u4e8e \u90ae\u4ef6", "`\u9002\u7528\u4e8e`"),
    ("other-word", "\u27e6if\u27e7 kind == email", "`applies when`"),
    ("other-word", "\u27e6\u4e0d\u80fd\u27e7 \u6709 \u671f\u9650", "`\u7981\u6b62`"),
    ("other-word", "\u5fc5\u987b \u4e3b\u9898 \u27e6\u6709\u503c\u27e7", "`\u662f \u6709\u503c`"),
    ("other-word", "require subject \u27e6equals\u27e7 x", "`==`"),
    ("other-word", "\u5fc5\u987b a \u27e6\u548c\u27e7 b", "`\u4e14`"),
    ("other-sign", "\u7981\u6b62 a \u27e6&&\u27e7 b", "`\u4e14`"),
    ("other-sign", "forbid a \u27e6||\u27e7 b", "`or`"),
    ("other-sign", "require a \u27e6<>\u27e7 b", "`!=`"),
    ("other-sign", "\u5fc5\u987b \u27e6!\u27e7a", "`\u975e`"),
    ("glued-keyword", "\u27e6\u5fc5\u987b\u5b58\u5728\u27e7 \u671f\u9650 \u5728 \u6b63\u6587", "`\u5fc5\u987b \u5b58\u5728`"),
    ("glued-keyword", "\u27e6\u7981\u6b62\u77ed\u8bed\u27e7", "`\u7981\u6b62 \u77ed\u8bed`"),
    ("misspelt-keyword", "\u27e6requires\u27e7 x", "`require`"),
    ("misspelt-keyword", "\u27e6mesage\u27e7 \"x\"", "`message`"),
    ("misspelt-keyword", "\u27e6\u6b63\u5217\u27e7 \"x\"", "`\u6b63\u4f8b`"),
    ("stray-colon", "\u6d88\u606f\u27e6\uff1a\u27e7\u201cx\u201d", "`\u6d88\u606f`"),
    ("stray-colon", "cites\u27e6:\u27e7 \"x\"", "`cites`"),
    ("stray-punctuation", "\u4f9d\u636e \"x\"\u27e6\u3002\u27e7", "\u6bcf\u6761\u8bed\u53e5"),
    ("stray-punctuation", "require a is present\u27e6\uff1b\u27e7", "one statement a line"),
    ("single-quotes", "\u6d88\u606f \u27e6'\u5199\u660e'\u27e7", "\u2026"),
    ("single-quotes", "message \u27e6\u2018x\u2019\u27e7", "\u2026"),
    ("triple-quotes", 'message \u27e6"""\u27e7x"""', "several lines"),
    ("unclosed-string", "\u6d88\u606f \u27e6\u201c\u5199\u660e\u27e7", "\u201d"),
    ("unclosed-string", 'message \u27e6"x\u27e7\n  good "y"', '"'),
    ("missing-quotes", "cites \u27e6S0-006\u27e7", '"S0-006"'),
    ("missing-quotes", "\u6d88\u606f \u27e6\u5199\u660e\u65e5\u671f\u27e7", '"\u5199\u660e\u65e5\u671f"'),
    ("missing-bracket", "require f\u27e6(\u27e7[1, 2]\n  message \"m\"", "add ) before `message` in line 3"),
    ("missing-bracket", "\u5fc5\u987b f(\u27e6[\u27e71, 2)", "]"),
    ("chinese-number", "\u5fc5\u987b \u6070\u597d \u27e6\u4e09\u4e2a\u27e7 \u671f\u9650", "`3\u4e2a`"),
    ("number-too-big", "require a > \u27e61234567890123456\u27e7", "15"),
    ("unexpected-character", "require \u27e6\0\u27e7", "quotes"),
    ("too-deep", "require " + "(" * 63 + "\u27e6(\u27e7x" + ")" * 64, "`let`"),
    ("unexpected", "require a == b \u27e6==\u27e7 c", ""),
    ("unexpected", "each \u27e63\u27e7 in sentences { }", ""),
    ("missing-brace", "rule a \u27e6{\u27e7\n  require x\n", "}"),
    ("missing-brace", "\u89c4\u5219 a \u27e6{\u27e7 \u9010\u4e2a s \u5728 x { \u5fc5\u987b y }", "}"),
    ("stray-brace", "rule a { }\n\u27e6}\u27e7", "delete"),
    ("missing-rule-name", "\u89c4\u5219 \u27e6\u201c\u6a21\u7cca\u671f\u9650\u201d\u27e7 { }", "\u89c4\u5219 \u540d\u79f0"),
    ("rule-name-blank", "rule \u27e6vague deadline\u27e7 (VAG001) { }", "`vague-deadline`"),
    ("outside-rule", "rule a { }\n\u27e6message\u27e7 \"x\"", "{ }"),
    ("unexpected-end", "let a =\u27e6\u27e7", ""),
    ("file-too-big", "\u27e6\u27e7" + "x" * 250_001, "250000"),
]


def _page(row: str) -> tuple[str, int, int]:
    """The whole file of a row, and the place marked in it."""
    whole = row if row.startswith(("rule", "\u89c4\u5219", "let", "\u27e6\u27e7")) else f"{_head(row)} {{\n  {row}\n}}\n"
    start, end = whole.index("\u27e6"), whole.index("\u27e7") - 1
    return whole.replace("\u27e6", "").replace("\u27e7", ""), start, end


def _head(row: str) -> str:
    return "rule a : warning" if row.strip("\u27e6")[0].isascii() else "\u89c4\u5219 \u7532 : \u8b66\u544a"


@pytest.mark.parametrize(("slug", "row", "help"), SLIPS, ids=[f"{slug}-{index}" for index, (slug, *_) in enumerate(SLIPS)])
def test_slips(slug: str, row: str, help: str) -> None:
    """Each slip is told by its own slug, at its own place, with what to write instead."""
    text, start, end = _page(row)
    lang = "en" if any(word in help for word in ("one", "several", "add", "quotes", "delete")) else "zh"
    _, problems = parse(text, "a.norm", lang)
    (problem,) = problems
    assert (problem.slug, problem.span.start, problem.span.end) == (slug, start, end)
    assert help in problem.help


def test_every_slug_has_a_slip() -> None:
    """No slug is without an example here."""
    assert {slug for slug, *_ in SLIPS} == set(SYNTAX_SLUGS) - {"too-many-problems"}


def test_too_many_problems() -> None:
    """A file of nothing but problems is given up, and says so."""
    _, problems = parse("rule a {\n" * 1_000, "a.norm")
    assert len(problems) == 101
    assert {problem.slug for problem in problems} == {"missing-brace", "too-many-problems"}


def test_all_slips_of_a_rule() -> None:
    """Each unsound statement of a rule is told, not only the first one."""
    text = (
        "rule a {\n  if kind = email\n  cites S0-001\n  each s in sentences {\n    requires x\n    forbid any phrase([\n"
        '      "a",\n      "b" "c"\n    ]) in s\n  }\n  message: "x"\n  goood "x"\n  good "y"\n}\n'
    )
    _, problems = parse(text, "a.norm")
    assert [problem.slug for problem in problems] == ["other-word", "missing-quotes", "misspelt-keyword", "unexpected", "stray-colon", "misspelt-keyword"]


@pytest.mark.parametrize("slug", sorted(SYNTAX_SLUGS))
def test_both_languages(slug: str) -> None:
    """Every slug says something in both languages, and the Chinese is Chinese."""
    row = SYNTAX_SLUGS[slug]
    assert row.zh != row.en
    assert not row.zh.isascii()
    assert row.en.isascii()


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("\u89c4\u5219 a { \u6b63\u4f8b \u7532 \u4e59 }", "zh", None),
        ("rule a { each s in x require y }", "en", "`require` cannot stand here; expected `where`, `{`"),
        ("\u89c4\u5219 a { \u9010\u4e2a s \u5728 x \u5fc5\u987b y }", "zh", "\u8fd9\u91cc\u4e0d\u80fd\u5199 `\u5fc5\u987b`\uff1b\u53ef\u4ee5\u5199\u7684\u662f\uff1a`\u5176\u4e2d`"),
        ("\u89c4\u5219 a { \u9010\u4e2a s \u5728 x \u5fc5\u987b y }", "en", "`\u5fc5\u987b` cannot stand here; expected"),
        ("rule a { suggest zh \"x\" -> }", "en", 'expected "text"'),
        ("rule a : fine { }", "en", "expected `error`, `warning`, `info`, `off`"),
        ("\u89c4\u5219 a : \u4e00\u822c { }", "zh", "`\u9519\u8bef`\u3001`\u8b66\u544a`\u3001`\u63d0\u793a`\u3001`\u5173\u95ed`"),
    ],
)
def test_expected_words(text: str, lang: str, said: str | None) -> None:
    """What was expected is named in the author's keywords, in the words of the diagnostics' language."""
    _, problems = parse(text, "a.norm", lang)
    assert len(problems) == 1
    if said is not None:
        assert said in problems[0].message


def test_other_words_are_no_keywords() -> None:
    """A word that is taken for a slip is no spelling of the keyword it is corrected to."""
    for word, terminals in OTHER_WORDS.items():
        keyword = by_spelling().get(word)
        assert keyword is None or keyword.terminal not in terminals


@pytest.mark.parametrize("sign", sorted(set(OTHER_SIGNS) - {"*", "%", "@", "$", "?", "~", "=~", "//", "/*", "--", "\u3010", "\u3011", "\u300a", "\u2026"}))
def test_other_signs(sign: str) -> None:
    """Signs of other languages between two conditions are told, with the word that is meant."""
    _, problems = parse(f"rule a {{ require a {sign} b }}", "a.norm", "en")
    assert [problem.slug for problem in problems] == ["other-sign"]


@pytest.mark.parametrize(
    ("word", "spaced"),
    [
        ("\u6b63\u6587\u4e2d\u6709\u671f\u9650", "\u6b63\u6587 \u4e2d \u6709 \u671f\u9650"),
        ("\u6b63\u6587\u5305\u542b\u671f\u9650", "\u6b63\u6587 \u5305\u542b \u671f\u9650"),
        ("\u6b63\u6587\u671f\u9650", None),
        ("\u6b63\u6587\u4e2d\u6709\u9519\u5b57", None),
        ("bodyincludes", None),
    ],
)
def test_words_run_together(word: str, spaced: str | None) -> None:
    """Known words with a keyword between them, written without blanks, are taken apart."""
    assert respaced(word, {"\u6b63\u6587", "\u671f\u9650"}) == spaced
