"""Mail as mail programs keep it: a mailbox with a mail whose text and HTML differ, one passed on as a file, one deleted; a Maildir."""

from __future__ import annotations

from collections.abc import Callable
from email import policy
from email.message import EmailMessage

_STYLE = policy.SMTP.clone(linesep="\n", mangle_from_=True)


def _letter(number: int, subject: str, text: str, *, sender: str = "林晓岚 <lin.xiaolan@example.cn>", to: str = "周子衡 <zhou.ziheng@example.cn>") -> EmailMessage:
    message = EmailMessage(policy=_STYLE)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = f"Thu, 21 May 2026 09:{number:02d}:00 +0800"
    message["Message-ID"] = f"<box.{number}@example.cn>"
    message.set_content(text, cte="8bit")
    return message


def mailbox() -> bytes:
    """What Thunderbird and mutt keep: From_ lines, quoted ones in the text, the mark of what was deleted."""
    first = _letter(1, "推广物料确认-市场部-林晓岚", "周子衡\uff1a\n\n请于2026年5月25日18:00前确认推广物料。\n\n林晓岚\n市场部经理\n")
    first.add_alternative("<p>周子衡\uff1a</p><p>请于2026年5月25日18:00前确认推广物料。</p><p>另请尽快付款。</p><p>林晓岚<br>市场部经理</p>", subtype="html", cte="8bit")
    second = _letter(2, "设备巡检-设备部-周子衡", "林经理\uff1a\n\n巡检表见附件\uff0c设备部的意见如下\uff1a\n\nFrom 设备部\uff1a请尽快安排停机。\n\n周子衡\n设备部主管\n", sender="周子衡 <zhou.ziheng@example.cn>", to="林晓岚 <lin.xiaolan@example.cn>")
    second.add_attachment(_letter(3, "停机申请-设备部-高若谷", "周主管\uff1a\n\n停机时间有空再定。\n\n高若谷\n设备部技术员\n", sender="高若谷 <gao.ruogu@example.cn>"))
    gone = _letter(4, "已删除-市场部-林晓岚", "请尽快删除。\n")
    gone["X-Mozilla-Status"] = "0009"
    out = b""
    for number, message in enumerate((first, second, gone), 1):
        if message.is_multipart():
            message.set_boundary(f"=_box_{number}")
        out += f"From - Thu May 21 09:{number:02d}:00 2026\n".encode() + message.as_bytes() + b"\n"
    return out


def delivered() -> bytes:
    """What a mail server puts into the new mail of a Maildir."""
    return _letter(5, "会议室预定-行政部-江宁", "林经理\uff1a\n\n请尽快告知与会人数。\n\n江宁\n行政部专员\n", sender="江宁 <jiang.ning@example.cn>", to="林晓岚 <lin.xiaolan@example.cn>").as_bytes()


MAKERS: dict[str, Callable[[], bytes]] = {
    "项目收件箱.mbox": mailbox,
    "邮箱/new/1779327000.M1P2.mail.example.cn": delivered,
    "邮箱/cur/.keep": bytes,
    "邮箱/tmp/.keep": bytes,
}
