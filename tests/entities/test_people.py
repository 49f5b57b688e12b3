"""Persons and departments, in every form that norms.toml and real records use."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from commlint.entities import people as p
from commlint.entities.wordlists import tables
from commlint.model.environment import Roster, RosterPerson
from commlint.model.record import Party, Record
from commlint.model.values import Unknown
from commlint.text.fold import fold_string
from tests.entities.records import ENVIRONMENT, analysed, widths
from tests.quality.marked import lines, unmarked

FORMS = [
    ("由张三负责", [("full", "张三", "", "")]),
    ("张伟、李娜负责测试", [("full", "张伟", "", ""), ("full", "李娜", "", "")]),
    ("由张三、李四、王五牵头", [("full", "张三", "", ""), ("full", "李四", "", ""), ("full", "王五", "", "")]),
    ("张经理已确认", [("surname_title", "张", "经理", "")]),
    ("张总,李工好", [("surname_title", "张", "总", ""), ("surname_title", "李", "工", "")]),
    ("欧阳主任您好", [("surname_title", "欧阳", "主任", "")]),
    ("王小明总监参加", [("full", "王小明", "总监", "")]),
    ("*经理负责", [("masked", "*", "经理", "")]),
    ("张*负责", [("masked", "张*", "", "")]),
    ("张*经理负责", [("masked", "张*", "经理", "")]),
    ("市场部*经理负责", [("masked", "*", "经理", "市场部")]),
    ("市场部经理*负责", [("masked", "", "经理", "市场部")]),
    ("市场部经理负责", [("department_title", "", "经理", "市场部")]),
    ("研发部(主管)参加", [("department_title", "", "主管", "研发部")]),
    ("技术部李、", [("department_title", "李", "", "技术部")]),
    ("产品部张伟提出", [("full", "张伟", "", "产品部")]),
    ("@张三 请确认", [("mention", "张三", "", "")]),
    ("@李四请处理", [("mention", "李四", "", "")]),
    ("负责人:主管", [("title", "", "主管", "")]),
    ("负责人:市场部 张三", [("full", "张三", "", "市场部")]),
    ("负责人:张三、李四(市场部)", [("full", "张三", "", ""), ("full", "李四", "", "")]),
    ("责任部门/人:市场/王五", [("full", "王五", "", "市场")]),
    ("Owner: Alice Wang, Bob", [("full", "Alice Wang", "", ""), ("full", "Bob", "", "")]),
    ("Please contact Alice Wang.", [("full", "Alice Wang", "", "")]),
    ("市场部(孙八)6月5日前提交", [("full", "孙八", "", "市场部")]),
    ("汇报人:钱多多", [("full", "钱多多", "", "")]),
    ("Attendees: Alice Wang (Marketing), Bob Lee, and Carol", [("full", "Alice Wang", "", ""), ("full", "Bob Lee", "", ""), ("full", "Carol", "", "")]),
    ("参会人员:研发部(主管)、总经理", [("department_title", "", "主管", "研发部"), ("title", "", "总经理", "")]),
    ("会议由市场部组织,张三丰主持,赵敏记录。", [("full", "张三丰", "", ""), ("full", "赵敏", "", "")]),
    ("联系行政部周晓晓(分机8012)", [("full", "周晓晓", "", "行政部")]),
    ("待确认-需*总监审核", [("masked", "*", "总监", "")]),
    ("李雷和韩梅梅负责对接", [("full", "李雷", "", ""), ("full", "韩梅梅", "", "")]),
    ("参会:技术部孙浩\n孙浩:6月5日前完成", [("full", "孙浩", "", "技术部"), ("full", "孙浩", "", "")]),
    ("何俊6月10日前提交", [("full", "何俊", "", "")]),
    ("采购部钱经理于6月9日前付款", [("surname_title", "钱", "经理", "采购部")]),
    ("技术部孙浩尽快评估", [("full", "孙浩", "", "技术部")]),
    ("Mr. Smith agrees", [("surname_title", "Smith", "mr", "")]),
]
NOBODY = [
    "高度重视,方案已定。", "于是任何方法都行", "应用工程师", "项目经理总结会", "成本主管会", "时间安排如下", "负责人:全体", "负责人:市场部", "负责人:待定", "责任人:见各条", "请安排时间", "周期 5 天",
    "@所有人 请看", "联系方式待补", "由安全部门", "**重要**事项", "金额由财务核对", "温馨提示:请关灯", "马上处理", "任务完成", "市场部(含分部)", "时任总经理", "由于负责", "向上级汇报", "经理级以上人员", "公司高层高度重视", "感谢金融机构支持", "钱款已付,常规流程,周知。",
]


def _found(text: str, **more: object) -> list[tuple[str, str, str, str]]:
    analysis = analysed(text, **more)
    return [(person.form, person.name, person.title, person.department) for person in p.persons(analysis, analysis.record)]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_every_form_of_reference_is_found(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    """With its name, title and department."""
    assert _found(text) == expected


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_the_width_of_punctuation_does_not_matter(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    """The same references in full width."""
    assert [form for form, *_ in _found(widths(text)[1])] == [form for form, *_ in expected]


@pytest.mark.parametrize("text", NOBODY)
def test_words_groups_and_departments_are_not_persons(text: str) -> None:
    """A surname character at the start of a word, everybody, a department alone: nobody."""
    assert _found(text) == []


def test_a_name_that_a_label_introduces_is_known_all_over_the_record() -> None:
    """Alice of the attendees is Alice in the action items."""
    assert _found("Attendees: Alice, Bob\nAlice to send it. Alicent stays.") == [("full", name, "", "") for name in ("Alice", "Bob", "Alice")]
    assert [name for _, name, *_ in _found("参会人员:张三、李四\n会上张三反对。")] == ["张三", "李四", "张三"]


def test_an_address_has_its_display_name() -> None:
    """张三 <a@b> is one reference."""
    analysis = analysed("联系张三 <zhangsan@example.com> 或 li@example.cn")
    found = [(person.form, person.name, person.address) for person in p.persons(analysis, analysis.record)]
    assert found == [("full", "张三", "zhangsan@example.com"), ("address", "", "li@example.cn")]


def test_a_subject_names_persons_between_its_marks() -> None:
    """事由-部门-人名 (norm S3-008)."""
    assert _found("正文", subject="采购合同评审-市场部-张三") == [("full", "张三", "", "市场部")]


@pytest.mark.parametrize(("text", "names"), [
    ("市场部与研发部", ["市场部", "研发部"]), ("由市场、产品、技术三部门完成", ["市场", "产品", "技术"]), ("责任部门:市场", ["市场"]), ("人力资源部、信息技术部", ["人力资源部", "信息技术部"]),
    ("华东销售部", ["华东销售部"]), ("财务处 客服中心", ["财务处", "客服中心"]), ("内部全部外部", []), ("好处与用处", []), ("各部门、相关部门", []), ("市场部长", []),
    ("the Marketing Department and the IT team", ["Marketing Department", "IT team"]), ("售后部门", ["售后部门"]), ("市场很大,产品不错", []),
])
def test_departments_are_found(text: str, names: list[str]) -> None:
    """By suffix, in lists and under labels; other words with 部 are none."""
    analysis = analysed(text)
    assert [department.name for department in p.departments(analysis, analysis.record)] == names


ROSTER = Roster(
    (
        RosterPerson("张三丰", ("张*经理",), "市场部", "经理"), RosterPerson("张无忌", (), "研发部", "经理"), RosterPerson("于方", (), "法务部", "主管", addresses=("yu@example.com",)),
    ),
    ("市场部", "研发部", "法务部"), known=True,
)


def test_the_roster_names_people_that_words_hide() -> None:
    """A rare surname needs no cue when the roster has the name."""
    assert [name for _, name, *_ in _found("今天于方说可以", environment=evolve(ENVIRONMENT, roster=ROSTER))] == ["于方"]


@pytest.mark.parametrize(("text", "names"), [
    ("张*经理负责", ["张三丰", "张无忌"]), ("市场部*经理负责", ["张三丰"]), ("*经理负责", ["张三丰", "张无忌"]), ("于方负责", ["于方"]), ("yu@example.com", ["于方"]), ("李经理负责", []),
])
def test_a_reference_keeps_all_it_can_mean(text: str, names: list[str]) -> None:
    """Ambiguity is kept, not resolved by chance."""
    analysis = analysed(text, evolve(ENVIRONMENT, roster=ROSTER))
    (person,) = p.persons(analysis, analysis.record)
    assert [each.name for each in p.candidates(analysis, person)] == names


@pytest.mark.parametrize(("subject", "names", "departments"), [
    ("Q2 channel review - Marketing Department - Zhou Ziheng", ["Zhou Ziheng"], ["Marketing Department"]),
    ("Invoice 2026-0611 - Finance - Li Min", ["Li Min"], ["Finance"]),
    ("Delivery of order 118 | Sales Dept | He Jun", ["He Jun"], ["Sales Dept"]),
    ("付款申请-财务-李敏", ["李敏"], ["财务"]),
    ("Weekly Report - Sales Department - New Product", [], ["Sales Department"]),
    ("Zhou Ziheng wrote to us", ["Zhou Ziheng"], []),
])
def test_a_subject_names_department_and_person(subject: str, names: list[str], departments: list[str]) -> None:
    """Behind the matter, in Latin script by their capitals."""
    analysis = analysed("x", subject=subject)
    assert [person.text for person in p.persons(analysis, analysis.record)] == names
    assert [house.text for house in p.departments(analysis, analysis.record)] == departments


@pytest.mark.parametrize("line", list(lines(Path(__file__).with_name("people.txt"))))
def test_a_line_of_some_trade_names_whom_it_names(line: str) -> None:
    """All persons and departments by their exact stretches; a department inside a person's is part of it."""
    text, marks = unmarked(line.removeprefix("! "))
    analysis = analysed(text)
    persons = p.persons(analysis, analysis.record)
    houses = [house for house in p.departments(analysis, analysis.record) if not any(person.span.contains(house.span) for person in persons)]
    found = {("person", each.span.start, each.span.end) for each in persons} | {("department", each.span.start, each.span.end) for each in houses}
    assert found == {(mark.label(0), mark.start, mark.end) for mark in marks}


@pytest.mark.parametrize(("text", "forms"), [
    ("小李去车站接人了,老王在看机器。", ["familiar", "familiar"]), ("信息科小陆反馈系统重启过。", ["familiar"]), ("艾力·买买提老师已到校。", ["full"]), ("德方代表施密特先生要求返工。", ["surname_title"]), ("找amy要发票", ["full"]), ("Tony老师请假了", ["surname_title"]),
    ("CHEN Hao will pick him up.", ["full"]), ("签到:王 伟  李建国", ["full", "full"]), ("周XX、赵○○、孙某", ["masked", "masked", "masked"]),
])
def test_names_are_written_in_many_ways(text: str, forms: list[str]) -> None:
    """Familiar, by sound, in Latin script, with blanks, masked by any sign."""
    analysis = analysed(text)
    assert [person.form for person in p.persons(analysis, analysis.record)] == forms


def test_a_name_in_the_head_of_a_mail_is_known_in_its_text() -> None:
    """Where words alone would not tell."""
    text = "结果常远都知道。"
    record = Record.from_text(text, sender=Party("常远", "chang@example.com"))
    assert [person.name for person in p.persons(analysed(record), record)] == ["常远"]
    assert _found(text) == []


def test_an_ambiguous_reference_is_undetermined() -> None:
    """Two people of the roster fit: what differs between them is unknown, never a guess."""
    analysis = analysed("张*经理负责", evolve(ENVIRONMENT, roster=ROSTER))
    (person,) = p.persons(analysis, analysis.record)
    assert p.candidates_of(analysis, person) == ("张三丰", "张无忌")
    assert p.ambiguous_of(analysis, person) is True
    assert p.department_of(analysis, person) == Unknown("ambiguous-person", "张*经理")
    assert p.title_of(analysis, person) == "经理"


def test_without_a_roster_nobody_knows_who_is_meant() -> None:
    """The question stays open."""
    analysis = analysed("张*经理负责")
    (person,) = p.persons(analysis, analysis.record)
    assert p.candidates_of(analysis, person) == Unknown("no-roster", "张*经理")


@pytest.mark.parametrize("name", ["common", "given", "latin"])
def test_the_large_tables_are_folded(name: str) -> None:
    """They are read without folding."""
    assert all(word == fold_string(word) for words in tables(name).values() for word in words)
