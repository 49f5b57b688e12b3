"""Text to measure on: minutes as people write them, invented, the same on every machine."""

from __future__ import annotations

import base64
import quopri
import random
from collections.abc import Iterator
from email.header import Header
from pathlib import Path

from tests.benchmarks import business

_WHO = ("市场部", "产品部", "财务部", "客户服务部", "王经理", "李主管", "项目组", "供应商", "法务同事", "张*")
_WHAT = ("提交推广方案", "核对合同条款", "整理客户反馈", "更新进度表", "确认交货日期", "评估测试资源", "准备演示材料", "复核预算明细", "联系物流公司", "归档会议记录")
_WHEN = ("于6月10日前", "在本周五17:00前", "会后3个工作日内", "月底前", "下周", "近期", "按计划", "随后", "收到通知后", "例会之后")
_SAID = (
    "会议讨论了渠道政策和售后服务两个方面的内容\uff0c与会人员没有异议",
    "目前前端开发完成八成\uff0c接口联调还差两个模块\uff0c整体进度正常",
    "大家认为先保证质量再谈速度更稳妥\uff0c相关费用由部门预算承担",
    "上次会议决定的三件事已经办完两件\uff0c余下一件等待客户答复",
    "培训教室的投影设备需要更换\uff0c行政部会统一采购并通知使用时间",
    "The vendor confirmed the schedule and will send the revised quotation by Friday",
    "部分同事提出样品包装不统一\uff0c建议按规范重新印制标签后再发货",
    "数据口径以财务系统为准\uff0c各部门在报表里注明取数日期即可",
)
PHRASES = ("尽快", "尽早", "抓紧", "及时处理", "有空时", "早日", "第一时间", "稍后回复", "回头再说", "改天", "过几天", "差不多", "大概齐", "应该可以", "看情况", "原则上同意", "酌情", "适当调整", "进一步研究", "加强沟通", "高度重视", "积极推进", "妥善解决", "有关人员", "相关部门牵头", "另行安排", "视情况而定", "尽量", "力争", "争取", "择机", "适时", "逐步完善", "持续优化", "不断提升", "统筹考虑", "认真落实", "切实做好", "全力以赴", "大力支持", "asap", "soonish", "whenever", "someday", "roughly", "probably", "tentatively", "eventually", "maybe", "等等再议")


def text(dice: random.Random, characters: int) -> str:
    """Minutes of about so many characters; about one in eight of 500 characters holds a phrase."""
    lines = ["# 会议纪要", "", f"会议主题\uff1a{dice.choice(_WHAT)}", f"会议时间\uff1a2026-0{dice.randint(1, 9)}-{dice.randint(10, 28)} 14:00-15:30", ""]
    length = 60
    while length < characters:
        line = _line(dice)
        lines.append(line)
        length += len(line) + 1
    return "\n".join(lines) + "\n"


def _line(dice: random.Random) -> str:
    sentences = [dice.choice(_SAID) for _ in range(dice.randint(1, 3))]
    if dice.random() < 0.3:
        sentences.append(f"请{dice.choice(_WHO)}{dice.choice(_WHEN)}{dice.choice(_WHAT)}")
    if dice.random() < 0.02:
        sentences.append(f"请{dice.choice(PHRASES)}{dice.choice(_WHAT)}")
    return "。".join(sentences) + "。"


def files(folder: Path, count: int, characters: int) -> Path:
    """`count` files of about `characters` in `folder`, made unless they are there."""
    if not folder.is_dir():
        folder.mkdir(parents=True)
        dice = random.Random(f"{count} {characters}")
        for number in range(count):
            (folder / f"{number:05}.md").write_text(text(dice, dice.randint(characters // 2, characters * 3 // 2)), "utf-8")
    return folder


_TRACE = """Received: from mail.example.com (mail.example.com [192.0.2.17]) by mx.example.cn with ESMTPS id {id}
 for <{to}@example.cn>; Tue, {day} Jun 2026 09:{minute:02}:17 +0800
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=mail; h=from:to:subject:date:message-id;
 bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=Jk8fQ2mX1n0c7u{id}
Message-ID: <{id}@example.com>
Date: Tue, {day} Jun 2026 09:{minute:02}:11 +0800
From: {sender}
To: {to}@example.cn
Subject: {subject}
X-Mailer: Foxmail 7.2.25
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: {encoding}

"""


def mail(dice: random.Random, size: int = 2_000) -> bytes:
    """A message of about so many bytes as programs send them: base64, quoted-printable or 8 bit; greeting, some paragraphs, a signature."""
    encoding = dice.choice(("base64", "base64", "8bit", "quoted-printable"))
    room = (size - 750) // {"base64": 4, "8bit": 3, "quoted-printable": 9}[encoding]
    lines = [f"{dice.choice(('王', '李', '陈'))}经理\uff0c您好\uff1a", ""]
    while sum(map(len, lines)) < room - 30:
        lines.append(_line(dice)[:room])
    body = "\n".join([*lines, "", "周明", "市场部", "电话\uff1a010-5550 0100"])
    coded = {"base64": lambda: base64.encodebytes(body.encode()), "8bit": body.encode, "quoted-printable": lambda: quopri.encodestring(body.encode())}[encoding]()
    head = _TRACE.format(
        id=f"{dice.getrandbits(60):015x}", to=dice.choice(("wang", "li", "chen")), day=dice.randint(2, 28), minute=dice.randint(0, 59), encoding=encoding,
        sender=Header("周明", "utf-8").encode() + " <zhou@example.com>", subject=Header(f"{dice.choice(_WHAT)}的安排", "utf-8").encode(),
    )
    return (head.encode() + coded).replace(b"\n", b"\r\n")


def mails(folder: Path, count: int) -> Path:
    """`count` messages of 2 KB in `folder`, made unless they are there."""
    if not folder.is_dir():
        folder.mkdir(parents=True)
        dice = random.Random(count)
        for number in range(count):
            (folder / f"{number:05}.eml").write_bytes(mail(dice))
    return folder


def business_mails(number: int, *, size: int = 4_096) -> Iterator[bytes]:
    """`number` messages of exactly `size` bytes (at least 1,500), one every minute: what people in Chinese companies write, each different.

    Notices, requests, minutes, reports and answers with a quotation, mostly running text, with some dates, people, amounts and vague
    words; plain text in UTF-8, half of them in base64 and half 8 bit, lines ended as on the wire. A longer row begins with the shorter one.
    """
    return (_business_mail(random.Random(f"business {place} {size}"), place, size) for place in range(number))


def _business_mail(dice: random.Random, place: int, size: int) -> bytes:
    encoding = ("base64", "8bit")[place % 2]
    sender = dice.choice(business.NAMES)
    room = (size - 950) * 20 // 27 if encoding == "base64" else size - 950
    subject, body = business.letter(dice, sender, room - room // 50)
    wire = body.replace("\n", "\r\n").encode()
    head = _TRACE.format(
        id=f"{place:05}{dice.getrandbits(40):010x}", to=dice.choice(("wang", "li", "chen")), day=2 + place // 1440 % 27, minute=place % 60, encoding=encoding,
        sender=Header(sender, "utf-8").encode() + f" <user{business.NAMES.index(sender)}@example.com>", subject=Header(subject, "utf-8").encode(),
    ).replace("\n", "\r\n").encode()
    coded = base64.encodebytes(wire).replace(b"\n", b"\r\n") if encoding == "base64" else wire
    return _filled(head, coded, size)


def _filled(head: bytes, body: bytes, size: int) -> bytes:
    """A message of exactly `size` bytes: what is missing is put into a header, in lines as programs fold them."""
    missing = size - len(head) - len(body) - len(b"X-Trace: \r\n")
    lines = [b"0123456789abcdef" * 4] * (missing // 67)
    trace = b"X-Trace: " + b"\r\n ".join([*lines, b"0" * (missing - 67 * len(lines))]) + b"\r\n"
    return trace + head + body


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.iterdir())


def rule(folder: Path, *, rules: int = 1, words: tuple[str, ...] = PHRASES) -> Path:
    """A folder with one rule that bans `words`, or with many that ban three words of their own each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(rules):
        own = words if rules == 1 else tuple(_words(number))
        listed = ", ".join(f'"{word}"' for word in own)
        source = f'rule banned-words-{number} (BEN{number:03}) "banned" : warning {{\n  param words: list = [{listed}]\n  forbid any phrase(words) in body\n  message "write something else than {{match}}"\n}}\n'
        path = folder / f"banned-words-{number}.norm"
        if not path.is_file() or path.read_text("utf-8") != source:  # a rule that is written anew is compiled anew
            path.write_text(source, "utf-8")
    return folder


def _words(number: int) -> Iterator[str]:
    dice = random.Random(number)
    for _ in range(3):
        yield "".join(chr(dice.randint(0x4E00, 0x8FFF)) for _ in range(3))
