"""Contact points, signatures and changes of contact."""

from __future__ import annotations

from datetime import datetime

import pytest

from commlint.entities import contacts as c
from commlint.entities.signature import signature
from commlint.model.record import Part, Record
from tests.entities.records import ENVIRONMENT, analysed, widths

SENT = datetime(2024, 6, 1, 10, 0, tzinfo=ENVIRONMENT.tz)

CONTACTS = [
    ("对接人:张三", [(["张三"], "", "")]),
    ("接口人:张三、李四", [(["张三", "李四"], "", "")]),
    ("联系人:张经理 电话:13800138000", [(["张经理"], "13800138000", "")]),
    ("联系人:张三(13800138000,zhang@example.com)", [(["张三"], "13800138000", "zhang@example.com")]),
    ("联系人:张三\n电话:010-62345678\n邮箱:zhang@example.com", [(["张三"], "010-62345678", "zhang@example.com")]),
    ("对接人:市场部", [([], "", "")]),
    ("对接人:待定", []),
    ("对接人为张三。", [(["张三"], "", "")]),
    ("对接人:张三\n本项目对接人为张三。", [(["张三"], "", "")]),
    ("对接人:张三\n接口人:李四", [(["张三"], "", ""), (["李四"], "", "")]),
    ("Contact: Alice Wang", [(["Alice Wang"], "", "")]),
    ("| 对接人 | 联系方式 |\n|---|---|\n| 张三 | 13800138000 |", [(["张三"], "13800138000", "")]),
    ("请联系对接人处理", []),
    ("由李娜担任接口人。", [(["李娜"], "", "")]),
    ("张三为本项目唯一对接人,手机13800138000。", [(["张三"], "13800138000", "")]),
    ("请与采购部李四联系,电话13800138000。", [(["采购部李四"], "13800138000", "")]),
    ("Please contact Alice Wang at alice@example.com.", [(["Alice Wang"], "", "alice@example.com")]),
    ("Bob Lee will be your main contact.", [(["Bob Lee"], "", "")]),
    ("请联系张三处理", []),
]
EXTENSIONS = [
    ("有问题请联系王强(分机8021)。", "8021"), ("联系人:王强,电话 010-62345678 转 801", "801"), ("联系人:王强\n电话:010-62345678\n分机:8021", "8021"), ("如需支持找小刘,内线 6021。", "6021"), ("联系人:王强,电话 13800001234", ""),
]

SIGNATURES = [
    ("张三\n销售经理\n示例科技有限公司\n电话:010-62345678\n邮箱:zhang@example.com", ("张三", "销售经理", "示例科技有限公司", "010-62345678", "zhang@example.com")),
    ("张三 | 销售经理\n示例科技有限公司\n13800138000", ("张三", "销售经理", "示例科技有限公司", "13800138000", "")),
    ("示例科技有限公司 市场部 张三 经理\n138-0013-8000", ("张三", "经理", "示例科技有限公司", "138-0013-8000", "")),
    ("姓名:张三\n职务:经理\n公司:示例集团\n联系方式:zhang@example.com", ("张三", "经理", "示例集团", "", "zhang@example.com")),
    ("張* 經理\n示例公司", ("張*", "經理", "示例公司", "", "")),
    ("John Smith\nSales Manager\nExample Ltd.\nTel: +1 415-555-0100\njohn@example.com", ("John Smith", "Sales Manager", "Example Ltd.", "+1 415-555-0100", "john@example.com")),
    ("Alice Wang\nExample Corp\nalice@example.com", ("Alice Wang", "", "Example Corp", "", "alice@example.com")),
    ("张三", ("张三", "", "", "", "")),
    ("市场部 李四\n电话 13900139000", ("李四", "", "", "13900139000", "")),
    ("张三/销售经理/示例科技有限公司/139-0013-8000", ("张三", "销售经理", "示例科技有限公司", "139-0013-8000", "")),
    ("張三  業務經理\n示例有限公司\nT 02-5555-0199 | M 0900-555-019", ("張三", "業務經理", "示例有限公司", "02-5555-0199", "")),
    ("Best regards / 祝好\n张三 (San Zhang)\n销售部 销售经理\n示例科技有限公司 | Example Tech", ("张三", "销售经理", "示例科技有限公司", "", "")),
    ("Alice Wang\nAccountant, Finance Department\nExample Co., Ltd.", ("Alice Wang", "Accountant", "Example Co., Ltd.", "", "")),
    ("-- \n王五\n产品总监\n400-800-1234", ("王五", "产品总监", "", "400-800-1234", "")),
]


@pytest.mark.parametrize(("text", "expected"), CONTACTS)
def test_contacts_are_named_persons_with_their_details(text: str, expected: list[tuple[list[str], str, str]]) -> None:
    """A department alone is a contact without persons; the same person twice is one contact."""
    for spelled in widths(text)[:2]:
        analysis = analysed(spelled)
        found = [([person.text for person in each.persons], each.phone, each.email) for each in c.contacts(analysis, analysis.record)]
        assert found == expected


@pytest.mark.parametrize(("text", "expected"), SIGNATURES)
def test_signatures_are_read_in_many_layouts(text: str, expected: tuple[str, ...]) -> None:
    """Name, title, company, phone and mail, each empty when it is not there."""
    record = Record.from_text("正文")
    record = Record(uri="t", kind=record.kind, parts=(*record.parts, Part.plain("signature", text)))
    found = signature(analysed(record), record)
    assert found is not None
    assert (found.name, found.title, found.company, found.phone, found.email) == expected


@pytest.mark.parametrize("closing", ["此致\n敬礼", "祝好!", "谢谢!", "Best regards,", "Kind regards"])
def test_a_signature_without_a_mark_follows_the_closing_words(closing: str) -> None:
    """Readers of plain text mark none."""
    analysis = analysed(f"请查收。\n\n{closing}\n张三\n示例公司")
    found = signature(analysis, analysis.record)
    assert found is not None
    assert (found.name, found.company) == ("张三", "示例公司")


@pytest.mark.parametrize("text", ["请查收附件,谢谢。", "1. 写报告\n2. 改稿", "会议定于周五召开。"])
def test_a_text_without_a_signature_has_none(text: str) -> None:
    """Ordinary last lines are not taken for one."""
    analysis = analysed(text)
    assert signature(analysis, analysis.record) is None


@pytest.mark.parametrize(("text", "person", "day"), [
    ("自2024年6月10日起,我司对接人由张三变更为李四。", "李四", (2024, 6, 10)),
    ("即日起由李四接替张三负责贵司的对接工作。", "李四", (2024, 6, 1)),
    ("项目对接人更换为王经理,6月12日生效。", "王经理", (2024, 6, 12)),
    ("因岗位调整,后续工作由李四接手。", "李四", None),
    ("Your new point of contact is Bob Lee from June 10, 2024.", "Bob Lee", (2024, 6, 10)),
])
def test_a_change_of_contact_names_who_and_from_when(text: str, person: str, day: tuple[int, int, int] | None) -> None:
    """As far as it says."""
    analysis = analysed(text, sent_at=SENT)
    change = c.contact_change(analysis, analysis.record)
    assert change is not None
    assert change.person is not None
    assert change.person.text == person
    if day:
        assert change.effective is not None
        assert (change.effective.year, change.effective.month, change.effective.day) == day


@pytest.mark.parametrize(("text", "person", "former"), [
    ("自6月10日起,对接人由李强更换为赵晨。", "赵晨", "李强"), ("李强已离职,后续由赵晨与您对接。", "赵晨", "李强"), ("我已调岗,后续工作交接给刘洋,请联系她。", "刘洋", None), ("原对接人陈立休产假,期间请联系林晓兰。", "林晓兰", "陈立"),
    ("我司项目对接人换成何俊了。", "何俊", None), ("因人员调整,周敏不再负责贵司业务,改由陈立对接。", "陈立", "周敏"), ("即日起,贵司业务的联系人改为张*经理。", "张*经理", None), ("即日起由赵晨接替李强负责贵司的对接工作。", "赵晨", "李强"),
    ("Alice Wang has left the company; Bob Lee will be your new contact.", "Bob Lee", "Alice Wang"), ("Bob Lee takes over from Alice Wang as your account manager.", "Bob Lee", "Alice Wang"), ("Please contact Mei Lin instead of Tom Chen.", "Mei Lin", "Tom Chen"),
])
def test_a_change_of_contact_names_who_was_it_before(text: str, person: str, former: str | None) -> None:
    """Whom the sentence takes the work from; None where it does not say."""
    analysis = analysed(text, sent_at=SENT)
    change = c.contact_change(analysis, analysis.record)
    assert change is not None
    assert (change.person and change.person.text, change.former and change.former.text) == (person, former)


@pytest.mark.parametrize(("text", "extension"), EXTENSIONS)
def test_a_contact_has_an_extension(text: str, extension: str) -> None:
    """Beside the number, in a bracket, or under a label of its own."""
    analysis = analysed(text)
    assert [each.extension for each in c.contacts(analysis, analysis.record)] == [extension]


@pytest.mark.parametrize("text", ["会议时间变更为周五。", "会议时间调整为周五,请联系张三确认。", "张三离职手续请与人事对接。", "对接人:张三", "请更换密码。"])
def test_other_changes_are_not_changes_of_contact(text: str) -> None:
    """Nor is naming a contact."""
    analysis = analysed(text)
    assert c.contact_change(analysis, analysis.record) is None


@pytest.mark.parametrize(("text", "phone"), [
    ("13800138000", True), ("138 0013 8000", True), ("+86 138-0013-8000", True), ("010-62345678", True), ("(021)87654321-801", True), ("400-800-1234", True), ("+1 415-555-0100", True),
    ("138****8000", True), ("2024-05-21", False), ("20240521", False), ("2024-市场-001", False), ("V1.2.3", False), ("1234567890123456", False),
])
def test_telephone_numbers_are_told_from_other_digits(text: str, phone: bool) -> None:
    """Dates, versions and card numbers are none."""
    assert (c.PHONE.search(text) is not None) is phone
