"""Names: what they mean, and what is said when they mean nothing."""

from __future__ import annotations

import pytest

from commlint.lang.parser import parse
from commlint.lang.resolve import bindings
from tests.lang.compiling import TABLE, pointed, program, told


def _rule(statement: str) -> str:
    return f"rule r (TST001) {{ {statement} }}"


@pytest.mark.parametrize(
    ("statement", "slug", "at", "help"),
    [
        ("require any dedline in body", "unknown-name", "dedline", "did you mean `deadline`?"),
        ("require bdy contains \"x\"", "unknown-name", "bdy", "did you mean `body`?"),
        ("\u5fc5\u987b \u6b63\u6587\u5b57 \u5305\u542b \"x\"", "unknown-name", "\u6b63\u6587\u5b57", "did you mean `\u6b63\u6587`?"),
        ("each s in sentences { require s.directve }", "unknown-attribute", "directve", "did you mean `directive`?"),
        ("each s in sentences { require s.deadlines }", "unknown-attribute", "deadlines", "any deadline in"),
        ("require phrases([\"x\"]) in body", "unknown-function", "phrases", "did you mean `phrase`?"),
        ("require any phrase([\"x\"], exept=[\"y\"]) in body", "unknown-argument", "exept", "there is words, "),
        ("require any phrase() in body", "missing-argument", "phrase()", "any phrase("),
        ("param w: lisst = [\"x\"]\nrequire any phrase(w) in body", "unknown-type", "lisst", "did you mean `list`?"),
        ("param w: list = list(\"urgancy\")\nrequire any phrase(w) in body", "unknown-list", "\"urgancy\"", "did you mean `urgency`?"),
        ("require it.external", "element-outside-filter", "it", "in brackets"),
        ("require deadline is resolved", "unknown-name", "deadline", "all of them are `deadlines`"),
        ("require kind == minuts", "unknown-name", "minuts", "did you mean `minutes`?"),
        ("message \"{subjekt}\"\nrequire urgent", "unknown-name", "subjekt", "did you mean `subject`?"),
        ("good \"x\" with { sentt = 2026-03-02 }\nrequire urgent", "unknown-setting", "sentt", "did you mean `sent`?"),
    ],
)  # fmt: skip
def test_an_unknown_name_is_told_where_it_stands_with_a_way_out(statement: str, slug: str, at: str, help: str) -> None:
    """The caret covers the word, and the help names the nearest word in either language, or what there is."""
    (found,) = told(_rule(statement))
    assert pointed(found) == (slug, at)
    assert help in found.help


def test_words_of_a_record_are_not_words_of_a_thread() -> None:
    """A rule over a thread that asks for `body` is told to ask a message for it."""
    (found,) = told("rule r over thread { each m in messages { require body contains \"x\" } }")
    assert pointed(found) == ("record-only", "body")
    assert "m.body" in found.help


def test_inside_a_filter_words_are_those_of_the_element_first() -> None:
    """`external` in a filter of recipients is the party's; `audience` is not the party's, so it is the record's."""
    found = program("require no recipient[external and audience == internal] in to")
    condition = found.body[0][3][4][3]
    external, audience = condition[2]
    assert external[2][0] == "it"
    assert external[3] == "party.external"
    assert audience[3][2][0] == "root"


def test_filters_within_filters_reach_out() -> None:
    """The depth of `it` counts filters from the innermost out."""
    found = program("require any task[any owner[name == currency_name]]".replace("currency_name", "priority") + " in body")
    inner = found.body[0][3][4][3][4][3]
    name, priority = inner[3], inner[4]
    assert (name[2][0], name[2][2]) == ("it", 0)
    assert (priority[2][0], priority[2][2]) == ("it", 1)


def test_a_choice_may_be_named_by_its_value() -> None:
    """`t.kind == vague` means the kind of time, although `vague` is a predicate elsewhere."""
    found = program("each t in times { forbid t.kind == vague }")
    assert found.body[0][5][0][3][4][2] == "vague"


@pytest.mark.parametrize(
    ("condition", "source", "scope"),
    [
        ("any recipient[external] in to", "record.to", None),
        ("any deadline in body", "record.deadlines", "record.body"),
        ("no recipient", "record.recipients", None),
        ("any heading[text contains \"x\"]", "record.headings", None),
        ("any person in subject", "record.persons", "record.subject"),
    ],
)
def test_quantifiers_look_where_they_should(condition: str, source: str, scope: str | None) -> None:
    """A list gives its own elements, a stretch those inside it, and nothing at all means the whole record."""
    quant = program(f"require {condition}").body[0][3]
    base = quant[4] if quant[4][0] == "attr" else quant[4][2]
    assert base[3] == source
    assert (quant[5] and quant[5][3]) == scope


def test_what_a_place_calls_its_own_comes_first() -> None:
    """`any owner in t` are the owners of the task, not anybody named in its text."""
    quant = program("each t in tasks { require any owner in t }").body[0][5][0][3]
    assert quant[4][3] == "task.owners"
    assert quant[5] is None


def test_a_pattern_without_a_place_is_sought_in_the_body() -> None:
    """`any phrase(…)` alone looks at the body."""
    quant = program("forbid any phrase([\"x\"])").body[0][3]
    assert quant[5][3] == "record.body"


def test_messages_may_use_names_of_the_blocks_they_stand_for() -> None:
    """A message at the end of a rule may speak of what an `each` inside it looks at."""
    found = program("each t in tasks { require t.due is present }\nmessage en \"{t.task}: {match}\"")
    parts = found.messages["message"]["en"][2]
    assert [part if isinstance(part, str) else part[2][0] for part in parts] == ["attr", ": ", "detail"]


def test_formats_of_holes_are_kept() -> None:
    """What stands behind the colon of a hole is its format, and no part of the expression."""
    parts = program("require urgent\nmessage en \"{sent:%Y-%m-%d %H:%M} {{x}}\"").messages["message"]["en"][2]
    assert parts[0][3] == "%Y-%m-%d %H:%M"
    assert parts[1] == " {x}"


def test_holes_point_into_the_file_behind_escapes() -> None:
    """A problem in a hole is underlined exactly, also behind escaped characters."""
    (found,) = told(_rule("require urgent\nmessage en \"a\\n\\\"b\\\" {sentt}\""))
    assert pointed(found) == ("unknown-name", "sentt")


@pytest.mark.parametrize("text", ["{sent", "sent}", "{}", "{a {b}}", "{sent ==}"])
def test_broken_holes_are_told(text: str) -> None:
    """Braces that do not pair up, and holes that hold no expression, are errors."""
    assert [found.slug for found in told(_rule(f'require urgent\nmessage en "{text}"'))] == ["bad-hole"]


def test_bindings_cover_both_languages_and_name_singulars() -> None:
    """The formatter gets, for each word, the symbol under the names it goes by at that place."""
    text = "\u89c4\u5219 \u7532 { \u5fc5\u987b \u6709 \u671f\u9650 \u5728 body }"
    file, _ = parse(text, "a.norm")
    assert file is not None
    found = {span.of(text): symbol.names for span, symbol in bindings(file, TABLE).items()}
    assert found["\u671f\u9650"].en == "deadline"
    assert found["body"].zh == "\u6b63\u6587"


def test_bindings_cover_arguments_settings_types_and_holes() -> None:
    """Keyword arguments, parameter types, settings of examples and words in messages are words too."""
    text = 'rule r { param w: list = ["x"]\nforbid any phrase(w, except = ["y"]) in body\nmessage en "{subject}"\ngood "x" with { kind = email } }'
    file, _ = parse(text, "a.norm")
    assert file is not None
    found = {span.of(text): symbol.names.zh for span, symbol in bindings(file, TABLE).items()}
    assert found["except"] == "\u9664\u5916"
    assert found["list"] == "\u5217\u8868"
    assert found["subject"] == "\u4e3b\u9898"
    assert (found["kind"], found["email"]) == ("\u7c7b\u578b", "\u90ae\u4ef6")
