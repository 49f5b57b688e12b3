"""Mails: charsets, HTML, quoted history, clients and colleagues, English."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile, ZipInfo

from .craft import Sample, date, mail, message, multipart, part, party, split_word, wide, word

_LIN = party("林晓岚", "lin.xiaolan@example.cn")
_ZHOU = party("周子衡", "zhou.ziheng@example.cn")
_GU = party("顾北辰", "gu.beichen@example.cn")
_SHEN = party("沈一鸣", "shen.yiming@example.cn")
_HE = party("何静宜", "he.jingyi@example.cn")
_LU = party("陆远舟", "lu.yuanzhou@example.cn")
_GAO = party("高若谷", "gao.ruogu@example.cn")
_CLIENT = party("罗锦程", "luo@client-a.example.com")
_SIGNED = "\n\n-- \n陆远舟\n销售部经理\n示例科技有限公司\n电话:010-5555 0134\n邮箱:lu.yuanzhou@example.cn\n"


def _fields(subject: str, sender: str, to: str, sent: str, number: int, **more: str) -> list[tuple[str, str]]:
    fields = [("From", sender), ("To", to), ("Subject", subject), ("Date", date(sent)), ("Message-ID", f"<2026.{number:04d}@example.cn>")]
    return fields + [(name.replace("_", "-").title(), value) for name, value in more.items()]


def _zipped(name: str, content: bytes) -> bytes:
    """An archive of one file, the same bytes each time."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(ZipInfo(name), content)
    return packed.getvalue()


def samples() -> list[Sample]:
    """All mails."""
    return [*_plain(), *_clients(), *_structured(), *_english()]


def _plain() -> list[Sample]:
    vague = "各位同事:\n\n二季度推广物料的修改意见请尽快反馈给我,谢谢。\n\n周子衡\n市场部专员\n2026年4月13日\n"
    firm = "各位同事:\n\n二季度推广物料的修改意见请于2026年4月16日17:00前回复本邮件,逾期视为无意见。\n\n周子衡\n市场部专员\n2026年4月13日\n"
    quoted = "沈主管:\n\n方案已按评审意见修改,请于2026年5月22日18:00前确认。\n\n顾北辰\n\n-----原始邮件-----\n发件人:沈一鸣\n发送时间:2026年5月19日 16:20\n收件人:顾北辰\n主题:接口方案\n\n接口方案请尽快改好发我。\n"
    inline = "顾经理:\n\n逐条答复如下。\n\n> 1. 联调环境什么时候能用?\n\n2026年5月25日12:00前可用。\n\n> 2. 谁负责压测? 请尽快定。\n\n由技术部*工程师负责,2026年5月27日18:00前给出报告。\n\n沈一鸣\n产品部主管\n"
    taiwan = "各位同仁:\n\n新版報價單請於2026年6月3日(星期三)17:00前送財務部何主管複核。\n\n業務聯絡人:陸遠舟\n"
    return [
        Sample("mails/推广物料意见-模糊.eml", mail(_fields(word("二季度推广物料意见反馈-市场部-周子衡", "gb18030", label="gb2312"), _ZHOU, _LIN, "2026-04-13 10:05", 1), vague, charset="gb18030", label="gb2312"), "GBK, base64, labelled gb2312", "VAG001: 尽快 is no deadline"),
        Sample("mails/推广物料意见.eml", mail(_fields(split_word("二季度推广物料意见反馈-市场部-周子衡", "gb18030", "gb2312"), _ZHOU, _LIN, "2026-04-13 10:05", 2), wide(firm), charset="gb18030", label="gb2312"), "GBK; subject split inside a character; full width"),
        Sample("mails/接口方案-回复.eml", mail(_fields(word("回复:接口方案"), _GU, _SHEN, "2026-05-20 09:30", 3, in_reply_to="<2026.0900@example.cn>", references="<2026.0900@example.cn>"), wide(quoted), coding="8bit"), "UTF-8, 8bit; history of Outlook below, with a vague word that is not ours"),
        Sample("mails/联调安排-逐条答复.eml", mail(_fields(word("Re: 联调安排"), _SHEN, _GU, "2026-05-21 11:02", 4, in_reply_to="<2026.0901@example.cn>"), inline, coding="quoted-printable"), "answers between quoted lines"),
        Sample("mails/報價單複核.eml", mail(_fields(word("新版報價單複核-財務部-何靜宜", "big5"), party("陸遠舟", "lu.yuanzhou@example.cn", "big5"), _HE, "2026-06-01 14:00", 5), taiwan, charset="big5"), "Big5, traditional script"),
        Sample("mails/主题不完整.eml", mail(_fields(word("材料"), _ZHOU, _LIN, "2026-03-03 15:00", 6), wide("林经理:\n\n附上3月份渠道清单,请于2026年3月6日12:00前审阅。\n\n周子衡\n市场部专员\n"), coding="8bit"), "full width", "NAM004: the subject names no department and no person"),
        Sample("mails/重要事项未抄送.eml", mail([*_fields(word("【重要】服务器迁移窗口-技术部-顾北辰"), _GU, _SHEN, "2026-05-25 16:40", 7), ("X-Priority", "1"), ("Importance", "high")], "沈主管:\n\n服务器迁移定于2026年5月30日22:00开始,产品部请于2026年5月28日18:00前停止发布。\n\n顾北辰\n技术部经理\n", coding="8bit"), "importance by header", "CCX002: important, and no superior is copied"),
        Sample("mails/重要事项已抄送.eml", mail([*_fields(word("【重要】服务器迁移窗口-技术部-顾北辰"), _GU, _SHEN, "2026-05-25 16:45", 8, cc=_GAO), ("X-Priority", "1"), ("Importance", "high")], wide("沈主管:\n\n服务器迁移定于2026年5月30日22:00开始,产品部请于2026年5月28日18:00前停止发布。\n\n顾北辰\n技术部经理\n"), coding="8bit"), "the same with the general manager copied"),
    ]


def _clients() -> list[Sample]:
    question = "陆经理:\n\n请问第二批设备的交付日期是哪天? 请回复确认。\n\n罗锦程\n采购部经理\n甲方制造有限公司\n电话:021-5555 0177\n"
    answer = "罗经理:\n\n您好! 第二批设备于2026年3月20日(星期五)送达贵司仓库,到货前一天由我电话通知。" + _SIGNED
    slang = "罗经理:\n\n亲,发票的事已经搞定啦,哈哈!! 今天寄出。" + _SIGNED
    bare = "罗经理:\n\n您好! 报价单见附件,有效期至2026年4月30日。\n\n陆远舟\n"
    ours = _fields(word("设备交付日期-销售部-陆远舟"), _LU, _CLIENT, "2026-03-04 10:20", 12, in_reply_to="<q1@client-a.example.com>", references="<q1@client-a.example.com>")
    return [
        Sample("mails/客户-交付日期询问.eml", mail([("From", _CLIENT), ("To", _LU), ("Subject", word("第二批设备交付日期-采购部-罗锦程")), ("Date", date("2026-03-02 15:10")), ("Message-ID", "<q1@client-a.example.com>")], wide(question)), "a client asks; answered by the next sample"),
        Sample("mails/客户-交付日期答复.eml", mail(ours, wide(answer)), "answers within two working days; signature behind dashes"),
        Sample("mails/客户-对账单催问.eml", mail([("From", _CLIENT), ("To", _LU), ("Subject", word("二月对账单-采购部-罗锦程")), ("Date", date("2026-03-09 09:00")), ("Message-ID", "<q2@client-a.example.com>")], wide("陆经理:\n\n二月对账单金额与我方记录不一致,请核对并回复。\n\n罗锦程\n采购部经理\n甲方制造有限公司\n电话:021-5555 0177\n")), "a client asks and nobody answers", "SLA006: no reply within two working days"),
        Sample("mails/客户-口语.eml", mail(_fields(word("发票寄送-销售部-陆远舟"), _LU, _CLIENT, "2026-03-11 17:05", 14), slang), "half width", "TON001: 亲, 搞定, 哈哈, doubled marks"),
        Sample("mails/客户-签名不全.eml", message(_fields(word("设备报价单-销售部-陆远舟"), _LU, _CLIENT, "2026-04-02 09:40", 15), multipart("mixed", "b15", part(wide(bare).encode(), "text/plain; charset=utf-8"), part(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9", "image/jpeg", more=[("Content-Disposition", "attachment; filename*=utf-8''%E6%8A%A5%E4%BB%B7%E5%8D%95_20260402_%E9%99%86%E8%BF%9C%E8%88%9F.jpg")]))), "attachment with an RFC 2231 name", "FLD011: the signature lacks title, company and contact"),
    ]


def _structured() -> list[Sample]:
    html = wide(
        "<html><head><meta charset=utf-8><style>p{margin:0}</style></head><body><p>各位同事:</p><p>&nbsp;</p><p>年中盘点请按下表执行,"
        "各组于<b>2026年6月12日</b>18:00前提交结果。</p><table border=1><tr><th>事项</th><th>负责人</th><th>截止时间</th></tr>"
        "<tr><td>仓库盘点</td><td>生产部*主管</td><td>2026-06-10 18:00</td></tr><tr><td>账实核对</td><td>财务部何静宜</td><td>2026-06-12 18:00</td></tr></table>"
        '<div style="display:none">跟踪像素 请尽快打开</div><p>何静宜<br>财务部主管</p></body></html>'
    )
    hasty = wide("<div>各位:</div><div>客户演示的环境请<span>尽</span><span>快</span>准备好。</div><div>沈一鸣<br>产品部主管</div>")
    both = wide("顾经理:\n\n压测报告请于2026年5月29日18:00前提交。\n\n沈一鸣\n产品部主管\n")
    flowed = "Hello all,\n\nThe Q2 channel review takes place on 2026-06-08 at 10:00. Please send \nyour slides to the Marketing Department by 2026-06-05 17:00.\n\nZhou Ziheng\nMarketing Department\n"
    forward = "何主管:\n\n转发客户的付款说明,请于2026年4月10日17:00前核对到账金额。\n\n陆远舟\n销售部经理\n\n---------- 转发邮件 ----------\n发件人: 罗锦程 <luo@client-a.example.com>\n日期: 2026年4月8日 09:00\n收件人: 陆远舟\n主题: 付款说明\n\n货款尽快支付,大概下周到账。\n"
    large = _zipped("首页.png", bytes(2000))
    return [
        Sample("mails/年中盘点.eml", mail(_fields(word("年中盘点安排-财务部-何静宜"), _HE, _LIN, "2026-06-01 09:00", 20), html, subtype="html", coding="quoted-printable"), "HTML only, with a table and a hidden stretch"),
        Sample("mails/演示环境-模糊.eml", mail(_fields(word("客户演示环境准备-产品部-沈一鸣"), _SHEN, _GU, "2026-05-12 09:15", 21), hasty, subtype="html"), "HTML only; the vague word is split between two elements", "VAG001: 尽快"),
        Sample("mails/压测报告.eml", message(_fields(word("压测报告提交-产品部-沈一鸣"), _SHEN, _GU, "2026-05-22 10:00", 22), multipart("alternative", "b22", part(both.encode(), "text/plain; charset=utf-8"), part(f"<p>{both}</p>".encode(), "text/html; charset=utf-8"))), "text and HTML alternatives"),
        Sample("mails/q2-review.eml", mail(_fields(word("Q2 channel review - 市场部 - 周子衡"), _ZHOU, _LIN, "2026-05-28 09:00", 23), flowed, coding="7bit", label="us-ascii", extra="; format=flowed"), "English, format=flowed"),
        Sample("mails/付款说明-转发.eml", mail(_fields(word("转发: 付款说明"), _LU, _HE, "2026-04-08 10:30", 24), wide(forward)), "a forwarded client mail below, vague words and all"),
        Sample("mails/设计稿附件.eml", message(_fields(word("首页设计稿-设计部-唐可欣"), party("唐可欣", "tang.kexin@example.cn"), _SHEN, "2026-05-06 13:30", 25), multipart("mixed", "b25", part(wide("沈主管:\n\n首页设计稿见附件,请于2026年5月8日18:00前反馈意见。\n\n唐可欣\n设计部设计师\n").encode("gb18030"), "text/plain; charset=gb2312"), part(large, f'application/zip; name="{word("设计稿_20260506_唐可欣.zip", "gb18030", label="gb2312")}"', more=[("Content-Disposition", "attachment")]))), "a zip with an RFC 2047 name in quotes"),
    ]


def _english() -> list[Sample]:
    late = "Hi Gu,\n\nPlease send me the test report as soon as possible.\n\nOn Tue, May 19, 2026 at 4:20 PM Gu Beichen <gu.beichen@example.cn> wrote:\n> The report is in review.\n> Please wait until 2026-05-22.\n"
    firm = "Hi Gu,\n\nPlease send me the test report by 2026-05-22 18:00.\n\nBest regards,\nShen Yiming\nProduct Department\n"
    client = "Dear Mr. Brook,\n\nThe spare parts leave our warehouse on 2026-04-21 and arrive by 2026-04-24 17:00.\n\nKind regards,\n\nLu Yuanzhou\nSales Manager\nExample Technology Co., Ltd.\nTel: +86 10 5555 0134\nEmail: lu.yuanzhou@example.cn\n"
    return [
        Sample("mails/test-report-asap.eml", mail(_fields("Re: Test report", _SHEN, _GU, "2026-05-20 08:55", 30, in_reply_to="<2026.0930@example.cn>"), late, coding="7bit", label="us-ascii"), "English, history below", "VAG001: as soon as possible"),
        Sample("mails/test-report.eml", mail(_fields(word("Test report - 产品部 - 沈一鸣"), _SHEN, _GU, "2026-05-20 09:00", 31), firm, coding="7bit", label="us-ascii"), "English"),
        Sample("mails/spare-parts.eml", mail(_fields(word("Spare parts delivery - 销售部 - 陆远舟"), _LU, "Brook <brook@client-b.example.org>", "2026-04-17 15:00", 32), client, coding="7bit", label="us-ascii"), "English, to a client, full signature"),
    ]
