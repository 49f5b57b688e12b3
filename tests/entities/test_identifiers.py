"""Telephone numbers, mail addresses, ID cards and bank cards: found by form and check digit, and hidden without moving anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commlint.entities.identifiers import found, hidden, is_id_card, luhn, redacted
from commlint.model.values import IdentifierKind
from commlint.text.fold import fold_string

FOUND = [
    ("手机13800001234", [("phone", "13800001234")]),
    ("请拨021-5555 0100转8003", [("phone", "021-5555 0100转8003")]),
    ("tel. (0755) 8321-4567 ext. 216", [("phone", "(0755) 8321-4567 ext. 216")]),
    ("+86 138-0000-1234", [("phone", "+86 138-0000-1234")]),
    ("\uff11\uff13\uff18\uff10\uff10\uff10\uff10\uff11\uff12\uff13\uff14", [("phone", "13800001234")]),
    ("客服400-810-0000", [("phone", "400-810-0000")]),
    ("身份证110101199003071233", [("id-card", "110101199003071233")]),
    ("身份证32010219750915442X", [("id-card", "32010219750915442x")]),
    ("卡号4111 1111 1111 1111", [("bank-card", "4111 1111 1111 1111")]),
    ("卡号4111 1111 1111 1112", []),
    ("写信到li.wei@corp.example.com即可", [("email", "li.wei@corp.example.com")]),
    ("logo@2x.png", []),
    ("订单号4111111111111111", []),
    ("订单202405221038471256", []),
    ("版本v1.2.3\uff0c共20240522份", []),
    ("图纸138000012345", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_identifiers_are_found_by_form_and_check_digit(text, expected):
    """Beside Chinese characters too; numbers of things are none."""
    folded = fold_string(text)
    assert [(kind.value, folded[start:end]) for kind, start, end in found(folded)] == expected


@pytest.mark.parametrize(
    ("number", "right"),
    [("110101199003071233", True), ("110101199003071234", False), ("32010219750915442X", True), ("110101199013071233", False), ("010101199003071233", False), ("11010119900307123", False)],
)
def test_an_id_card_has_a_date_and_a_right_check_digit(number, right):
    """GB 11643-1999: the eighteenth character follows from the others."""
    assert right == is_id_card(number)


@pytest.mark.parametrize(("number", "right"), [("4111111111111111", True), ("4111111111111112", False), ("79927398713", True), ("79927398710", False)])
def test_a_bank_card_passes_luhn(number, right):
    """The check digit of ISO/IEC 7812-1."""
    assert right == luhn(number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("电话13800001234\u3002", "电话138****1234\u3002"),
        ("li.wei@corp.example.com", "l*****@corp.example.com"),
        ("身份证110101199003071233", "身份证110*************33"),
        ("\uff11\uff13\uff18\uff10\uff10\uff10\uff10\uff11\uff12\uff13\uff14", "\uff11\uff13\uff18****\uff11\uff12\uff13\uff14"),
        ("13800001234，分机 8021", "138********，分机 8021"),
        ("没有号码", "没有号码"),
    ],
)
def test_redaction_hides_the_middle(text, expected):
    """A few first and last characters stay, so that people can tell which number it was."""
    assert expected == redacted(text)


@given(st.text(st.sampled_from("0123456789 -+()@.axX\u7535\uff11\u200b\u8f49"), max_size=60))
def test_redaction_moves_nothing(text):
    """As long as before, and nothing left to hide but what is hidden already."""
    made = redacted(text)
    assert len(made) == len(text)
    assert all(a == b or b == "*" for a, b in zip(text, made, strict=True))


@pytest.mark.parametrize("kind", list(IdentifierKind))
def test_every_kind_is_hidden(kind):
    """No kind comes out as it went in."""
    written = "a123456789@example.com" if kind is IdentifierKind.EMAIL else "13800001234567890"
    assert "*" in hidden(kind, written)
