"""Formatted rule files: one layout, either keyword language, nothing the author said is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from commlint.engine.symboltable import SymbolTable
from commlint.engine.vocabulary import VOCABULARY
from commlint.errors import RuleError
from commlint.lang import ast
from commlint.lang.format import formatted
from commlint.lang.parser import parse
from commlint.lang.spelling import Spelling
from commlint.lang.surface import surface
from commlint.lang.written import WIDTH, cells
from commlint.model.span import Span
from tests.lang.rule_texts import files, nodes, outline

TABLE = SymbolTable(VOCABULARY)
ROOT = Path(__file__).parents[2]
BUNDLED = sorted((ROOT / "rules").rglob("*.norm"))


def english(text: str) -> str:
    return formatted(text, "a.norm", TABLE, "en")


def chinese(text: str) -> str:
    return formatted(text, "a.norm", TABLE, "zh")


UNTIDY = """\
# of the whole file

let words=["x", # one
   # two
   \u201cy\u300cz\u300d"q"\u201d]   # tail
let b=3
rule r-1 ( AA001 ) "\u9898" over thread:warning { #head
  # before cites
  cites "S0-001","S0-002"



  # far from it
  param limit:duration=24 hours
  each m in messages where m.asks_reply and   # inside
     not m.automatic { require m.reply within limit after m.sent unless m.from is external at m:info { message "late" #why
  } } # behind
  # last
}
# between
rule r2{good thread{message "x" with{sent=2026-03-02 09:30}}with{as_of=2026-03-05}
on unknown warning}

#end"""

TIDY = """\
# of the whole file

let words = [
  "x",  # one
  # two
  "y\u300cz\u300d\\"q\\"",
]  # tail
let b = 3

rule r-1 (AA001) "\u9898" over thread : warning {  # head
  # before cites
  cites "S0-001", "S0-002"

  # far from it
  param limit: duration = 24 hours
  # inside
  each m in messages where m.asks_reply and not m.automatic {
    require m.reply within limit after m.sent unless m.from is external at m : info {
      message "late"  # why
    }
  }  # behind
  # last
}

# between
rule r2 {
  good thread {
    message "x" with { sent = 2026-03-02T09:30 }
  } with { as_of = 2026-03-05 }
  on unknown warning
}

# end
"""

CHINESE = """\
# of the whole file

\u5b9a\u4e49 words = [
  "x",  # one
  # two
  "y\u300cz\u300d\\"q\\"",
]  # tail
\u5b9a\u4e49 b = 3

\u89c4\u5219 r-1 (AA001) "\u9898" \u8de8 \u4f1a\u8bdd : \u8b66\u544a {  # head
  # before cites
  \u4f9d\u636e "S0-001", "S0-002"

  # far from it
  \u53c2\u6570 limit: \u65f6\u957f = 24\u5c0f\u65f6
  # inside
  \u9010\u4e2a m \u5728 \u6d88\u606f \u4e2d \u5176\u4e2d m.\u8981\u6c42\u7b54\u590d \u4e14 \u975e m.\u81ea\u52a8\u90ae\u4ef6 {
    \u5fc5\u987b m.\u7b54\u590d \u5728 m.\u53d1\u9001\u65f6\u95f4 \u4e4b\u540e limit \u4e4b\u5185 \u9664\u975e m.\u53d1\u4ef6\u4eba \u662f \u5916\u90e8 \u6307\u5411 m : \u63d0\u793a {
      \u6d88\u606f "late"  # why
    }
  }  # behind
  # last
}

# between
\u89c4\u5219 r2 {
  \u6b63\u4f8b \u4f1a\u8bdd {
    \u6d88\u606f "x" \u6761\u4ef6 { \u53d1\u9001\u65f6\u95f4 = 2026-03-02T09:30 }
  } \u6761\u4ef6 { \u5224\u5b9a\u65f6\u95f4 = 2026-03-05 }
  \u65e0\u6cd5\u5224\u5b9a\u65f6 \u8b66\u544a
}

# end
"""


def test_layout() -> None:
    """Layout, comments, quotes and blank lines take one form."""
    assert english(UNTIDY) == TIDY


def test_other_language() -> None:
    """Keywords, word order and vocabulary turn into Chinese; strings, comments and given names stay."""
    assert chinese(UNTIDY) == CHINESE
    assert english(CHINESE) == TIDY


def test_own_language() -> None:
    """Without a language asked for, a file keeps the one it is mostly in."""
    assert formatted(UNTIDY, "a.norm", TABLE) == TIDY
    assert formatted(CHINESE, "a.norm", TABLE) == CHINESE


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("any deadline in body", "\u6b63\u6587 \u4e2d \u6709 \u671f\u9650"),
        ("no deadline", "\u6ca1\u6709 \u671f\u9650"),
        ("deadlines.count >= 1", "\u671f\u9650.\u6570\u91cf \u4e0d\u5c11\u4e8e 1"),
        ("exactly 1 contact in body", "\u6b63\u6587 \u4e2d \u6070\u597d 1\u4e2a \u5bf9\u63a5\u4eba"),
        ("any recipient[external] in to + cc", "\u6536\u4ef6\u4eba + \u6284\u9001 \u4e2d \u6709 \u6536\u4fe1\u4eba[\u5916\u90e8]"),
        ("kind in [email, minutes]", "\u7c7b\u578b \u5728 [\u90ae\u4ef6, \u7eaa\u8981] \u4e2d"),
        ("not subject matches /x/i", "\u4e3b\u9898 \u4e0d\u5339\u914d /x/i"),
        ("not (kind == email or reply)", "\u975e (\u7c7b\u578b \u7b49\u4e8e \u90ae\u4ef6 \u6216 \u662f\u56de\u590d)"),
        ("(urgent and reply) or off_hours", "(\u7d27\u6025 \u4e14 \u662f\u56de\u590d) \u6216 \u975e\u5de5\u4f5c\u65f6\u95f4"),
        ("between(sent, meeting.start) >= 3 workdays", "\u76f8\u9694(\u53d1\u9001\u65f6\u95f4, \u4f1a\u8bae.\u5f00\u59cb) \u4e0d\u5c11\u4e8e 3\u4e2a\u5de5\u4f5c\u65e5"),
        ("signature is present", "\u7b7e\u540d \u662f \u6709\u503c"),
        ("first_sentence is question", "\u9996\u53e5 \u662f\u63d0\u95ee"),
        ("first_sentence is not question", "\u9996\u53e5 \u4e0d\u662f\u63d0\u95ee"),
        ("subject is not blank", "\u4e3b\u9898 \u4e0d\u662f \u4e3a\u7a7a"),
        ('any phrase(["a"], except=["b"]) in body', '\u6b63\u6587 \u4e2d \u6709 \u77ed\u8bed(["a"], \u9664\u5916=["b"])'),
        ("sent within 1 workday", "\u53d1\u9001\u65f6\u95f4 \u5728 1\u4e2a\u5de5\u4f5c\u65e5 \u4e4b\u5185"),
        ("1 - (2 - 3) > -4", "1 - (2 - 3) \u5927\u4e8e -4"),
        ('any recipient[it == "a"]', '\u6709 \u6536\u4fe1\u4eba[\u5b83 \u7b49\u4e8e "a"]'),
    ],
)
def test_conditions(en: str, zh: str) -> None:
    """Each construct has one form in each language; words are singular behind a quantifier in English."""
    in_english = f"rule a {{\n  applies when {en}\n}}\n"
    in_chinese = f"\u89c4\u5219 a {{\n  \u9002\u7528\u4e8e {zh}\n}}\n"
    assert (english(in_chinese), chinese(in_english)) == (in_english, in_chinese)
    assert (english(in_english), chinese(in_chinese)) == (in_english, in_chinese)


def test_given_names_win() -> None:
    """A word that would turn into a name the rule gives keeps its spelling."""
    text = "rule a {\n  each \u671f\u9650 in deadlines {\n    require \u671f\u9650.due > sent and any deadline in body\n  }\n}\n"
    turned = chinese(text)
    assert "\u6b63\u6587 \u4e2d \u6709 deadline" in turned
    assert english(turned) == text


def test_wide_lists() -> None:
    """A list that is too wide is filled line by line, counting display cells."""
    words = ", ".join(f'"\u5c3d\u5feb\u7b54\u590d{number}"' for number in range(40))
    lines = english(f"rule a {{ param words = [{words}] }}").splitlines()
    assert max(map(cells, lines)) <= WIDTH
    assert len(lines) < 14


def test_wide_conditions() -> None:
    """A statement that is too wide without a list is broken at its clauses."""
    condition = " and ".join(f'subject contains "{sign * 20}"' for sign in "abcd")
    lines = english(f'rule a {{ require {condition} unless body contains "{"x" * 60}" }}').splitlines()
    assert max(map(cells, lines)) <= WIDTH
    assert [line.split()[0] for line in lines] == ["rule", "require", "and", "and", "and", "unless", "}"]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(files)
def test_laws(text: str) -> None:
    """Formatting changes no meaning, is done after one time, and loses nothing on the way to the other language and back."""
    once = english(text)
    assert outline(parse(once, "a.norm")[0]) == outline(parse(text, "a.norm")[0])
    assert english(once) == once
    turned = chinese(once)
    assert chinese(turned) == turned
    assert english(turned) == once


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(files)
def test_comments_stay(text: str) -> None:
    """Every comment is there once, in its order within what stands around it."""
    assert _comments(english(text)) == _comments(text)


def _comments(text: str) -> list[str]:
    found = surface(text, Span(0, len(text)))
    return sorted(span.of(text)[1:].strip() for span in found.comments)


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_bundled_rules(path: Path) -> None:
    """Every rule that ships with commlint goes to Chinese and back byte by byte, and nothing English is left but names."""
    once = english(path.read_text("utf-8"))
    turned = chinese(once)
    assert english(turned) == once
    assert chinese(turned) == turned
    assert formatted(turned, path.name, TABLE) == turned


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_every_word_is_known(path: Path) -> None:
    """Nothing in a bundled rule is left in the other language because nobody knows what it means."""
    file, _ = parse(path.read_text("utf-8"), path.name)
    assert file is not None
    spelling = Spelling.of(file, TABLE, "zh")
    own = {name.span for rule in file.rules for name in (rule.name, rule.code, rule.extends) if name}
    own |= {name.span for node in nodes(file) if isinstance(node, ast.Tags) for name in node.names}
    unknown = [node.text for node in nodes(file) if isinstance(node, ast.Name) and node.span not in own | set(spelling.words)]
    assert set(unknown) <= spelling.given


def test_line_ends() -> None:
    """Line breaks of other systems become plain ones."""
    assert english("rule a {\r\n  cites \"x\"  # y\r\n}\r") == 'rule a {\n  cites "x"  # y\n}\n'


def test_empty() -> None:
    """An empty file stays empty; a file of comments keeps them."""
    assert (english(" \n\n"), english("#x\n\n\n\n#y")) == ("", "# x\n\n# y\n")


def test_unsound_file() -> None:
    """A file with errors of form is not touched; they are raised, all of them."""
    with pytest.raises(RuleError) as caught:
        english("rule a { requires x }\nrule b { messages x }")
    assert [problem.slug for problem in caught.value.diagnostics] == ["misspelt-keyword", "misspelt-keyword"]
