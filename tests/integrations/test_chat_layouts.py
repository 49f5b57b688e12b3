"""Chat logs as people copy them out of the programs: layouts, replies, bundles, events, titles."""

from __future__ import annotations

import cProfile
import pstats
from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from commlint_chat import log
from commlint_chat.reader import LogReader

from commlint.errors import RecordError
from commlint.model.record import Kind, Record
from tests.integrations.readings import records

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A log, then sender, time and text of its messages; no time where the log does not say a day.
LAYOUTS = {
    "line": ("[LINE] 品管群組的聊天記錄\n儲存日期\uff1a2024/05/22 18:00\n\n2024/05/22\uff08三\uff09\n上午09:30\t王小明\t早安\n上午09:31\t林美玲\t[貼圖]\n下午01:05\t王小明\t下午開會\n", [("王小明", "05-22 09:30", "早安"), ("林美玲", "05-22 09:31", "[貼圖]"), ("王小明", "05-22 13:05", "下午開會")]),
    "wa": ("22/05/2024, 10:30 - Messages and calls are end-to-end encrypted.\n22/05/2024, 10:31 - Ana: hi team\nsecond line\n22/05/2024, 10:32 - Bo: <Media omitted>\n", [("", "05-22 10:30", "Messages and calls are end-to-end encrypted."), ("Ana", "05-22 10:31", "hi team\nsecond line"), ("Bo", "05-22 10:32", "<Media omitted>")]),
    "wa-ios": ("[22/05/2024, 10:31:02] Ana: hi team\n[22/05/2024, 10:32:09] Bo: ok\n", [("Ana", "05-22 10:31", "hi team"), ("Bo", "05-22 10:32", "ok")]),
    "irc": ("[10:30] <zhang> hello all\n[10:31] <li> hi: there\n", [("zhang", "", "hello all"), ("li", "", "hi: there")]),
    "pipe": ("2024-05-22 10:30:15 | 张三 | 早\n2024-05-22 10:31:15 | 李四 | 早\uff1a好\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:31", "早\uff1a好")]),
    "csv": ("2024-05-22 10:30,张三,早\n2024-05-22 10:31,李四,早\uff0c好\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:31", "早\uff0c好")]),
    "discord": ("Ana — 05/22/2024 10:30 AM\nhello\nBo — 05/22/2024 10:31 AM\nhey\n", [("Ana", "05-22 10:30", "hello"), ("Bo", "05-22 10:31", "hey")]),
    "teams": ("[5/22 10:30 AM] Zhang San\nhello\n[5/22 10:31 AM] Li Si\nok\n", [("Zhang San", "", "hello"), ("Li Si", "", "ok")]),
    "teams2": ("[2024/5/22 10:30] 张三\n你好\n[2024/5/22 10:31] 李四\n好\n", [("张三", "05-22 10:30", "你好"), ("李四", "05-22 10:31", "好")]),
    "zoom": ("10:30:15\t From Zhang San to Everyone : hello\n10:31:15\t From Li Si to Everyone:\n\tok then\n", [("Zhang San", "", "hello"), ("Li Si", "", "ok then")]),
    "tm": ("2024年5月22日\n张三(10:30:15): 早\n李四(10:31:15)\uff1a好\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:31", "好")]),
    "cn": ("2024年5月22日 上午10:30 张三\n早\n2024年5月22日 下午2:30 李四\n好\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 14:30", "好")]),
    "nospace": ("2024年5月22日10:30 张三\uff1a早\n2024年5月22日10:31 李四\uff1a好\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:31", "好")]),
    "qq": ("2024-05-22 10:30:15 【群主】张三(12345)\n早\n\n2024-05-22 10:30:16 【管理员】李四<a@example.com>\n好\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:30", "好")]),
    "md": ("**张三** 2024-05-22 10:30\n早\n\n**李四** 2024-05-22 10:31\n好\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:31", "好")]),
    "bullet": ("- 10:30 张三\uff1a早\n- 10:31 李四\uff1a好\n", [("张三", "", "早"), ("李四", "", "好")]),
    "boxed": ("[张三 10:30:15] 早\n[李四 10:31:15] 好\n", [("张三", "", "早"), ("李四", "", "好")]),
    "boxed2": ("【张三 2024-05-22 10:30】早\n【李四 2024-05-22 10:31】\n好\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:31", "好")]),
    "iso": ("2024-05-22T10:30:15+08:00 zhang: a\n2024-05-22T10:31:15+08:00 li: b\n", [("zhang", "05-22 10:30", "a"), ("li", "05-22 10:31", "b")]),
    "isoz": ("2024-05-22T10:30:15Z <zhang> a\n2024-05-22T10:31:15Z <li> b\n", [("zhang", "05-22 10:30", "a"), ("li", "05-22 10:31", "b")]),
    "speak": ("张三\uff1a早\n李四\uff1a好\n第二行\n张三\uff1a\n那就这样\n", [("张三", "", "早"), ("李四", "", "好\n第二行"), ("张三", "", "那就这样")]),
    "wechat": ("2024年5月22日 10:30\n张三\uff1a早\n李四\uff1a好\n2024年5月22日 15:30\n张三\uff1a再见\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:30", "好"), ("张三", "05-22 15:30", "再见")]),
    "clock": ("2024年5月22日 星期三\n10:30:15 张三\n早\n10:31:15 李四\n好\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:31", "好")]),
    "says": ("张三 2024-05-22 10:30 说\uff1a早\n李四 2024-05-22 10:31 说\uff1a好\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:31", "好")]),
    "dt": ("张三(市场部) 05-22 10:30:15\n早\n李四 05-22 10:31:15\n好\n", [("张三(市场部)", "", "早"), ("李四", "", "好")]),
    "wecom": ("张三 5/22 10:30:15\n早\n\n李四@微信 5/22 10:31:15\n好\n", [("张三", "", "早"), ("李四@微信", "", "好")]),
    "yest": ("张三 昨天 10:30\n早\n李四 昨天 10:31\n好\n", [("张三", "", "早"), ("李四", "", "好")]),
    "slack": ("Ana\n  10:30 AM\nhello\n\nBo\n  10:31 AM\nok\n", [("Ana", "", "hello"), ("Bo", "", "ok")]),
    "slack2": ("Ana  [10:30 AM]\nhello\nBo  [10:31 AM]\nok\n", [("Ana", "", "hello"), ("Bo", "", "ok")]),
    "gchat": ("Zhang San, May 22, 10:30 AM\nhello\nLi Si, May 22, 10:31 AM\nok\n", [("Zhang San", "", "hello"), ("Li Si", "", "ok")]),
    "tg": ("Ana, [22 May 2024 at 10:30]:\nhello\n\nBo, [22 May 2024 at 10:31]:\nok\n", [("Ana", "05-22 10:30", "hello"), ("Bo", "05-22 10:31", "ok")]),
    "dian": ("2024年5月22日10时30分 张三\uff1a早\n2024年5月22日10时31分 李四\uff1a好\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:31", "好")]),
    "compact": ("20240522 10:30:15 张三\uff1a早\n20240522 10:31:15 李四\uff1a好\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:31", "好")]),
    "tabs": ("张三\t2024-05-22 10:30\t早上好\n李四\t2024-05-22 10:31\t好\n", [("张三", "05-22 10:30", "早上好"), ("李四", "05-22 10:31", "好")]),
    "dash": ("张三 - 10:30\n早\n李四 - 10:31\n好\n", [("张三", "", "早"), ("李四", "", "好")]),
    "lark": ("张三 5月22日 10:30\n早\n李四 5月22日 10:31\n好\n", [("张三", "", "早"), ("李四", "", "好")]),
    "labels": ("发送人\uff1a张三\n时间\uff1a2024-05-22 10:30\n内容\uff1a早\n\n发送人\uff1a李四\n时间\uff1a2024-05-22 10:31\n内容\uff1a好\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:31", "好")]),
    "time-first": ("2024-05-22 10:30\n张三\n早\n\n2024-05-22 10:31\n李四\n好\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:31", "好")]),
    "table": ("| 时间 | 发送人 | 内容 |\n|---|---|---|\n| 2024-05-22 10:30 | 张三 | 早 |\n| 2024-05-22 10:31 | 李四 | 好 |\n", [("张三", "05-22 10:30", "早"), ("李四", "05-22 10:31", "好")]),
    "ranks": ("[群主]张三 2024-05-22 10:30\n早\n李四|采购部 2024-05-22 10:31\n好\n", [("张三", "05-22 10:30", "早"), ("李四|采购部", "05-22 10:31", "好")]),
    "ampm": ("10:30 AM Ana: hello\n10:31 AM Bo: ok\n", [("Ana", "", "hello"), ("Bo", "", "ok")]),
    "line-spaced": ("[LINE]品管群的聊天記錄\n儲存日期\uff1a 2024/5/23 18:00\n\n2024/5/22\uff08週三\uff09\n上午9:30 王小明 早安 各位\n下午1:05 林美玲 開會\n", [("王小明", "05-22 09:30", "早安 各位"), ("林美玲", "05-22 13:05", "開會")]),
    "line-weekday": ("[LINE] 品管群的聊天記錄\n儲存日期\uff1a2024/05/23 18:00\n\n2024/05/22\uff08三\uff09\n09:30\t王小明\t早安\n13:05\t林美玲\t開會\n", [("王小明", "05-22 09:30", "早安"), ("林美玲", "05-22 13:05", "開會")]),
    "slack-run": ("Ana\n  9:30 AM\nhello\n9:31\nagain\nBo\n  9:32 AM\nok\n", [("Ana", "", "hello"), ("Ana", "", "again"), ("Bo", "", "ok")]),
    "weekday": ("[Monday 9:30 AM] Zhang San\nhello\n[Monday 9:31 AM] Li Si\nok\n", [("Zhang San", "", "hello"), ("Li Si", "", "ok")]),
    "new-year": ("2023年12月31日 星期日\n张三 23:59\n新年好\n5月1日 星期三\n李四 00:01\n好\n", [("张三", "12-31 23:59", "新年好"), ("李四", "05-01 00:01", "好")]),
    "id": ("2024-05-22 09:30:12 张三(zhangsan)\n早\n2024-05-22 09:31:12 李四(市场部)\n好\n", [("张三", "05-22 09:30", "早"), ("李四(市场部)", "05-22 09:31", "好")]),
    "wechat-mail": ("\u2014\u2014\u2014  2024-05-22  \u2014\u2014\u2014\n\n\n张三  09:30\n\n早上好\n\n\n李四  09:31\n\n[图片]\n", [("张三", "05-22 09:30", "早上好"), ("李四", "05-22 09:31", "[图片]")]),
    "twelve": ("张三 2024年5月22日 晚上10:30\n早\n李四 2024年5月22日 凌晨12:05\n好\n王五 2024年5月22日 中午12:10\n饭\n", [("张三", "05-22 22:30", "早"), ("李四", "05-22 00:05", "好"), ("王五", "05-22 12:10", "饭")]),
    "en": ("Wed, May 22, 2024, 10:30 AM - Ana: hello\nWed, May 22, 2024, 10:31 AM - Bo: ok\n", [("Ana", "05-22 10:30", "hello"), ("Bo", "05-22 10:31", "ok")]),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str) -> None:
    """Who says what and when, in the layouts of many programs."""
    text, expected = LAYOUTS[layout]
    found = log.parse(text, SHANGHAI).messages
    assert [(m.sender, f"{m.sent_at:%m-%d %H:%M}" if m.sent_at else "", m.text.of(text)) for m in found] == expected


def _read(*lines: str, name: str = "x.chat") -> list[Record]:
    return records(LogReader(), name, "".join(f"{line}\n" for line in lines))


REPLIES = [
    ("\u300c李四\uff1a几点\u300d\n- - - - - - - - - - - -\n九点", "李四", "九点"), ("> 李四: 几点\n九点", "李四", "九点"), ("> 李四\uff1a几点\n> 在哪\n九点", "李四", "九点"), ("回复 李四: 几点\n九点", "李四", "九点"),
    ("[引用 李四\uff1a几点]\n九点", "李四", "九点"), ("[In reply to Layla]\nNine", "Layla", "Nine"), ("\u201c李四\uff1a几点\u201d\n------\n九点", "李四", "九点"), ("回复李四\uff1a九点", "李四", "九点"), ("\u300cLi Si: when?\u300d\n\u2014\u2014\u2014\u2014\u2014\nnine", "Li Si", "nine"),
    ("九点\n> 李四: 几点", None, "九点\n> 李四: 几点"), ("回复已经发了\n请查收", None, "回复已经发了\n请查收"),
]


@pytest.mark.parametrize(("text", "sender", "own"), REPLIES)
def test_a_reply_quotes_whom_it_answers(text: str, sender: str | None, own: str) -> None:
    """What it quotes is apart from what it says."""
    record = _read("2024-05-22 10:30 张三", text, "2024-05-22 10:31 李四", "好")[0]
    history = [part for part in record.parts if part.name == "history"]
    assert ([part.sender.name if part.sender else "" for part in history], record.parts[0].text) == ([sender] if sender else [], own)


def test_a_head_may_say_whom_it_answers() -> None:
    """Without quoting anything."""
    record = _read("[2024-05-22 10:30] 张三 回复 李四: 好的", "[2024-05-22 10:31] 李四: 行")[0]
    assert [(part.name, part.sender.name) for part in record.parts if part.sender] == [("history", "李四")]
    assert record.sender is not None
    assert record.sender.name == "张三"


def test_a_bundle_has_its_messages() -> None:
    """Each with its sender, and its time where it is given."""
    record = _read("2024-05-22 10:30 张三", "[聊天记录] 门店群的聊天记录", "  甲 05-21 09:00: 到货了", "  乙: 收到", "2024-05-22 10:31 李四", "好")[0]
    inner = [part for part in record.parts if part.name == "forwarded"]
    assert [(part.sender.name, part.text, f"{part.sent_at:%m-%d %H:%M}" if part.sent_at else "") for part in inner if part.sender] == [("甲", "到货了", "05-21 09:00"), ("乙", "收到", "")]
    assert record.parts[0].text == "[聊天记录] 门店群的聊天记录"


@pytest.mark.parametrize(("text", "form", "name"), [
    ("[图片]", "image/*", ""), ("[文件] 报价单.xlsx", None, "报价单.xlsx"), ("[ File : CMR.pdf ]", None, "CMR.pdf"), ("[语音] 38秒", "audio/*", ""), ("[Video]", "video/*", ""),
])
def test_markers_are_attachments(text: str, form: str | None, name: str) -> None:
    """Pictures, files, voice and video that the text only stands for."""
    record = _read("2024-05-22 10:30 张三", text, "2024-05-22 10:31 李四", "好")[0]
    assert [(file.media_type, file.name) for file in record.attachments] == [(form, name)]


EVENTS = [
    ("系统消息: 王五加入了群聊", "system"), ("张三: 张三 撤回了一条消息", "recalled"), ("张三: joined #dock-ops", "system"), ("系统: 张三 开启了全员禁言", "system"), ("张三: 此消息已撤回", "recalled"), ("张三: 张三 将群名称修改为\u201c新品\u201d", "system"),
    ("张三: 请大家加入群聊", ""), ("张三: 昨天他撤回了一条消息\uff0c谁看到了", ""), ("张三: 老板让我退出群聊吗", ""), ("张三: 会议已结束\uff0c纪要稍后发", ""),
]


@pytest.mark.parametrize(("line", "form"), EVENTS)
def test_events_are_told_from_what_people_say(line: str, form: str) -> None:
    """By who says it and how the whole line reads."""
    record = next(r for r in _read(f"2024-05-22 10:30 {line}", "2024-05-22 10:31 李四: 好") if r.kind is not Kind.CHAT_GROUP)
    assert (record.kind is Kind.CHAT_EVENT, dict(record.meta).get("event", "")) == (bool(form), form)


TITLES = [
    ("【华东大客户项目群】聊天记录", "华东大客户项目群"), ("群聊\uff1a供应链应急小组", "供应链应急小组"), ("消息对象\uff1a高二物理备课组", "高二物理备课组"), ("Channel: incident-0930", "incident-0930"), ("花名册核对小组 共5人", "花名册核对小组"), ("聊天记录 - 镇防汛指挥群 - 2024-06-29", "镇防汛指挥群"),
    ("[LINE] 品管群組的聊天記錄", "品管群組"), ("与\u201c翁总\u201d的聊天记录如下\uff1a", ""), ("微信群\u201c新品组\u201d聊天记录", "新品组"), ("【市场部】新品20260521", "【市场部】新品20260521"), ("导出时间\uff1a2024-10-20 23:59", ""), ("钉钉群\uff1a【质量部】来料异常", "【质量部】来料异常"),
]


@pytest.mark.parametrize(("title", "group"), TITLES)
def test_the_title_of_a_log_names_the_group(title: str, group: str) -> None:
    """In the words of many exports; a talk of two has none."""
    found = _read(title, "", "2024-05-22 10:30 张三", "早", "2024-05-22 10:31 李四", "好")
    assert [r.conversation.group for r in found if r.kind is Kind.CHAT_GROUP] == ([group] if group else [])
    assert len([r for r in found if r.kind is Kind.CHAT_MESSAGE]) == 2


YEARS = [
    ("2024年12月31日\n张三 23:59\na\n1月1日\n李四 00:01\nb\n", [2024, 2025]),
    ("2024年12月31日\n张三 23:59\na\n12月30日\n李四 00:01\nb\n", [2024, 2024]),
    ("张三 2024/12/31 23:59\na\n李四 1/2 00:01\nb\n", [2024, 2025]),
    ("张三 2024/12/31 23:59\na\n李四 2024/1/2 00:01\nb\n", [2024, 2024]),
    ("群聊记录 2024-11-20\n1月8日\n张三 09:30\na\n1月9日\n李四 09:30\nb\n", [2024, 2024]),
]


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_the_year_turns(text: str, years: list[int]) -> None:
    """A day without a year is of the year at hand, of the next one where the year has ended between two messages."""
    assert [m.sent_at.year for m in log.parse(text, SHANGHAI).messages if m.sent_at] == years


def test_numbers_and_members_are_kept() -> None:
    """What stands behind a name is its address; a line of members is of the group."""
    group, first, second = _read("群聊\uff1a【市场部】新品20260521", "成员(3人)\uff1a张三、李四\uff0c王五", "", "2024-05-22 10:30:15 张三(10012)", "早", "2024-05-22 10:31:15 李四<l@example.cn>", "好")
    assert [p.name for p in group.to] == ["张三", "李四", "王五"]
    assert [(r.sender.name, r.sender.address) for r in (first, second) if r.sender] == [("张三", "10012"), ("李四", "l@example.cn")]


def test_messages_have_places() -> None:
    """Their number and time where they begin; lines stay those of the file."""
    first, second = _read("—— 2024年5月22日 ——", "张三 09:30", "早", "", "李四 09:31", "好", "再见")
    anchors = [record.parts[0].view.anchors[0] for record in (first, second)]
    assert [(a.place.type, a.place.id, a.place.time) for a in anchors] == [("message", "1", "2024-05-22T09:30:00+08:00"), ("message", "2", "2024-05-22T09:31:00+08:00")]
    assert [first.parts[0].view.text[a.start :].partition("\n")[0] for a in anchors] == ["张三 09:30", "李四 09:31"]
    assert not first.parts[0].view.counted_anew


@pytest.mark.parametrize(("text", "chat"), [
    ("张三:\n早\n\n李四:\n好\n第二行\n\n张三:\n[图片]\n", True), ("张三:\n早\n李四:\n好\n", False), ("负责人:\n张三\n完成时间:\n周五\n负责人:\n李四\n", False),
    ("议题一:\n预算\n结论:\n通过\n议题二:\n人员\n结论:\n再议\n", False), ("第一章:\na\n第二章:\nb\n第三章:\nc\n", False), ("2024.01.08 星期一\n09:30 签到 大厅\n10:00 开会 三楼\n", False),
])
def test_names_that_take_turns_make_a_chat(text: str, chat: bool) -> None:
    """Where nobody says when: a few names again and again, no labels of a form."""
    assert log.is_log(text) is chat


@pytest.mark.parametrize("title", ["微信聊天记录", "群聊记录", "钉钉消息记录\uff1a"])
def test_a_program_is_no_group(title: str) -> None:
    """Nor is the word for a group."""
    assert [r for r in _read(title, "", "2024-05-22 10:30 张三", "早", "2024-05-22 10:31 李四", "好") if r.kind is Kind.CHAT_GROUP] == []


HOSTILE = (
    "上午9:30 王 a\n", "张三:\n", "[LINE]", "09:30\n",
    "张三 2024/5/22 ", "1:11 ", "\u300c李四\uff1a", "[聊天记录]\n", "> a: b\n", "@", "[图片", "2024-05-22 10:30 张三\n", "张三\n10:30\n\n", "a: b\n", "10:30 \n", "\u201c\u201d撤回", "[", "From a to ", "\u3010a\u3011", "2024年", "加入了", "Nov 4, 2024 ", "12:00 a | ", "群\n",
)


def _work(text: str) -> int:
    profile = cProfile.Profile()
    profile.enable()
    with suppress(RecordError):
        records(LogReader(), "x.chat", text)
    log.is_log(text)
    profile.disable()
    calls: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]  # missing from the stubs
    return calls


@pytest.mark.parametrize("unit", HOSTILE)
def test_twice_the_log_is_about_twice_the_work(unit: str) -> None:
    """For one long line and for many short ones."""
    times = 4000 // len(unit)
    once, twice = _work(unit * times), _work(unit * times * 2)
    assert twice < 2.5 * once + 2000


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_line_ends(unit: str) -> None:
    """A line of 200,000 characters; the test would hang."""
    with suppress(RecordError):
        records(LogReader(), "x.chat", unit.replace("\n", " ") * (200_000 // len(unit)))
