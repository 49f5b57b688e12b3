"""Greetings and closings of letters, and who is mentioned in a chat."""

from __future__ import annotations

import pytest

from commlint.entities import chat, letters
from commlint.entities.fields import fields
from commlint.model.reading.greeting import greeting
from commlint.model.record import Kind, Part, Record
from tests.entities.records import analysed, widths

GREETINGS = [
    ("王经理、李工:\n请看附件。", "王经理、李工:"), ("各位同事:\n大家好!\n\n请看附件。", "各位同事:\n大家好!"), ("小鹿,你好:\n好的。", "小鹿,你好:"), ("Dear Ms. Lin,\n\nAttached.", "Dear Ms. Lin,"),
    ("Hi 老漆~\n请看附件。", "Hi 老漆~"), ("尊敬的客户\n请看附件。", "尊敬的客户"), ("安全科:\n照片见附件。", "安全科:"), ("姐,\n好的。", "姐,"), ("Team,\nSee below.", "Team,"), ("车间主任:您好\n请看。", "车间主任:您好"),
    ("会议时间:\n5月6日", None), ("进展如下:\n1. 完成", None), ("看了,改三处:\n一", None), ("好的,\n明天给你。", None), ("收到,谢谢!\n张三", None), ("请各部门提交材料。\n谢谢", None), ("- 张三:\n完成", None), ("Thanks,\nAnn", None),
    ("附件:\n报价单", None), ("", None), ("Subject:\nx", None), ("1. 王经理:\n写报告", None),
]


@pytest.mark.parametrize(("text", "expected"), GREETINGS)
def test_a_letter_opens_with_a_greeting(text: str, expected: str | None) -> None:
    """One line or several; labels, answers and lists are none."""
    for spelled in widths(text)[:2]:
        span = greeting(spelled)
        found = widths(span.of(spelled))[0] if span else None
        assert (found is None) is (expected is None)
        assert span is None or len(span) == len(expected or "")


def test_a_greeting_is_no_label() -> None:
    """Else the whole letter would be what stands under it."""
    analysis = analysed("王经理、李工:\n请于周五前提交材料。\n负责人:张三", kind=Kind.EMAIL)
    assert [field.label.text for field in fields(analysis, analysis.record)] == ["负责人"]


@pytest.mark.parametrize(("text", "expected"), [
    ("请查收。\n\n此致\n敬礼!\n\n张三\n示例公司", "此致\n敬礼!"), ("See attached.\n\nBest regards,\nAnn Lee\nExample Ltd.", "Best regards,"), ("请查收。\n谢谢!", "谢谢!"), ("请查收。", None), ("谢谢大家参加昨天的会议,材料见附件,请补充。", None),
])
def test_the_closing_is_the_formula_at_the_end(text: str, expected: str | None) -> None:
    """Above the signature; of several lines all."""
    analysis = analysed(text, kind=Kind.EMAIL)
    found = letters.closing(analysis, analysis.record)
    assert (found.text if found else None) == expected


MENTIONS = [
    ("@张三 请看", ["张三"]), ("@所有人 开会", ["所有人"]), ("请@李四看一下", ["李四"]), ("@Grace Liu did you try?", ["Grace Liu"]), ("@dani.ortega ok", ["dani.ortega"]), ("@市场部-王芳 和 @all", ["市场部-王芳", "all"]),
    ("发到 a@example.com", []), ("@张三(市场部) 好", ["张三(市场部)"]), ("价格@ 12", []), ("@张经理请确认", ["张经理"]), ("@@@ @", []),
]


@pytest.mark.parametrize(("text", "expected"), MENTIONS)
def test_who_is_mentioned(text: str, expected: list[str]) -> None:
    """The name ends where it is over; a mail address mentions nobody."""
    analysis = analysed(text, kind=Kind.CHAT_MESSAGE)
    assert [person.name for person in chat.mentions(analysis, analysis.record)] == expected


GROUPS = [
    ("【市场部】新品推广20231020", ("市场部", "新品推广", "20231020")), ("市场部-新品推广-10月20日", ("市场部", "新品推广", "10月20日")), ("新品推广沟通群(市场部)", ("市场部", "新品推广", None)), ("2024-05-22 质量部 来料异常", ("质量部", "来料异常", "2024-05-22")),
    ("供应链应急小组", (None, "供应链应急小组", None)), ("【财务部】年终关账 2024年12月(23)", ("财务部", "年终关账", "2024年12月")), ("incident-0930", (None, "incident", "0930")), ("展会群", (None, "展会", None)),
]


@pytest.mark.parametrize(("name", "expected"), GROUPS)
def test_the_parts_of_a_groups_name(name: str, expected: tuple[str | None, ...]) -> None:
    """Department, matter and date; a count of members and the word for a group belong to none."""
    record = Record("t", Kind.CHAT_GROUP, (Part.plain("group", name),))
    found = chat.group(analysed(record), record)
    assert found is not None
    assert not isinstance(found, str)
    assert tuple(part.text if part else None for part in (found.department, found.matter, found.date)) == expected
