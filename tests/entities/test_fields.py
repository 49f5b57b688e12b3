"""Labels and values are found however people lay them out."""

from __future__ import annotations

import pytest
from attrs import evolve

from commlint.entities import fields as f
from commlint.entities.labels import keys_of, synonyms
from commlint.entities.wordlists import sections
from commlint.model.environment import Lexicon
from commlint.model.record import Cell, Grid, Part, Record
from commlint.model.span import Span
from tests.entities.records import ENVIRONMENT, analysed, widths

CASES = {
    "a line each": ("会议主题:新品推广\n地点:线上", [("meeting_topic", "新品推广"), ("place", "线上")]),
    "numbered": ("1. 会议主题:新品推广\n2、地点:线上", [("meeting_topic", "新品推广"), ("place", "线上")]),
    "bulleted": ("- 主持人:张三\n- 记录人:李四", [("host", "张三"), ("recorder", "李四")]),
    "run together": ("负责人:主管完成时限:2023-10-30", [("owner", "主管"), ("due", "2023-10-30")]),
    "parted by blanks": ("需求编号:2024-市场-001 需求方:经理 优先级:高", [("requirement_number", "2024-市场-001"), ("requester", "经理"), ("priority", "高")]),
    "parted by marks": ("负责人:张三,截止时间:5月22日;优先级:高", [("owner", "张三"), ("due", "5月22日"), ("priority", "高")]),
    "in brackets at the end": ("完成测试(责任人:张三,截止:5-22)", [("owner", "张三"), ("due", "5-22")]),
    "black brackets": ("【会议时间】2024-5-20\n【地点】线上", [("meeting_time", "2024-5-20"), ("place", "线上")]),
    "bold with the colon inside": ("**主持人:** 张三", [("host", "张三")]),
    "bold with the colon outside": ("**主持人**: 张三", [("host", "张三")]),
    "bold without a colon": ("**主持人** 张三", [("host", "张三")]),
    "heading": ("# 纪要\n## 决议\n通过预算。\n## 待办\n无", [("decisions", "通过预算。"), ("actions", "无")]),
    "chinese chapters": ("一、决议\n通过预算。\n二、待办事项\n写报告", [("decisions", "通过预算。"), ("actions", "写报告")]),
    "a label alone on its line": ("决议事项\n1. 通过预算\n待办事项\n1. 写报告", [("decisions", "1. 通过预算"), ("actions", "1. 写报告")]),
    "a value below": ("决议事项:\n1. 通过预算\n2. 增加人手\n备注:略", [("decisions", "1. 通过预算\n2. 增加人手"), ("remarks", "略")]),
    "nothing below": ("决议事项:\n待办事项:\n备注:略", [("decisions", ""), ("actions", ""), ("remarks", "略")]),
    "a form of two columns": ("| 会议主题 | 预算会 |\n|---|---|\n| 主持人 | 张三 |", [("meeting_topic", "预算会"), ("host", "张三")]),
    "a form with a caption row": ("| 项目 | 内容 |\n|---|---|\n| 需求编号 | 2024-市场-001 |\n| 优先级 | 中 |", [("requirement_number", "2024-市场-001"), ("priority", "中")]),
    "a form of four columns": (
        "| 会议主题 | 预算会 | 会议时间 | 2024-05-21 |\n|---|---|---|---|\n| 主持人 | 张三 | 记录人 | |",
        [("meeting_topic", "预算会"), ("meeting_time", "2024-05-21"), ("host", "张三"), ("recorder", "")],
    ),
    "a header row": ("| 任务 | 负责人 |\n|---|---|\n| 写报告 | 张三 |", [("task", "写报告"), ("owner", "张三")]),
    "a table on its side": ("| 任务 | 甲 | 乙 |\n|---|---|---|\n| 负责人 | 张三 | 李四 |\n| 截止时间 | 今天 | 明天 |",
                          [("task", "甲"), ("task", "乙"), ("owner", "张三"), ("owner", "李四"), ("due", "今天"), ("due", "明天")]),
    "decimal numbers below a numbered label": ("1. 讨论要点\n1.1 口径\n1.2 权限\n2. 待办事项\n2.1 写报告", [("discussion", "1.1 口径\n1.2 权限"), ("actions", "2.1 写报告")]),
    "amounts are no numbers": ("1. 讨论要点\n1.5万元预算", [("discussion", ""), ]),
    "a table without outer pipes": ("任务 | 负责人 | 时间\n写报告 | 张三 | 今天", [("task", "写报告"), ("owner", "张三"), ("due", "今天")]),
    "items with pipes are no rows": ("1. 张三 | 写报告 | 今天\n2. 李四 | 改稿 | 明天", []),
    "a section ends at the record's own fields": ("## 讨论要点\n人手不足\n归档路径:云盘", [("discussion", "人手不足"), ("archive_path", "云盘")]),
    "a time in a topic with an owner": ("议题一:预算\n负责人:张三\n时间:今天", [("agenda", "预算"), ("owner", "张三"), ("due", "今天")]),
    "columns kept by tabs": ("任务\t负责人\n写报告\t张三", [("task", "写报告"), ("owner", "张三")]),
    "a hint in the label": ("参会人员(部门):张三(市场部)", [("attendees", "张三(市场部)")]),
    "a longer label": ("项目负责人:张三", [("owner", "张三")]),
    "an unknown label": ("样品批次:三批", [("样品批次", "三批")]),
    "blanks inside the label": ("主 题:预算", [("meeting_topic", "预算")]),
    "english": ("Owner: Alice\nDue date: Friday\nAction items:\n- send it", [("owner", "Alice"), ("due", "Friday"), ("actions", "- send it")]),
    "english on one line": ("Owner: Alice  Deadline: Friday", [("owner", "Alice"), ("due", "Friday")]),
    "front matter is not text": ("下次会议时间:待定", [("next_meeting", "待定")]),
}


def _found(text: str, **more: object) -> list[tuple[str, str]]:
    analysis = analysed(text, **more)
    return [(field.key, field.value.text) for field in f.fields(analysis, analysis.record)]


@pytest.mark.parametrize("name", CASES)
def test_labels_and_values_are_found_in_every_layout(name: str) -> None:
    """Each layout gives the same keys and values, in order."""
    text, expected = CASES[name]
    assert _found(text) == expected


@pytest.mark.parametrize("name", CASES)
def test_full_width_and_traditional_give_the_same_keys(name: str) -> None:
    """The width of the punctuation and the script of the labels do not matter."""
    text, expected = CASES[name]
    for spelled in widths(text)[1:]:
        keys = [key for key, _ in _found(spelled)]
        assert keys == [key for key, _ in expected]


@pytest.mark.parametrize("text", [
    "各位同事:\n请看附件。", "现将安排通知如下:\n一切照旧。", "请于15:00前提交", "见 https://example.com:80/a", "张经理说:可以。", "比分3:2", "您好:", "Hi team:", "Re: 采购",
    "请注意以下几点:", "我的意见是:同意", "C:\\temp\\a.txt",
])
def test_prose_with_a_colon_is_not_a_field(text: str) -> None:
    """Greetings, speech, times, addresses and announcements are no labels."""
    assert _found(text) == []


@pytest.mark.parametrize(("value", "blank"), [
    ("", True), ("-", True), ("/", True), ("——", True), ("待定", True), ("TBD", True), ("无", True), ("N/A", True), ("____", True), ("【请填写】", True), ("X月X日前", True),
    ("**待定**", True), ("高", False), ("0", False), ("无异议", False), ("待定稿后发", False), ("5-22", False),
])
def test_blank_values_are_told_from_answers(value: str, blank: bool) -> None:
    """Dashes, 待定, TBD, placeholders and 无 are blank (norms.toml meta.blank)."""
    analysis = analysed(f"负责人:{value}\n")
    assert [field.blank for field in f.fields(analysis, analysis.record)] == [blank]


def test_none_answers_a_label_that_may_be_answered_so() -> None:
    """无 fills in absentees and attachments, not decisions."""
    analysis = analysed("缺席人员:无\n附件:无\n决议:无")
    assert f.missing(analysis, ["缺席人员", "附件", "决议"]) == ("决议",)


def test_missing_names_what_is_absent_or_blank() -> None:
    """Synonyms count, alternatives count, blanks do not."""
    analysis = analysed("会议主题:预算\n出席:张三\n待办:\n备注:略")
    assert f.missing(analysis, ["主题", "参会人员", "待办事项", "决议|结论", "地点"]) == ("待办事项", "决议", "地点")


def test_a_compound_label_answers_both_and_both_answer_it() -> None:
    """会议时间/地点 stands for the two fields, either way round."""
    one, two = analysed("会议时间/地点:今天,线上"), analysed("会议时间:今天\n地点:线上")
    assert f.missing(one, ["时间", "地点"]) == ()
    assert f.missing(two, ["会议时间/地点"]) == ()
    assert f.missing(analysed("会议时间:今天"), ["会议时间/地点"]) == ("会议时间/地点",)


def test_fields_of_topics_are_numbered() -> None:
    """Each topic has its own decision, owner and time."""
    analysis = analysed("## 议题1:预算\n决议:通过\n负责人:张三\n## 议题2:人员\n决议:\n")
    assert [(field.key, field.item, field.blank) for field in f.fields(analysis, analysis.record)] == [
        ("agenda", 1, False), ("decisions", 1, False), ("owner", 1, False), ("agenda", 2, False), ("decisions", 2, True),
    ]


def test_rows_of_a_table_are_numbered_and_have_cells_by_synonym() -> None:
    """`row["负责人"]` finds the column 责任部门/人; a column that is not there gives None."""
    analysis = analysed("待办事项:\n| 序号 | 具体内容 | 责任部门/人 |\n|---|---|---|\n| 1 | 写报告 | 张三 |\n| 2 | 改稿 | |")
    (table,) = f.tables(analysis, analysis.record)
    first, second = table.rows
    cell = f.cell(analysis, first, "负责人")
    assert (table.caption, table.keys) == ("待办事项", ("number", "task", "owner"))
    assert cell is not None
    assert cell.text == "张三"
    assert f.cell(analysis, first, "优先级") is None
    assert f.missing(analysis, ["负责人"], second) == ("负责人",)
    assert f.captioned(analysis, ["行动项"]) == (table,)
    assert f.captioned(analysis, ["议程"]) == ()


def test_a_merged_cell_stands_in_every_place_it_covers() -> None:
    """A row that shares its owner with the one above has that owner."""
    text = "任务\n负责人\n甲\n张三\n乙\n"
    spans = [Span(0, 2), Span(3, 6), Span(7, 8), Span(9, 11), Span(12, 13)]
    cells = (Cell(spans[0], 0, 0, header=True), Cell(spans[1], 0, 1, header=True), Cell(spans[2], 1, 0), Cell(spans[3], 1, 1, row_span=2), Cell(spans[4], 2, 0))
    part = evolve(Part.plain("body", text), grids=(Grid(Span(0, 13), cells),))
    analysis = analysed(Record.from_text("").__class__(uri="t", kind=Record.from_text("").kind, parts=(part,)))
    assert [[cell.text for cell in row.cells] for row in f.rows(analysis, analysis.record)] == [["甲", "张三"], ["乙", "张三"]]


def test_a_configuration_adds_synonyms() -> None:
    """[lexicon] labels extend the bundled ones, by key or by another label."""
    environment = evolve(ENVIRONMENT, lexicon=Lexicon(labels=(("owner", "扛把子"), ("地点", "集合点"))))
    analysis = analysed("扛把子:张三\n集合点:大厅", environment)
    assert f.missing(analysis, ["负责人", "地点"]) == ()


def test_matching_finds_every_field_under_a_label() -> None:
    """Alternatives and synonyms both match."""
    analysis = analysed("任务1\n优先级:高\n任务2\n紧急程度:最高\n状态:开")
    assert [field.value.text for field in f.matching(analysis, ["优先级"])] == ["高", "最高"]


def test_an_empty_section_is_blank_and_one_with_subsections_is_not() -> None:
    """A heading's value reaches to the next heading of its depth."""
    analysis = analysed("# 纪要\n## 决议\n## 待办\n### 市场部\n写报告\n")
    found = {field.key: field.blank for field in f.fields(analysis, analysis.record)}
    assert found["decisions"]
    assert not found["actions"]


def test_no_word_stands_under_two_keys() -> None:
    """The lexicon of labels is unambiguous."""
    seen: dict[str, str] = {}
    for key, words in sections("labels").items():
        for word in words if not key.startswith(":") else ():
            assert seen.setdefault(word, key) == key


def test_every_known_label_is_its_own_key_whatever_is_around_it() -> None:
    """Numbering, brackets, bold and colons do not change a label's key."""
    for word, key in synonyms(Lexicon()).items():
        for spelled in (f"1. {word}", f"**{word}:**", f"\u3010{word}\u3011", f"{word} :"):
            assert keys_of(Lexicon(), spelled)[0] == key


@pytest.mark.parametrize(("label", "key"), [("本周讨论", "discussion"), ("本次会议时间", "meeting_time"), ("本阶段进展", "progress"), ("今日待办", "actions")])
def test_a_label_may_speak_of_now(label: str, key: str) -> None:
    """The present period before a known label changes nothing; another meeting's time is not this one's."""
    assert keys_of(Lexicon(), label)[0] == key
    assert keys_of(Lexicon(), "下次会议时间")[0] != "meeting_time"


def test_a_list_numbered_like_chapters_belongs_to_the_label_above() -> None:
    """Up to the next label."""
    analysis = analysed("议程:\n一、范围(10分钟)\n二、流程(20分钟)\n备注:略")
    (agenda,) = f.matching(analysis, ["议程"])
    assert agenda.value.text == "一、范围(10分钟)\n二、流程(20分钟)"


def test_a_configuration_adds_blank_words_and_what_labels_are_made_of() -> None:
    """[lexicon.cues] extends the lists of blanks.txt and those of labels.txt that steer recognition."""
    lists = (("blank", "容后"), ("none", "莫得"), ("never", "按语"), ("heads", "工段"), ("may-be-none", "值守人"))
    environment = evolve(ENVIRONMENT, lexicon=Lexicon(cues=lists))
    analysis = analysed("负责人:容后\n主持人:莫得\n按语:另行说明\n甲班工段:二号 乙班工段:三号\n值守人:无", environment)
    found = [(field.label.text, field.blank) for field in f.fields(analysis, analysis.record)]
    assert found == [("负责人", True), ("主持人", True), ("甲班工段", False), ("乙班工段", False), ("值守人", False)]


@pytest.mark.parametrize(("text", "blank"), [
    ("验收人:无", True), ("遗留物:无", False), ("遗留物:暂无", True), ("现场电话:N/A", True), ("附件:暂无", False), ("日期:____年__月__日", True), ("预算:   元", True), ("审批:□同意 □不同意", True), ("审批:☑同意 □不同意", False),
    ("下次会议:×月×日", True), ("秘书:(待定)", True), ("单价:待核", True),
])
def test_what_fills_in_a_label_depends_on_what_it_asks(text: str, blank: bool) -> None:
    """无 answers an unknown label unless it asks for a name, a time, a place; 暂无 answers only where nothing is a known answer."""
    analysis = analysed(text)
    assert [field.blank for field in f.fields(analysis, analysis.record)] == [blank]


def test_a_table_on_its_side_has_a_row_for_each_column() -> None:
    """Cells by label, whichever way the table stands."""
    analysis = analysed("| 任务 | 甲 | 乙 |\n|---|---|---|\n| 负责人 | 张三 | 李四 |\n| 截止时间 | 5-22 | |")
    cells = [(f.cell(analysis, row, "任务"), f.cell(analysis, row, "责任人"), f.cell(analysis, row, "完成时限")) for row in f.rows(analysis, analysis.record)]
    assert [[cell.text if cell else None for cell in row] for row in cells] == [["甲", "张三", "5-22"], ["乙", "李四", ""]]
    assert [f.missing(analysis, ["截止时间"], row) for row in f.rows(analysis, analysis.record)] == [(), ("截止时间",)]


def test_a_form_may_hold_a_list() -> None:
    """A row of nothing but labels heads the rows below it."""
    text = "| 会议主题 | 预算 | 时间 | 今天 |\n|---|---|---|---|\n| 地点 | 三楼 | 主持人 | 张三 |\n| 事项 | 责任人 | 期限 | 备注 |\n| 报表 | 李四 | 5-22 | |"
    analysis = analysed(text)
    assert [(field.key, field.item) for field in f.fields(analysis, analysis.record)][-4:] == [("task", 1), ("owner", 1), ("due", 1), ("remarks", 1)]
    assert [table.keys for table in f.tables(analysis, analysis.record)] == [("task", "owner", "due", "remarks")]


def test_fields_know_their_item() -> None:
    """Its number, or 0 for the record's own."""
    analysis = analysed("会议主题:预算\n议题一:价格\n决议:涨\n议题二:账期\n决议:维持\n抄送:总办")
    assert [f.item_of(analysis, field) for field in f.fields(analysis, analysis.record)] == [0, 1, 1, 2, 2, 0]


def test_markup_left_in_a_text_is_no_label() -> None:
    """Tags that a program left in a mail hide none of its fields."""
    assert _found("<table class=x><tbody>\n内容:盘点") == [("content", "盘点")]


@pytest.mark.parametrize("text", [*(text for text, _ in CASES.values()), "联 系 人 张三\n联系人:张三", "对接(主)人:张三", "联系人及联系方式:张三,010-5555 0100", "对接人一:张三", "主持 Host:张三"])
def test_a_key_that_is_there_may_be_there(text: str) -> None:
    """The look before the fields are worked out denies none of the keys that they have."""
    for spelled in widths(text):
        analysis = analysed(spelled)
        found = f.fields(analysis, analysis.record)
        assert [key for field in found for key in (field.key, *keys_of(Lexicon(), field.label.folded)) if not f.may_label(analysis, frozenset((key,)))] == []


@pytest.mark.parametrize("text", ["客户的联系人说要等。", "请各部门指定一名对接人,名单报给市场部。", "有事可以和他联系。"])
def test_a_sentence_is_no_label(text: str) -> None:
    """联系人 in running text needs no fields worked out."""
    analysis = analysed(text)
    assert not f.may_label(analysis, frozenset(("contact",)))
    assert f.matching(analysis, ["联系人"]) == ()
