"""Own words, quoted history, signature and disclaimer are told apart, whatever client wrote the mail."""

from __future__ import annotations

import pytest
from commlint_mail.quoting import cut

OWN = "好的\uff0c明天18:00前给你。\n"
SIGN = "张三\n市场部经理\n示例科技有限公司\n电话: 010-5555 0000\n"

HISTORIES = {
    "outlook-zh": "-----原始邮件-----\n发件人: 李四\n发送时间: 2026年5月20日 10:00\n收件人: 张三\n主题: 材料\n\n请尽快。\n",
    "outlook-zh-line": "________________________________\n发件人: 李四 <l@example.com>\n发送时间: 2026年5月20日 10:00\n收件人: 张三\n主题: 材料\n\n请尽快。\n",
    "outlook-zh-bare": "发件人\uff1a 李四\n发送时间\uff1a 2026年5月20日 10:00\n收件人\uff1a 张三\n主题\uff1a 材料\n\n请尽快。\n",
    "outlook-tw": "寄件者: 李四\n寄件日期: 2026年5月20日\n收件者: 張三\n主旨: 材料\n\n請盡快。\n",
    "foxmail": "发件人\uff1a 李四\n日期\uff1a 2026-05-20 10:00\n收件人\uff1a 张三\n主题\uff1a 材料\n请尽快。\n",
    "qq": '------------------ 原始邮件 ------------------\n发件人: "李四" <l@example.com>;\n发送时间: 2026年5月20日(星期三) 上午10:00\n收件人: "张三"\n\n请尽快。\n',
    "netease": "---- 回复的原邮件 ----\n| 发件人 | 李四 |\n| 日期 | 2026年05月20日 10:00 |\n请尽快。\n",
    "netease-wrote": '在 2026-05-20 10:00:00\uff0c"李四" <l@example.com> 写道\uff1a\n请尽快。\n',
    "netease-at": "At 2026-05-20 10:00:00, \"Li Si\" <l@example.com> wrote:\n请尽快。\n".replace("At", "On"),
    "apple-zh": "在 2026年5月20日\uff0c10:00\uff0c李四 <l@example.com> 写道\uff1a\n\n> 请尽快。\n",
    "gmail-zh": "李四 <l@example.com> 于2026年5月20日周三 10:00写道\uff1a\n> 请尽快。\n",
    "gmail-tw": "李四 <l@example.com> 於 2026年5月20日 週三 上午10:00寫道\uff1a\n> 請盡快。\n",
    "gmail-en": "On Wed, May 20, 2026 at 10:00 AM Li Si <l@example.com> wrote:\n> As soon as possible.\n",
    "gmail-en-wrapped": "On Wed, May 20, 2026 at 10:00 AM Li Si With A Long Name\n<l@example.com> wrote:\n\n> As soon as possible.\n",
    "outlook-en": "-----Original Message-----\nFrom: Li Si\nSent: Wednesday, May 20, 2026 10:00\nTo: Zhang San\nSubject: x\n\nASAP\n",
    "outlook-en-bare": "From: Li Si <l@example.com>\nSent: Wednesday, May 20, 2026 10:00\nTo: Zhang San\nSubject: x\n\nASAP\n",
    "quotes-only": "> 请尽快。\n> 谢谢\n",
    "thunderbird-zh": "于 2026/5/20 10:00, 李四 写道:\n> 请尽快。\n",
}
FORWARDED = {
    "forward-en": "---------- Forwarded message ---------\nFrom: Li Si <l@example.com>\nDate: Wed, May 20, 2026\nSubject: x\nTo: z@example.com\n\nASAP\n",
    "forward-apple": "Begin forwarded message:\n\nFrom: Li Si\nSubject: x\n\nASAP\n",
    "forward-zh": "---------- 转发的邮件 ----------\n发件人\uff1a李四\n日期\uff1a2026年5月20日 10:00\n主题\uff1ax\n\n请尽快。\n",
    "forward-apple-zh": "以下是转发的邮件\uff1a\n\n发件人\uff1a 李四\n主题\uff1a x\n\n请尽快。\n",
}


@pytest.mark.parametrize("client", HISTORIES)
def test_history_of_the_clients(client: str) -> None:
    """The earlier mail goes whole into the history, nothing of the own text does."""
    text = f"{OWN}\n{HISTORIES[client]}"
    found = cut(text)
    assert "".join(span.of(text) for span in found.history).strip() == HISTORIES[client].strip()
    assert "".join(span.of(text) for span in found.body).strip() == OWN.strip()


@pytest.mark.parametrize("client", FORWARDED)
def test_what_is_passed_on_is_forwarded(client: str) -> None:
    """A client says so above the message; no history is left."""
    text = f"{OWN}\n{FORWARDED[client]}"
    found = cut(text)
    assert "".join(span.of(text) for span in found.forwarded).strip() == FORWARDED[client].strip()
    assert found.history == ()


def test_a_forwarding_subject_makes_the_quoted_mail_forwarded() -> None:
    """Outlook puts the same head above an answer and a forward."""
    text = f"{OWN}\n{HISTORIES['outlook-zh-bare']}"
    assert (len(cut(text, forwards=True).forwarded), len(cut(text).history)) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "发件人: 栏目请填写全名。\n请各部门补充。\n",
        "请在 5月20日 前写道\n路申请表。\n",
        "会议时间: 2026-05-20\n主题: 预算\n地点: 三楼\n",
        "3 > 2 成立。\n",
        "On Wednesday we wrote:\nnothing yet.\n",
        "--- 分隔 ---\n继续写。\n",
        "请把原始邮件发我。\n",
    ],
)
def test_own_text_that_only_looks_like_history(text: str) -> None:
    """A word of a separator in a sentence hides nothing from the rules."""
    assert cut(text).history == ()


SIGNATURES = {
    "dashes": ("-- \n" + SIGN, "-- \n" + SIGN),
    "closing": ("此致\n敬礼\uff01\n\n" + SIGN, SIGN),
    "thanks": ("谢谢\uff01\n" + SIGN, SIGN),
    "regards": ("Best regards,\n\nZhang San\nSales Manager\nExample Ltd.\n", "Zhang San\nSales Manager\nExample Ltd.\n"),
    "paragraph": ("\n" + SIGN, SIGN),
    "sign-off": ("\n市场部 张三\n2026年5月21日\n", "市场部 张三\n2026年5月21日\n"),
    "bar": ("————————\n" + SIGN, "————————\n" + SIGN),
    "device": ("\n发自我的iPhone\n", "发自我的iPhone\n"),
    "device-en": ("\nSent from my iPad\n", "Sent from my iPad\n"),
    "no-empty-line": (SIGN, SIGN),
    "one-line": ("\n张三 | 市场部经理 | 电话: 010-5555 0000\n", "张三 | 市场部经理 | 电话: 010-5555 0000\n"),
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_signatures(name: str) -> None:
    """Behind dashes, a closing or a bar, or as the last lines; a history below does not hide it."""
    tail, signature = SIGNATURES[name]
    for history in ("", "\n" + HISTORIES["outlook-zh"]):
        text = f"各位:\n\n{OWN}{tail}{history}"
        found = cut(text)
        assert found.signature is not None
        assert found.signature.of(text).strip() == signature.strip()
        assert OWN in "".join(span.of(text) for span in found.body)


@pytest.mark.parametrize(
    "text",
    [
        "各位:\n\n请于周五前提交。\n\n联系人: 张三\n请尽快回复我的电话。\n",
        "各位:\n\n好的。\n\n谢谢\n",
        "张三\n市场部经理\n",
        "各位:\n\n事项如下:\n\n1. 提交材料\n2. 请确认电话\n",
        "各位:\n\n第一段。\n\n请各位于5月22日前提交。\n",
    ],
)
def test_what_is_no_signature(text: str) -> None:
    """Requests, lists and a mail that is nothing but a name stay in the body."""
    assert cut(text).signature is None


def test_a_disclaimer_is_apart() -> None:
    """The lawyers' paragraph is neither body nor signature."""
    text = f"{OWN}\n{SIGN}\n本邮件及其附件含有保密信息\uff0c仅限收件人使用。\n如误收请立即删除。\n"
    found = cut(text)
    assert [span.of(text)[:3] for span in found.disclaimers] == ["本邮件"]
    assert found.signature is not None
    assert found.signature.of(text).strip() == SIGN.strip()


def test_hostile_bodies_take_linear_time() -> None:
    """What sends reply parsers into quadratic time; the test would hang."""
    for hostile in ("-" * 200_000, "-\n" * 50_000, "\n" * 200_000, "From: a\n" * 20_000, "发件人: a\n" * 20_000, "On " * 60_000, "On 1\n" * 40_000, ">\n" * 100_000, "> a\n\nb\n" * 20_000, " " * 300_000, "谢谢\n" * 50_000, "a" * 300_000):
        assert cut(hostile)
