"""Problems of form in rule files, said in the author's keyword language, with the way out."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from difflib import get_close_matches
from typing import Any

from attrs import frozen

from commlint.lang.keywords import KEYWORD, KEYWORDS, STATEMENTS, by_spelling
from commlint.lang.slips import CHINESE_DIGITS, OTHER_SIGNS, OTHER_WORDS, QUOTES, SHAPE, SINGLE_QUOTES, SYNTAX_SLUGS
from commlint.lang.surface import WORD, Surface
from commlint.model.diagnostic import Diagnostic, Note
from commlint.model.span import Span

_SIGNS = {
    "LBRACE": "{", "RBRACE": "}", "LPAR": "(", "RPAR": ")", "LSQB": "[", "RSQB": "]", "COMMA": ",", "COLON": ":", "DOT": ".",
    "ASSIGN": "=", "CHANGE": "+=", "ARROW": "->", "PLUS": "+", "MINUS": "-",
}  # fmt: skip
_SORTS = {"STRING": ("“文字”", '"text"'), "NAME": ("名称", "a name"), "RULE_NAME": ("名称", "a name"), "INT": ("数字", "a number")}
_VALUE = frozenset({"NAME", "STRING", "INT", "LSQB", "LPAR"})
_VALUES = _VALUE | {"REGEX", "NUMBER", "DURATION", "DATE", "DATETIME", "CLOCK", "TRUE", "FALSE", "PLUS", "MINUS", "NOT", "ANY", "NO", "EXACTLY", "AT_LEAST", "AT_MOST"}
_OPERATORS = frozenset(
    ["EQ", "NE", "LE", "GE", "LT", "GT", "IN", "NOT_IN", "NOT", "CONTAINS", "NOT_CONTAINS", "MATCHES", "NOT_MATCHES", "WITHIN", "AFTER", "BEFORE", "INSIDE", "AMID", "IS", "IS_NOT", "AND", "OR", "PLUS", "MINUS", "DOT", "LSQB", "LPAR"]
)
_LONGEST = 20  # characters of one word
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_SIGN_RUN = re.compile(r"[&|!<>=~*%/@$?\-]+|[《【】…]")
_STATES = frozenset(["present", "absent", "blank", "empty", "urgent", "resolved", "external", "vague", "open", "有值", "无值", "为空", "紧急", "可确定", "外部", "含糊", "未完成"])


class SyntaxProblem(Exception):  # noqa: N818 - a problem is a value here too: its diagnostic
    """Text that cannot be read; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@frozen
class Page:
    """The file under reading, `lang` of its diagnostics and `author`, the keyword language of its author."""

    text: str
    path: str
    lang: str
    author: str

    def problem(self, slug: str, span: Span, *, notes: tuple[Note, ...] = (), **values: Any) -> Diagnostic:
        """The diagnostic `slug` at `span`."""
        message, help = SYNTAX_SLUGS[slug].said(self.lang, **values)
        return Diagnostic(slug, SYNTAX_SLUGS[slug].severity, message, self.path, span, help, notes, self.text)

    def word(self, terminal: str) -> str:
        """A keyword as the author would write it."""
        return KEYWORD[terminal].spelling(self.author)


@frozen
class Stumble:
    """Where reading stopped: the surface, the stretch that did not fit, the terminals that would have."""

    surface: Surface
    span: Span
    expected: frozenset[str]

    @property
    def at(self) -> int:
        """Where in the surface."""
        return self.span.start - self.surface.start

    @property
    def found(self) -> str:
        """What stands there, folded; a whole word when a word begins there."""
        masked = self.surface.masked
        word = WORD.match(masked, self.at)
        return word.group() if word else masked[self.at : self.at + max(1, len(self.span))]

    @property
    def before(self) -> str:
        """The surface up to there, without the blanks at its end."""
        return self.surface.masked[: self.at].rstrip()

    @property
    def word_before(self) -> str:
        """The word that stands right before, or nothing."""
        words = re.search(r"[^\W\d][\w-]*$", self.before)
        return words.group() if words else ""

    def wants(self, *terminals: str) -> str | None:
        """The first of `terminals` that could have stood there."""
        return next((terminal for terminal in terminals if terminal in self.expected), None)

    def stretch(self, text: str) -> Span:
        """The span of `text`, which stands there."""
        return Span(self.span.start, self.span.start + len(text))


def file_too_big(page: Page, size: int, limit: int) -> Diagnostic:
    """A file that is not even read."""
    return page.problem("file-too-big", Span(0, 0), found=size, limit=limit)


def too_deep(page: Page, span: Span) -> Diagnostic:
    """Brackets within brackets, or a chain, past all measure."""
    return page.problem("too-deep", Span(span.start, min(span.end, span.start + 20)), better=page.word("LET"))


def too_many(page: Page, span: Span) -> Diagnostic:
    """The place behind which a file was given up."""
    return page.problem("too-many-problems", span)


def unclosed_string(page: Page, string: Span) -> Diagnostic:
    """A string without its end; or the third of three quotes."""
    opening = page.text[string.start]
    if page.text[max(0, string.start - 2) : string.start + 1] == '"""' or string.of(page.text).startswith('""'):
        return page.problem("triple-quotes", string)
    return page.problem("unclosed-string", string, closing=QUOTES[opening])


def unexpected(page: Page, stumble: Stumble) -> Diagnostic:
    """The diagnostic of a stumble: a known slip if it looks like one, else what was found and what was expected."""
    for slip in _SLIPS:
        found = slip(page, stumble)
        if found is not None:
            return found
    return _plain(page, stumble)


def expected_words(page: Page, expected: frozenset[str]) -> str:
    """The terminals as the author would write them, in words of the diagnostics' language."""
    zh = page.lang == "zh"
    rest, words = set(expected) - {"$END"}, []
    if rest >= _VALUE:
        rest -= _VALUES
        words.append("条件或取值" if zh else "a condition or value")
    if "DOT" in rest and len(rest) > 5:
        rest -= {"DOT", "LSQB", "LPAR", "PLUS", "MINUS"}  # true behind any value, and never what is missing
    if len(rest & _OPERATORS) > 6:
        rest -= _OPERATORS
        words.append(("运算(如 {}、{})" if zh else "an operator (such as {}, {})").format(page.word("EQ"), page.word("AND")))
    if len(rest & STATEMENTS) > 6:
        rest -= STATEMENTS
        words.append(("下一条语句(如 {}、{}、{})" if zh else "the next statement (such as {}, {}, {})").format(*map(page.word, ("REQUIRE", "FORBID", "MESSAGE"))))
    signs = sorted(_SIGNS[terminal] for terminal in rest if terminal in _SIGNS)
    sorts = sorted({_SORTS[terminal][0 if zh else 1] for terminal in rest if terminal in _SORTS})
    keywords = [keyword.spelling(page.author) for keyword in KEYWORDS if keyword.terminal in rest and (keyword.en or page.author == "zh")]
    return ("、" if zh else ", ").join([*words, *sorts, *(f"`{word}`" for word in [*keywords, *signs])]) or ("文件结束" if zh else "the end of the file")


def split_keyword(word: str, wanted: Iterable[str]) -> str | None:
    """`word` with a blank behind the keyword it begins with (``必须存在`` -> ``必须 存在``); None when it begins with none of `wanted`."""
    spellings = [spelling for terminal in wanted if terminal in KEYWORD for spelling in KEYWORD[terminal].spellings]
    starts = [spelling for spelling in spellings if not spelling.isascii() and word.startswith(spelling) and word != spelling]
    return None if not starts else (longest := max(starts, key=len)) + " " + word[len(longest) :]


def respaced(word: str, known: Container[str]) -> str | None:
    """A name that is really several words (``正文中有期限``) with blanks between them; None when it is not.

    `known` are the names that may stand there; at least one keyword must be among the words.
    """
    best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST), end):
            before, part = best[start], word[start:end]
            if before is None or not (part in known or (part in by_spelling() and not part.isascii())):
                continue
            if (there := best[end]) is None or len(before) + 1 < len(there):
                best[end] = (*before, part)
    words = best[len(word)]
    return " ".join(words) if words and len(words) > 1 and any(part in by_spelling() for part in words) else None


# --- slips: each looks at a stumble and says what it knows, or None ---------------------------------------


def _triple_quotes(page: Page, stumble: Stumble) -> Diagnostic | None:
    if not stumble.found.startswith('"') or not stumble.before.endswith('""') or page.text[stumble.span.start - 2 : stumble.span.start + 1] != '"""':
        return None
    return page.problem("triple-quotes", Span(stumble.span.start - 2, stumble.span.start + 1))


def _single_quotes(page: Page, stumble: Stumble) -> Diagnostic | None:
    if stumble.found[:1] not in SINGLE_QUOTES or not stumble.found:
        return None
    line = stumble.surface.masked[stumble.at :].split("\n", 1)[0]
    end = next((at for at, sign in enumerate(line) if at and sign in SINGLE_QUOTES), len(line.rstrip()) - 1)
    return page.problem("single-quotes", stumble.stretch(line[: end + 1]))


def _missing_end(page: Page, stumble: Stumble) -> Diagnostic | None:
    """The brackets that are open where reading stopped, when closing them would have helped."""
    opened = _open_brackets(stumble)
    if not opened or _CLOSING[opened[-1][1]] == stumble.found or (stumble.found and not stumble.wants("RPAR", "RSQB", "RBRACE")):
        return None
    at, sign = opened[-1]
    span = Span(at, at + 1)
    if sign == "{":
        ends = not stumble.found.strip() or by_spelling().get(stumble.found) is KEYWORD["RULE"]
        where = "规则末尾" if page.lang == "zh" else "at the end of the rule"
        return page.problem("missing-brace", span, where=where) if ends and stumble.wants("RBRACE") else None
    keyword = by_spelling().get(stumble.found)
    if not (stumble.found in ("{", ")", "]", "}", "") or (keyword and keyword.terminal in STATEMENTS)):
        return None
    line = page.text.count("\n", 0, stumble.span.start) + 1
    found = f"`{stumble.found}`" if stumble.found else ("末尾" if page.lang == "zh" else "the end")
    return page.problem("missing-bracket", span, sign=sign, closing=_CLOSING[sign], line=line, found=found)


def _open_brackets(stumble: Stumble) -> list[tuple[int, str]]:
    opened: list[tuple[int, str]] = []
    for bracket in stumble.surface.brackets:
        if bracket.at >= stumble.span.start:
            break
        if bracket.sign in _CLOSING:
            opened.append((bracket.at, bracket.sign))
        elif opened:
            opened.pop()
    return opened


def _stray_brace(page: Page, stumble: Stumble) -> Diagnostic | None:
    if stumble.found not in (")", "]", "}"):
        return None
    if any(_CLOSING[sign] == stumble.found for _, sign in _open_brackets(stumble)):
        return None
    return page.problem("stray-brace", stumble.span, found=stumble.found)


def _outside_rule(page: Page, stumble: Stumble) -> Diagnostic | None:
    keyword = by_spelling().get(stumble.found)
    if keyword is None or keyword.terminal not in STATEMENTS or not stumble.wants("RULE", "$END") or stumble.before:
        return None
    return page.problem("outside-rule", stumble.stretch(stumble.found), found=stumble.found)


def _rule_name(page: Page, stumble: Stumble) -> Diagnostic | None:
    shape = SHAPE[0 if page.author == "zh" else 1]
    if stumble.expected == {"RULE_NAME"} and by_spelling().get(stumble.word_before) is KEYWORD["RULE"]:
        return page.problem("missing-rule-name", _line_rest(stumble), shape=shape)
    head = re.search(r"^\s*([^\W\d]+)\s+([\w-]+)$", stumble.before)
    if head is None or by_spelling().get(head.group(1)) is not KEYWORD["RULE"] or stumble.found in by_spelling():
        return None
    more = re.match(r"[\w-]+(?:[ \t]+[\w-]+)*", stumble.surface.masked[stumble.at :])
    if more is None:
        return None
    better = "-".join([head.group(2), *more.group().split()])
    start = stumble.surface.start + head.start(2)
    return page.problem("rule-name-blank", Span(start, stumble.span.start + more.end()), better=better)


def _line_rest(stumble: Stumble) -> Span:
    return stumble.stretch(stumble.found.split("\n", 1)[0])


def _chinese_number(page: Page, stumble: Stumble) -> Diagnostic | None:
    if not stumble.wants("INT") or stumble.found[:1] not in CHINESE_DIGITS or not stumble.found:
        return None
    digits = re.match(f"[{''.join(CHINESE_DIGITS)}百千万]+", stumble.found)
    written = digits.group() if digits else stumble.found[:1]
    better = f"{CHINESE_DIGITS.get(written, 3)}{stumble.found[len(written) :]}"
    return page.problem("chinese-number", stumble.stretch(stumble.found), found=stumble.found, better=better)


def _number_too_big(page: Page, stumble: Stumble) -> Diagnostic | None:
    digits = re.search(r"[0-9]{15}$", stumble.surface.masked[: stumble.at])
    if digits is None or not stumble.found[:1].isdigit():
        return None
    more = re.match(r"[0-9.]+", stumble.surface.masked[stumble.at :])
    return page.problem("number-too-big", Span(stumble.span.start - 15, stumble.span.start + (more.end() if more else 1)))


def _equals(page: Page, stumble: Stumble) -> Diagnostic | None:
    if stumble.found != "=" or not stumble.wants("EQ"):
        return None
    return page.problem("single-equals", stumble.span, better=page.word("EQ"))


def _is_value(page: Page, stumble: Stumble) -> Diagnostic | None:
    before = by_spelling().get(stumble.word_before)
    if before is None or before.terminal not in ("IS", "IS_NOT") or not stumble.wants("NAME"):
        return None
    better, example = page.word("EQ" if before.terminal == "IS" else "NE"), "有值" if page.author == "zh" else "present"
    span = Span(stumble.surface.start + len(stumble.before) - len(stumble.word_before), stumble.span.start)
    return page.problem("is-value", Span(span.start, span.start + len(stumble.word_before)), is_=stumble.word_before, example=example, better=better)


def _missing_is(page: Page, stumble: Stumble) -> Diagnostic | None:
    if not stumble.wants("IS") or stumble.found not in _STATES:
        return None
    better = f"{page.word('IS')} {stumble.found}"
    return page.problem("other-word", stumble.stretch(stumble.found), found=stumble.found, better=better)


def _other_sign(page: Page, stumble: Stumble) -> Diagnostic | None:
    for run in _SIGN_RUN.finditer(stumble.surface.masked, max(0, stumble.at - 3), stumble.at + 4):
        if run.start() <= stumble.at < run.end() and run.group() in OTHER_SIGNS:
            better = OTHER_SIGNS[run.group()][0 if page.author == "zh" else 1]
            span = Span(run.start() + stumble.surface.start, run.end() + stumble.surface.start)
            return page.problem("other-sign", span, found=run.group(), better=better)
    return None


def _colon(page: Page, stumble: Stumble) -> Diagnostic | None:
    if stumble.found != ":" or stumble.word_before not in by_spelling():
        return None
    return page.problem("stray-colon", stumble.span, before=stumble.word_before)


def _punctuation(page: Page, stumble: Stumble) -> Diagnostic | None:
    if stumble.found not in (";", ",", ".", "。", ":"):
        return None
    return page.problem("stray-punctuation", stumble.span, found=stumble.span.of(page.text))


def _glued(page: Page, stumble: Stumble) -> Diagnostic | None:
    better = split_keyword(stumble.found, stumble.expected - _OPERATORS | (stumble.expected & {"IN", "IS"}))
    if better is None:
        return None
    return page.problem("glued-keyword", stumble.stretch(stumble.found), found=stumble.found, better=better)


def _other_word(page: Page, stumble: Stumble) -> Diagnostic | None:
    meant = stumble.wants(*OTHER_WORDS.get(stumble.found.lower(), ()))
    if meant is None:
        return None
    better = "->" if meant == "ARROW" else page.word(meant)
    return page.problem("other-word", stumble.stretch(stumble.found), found=stumble.found, better=better)


def _misspelt(page: Page, stumble: Stumble) -> Diagnostic | None:
    if not WORD.match(stumble.found) or stumble.found in by_spelling():
        return None
    spellings = [spelling for terminal in stumble.expected if terminal in KEYWORD for spelling in KEYWORD[terminal].spellings]
    close = get_close_matches(stumble.found.lower(), sorted(spellings), n=1, cutoff=0.7 if stumble.found.isascii() else 0.5)
    if not close:
        return None
    return page.problem("misspelt-keyword", stumble.stretch(stumble.found), found=stumble.found, better=close[0])


def _quotes(page: Page, stumble: Stumble) -> Diagnostic | None:
    """A bare word where only a text can stand."""
    if not stumble.wants("STRING") or stumble.wants("NAME", "LBRACE") or not WORD.match(stumble.found) or stumble.found in by_spelling():
        return None
    bare = re.match(r"[\w-]+", stumble.surface.masked[stumble.at :])
    assert bare is not None  # a word stands there
    return page.problem("missing-quotes", stumble.stretch(bare.group()), found=f"`{bare.group()}`", bare=bare.group())


def _character(page: Page, stumble: Stumble) -> Diagnostic | None:
    sign = stumble.found[:1]
    if not sign or sign.isspace() or sign in "()[]{},.:=+-<>!\"/" or WORD.match(sign) or sign.isdigit():
        return None
    shown = f"`{sign}`" if sign.isprintable() else f"U+{ord(sign):04X}"
    return page.problem("unexpected-character", Span(stumble.span.start, stumble.span.start + 1), found=shown)


_SLIPS: tuple[Callable[[Page, Stumble], Diagnostic | None], ...] = (
    _triple_quotes, _single_quotes, _stray_brace, _missing_end, _rule_name, _outside_rule, _chinese_number, _number_too_big, _other_sign, _equals, _is_value, _missing_is,
    _colon, _punctuation, _other_word, _glued, _misspelt, _quotes, _character,
)  # fmt: skip


def _plain(page: Page, stumble: Stumble) -> Diagnostic:
    expected = expected_words(page, stumble.expected)
    if not stumble.found.strip():
        return page.problem("unexpected-end", stumble.span, expected=expected, hint="")
    string = "这段文字" if page.lang == "zh" else "this text"
    found = string if stumble.found.startswith('"') else f"`{stumble.found}`"
    span = stumble.stretch(stumble.found) if WORD.match(stumble.found) else stumble.span
    return page.problem("unexpected", span, found=found, expected=expected, hint=_hint(page, stumble))


def _hint(page: Page, stumble: Stumble) -> str:
    """The shape of what is being written, where it has one."""
    if not _open_brackets(stumble) and stumble.wants("LBRACE"):
        return SHAPE[0 if page.author == "zh" else 1]
    return ""
