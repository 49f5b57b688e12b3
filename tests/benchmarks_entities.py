"""How fast records are understood: `python -m tests.benchmarks_entities` prints milliseconds a word of a 2 KB mail, and growth on hostile lines."""

from __future__ import annotations

import statistics
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator

from commlint.api import Linter
from commlint.entities.analysis import RecordAnalysis
from commlint.model.record import Kind, Record
from commlint.model.source import Source
from commlint.model.symbols import Attribute

MAIL = """From: =?utf-8?b?5ZGo5pWP?= <zhou.min@corp.example.com>
To: =?utf-8?b?5p6X5pmT5YWw?= <lin.xiaolan@corp.example.com>, chen.li@corp.example.com
Cc: tech@corp.example.com
Subject: =?utf-8?b?5o6l5Y+j6IGU6LCD5a6J5o6SLeaKgOacr+mDqC3lkajmlY8=?=
Date: Wed, 22 May 2024 10:30:00 +0800
Message-ID: <a1@corp.example.com>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

林经理、陈工~:

你们好。昨天的评审会定了三件事~,请按下面的安排执行。

1. 请陈立在5月24日18:00前把接口文档~(V2.1~)发到项目群~,内容包括字段说明、错误码和示例。
2. 市场部张*经理负责确认客户的验收标准~,最迟5月27日~(周一~)中午前书面回复。
3. 测试环境由运维部在收到文档后2个工作日内搭好~,联系人~:王强~,电话 13800001234~,分机 8021。

| 事项 | 责任人 | 完成时限 | 优先级 | 状态 |
| --- | --- | --- | --- | --- |
| 接口文档 | 陈立 | 2024-05-24 18:00 | 高 | 进行中 |
| 验收标准确认 | 张* | 2024-05-27 | 中 | 未开始 |
| 测试环境 | 运维部/王强 | 2024-05-29 | 高 | 未开始 |

预算约12.5万元~,以合同为准。上周已完成登录页面80%的开发~,剩余部分预计6月3日上线。
会议时间~:2024年5月28日14:00-16:00~,地点三楼会议室~,参会人~:林晓兰、陈立、王强。
如有问题请在明天下班前回复我~,谢谢。

周敏
项目经理 技术部
示例科技有限公司
电话~:021-5555 0100
邮箱~:zhou.min@corp.example.com

-----原始邮件-----
发件人: 陈立 <chen.li@corp.example.com>
发送时间: 2024年5月21日 16:20
收件人: 周敏 <zhou.min@corp.example.com>
主题: 回复: 接口联调安排

周敏~:
文档还差错误码一节~,后天可以给你。请尽快确认测试账号。
陈立
"""
for _narrow in ",:()":
    MAIL = MAIL.replace("~" + _narrow, chr(ord(_narrow) + 0xFEE0))
HOSTILE = {
    "digits": "1", "colons": ":", "labels": "负责人:", "fields": "负责人:张三 ", "names": "张三、", "surnames": "张", "titles": "张经理", "departments": "市场部", "masks": "*", "brackets": "(", "quotes": "\u201c", "mentions": "@a ",
    "dates": "5月1日", "limits": "3个工作日内", "vague": "尽快", "orders": "请尽快提交材料给市场部张经理,", "phones": "13800138000 ", "money": "12万", "tails": "(责任人:张三,截止:5-22)", "URLs": "http://a/b.c ", "cells": "a | b | ",
    "tabs": "a\tb\t", "conditions": "如有", "stars": "**a** ", "addresses": "a@b.c ", "blanks": " ", "dashes": "- ", "English": "please send by friday ", "numerals": "一", "dots": ".",
}  # fmt: skip
LINE = 10_000


class Asker:
    """Asks a record for everything that the language can ask of it."""

    def __init__(self) -> None:
        linter = Linter()
        table = linter.plugins.table()
        self.linter, self.environment, self.getters = linter, linter.environment, table.getters()
        self.keys = sorted(symbol.key for symbol in table.symbols if isinstance(symbol, Attribute) and symbol.owner == "record")

    def seconds(self, record: Record) -> dict[str, float]:
        """Processor time of each word, asked in the order of the alphabet: what a word needs and no one before it asked for is its own."""
        analysis = RecordAnalysis(record, self.environment, self.getters)
        spent: dict[str, float] = {}
        for key in self.keys:
            started = time.process_time()
            analysis.value(key)
            spent[key] = time.process_time() - started
        return spent

    def total(self, record: Record) -> float:
        """Processor time of all words together."""
        analysis = RecordAnalysis(record, self.environment, self.getters)
        started = time.process_time()
        for key in self.keys:
            analysis.value(key)
        return time.process_time() - started


def mail(asker: Asker, rounds: int = 300) -> Iterator[str]:
    """Median milliseconds of the mail, and of the words that cost most."""
    (record,) = asker.linter.records(Source("mail.eml", MAIL.encode()))
    runs = [asker.seconds(record) for _ in range(rounds)][rounds // 10 :]
    total = statistics.median(asker.total(record) for _ in range(rounds))
    yield f"all {len(asker.keys)} words of a mail of {len(MAIL.encode())} bytes: {total * 1000:.2f} ms (goal 2)"
    medians = {key: statistics.median(run[key] for run in runs) for key in asker.keys}
    for key, spent in sorted(medians.items(), key=lambda item: -item[1])[:12]:
        yield f"  {key:24} {spent * 1000:.3f} ms"


def hostile(asker: Asker) -> Iterator[str]:
    """For each hostile line the word that takes longest, and how much longer a line of twice the length takes."""
    for name, unit in HOSTILE.items():
        once, twice = (_best(asker, (unit * (length // len(unit) + 1))[:length]) for length in (LINE, 2 * LINE))
        worst = max(once, key=lambda key: once[key])
        ratio = sum(twice.values()) / max(sum(once.values()), 1e-6)
        yield f"{name:12} worst {worst:24} {once[worst]:.4f} s for {LINE:,} characters (goal 0.2); twice as long takes x{ratio:.2f}"


def _best(asker: Asker, line: str) -> dict[str, float]:
    runs = [asker.seconds(Record.from_text(line, kind=Kind.MINUTES)) for _ in range(3)]
    return {key: min(run[key] for run in runs) for key in asker.keys}


def main() -> None:
    """Print the figures beside their goals."""
    parser = ArgumentParser(prog="python -m tests.benchmarks_entities", description=__doc__)
    parser.add_argument("sections", nargs="*", choices=("mail", "hostile", []), default=[], help="mail or hostile; both when left out")
    sections = parser.parse_args().sections or ["mail", "hostile"]
    asker = Asker()
    for section in sections:
        for line in {"mail": mail, "hostile": hostile}[section](asker):
            print(line)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
