"""Which lines of a mail are its author's, which sign, which were written before, which are the lawyers'."""

from __future__ import annotations

import pytest
from commlint_mail.message import parse

from commlint.model.record import Record

ROLES = {"body": "B", "history": "Q", "forwarded": "F", "signature": "S", "disclaimer": "D"}
# The sender's name, the subject, the text, the role of each line that is not empty.
MAILS = [
    ("", "Re: 对账", "小周\uff1a\n\n数对上了。\n\n张建国\n", "BBS"),
    ("", "对账", "各位\uff1a\n\n见附件。\n\n财务部 李娜\n2024-03-05\n", "BBSS"),
    ("客服", "工单", "尊敬的客户\uff1a\n\n已处理。\n\n示例电器客服部\n400-800-1111\n\n此邮件由系统自动发出\uff0c请勿回复。\n", "BBSSD"),
    ("Ann Lee", "Q2", "Hi all,\n\nSee attached.\n\nAnn\n", "BBS"),
    ("Ann Lee", "Q2", "Hi all,\n\nSee attached. Thanks!\nAnn\nSent from my iPhone\n", "BBSS"),
    ("Ann Lee", "Q2", "Hi all,\n\nSee attached.\n\nThanks,\nBest,\nAnn Lee\nFinance\n", "BBBBSS"),
    ("赵一", "报价", "王总\uff1a\n\n价格如附件。\n\n——赵一\n", "BBS"),
    ("赵一", "报价", "王总\uff1a\n\n价格如附件。\n\n赵一 上\n", "BBS"),
    ("赵一", "报价", "王总\uff1a\n\n价格如附件。\n\n您的客户经理 小赵\n", "BBS"),
    ("人事部", "通知", "各部门\uff1a\n\n请知悉。\n\n人事部 宣\n", "BBS"),
    ("赵一", "函", "贵公司\uff1a\n\n特此函达。\n\n示例有限公司\uff08盖章\uff09\n经办人\uff1a赵一\n2024年3月\n", "BBSSS"),
    ("赵一", "函", "王总\uff0c\n价格如附件。\n祝好\n赵一\n销售部\n", "BBBSS"),
    ("Bob Stone", "Fw: x", "FYI\n\nBob Stone\nOps Manager\n\n> From: Ann <a@example.com>\n> Sent: Monday, May 6, 2024 9:00 AM\n> To: Bob\n> Subject: x\n>\n> Gate is closed.\n", "BSSFFFFFF"),
    ("Bob Stone", "Fw: x", "FYI\n\nOn May 6, 2024, at 9:00 AM, Ann <a@example.com> wrote:\n\n> Gate is closed.\n", "BFF"),
    ("吴语", "回复: 合同", "同意。\n\n吴语 | 法务\n\n\n发自 企业微信邮箱\n", "BSS"),
    ("吴语", "合同", "沈律师好\uff1a\n\n附件是盖章版。\n\n吴语 法务专员\n+86 139 0000 1111 | wuyu@example.com\n示例集团 · 北京市朝阳区示例大厦18层\n\n保密声明\uff1a本邮件含机密信息\uff0c误收请删除。\n", "BBSSSD"),
    ("吴语", "合同", "沈律师好\uff1a\n\n附件是盖章版。\n\n工作愉快\uff01\n吴语\n", "BBBS"),
    ("吴语", "合同", "沈律师好\uff1a\n\n附件是盖章版。\n\n顺颂时绥\n\n吴语 谨上\n", "BBBS"),
    ("吴语", "合同", "沈律师好\uff1a\n\n附件是盖章版。\n--\n吴语\n", "BBSS"),
    ("吴语", "合同", "沈律师好\uff1a\n\n附件是盖章版。\n\n***************\n吴语 法务部\n***************\n", "BBSSS"),
    ("Grace Ho", "Shipment", "Dear Mr Tan,\n\nPlease find attached the BL.\n\nThanks & Best Regards\nGrace Ho (Ms)\nShipping Dept\nSunrise Garments (Shenzhen) Co., Ltd\nAdd: 3/F, Bldg 2, Example Park, Shenzhen\nT: 0755-2000 0000\n", "BBBSSSSS"),
    ("Grace Ho", "Shipment", "Dear Mr Tan,\n\nPlease find attached the BL.\n\nGrace\n\nGrace Ho\nShipping Dept\nSunrise Garments Ltd\n", "BBSSSS"),
    ("林可", "周报", "团队各位\uff1a\n\n本周完成如下\uff1a\n1. 接口联调\n2. 回归测试\n\n林可 / 测试组\n", "BBBBS"),
    ("林可", "周报", "本周完成接口联调。\n\n联系人\uff1a林可\n电话\uff1a13800001111\n", "BBB"),
    ("林可", "周报", "各位好\n\n本周完成接口联调\uff0c遗留两个缺陷。\n\n谢谢\n林可\n", "BBBS"),
    ("陶陶", "活动", "宝子们\n\n周五团建走起\uff01\n\n爱你们的陶陶\n", "BBS"),
    ("", "Fw: 通知", "请看下面。\n\n-----转发-----\n发件人\uff1a教委\n时间\uff1a2024-05-06 09:00\n主题\uff1a通知\n\n各校\uff1a请填表。\n", "BFFFFF"),
    ("马六", "转发: 通知", "请看下面。\n\n马六\n\n----- 转发人 王二/办公室/CN 时间 2024-05-06 09:00 -----\n\n各校\uff1a请填表。\n", "BSFF"),
    ("Lee", "FW: memo", "See below.\n\n----- Forwarded by Kim Lee/HQ on 05/06/2024 09:00 AM -----\n\nPlease fill the form.\n", "BFF"),
    ("马六", "[外部] 转发: 通知", "请看下面。\n\n发件人: 王二\n发送时间: 2024年5月6日 9:00\n收件人: 马六\n主题: 通知\n\n各校\uff1a请填表。\n", "BFFFFF"),
    ("何田田", "回复\uff1a排班", "行。\n\n何田田\n\n发件人\uff1a 护士长\n发送时间\uff1a 2024-05-06 09:00\n收件人\uff1a 何田田\n主题\uff1a 排班\n换一下\n", "BSQQQQQ"),
    ("何田田", "回复\uff1a排班", "行。\n\n护士长 <hsz@example.com> 于 2024年5月6日周一 09:00写道\uff1a\n\n> 换一下班\n\n何田田\n", "BQQS"),
    ("Zoe", "Re: plan", "Agreed.\n\nOn Monday we start.\n\nZ.\n\nOn Mon, 6 May 2024 at 09:00, Kim <kim@example.com> wrote:\n> Start Monday?\n", "BBSQQ"),
    ("王小二", "通知", "各位同仁\uff1a\n\n公司将于6月1日搬迁。\n特此通知\uff01\n\n示例科技有限公司\n行政部\n二零二四年五月六日\n", "BBBSSS"),
    ("王小二", "通知", "全体员工\uff1a\n\n放假三天。\n\n公司办公室\n2024/5/6\n", "BBSS"),
    ("qa@example.com", "", "Build 512 failed.\n\n-- \nJenkins CI\n", "BSS"),
    ("Kofi Mensah", "Invoice", "Dear Accounts,\n\nInvoice 77 is overdue by 12 days.\n\nYours sincerely\n\nKofi Mensah\nCredit Control\nVolta Supplies Ltd, Accra\n\nThis e-mail is confidential. If you received it in error please delete it.\n", "BBBSSSD"),
    ("Kofi Mensah", "Invoice", "[EXTERNAL] This email originated from outside the organization. Do not click links.\n\nDear Accounts,\n\nInvoice 77 is overdue.\n\nKofi\n", "DBBS"),
    ("程砚", "材料", "刘科长\uff1a\n\n材料已按意见修改\uff0c请审阅。\n妥否\uff0c请批示。\n\n程砚\n办公室\n5月6日\n", "BBBSSS"),
    ("黄诗雨", "样品", "陈先生\uff1a\n您好\uff01\n\n样品明日寄出。\n\n順頌 商祺\n\n黃詩雨 敬上\n業務部 分機 208\n", "BBBBSS"),
    ("孙好", "寄样", "李姐\uff1a\n\n样品已寄。\n\n孙好\n采购部\n\nPS\uff1a运费到付。\n", "BBSSB"),
    ("孙好", "函", "贵司\uff1a\n\n请查收。\n\n示例有限公司\n2024年5月6日\n\n附件\uff1a1. 清单\n", "BBSSB"),
    ("孙好", "x", "李姐\uff1a\n\n样品已寄。\n\n孙好\n示例股份有限公司 采购部\n质量第一\uff0c客户至上\uff01\n", "BBSSS"),
    ("孙好", "x", "李姐\uff1a\n\n样品已寄。\n\n孙好\n示例有限公司\n\n[cid:image001.png]\n", "BBSSS"),
    ("Ann Lee", "x", "Hi,\n\nSent it.\n\n- Ann\n", "BBS"),
    ("Ann Lee", "x", "Hi,\n\nSent it.\n\nAnn Lee\nParalegal, Example LLP\nPlease note I do not work on Fridays.\n", "BBSSS"),
]


def _mail(sender: str, subject: str, text: str) -> Record:
    head = f"From: {sender} <a@example.com>\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    return parse((head + text).encode())


def _roles(record: Record, text: str) -> str:
    roles: dict[int, str] = {}
    for part in record.parts[1:]:
        for run in part.source_map.runs:
            roles |= dict.fromkeys(range(run.source.start, run.source.end), ROLES[part.name])
    starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
    return "".join(roles[start] for start in starts if start < len(text) and text[start:].split("\n", 1)[0].strip())


@pytest.mark.parametrize(("sender", "subject", "text", "roles"), MAILS)
def test_every_line_has_its_role(sender: str, subject: str, text: str, roles: str) -> None:
    """Signatures with and without marks, mottos and additions below, earlier mails of many clients, notices."""
    assert _roles(_mail(sender, subject, text), text) == roles


def test_an_earlier_message_knows_who_wrote_it_and_when() -> None:
    """Each of a chain by itself, in Chinese and English."""
    text = (
        "好的。\n\n在 2024年5月21日\uff0c16:20\uff0c陈立 <chen@example.com> 写道\uff1a\n> 后天给你。\n>\n> On May 20, 2024, at 3:15 PM, Ann Lee <ann@example.com> wrote:\n>> Any news?\n"
        "\n发件人\uff1a 王五 [mailto:wang@example.cn]\n发送时间\uff1a 2024年5月19日(星期日) 上午9:05\n收件人\uff1a 陈立\n主题\uff1a 进度\n\n请更新。\n"
    )
    record = _mail("张三", "回复: 进度", text)
    found = [(part.sender.name, part.sender.address, f"{part.sent_at:%m-%d %H:%M}") for part in record.parts if part.name == "history" and part.sender and part.sent_at]
    assert found == [("陈立", "chen@example.com", "05-21 16:20"), ("Ann Lee", "ann@example.com", "05-20 15:15"), ("王五", "wang@example.cn", "05-19 09:05")]
