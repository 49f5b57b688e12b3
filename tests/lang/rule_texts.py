"""Rule files at random: sound ones of every construct, and texts that only look like rules."""

from __future__ import annotations

from typing import Any

from attrs import fields
from hypothesis import strategies as st

from commlint.lang import ast
from commlint.lang.keywords import KEYWORDS

_COLLECTIONS = ["sentences", "body.sentences", "deadlines", "tasks", "labelled([\"a\"])", "to + cc", "recipients[external]"]
_STRINGS = ['"x"', '"\u5c3d\u5feb"', '"a \\" b \\\\ c"', "\u201c\u5c3d\u5feb\u201d", "\u300ca \u201cb\u201d\u300d", '"# { \u201c"', '"two\nlines"', '""']
_ATOMS = [
    "subject", "kind", "email", "body.length", "x", "x.directive", "3", "2.5", "24 hours", "1 workday", "2026-03-02", "2026-03-02T09:30", "17:00",
    "true", "false", "/a\\/b/i", "importance", "sent", "from.domain", "phrase(x, except=[\"y\"])", "between(sent, today)", "r[\"\u8d1f\u8d23\u4eba\"]",
]  # fmt: skip

strings = st.sampled_from(_STRINGS)
names = st.sampled_from(["x", "\u7532", "word_list", "r", "r2"])
comments = st.sampled_from(["", "", "", "  # why\n", "\n\n\n", "\n# own line\n", "#\n", "\n  #tight\n\n"])


def _joined(*parts: str | st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*(st.just(part) if isinstance(part, str) else part for part in parts)).map("".join)


def _maybe(*parts: str | st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), _joined(*parts))


_lists = st.lists(st.one_of(strings, st.sampled_from(["# note\n \"z\"", "1"])), max_size=6).map(lambda items: "[" + ", ".join(items) + "]")


def _bigger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    comparison = st.sampled_from([" == ", " != ", " <= ", " > ", " in ", " not in ", " contains ", " matches ", " not contains ", " within "])
    one = st.sampled_from(["deadline", "recipient[external]", "\"a\"", "/b/", "phrase([\"c\"])"])
    return st.one_of(
        _joined("(", inner, comparison, inner, ")"),
        _joined("(", inner, st.sampled_from([" and ", " or "]), inner, st.sampled_from([" and ", " or "]), inner, ")"),
        _joined("(not ", inner, ")"),
        _joined("(", inner, " + ", inner, ")"),
        _joined("(-", inner, ")"),
        _joined("(", st.sampled_from(["any ", "no ", "exactly 1 ", "at_least 2 ", "at_most 3 "]), one, _maybe(" in ", inner), ")"),
        _joined("(", inner, st.sampled_from([" is present", " is not blank", " is external"]), ")"),
        _joined("(", inner, " within 2 workdays after ", inner, ")"),
        _joined("(", inner, ").count"),
        _joined("(", inner, ")[", inner, "]"),
    )


expressions = st.recursive(st.one_of(st.sampled_from(_ATOMS), strings, _lists), _bigger, max_leaves=8)
_settings = _joined(" with { ", st.sampled_from(["sent = 2026-03-02 ", "kind = email ", "to = [\"a@example.com\"] cc = [] ", ""]), "}")
_messages = st.one_of(
    _joined("message ", st.sampled_from(["", "zh ", "en "]), strings),
    _joined("suggest ", strings, _maybe(" -> ", strings)),
    _joined("fix ", st.sampled_from(["", "safe "]), strings, " -> ", strings),
)
_levels = st.sampled_from(["", " : warning", " : info", ":error", ":off"])
_checks = _joined(
    st.sampled_from(["require ", "forbid "]), expressions, _maybe(" unless ", expressions), _maybe(" at ", expressions), _levels,
    _maybe(" {", comments, _messages, "\n}"),
)  # fmt: skip
_examples = st.one_of(
    _joined(st.sampled_from(["good ", "bad "]), strings, st.one_of(st.just(""), _settings)),
    _joined("good file ", strings),
    _joined("bad thread { message ", strings, comments, " message ", strings, _settings, "}", st.one_of(st.just(""), _settings)),
)
_simple = st.one_of(
    _joined("cites ", strings, ", ", strings),
    _joined("why ", st.sampled_from(["", "zh ", "en "]), strings),
    st.sampled_from(["tags a, b-c", "on unknown warning"]),
    _joined("param ", names, st.sampled_from(["", ": list", ": duration"]), st.sampled_from([" = ", " += ", " -= "]), expressions),
    _joined("let ", names, " = ", expressions),
    _joined("applies when ", expressions),
    _messages,
    _checks,
    _examples,
)


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = st.lists(_joined(inner, comments), max_size=3).map("\n".join)
    return _joined("each ", names, " in ", st.sampled_from(_COLLECTIONS), _maybe(" where ", expressions), " {", comments, body, "\n}")


_statements = st.recursive(_simple, _blocks, max_leaves=4)
_heads = _joined(
    "rule ", st.sampled_from(["a", "vague-deadline", "\u542b\u7cca-\u671f\u9650"]), st.sampled_from(["", " (AA001)"]), _maybe(" ", strings),
    st.sampled_from(["", " extends b-c"]), st.sampled_from(["", " over thread", " over case"]), _levels,
)  # fmt: skip
rules = _joined(_heads, " {", comments, st.lists(_joined(_statements, comments), max_size=4).map("\n".join), "\n}", comments)
files = st.lists(st.one_of(rules, _joined("let ", names, " = ", expressions, "\n", comments)), max_size=3).map("\n".join)
"""Sound rule files with English keywords, laid out and commented at random."""

_scraps = st.sampled_from(
    [spelling for keyword in KEYWORDS for spelling in keyword.spellings]
    + ["{", "}", "(", ")", "[", "]", '"', "\u201c", "\u201d", "/", "#", "\n", " ", ":", "\uff1a", "=", "+", "-", ",", "\u3001", ".", "\u3002", "'", "\0", "\ufeff", "x", "3", "\uff13", "\\"]
)
look_alikes = st.one_of(st.text(max_size=60), st.lists(_scraps, max_size=40).map(" ".join), st.lists(_scraps, max_size=40).map("".join))
"""Any text, and texts made of what rules are made of."""


def outline(node: Any) -> Any:
    """A node without its spans: (type, parts…), for comparing what was read."""
    if isinstance(node, tuple):
        return tuple(outline(part) for part in node)
    if not isinstance(node, ast.Node):
        return node
    skipped = {"span", "path", "text", "lang"} if isinstance(node, ast.File) else {"span"}
    return (type(node).__name__, *(outline(getattr(node, field.name)) for field in fields(type(node)) if field.name not in skipped))


def nodes(node: Any) -> list[ast.Node]:
    """A node and every node below it."""
    if isinstance(node, tuple):
        return [found for part in node for found in nodes(part)]
    if not isinstance(node, ast.Node):
        return []
    return [node, *(found for field in fields(type(node)) for found in nodes(getattr(node, field.name)))]
