"""Chats: logs in four layouts, JSON Lines, both scripts, English."""

from __future__ import annotations

import json

from .craft import Sample, wide

_GOOD_LOG = """2026-05-20 09:30 林晓岚: 各位,直播脚本初稿已上传共享盘。
2026-05-20 09:32 周子衡: 收到,我于今天18:00前补充产品参数。
2026-05-20 09:33 系统消息: 唐可欣加入了群聊
2026-05-20 09:41 唐可欣: 主视觉已定稿。
尺寸为1080x1920,
源文件在共享盘/设计/0520。
2026-05-20 17:52 周子衡: 产品参数已补充,请林经理于5月21日12:00前审阅。
"""

_BAD_LOG = """[2026-05-20 10:02] 沈一鸣: 演示账号大家尽快发我。
[2026-05-20 10:05] 顾北辰: 都怪测试环境,不归我们管。
[2026-05-20 23:15] 沈一鸣: 线上支付故障,马上处理!
"""

_WECHAT = """群聊名称:展会筹备组
—— 2026年4月20日 星期一 ——
周子衡 2026/4/20 10:05
展板文案已改好,
请唐可欣于4月22日18:00前排版。
唐可欣 2026/4/20 10:09
好的,4月22日17:00前给你。
"邀请机器人"邀请"江宁"加入了群聊
江宁 2026/4/20 10:30
客服话术由我在4月24日12:00前提交。
"""

_DATED = """2026年5月6日 星期三
[09:10] 何静宜: 4月报销单请各部门于5月8日17:00前交到财务部。
[09:12] 江宁: 收到。
2026年5月7日 星期四
[下午3:05] 何静宜: 目前还差客服部和设计部。
"""

_TRADITIONAL = """2026/6/3 14:00 陸遠舟: 客戶希望六月底前完成第二批交貨。
2026/6/3 14:06 何靜宜: 請銷售部於6月5日12:00前提供合同編號。
2026/6/3 14:08 陸遠舟: 收到,6月4日下班前提供。
"""

_ENGLISH = """[2026-06-04 09:01:12] Shen Yiming: Slides are on the share.
[2026-06-04 09:03:40] Lin Xiaolan: Thanks. I will send comments by 2026-06-05 12:00.
[2026-06-04 09:10:05] Gu Beichen: The demo account: please create it ASAP.
"""

_QQ = """2026-03-30 9:02:11 陆远舟(100213)
华南渠道的价目表请林经理在4月1日18:00前确认。

2026-03-30 9:20:45 林晓岚(100145)
收到,4月1日12:00前回复。
"""


def samples() -> list[Sample]:
    """All chats."""
    return [*_logs(), *_lines()]


def _logs() -> list[Sample]:
    return [
        Sample("chats/【市场部】新品推广方案20260520.txt", wide(_GOOD_LOG).encode(), "one line a message, one of three lines; group name from the file name"),
        Sample("chats/演示环境沟通群.txt", _BAD_LOG.encode(), "times in brackets", "NAM001: group name; VAG001: 尽快; TON002: blame; TAG002: urgent at night without the phrase"),
        Sample("chats/展会筹备.txt", wide(_WECHAT).replace("\n", "\r\n").encode("gb18030"), "copied from WeChat; GB18030, CRLF; group name in the first line", "NAM001: group name"),
        Sample("chats/财务报销.chat", wide(_DATED).encode(), "clock times under date lines"),
        Sample("chats/第二批交貨.txt", _TRADITIONAL.encode("big5"), "traditional script, Big5"),
        Sample("chats/demo-preparation.txt", _ENGLISH.encode(), "English", "VAG001: ASAP"),
        Sample("chats/华南渠道.txt", wide(_QQ).encode(), "the layout of QQ: time and name, then the text"),
    ]


def _lines() -> list[Sample]:
    good = [
        {"id": "m1", "time": "2026-05-11T09:00:00+08:00", "chat": "【技术部】接口联调20260511", "sender": "顾北辰", "text": wide("联调环境今天12:00前开放,请产品部于5月12日18:00前完成验收。"), "mentions": ["沈一鸣"]},
        {"id": "m2", "time": "2026-05-11T09:05:00+08:00", "chat": "【技术部】接口联调20260511", "sender": "沈一鸣", "text": "收到。\n验收清单已上传。", "reply_to": "m1"},
    ]
    bad = [
        {"id": "n1", "time": 1778464800000, "chat": "销售群", "sender": {"name": "陆远舟", "address": "lu.yuanzhou@example.cn"}, "text": wide("把利润表发群里了,毛利32%,内部报价也在里面。")},
        {"id": "n2", "time": 1778465100000, "chat": "销售群", "sender": {"name": "何静宜"}, "text": "请大家抓紧把合同寄给我。"},
        {"id": "n3", "time": 1778465400000, "chat": "销售群", "sender": {"name": "系统"}, "type": "system", "text": "陆远舟撤回了一条消息"},
    ]
    return [
        Sample("chats/接口联调.jsonl", _jsonl(good, ascii_only=True), "JSON Lines with escapes"),
        Sample("chats/销售群.jsonl", _jsonl(bad, ascii_only=False), "JSON Lines, epoch milliseconds, a system message", "NAM001: group name; SEN001: unpublished figures; VAG001: 抓紧"),
    ]


def _jsonl(messages: list[dict[str, object]], *, ascii_only: bool) -> bytes:
    return "".join(json.dumps(message, ensure_ascii=ascii_only) + "\n" for message in messages).encode()
