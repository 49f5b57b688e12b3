"""Mails as programs of all sorts write answers and forwards, with what each line is: its author's, quoted, passed on, a signature, a disclaimer."""

from __future__ import annotations

from collections.abc import Iterator

from commlint.model.record import Record

ROLES = {"body": "B", "history": "Q", "forwarded": "F", "signature": "S", "disclaimer": "D"}
SENDERS = {"zh": "周明", "tw": "陳怡君", "en": "Nora Field"}
_REPLY, _PASS_ON = {"zh": "回复: 样机测试", "tw": "回覆: 樣機測試", "en": "Re: Test unit"}, {"zh": "转发: 样机测试", "tw": "轉寄: 樣機測試", "en": "Fwd: Test unit"}

# The program, the language of the mail, and its text, each line behind what it is.
_WRITTEN = [
    ("Outlook, Chinese", "zh", """
B 王工\uff0c您好\uff1a
-
B 样机周四到\uff0c周五开始测试。
-
S 周明
S 测试部
S 电话\uff1a010-5555 0101
-
Q 发件人: 王工 <wang@example.com>
Q 发送时间: 2026年5月20日 14:03
Q 收件人: 周明 <zhou@example.com>
Q 主题: 样机测试
-
Q 样机什么时候到\uff1f
"""),
    ("Outlook, Chinese, with a rule above the head", "zh", """
B 已安排。
-
Q ________________________________
Q 发件人: 王工
Q 发送时间: 2026年5月20日 14:03
Q 收件人: 周明; 李娜
Q 抄送: 测试部
Q 主题: 样机测试
-
Q 请安排测试。
Q 谢谢\uff01
"""),
    ("Foxmail", "zh", """
B 李姐\uff1a
B 附件是测试记录\uff0c请查收。
-
S ________________________________
S 周明
S 示例仪器有限公司
-
Q 发件人\uff1a 李娜
Q 发送时间\uff1a 2026-05-20 09:12
Q 收件人\uff1a 周明
Q 主题\uff1a 样机测试
Q 小周\uff1a
Q 测试记录今天能发吗\uff1f
"""),
    ("QQ Mail", "zh", """
B 收到\uff0c今晚发。
-
-
Q ------------------ 原始邮件 ------------------
Q 发件人: "李娜"<lina@example.com>;
Q 发送时间: 2026年5月20日(星期三) 上午9:12
Q 收件人: "周明"<zhou@example.com>;
Q 主题: 样机测试
-
Q 记录今天能发吗\uff1f
"""),
    ("WeCom Mail", "zh", """
B 可以。
-
S 周明
-
-
Q ------------------ Original ------------------
Q From: "李娜"<lina@example.com>;
Q Date: Wed, May 20, 2026 09:12 AM
Q To: "周明"<zhou@example.com>;
Q Subject: 样机测试
-
Q 记录今天能发吗\uff1f
"""),
    ("NetEase, today", "zh", """
B 记录见附件。
-
S 周明
S zhou@example.com
-
Q ---- 回复的原邮件 ----
Q | 发件人 | 李娜<lina@example.com> |
Q | 发送日期 | 2026年5月20日 09:12 |
Q | 收件人 | 周明<zhou@example.com> |
Q | 主题 | 样机测试 |
Q 记录今天能发吗\uff1f
"""),
    ("NetEase, for years", "zh", """
B 记录见附件。
-
Q 在 2026-05-20 09:12:33\uff0c"李娜" <lina@example.com> 写道\uff1a
-
Q 记录今天能发吗\uff1f
Q 最晚几点\uff1f
"""),
    ("Aliyun Mail", "zh", """
B 张总\uff0c预算已更新。
-
Q ------------------------------------------------------------------
Q 发件人\uff1a张总 <zhang@example.cn>
Q 发送时间\uff1a2026年5月20日(星期三) 10:30
Q 收件人\uff1a周明 <zhou@example.cn>
Q 主\u3000题\uff1a样机测试
-
Q 预算要更新。
"""),
    ("Coremail", "zh", """
B 同意。
-
-
Q -----原始邮件-----
Q 发件人:"人事处" <hr@example.cn>
Q 发送时间:2026-05-20 08:00:00 (星期三)
Q 收件人: 周明 <zhou@example.cn>
Q 主题: 样机测试
-
Q 请回复是否同意。
"""),
    ("DingTalk Mail", "zh", """
B 好的\uff0c周五给您。
-
Q ------------------------------------------------------------------
Q 发件人\uff1a李娜<lina@example.cn>
Q 日\u3000期\uff1a2026年05月20日 09:12:01
Q 收件人\uff1a周明<zhou@example.cn>
Q 主\u3000题\uff1a样机测试
-
Q 什么时候给\uff1f
"""),
    ("Lark Mail", "zh", """
B 好的\uff0c周五给您。
-
S 周明
S 产品经理 | 示例仪器
-
Q 发件人: "李娜"<lina@example.cn>
Q 时间: 2026年5月20日 (周三) 09:12
Q 主题: 样机测试
Q 收件人: "周明"<zhou@example.cn>
Q 什么时候给\uff1f
"""),
    ("Gmail, Chinese", "zh", """
B 下周三之前可以。
-
Q 李娜 <lina@example.com> 于2026年5月20日周三 09:12写道\uff1a
-
Q > 什么时候可以\uff1f
Q >
Q > 李娜
"""),
    ("Apple Mail, Chinese", "zh", """
B 下周三之前可以。
-
S 发自我的 iPhone
-
Q > 在 2026年5月20日\uff0c09:12\uff0c李娜 <lina@example.com> 写道\uff1a
Q >
Q > 什么时候可以\uff1f
"""),
    ("Thunderbird, Chinese, answers in between", "zh", """
B 逐条答复如下\uff1a
-
Q 于 2026/5/20 09:12, 李娜 写道:
Q > 样机几台\uff1f
B 三台。
Q > 何时测试\uff1f
B 5月25日上午。
-
S --\x20
S 周明
"""),
    ("Gmail, Taiwan", "tw", """
B 王先生\u60a8\u597d\uff1a
-
B 樣機已於昨日寄出。
-
S 陳怡君 敬上
-
Q 王先生 <wang@example.com> 於 2026年5月20日 週三 上午9:12寫道\uff1a
-
Q > 請問樣機何時寄出\uff1f
"""),
    ("Outlook, Taiwan", "tw", """
B 附件請查收。
-
S 業務部 陳怡君
S 電話\uff1a02-5555-0101 分機 8
-
Q 寄件者: 王先生 <wang@example.com>
Q 寄件日期: 2026年5月20日 上午 09:12
Q 收件者: 陳怡君
Q 主旨: 樣機測試
-
Q 請提供報價。
"""),
    ("a forward of a forward, Chinese", "zh", """
B 请知悉。
-
S 周明
-
F ---------- 转发的邮件 ----------
F 发件人\uff1a 行政部 <admin@example.cn>
F 日期\uff1a 2026年5月20日 09:12
F 主题\uff1a 样机测试
F 收件人\uff1a 周明 <zhou@example.cn>
-
F 各部门\uff1a
F 样机室5月22日停电。
"""),
    ("a closing, a motto and lawyers, Chinese", "zh", """
B 刘经理\uff1a
-
B 合同已盖章\uff0c今日寄出。
-
B 此致
B 敬礼\uff01
-
S 周明
S 示例仪器有限公司 法务部
S 手机\uff1a13900001111
-
D 本邮件及附件含有保密信息\uff0c仅限指定收件人使用。
D 如您误收\uff0c请立即删除并通知发件人。
"""),
    ("Gmail", "en", """
B Hi Tom,
-
B The unit ships on Thursday.
-
B Best,
S Nora
-
Q On Wed, May 20, 2026 at 9:12 AM Tom Reed <tom@example.com> wrote:
-
Q > When does it ship?
Q >
Q > Tom
"""),
    ("Outlook", "en", """
B Tom,
-
B See the attached log.
-
S Nora Field
S Test Engineer
S Example Instruments Ltd.
S T: +44 20 5555 0101
-
Q From: Tom Reed <tom@example.com>
Q Sent: Wednesday, May 20, 2026 9:12 AM
Q To: Nora Field <nora@example.com>
Q Cc: Lab <lab@example.com>
Q Subject: Test unit
-
Q Can you send the log?
"""),
    ("Outlook on a phone", "en", """
B Friday works.
-
S Get Outlook for iOS
Q ________________________________
Q From: Tom Reed <tom@example.com>
Q Sent: Wednesday, May 20, 2026 9:12:01 AM
Q To: Nora Field <nora@example.com>
Q Subject: Test unit
-
Q Does Friday work?
"""),
    ("Apple Mail", "en", """
B Friday works.
-
B Thanks,
S Nora
-
Q > On May 20, 2026, at 9:12 AM, Tom Reed <tom@example.com> wrote:
Q >
Q > Does Friday work?
"""),
    ("Yahoo Mail", "en", """
B Friday works.
-
Q On Wednesday, May 20, 2026 at 09:12:33 AM GMT+8, Tom Reed <tom@example.com> wrote:
-
-
Q Does Friday work?
Q Or Monday?
"""),
    ("Thunderbird, answers in between", "en", """
Q On 5/20/26 09:12, Tom Reed wrote:
Q > How many units?
-
B Three.
-
Q > When?
-
B On Friday.
-
S --\x20
S Nora Field
S Example Instruments
"""),
    ("Lotus Notes, passed on", "en", """
B Please see below.
-
F ----- Forwarded by Nora Field/HQ on 05/20/2026 09:15 AM -----
-
F From: Tom Reed/HQ
F To: all@example.com
F Date: 05/20/2026 09:12 AM
F Subject: Test unit
-
F The lab is closed on Friday.
"""),
    ("Gmail, passed on", "en", """
B FYI
-
F ---------- Forwarded message ---------
F From: Tom Reed <tom@example.com>
F Date: Wed, May 20, 2026 at 9:12 AM
F Subject: Test unit
F To: Nora Field <nora@example.com>
-
-
F The lab is closed on Friday.
"""),
    ("the original at the end, old Outlook", "en", """
B Approved.
-
Q -----Original Message-----
Q From: Tom Reed
Q Sent: Wednesday, May 20, 2026 9:12 AM
Q To: Nora Field
Q Subject: Test unit
-
Q Please approve.
"""),
    ("lawyers and a notice from outside", "en", """
D CAUTION: This email originated from outside the organization. Do not click links or open attachments.
-
B Dear Nora,
-
B The order is confirmed for June 3.
-
B Kind regards,
-
S Nora Field
S Sales
-
D This e-mail and any attachments are confidential and intended solely for the addressee.
D If you have received it in error, please delete it.
"""),
]


def replies() -> Iterator[tuple[str, bytes, str]]:
    """What wrote it, the mail, and the truth: a letter for each line that is not empty."""
    for name, lang, written in _WRITTEN:
        lines = [(line[:1], line[2:]) for line in written.strip("\n").split("\n")]
        roles = "".join(role for role, _ in lines if role != "-")
        subject = (_PASS_ON if "F" in roles else _REPLY if "Q" in roles else {"zh": "样机测试", "en": "Test unit", "tw": "樣機測試"})[lang]
        head = f"From: {SENDERS[lang]} <me@example.com>\r\nSubject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        yield name, (head + "\r\n".join(text for _, text in lines) + "\r\n").encode(), roles


def roles_of(record: Record) -> str:
    """What commlint takes each line for, lines that are not empty; "?" for one that no part has."""
    parts = [part for part in record.parts if part.name in ROLES]
    view = parts[0].view.text
    found: dict[int, str] = {}
    for part in parts:
        for run in part.source_map.runs:
            found |= dict.fromkeys(range(run.source.start, run.source.end), ROLES[part.name])
    starts = [0, *(at + 1 for at, character in enumerate(view) if character == "\n")]
    return "".join(found.get(start, "?") for start in starts if view[start:].split("\n", 1)[0].strip())
