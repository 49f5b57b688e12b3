"""What a gateway judges before the first mail comes, so that the first is judged as fast as the others: a bit of everything that mails hold."""

from __future__ import annotations

_CHINESE = """王经理\uff0c您好\uff1a
关于召开进度会的通知如下。
会议时间\uff1a2026年6月2日14:00-15:30
会议地点\uff1a三楼会议室
主持人\uff1a方若曦
参会人员\uff1a市场部、产品部相关同事
会议议程\uff1a
1. 接口文档由李明负责\uff0c月底前完成\uff0c费用5,939元。
2. 请张三于2026-06-29前确认\uff0c收到后3个工作日内回复\uff0c最迟下周三17:00前。
| 事项 | 负责人 | 完成时间 |
| --- | --- | --- |
| 合同 | 陈静 | 3月6日 |
原则上同意\uff0c近期再议\uff0c尽快提交\uff0c大概要8个人日。李明这周出差\uff0c手上的工作暂时由陈静代管\uff0c有事请和她联系。附件是最新的清单\uff0c编号REQ-2026-9878。
The list is attached, please reply by Friday 5 pm or within 2 business days.
在 2026年6月1日\uff0c李明 写道\uff1a
> 明天上午十点前请回复\uff0c谢谢\uff01
此致
敬礼
周明
市场部主管
电话\uff1a010-5555 0122  zhou@example.com
"""
_ENGLISH = """Dear Ms Li,
please send the list as soon as possible, by Friday, March 6 at 5 pm at the latest; John Smith (Sales) will check the 3 items within 2 business days.
- Minutes: Mary Brown, due 2026-06-29
On Mon, Jun 1, 2026 at 9:00 AM John Smith <john@example.com> wrote:
> Could you call me tomorrow? The budget is USD 5,939.
Best regards,
Mary Brown
Sales Manager, +1 555 0100
"""
_HEAD = "From: Zhou Ming <zhou@example.com>\nTo: wang@example.cn\nDate: Mon, 1 Jun 2026 09:00:00 +0800\nMessage-ID: <1@example.com>\nSubject: {subject}\nMIME-Version: 1.0\nContent-Type: {type}\n\n"
_PAGE = """--=_a
Content-Type: text/plain; charset=utf-8

{text}
--=_a
Content-Type: text/html; charset=utf-8

<html><body><p>{text}</p><table><tr><td>1</td></tr></table></body></html>
--=_a--
"""


def samples() -> tuple[bytes, ...]:
    """Whole messages: a plain one in Chinese, one in English with a page beside the text."""
    return (
        _wire("=?utf-8?B?5byA5Lya6YCa55+l?=", "text/plain; charset=utf-8", _CHINESE),
        _wire("Re: Plan", 'multipart/alternative; boundary="=_a"', _PAGE.format(text=_ENGLISH)),
    )


def _wire(subject: str, kind: str, body: str) -> bytes:
    return (_HEAD.format(subject=subject, type=kind) + body).replace("\n", "\r\n").encode()
