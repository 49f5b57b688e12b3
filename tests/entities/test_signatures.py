"""What signatures say, in the layouts of many trades: name, title, department, company, telephone, mail."""

from __future__ import annotations

import pytest

from commlint.entities.signature import signature
from commlint.model.record import Part, Party, Record
from commlint.text.fold import fold_string
from tests.entities.records import analysed

KEYS = ("name", "title", "department", "company", "phone", "email")
# The sender's display name, the signature, what it says in the order of KEYS.
SIGNATURES = [
    ("温如玉", "温如玉\n市场部 | 品牌主管\n杭州云杉文化传播有限公司\nM: 139 5700 1122 | T: 0571-8765 4321\nE: wenry@example.com\nW: www.example.com", ("温如玉", "品牌主管", "市场部", "杭州云杉文化传播有限公司", "13957001122", "wenry@example.com")),
    ("", "方伯谦 高级工程师\n中铁示例集团第二工程有限公司 技术管理部\n电话(TEL)\uff1a028-8877 6655", ("方伯谦", "高级工程师", "技术管理部", "中铁示例集团第二工程有限公司", "028-88776655", "")),
    ("Anna Kowalska", "Anna Kowalska\nSenior Buyer, Raw Materials\nBaltic Foods Sp. z o.o.\nmob. +48 600 000 111", ("Anna Kowalska", "Senior Buyer", "Raw Materials", "Baltic Foods Sp. z o.o.", "+48600000111", "")),
    ("蔡依芸", "蔡依芸 Yvonne Tsai\n業務部 / 專案經理\n宏昇精密股份有限公司\n電話\uff1a(04) 2345-6789 分機 123\n行動\uff1a0912-345-678", ("蔡依芸", "專案經理", "業務部", "宏昇精密股份有限公司", "(04)2345-6789分機123", "")),
    ("陆医生", "陆远山 副主任医师\n市第三人民医院 呼吸内科\n门诊电话 0512-65001234", ("陆远山", "副主任医师", "呼吸内科", "市第三人民医院", "0512-65001234", "")),
    ("何必", "何必\uff08财务共享中心\uff09\n分机\uff1a8123", ("何必", "", "财务共享中心", "", "8123", "")),
    ("张海涛", "张海涛\n运营总监 COO\n上海示例网络科技有限公司\n地址\uff1a上海市徐汇区漕河泾开发区1号楼 邮编\uff1a200233", ("张海涛", "运营总监", "", "上海示例网络科技有限公司", "", "")),
    ("林秋", "姓    名\uff1a林秋\n部    门\uff1a供应链管理部\n职    务\uff1a计划员\n手    机\uff1a13700137000\n邮    箱\uff1alinqiu@example.cn", ("林秋", "计划员", "供应链管理部", "", "13700137000", "linqiu@example.cn")),
    ("Lisa Chan", "Lisa Chan (Ms.)\nAssistant Manager – Customer Service\nHarbour Logistics (HK) Ltd\nTel: (852) 2111 2222  Fax: (852) 2111 3333", ("Lisa Chan", "Assistant Manager", "Customer Service", "Harbour Logistics (HK) Ltd", "(852)21112222", "")),
    ("王磊", "王磊/采购部/示例汽车零部件\uff08苏州\uff09有限公司", ("王磊", "", "采购部", "示例汽车零部件\uff08苏州\uff09有限公司", "", "")),
    ("赵敏", "【示例银行】赵敏\uff5c客户经理\uff5c城东支行\n📞 13500135000", ("赵敏", "客户经理", "城东支行", "示例银行", "13500135000", "")),
    ("周老师", "教务处 周老师\n3月6日", ("周老师", "", "教务处", "", "", "")),
    ("韩冰", "韩冰 | HR Business Partner | 人力资源中心\n企业微信同名", ("韩冰", "HR Business Partner", "人力资源中心", "", "", "")),
    ("许嘉", "许嘉\n行政人事部\n电话\uff1a8866\uff08内线\uff09", ("许嘉", "", "行政人事部", "", "8866", "")),
    ("Maria", "Maria Gonzalez\nProject Coordinator | EMEA\nd: +34 910 000 000\nm: +34 600 000 000\nmaria@example.com", ("Maria Gonzalez", "Project Coordinator", "EMEA", "", "+34910000000", "maria@example.com")),
    ("钱多多", "钱多多  \n客户成功经理 · 华东区\n广州示例软件股份有限公司\n官网 https://www.example.com", ("钱多多", "客户成功经理", "华东区", "广州示例软件股份有限公司", "", "")),
    ("小程", "程序员小程\n平台组", ("小程", "程序员", "平台组", "", "", "")),
    ("秦岚", "此致\n秦岚\n法务合规部", ("秦岚", "", "法务合规部", "", "", "")),
    ("于洋", "于洋\n示例物业服务中心\n24小时热线\uff1a400-123-4567", ("于洋", "", "示例物业服务中心", "", "400-123-4567", "")),
    ("叶知秋", "叶知秋 副研究员\n示例大学 材料科学与工程学院\n办公室\uff1a理科楼B302", ("叶知秋", "副研究员", "材料科学与工程学院", "示例大学", "", "")),
    ("Sam O'Neil", "Sam O'Neil\nHead of Operations\nGreenline Ltd | greenline.example.com", ("Sam O'Neil", "Head of Operations", "", "Greenline Ltd", "", "")),
    ("宋词", "宋词\n客服专员\uff08工号0231\uff09\n示例电器售后服务部", ("宋词", "客服专员", "示例电器售后服务部", "", "", "")),
    ("贾文", "贾  文\n财务部  出纳", ("贾  文", "出纳", "财务部", "", "", "")),
    ("安琪", "From 安琪@产品设计部", ("安琪", "", "产品设计部", "", "", "")),
    ("李建国", "李建国\n董事长兼总经理\n示例实业\uff08集团\uff09有限公司", ("李建国", "董事长兼总经理", "", "示例实业\uff08集团\uff09有限公司", "", "")),
    ("社区居委会", "示例社区居民委员会\n二〇二四年四月", ("", "", "", "示例社区居民委员会", "", "")),
    ("唐糖", "唐糖同学\n校学生会外联部部长", ("唐糖", "部长", "校学生会外联部", "", "", "")),
    ("Ken Ito", "Ken ITO\nSales Dept. 2\nExample Trading Co., Ltd.\nTEL 03-0000-0000", ("Ken ITO", "", "Sales Dept. 2", "Example Trading Co., Ltd.", "03-0000-0000", "")),
    ("江南", "江南 Jiang Nan\nTechnical Support Engineer 技术支持工程师\nExample Cloud 示例云", ("江南", "Technical Support Engineer", "", "", "", "")),
    ("曹操", "市场营销中心/品牌部/曹操\n手机号\uff1a177 0000 1111", ("曹操", "", "市场营销中心", "", "17700001111", "")),
    ("卫兰", "卫兰\uff08兼职编辑\uff09", ("卫兰", "兼职编辑", "", "", "", "")),
    ("袁园", "示例律师事务所\n袁园 律师/合伙人\nyuan@example.com", ("袁园", "律师", "", "示例律师事务所", "", "yuan@example.com")),
    ("郭靖", "华东销售二部-郭靖", ("郭靖", "", "华东销售二部", "", "", "")),
    ("尹志平", "尹志平 | 售前顾问 | 解决方案事业部 | 示例数据技术有限公司", ("尹志平", "售前顾问", "解决方案事业部", "示例数据技术有限公司", "", "")),
    ("张三", "采购部张三", ("张三", "", "采购部", "", "", "")),
    ("张三", "张三敬上", ("张三", "", "", "", "", "")),
    ("张三", "——张三", ("张三", "", "", "", "", "")),
    ("张三", "张三\uff08代\uff09\n销售部", ("张三", "", "销售部", "", "", "")),
    ("张三", "张三/Sam\n销售部", ("张三", "", "销售部", "", "", "")),
    ("Sam Zhang", "Sam张\n销售部", ("Sam张", "", "销售部", "", "", "")),
    ("Zhang San", "ZHANG San (Ms.)\nSales Dept", ("ZHANG San", "", "Sales Dept", "", "", "")),
    ("", "Dr. Jane Roe, MSc\nClinical Lead", ("Jane Roe", "Clinical Lead", "", "", "", "")),
    ("anna", "anna", ("anna", "", "", "", "", "")),
    ("", "J. Smith\nBuyer", ("J. Smith", "Buyer", "", "", "", "")),
    ("Nguyễn Văn An", "Nguyễn Văn An\nExport Dept\nHanoi Example JSC", ("Nguyễn Văn An", "", "Export Dept", "", "", "")),
    ("", "阿依古丽·买买提\n护理部", ("阿依古丽·买买提", "", "护理部", "", "", "")),
    ("", "王女士\n客服中心\n电话\uff1a400-888-0000", ("王女士", "", "客服中心", "", "400-888-0000", "")),
    ("刘洋", "刘工\n设备部", ("刘工", "", "设备部", "", "", "")),
    ("陈晓", "小陈", ("小陈", "", "", "", "", "")),
    ("刘强", "店长 大刘", ("大刘", "店长", "", "", "", "")),
    ("Tony Chan", "Tony Chan 陳大文\n項目經理 Project Manager\n示例工程有限公司", ("Tony Chan", "項目經理", "", "示例工程有限公司", "", "")),
    ("Vivian", "Vivian\n行政", ("Vivian", "", "行政", "", "", "")),
    ("kk", "kk\nIT运维", ("kk", "", "IT运维", "", "", "")),
    ("李行", "行政部 小李", ("小李", "", "行政部", "", "", "")),
    ("林芳", "您的理财顾问\uff1a林芳\n示例银行城西支行", ("林芳", "理财顾问", "", "示例银行城西支行", "", "")),
    ("van der Berg", "P. van der Berg\nProcurement Manager\nExample BV", ("P. van der Berg", "Procurement Manager", "", "Example BV", "", "")),
    ("丁当", "丁当\n总裁办 秘书\n示例控股", ("丁当", "秘书", "总裁办", "示例控股", "", "")),
    ("Omar", "Omar H.\nWarehouse Supervisor\nDock 4", ("Omar H.", "Warehouse Supervisor", "", "", "", "")),
    ("鲁班", "技术部\uff1a鲁班\n电话\uff1a13900000000", ("鲁班", "", "技术部", "", "13900000000", "")),
    ("高山", "北京示例律师事务所 高山律师", ("高山", "律师", "", "北京示例律师事务所", "", "")),
    ("高山", "高山律师\n北京示例律师事务所", ("高山", "律师", "", "北京示例律师事务所", "", "")),
    ("文静", "文静\uff08人力资源部\uff09", ("文静", "", "人力资源部", "", "", "")),
    ("白雪", "白雪老师\n三年级语文组", ("白雪", "", "三年级语文组", "", "", "")),
    ("Ravi K", "Thanks & Regards,\nRavi Kumar | Sr. QA Engineer\nExample Technologies Pvt. Ltd.\nMob: +91-98000-00000", ("Ravi Kumar", "Sr. QA Engineer", "", "Example Technologies Pvt. Ltd.", "+91-98000-00000", "")),
    ("雷鸣", "雷鸣\n部门\uff1a质量部\n岗位\uff1a体系工程师\n座机\uff1a0512-88880000-123", ("雷鸣", "体系工程师", "质量部", "", "0512-88880000-123", "")),
    ("徐来", "徐来 | 徐州示例机械厂 销售科 科长", ("徐来", "科长", "销售科", "徐州示例机械厂", "", "")),
    ("徐来", "示例集团采购管理部 徐来", ("徐来", "", "采购管理部", "示例集团", "", "")),
    ("Elena", "Elena Petrova\nКоммерческий отдел", ("Elena Petrova", "", "", "", "", "")),
    ("夏天", "夏天 sent from Lark", ("夏天", "", "", "", "", "")),
    ("古风", "古风\n公司\uff1a示例古建园林有限公司\n职务\uff1a设计师\nTel\uff1a029-66668888\nFax\uff1a029-66668889", ("古风", "设计师", "", "示例古建园林有限公司", "029-66668888", "")),
    ("示例物业", "示例物业服务中心\n2024年", ("", "", "示例物业服务中心", "", "", "")),
    ("市场监管所", "XX镇市场监督管理所\n2024年5月", ("", "", "", "", "", "")),
    ("石磊", "信息中心主任 石磊", ("石磊", "主任", "信息中心", "", "", "")),
    ("石磊", "石磊 信息中心主任", ("石磊", "主任", "信息中心", "", "", "")),
    ("石磊", "总经理 石磊", ("石磊", "总经理", "", "", "", "")),
    ("秦明", "秦明\n副总经理\uff08主持工作\uff09", ("秦明", "副总经理\uff08主持工作\uff09", "", "", "", "")),
    ("温暖", "温暖\n大客户经理\uff08华南区\uff09", ("温暖", "大客户经理\uff08华南区\uff09", "", "", "", "")),
    ("Ann Lee", "Ann Lee, Finance Manager, Example Ltd", ("Ann Lee", "Finance Manager", "", "Example Ltd", "", "")),
    ("Ann Lee", "Ann Lee\nSenior Accountant, Finance, Example Group\nTel/WeChat: 13900000000", ("Ann Lee", "Senior Accountant", "Finance", "Example Group", "13900000000", "")),
    ("Ann Lee", "Ann Lee\nExample Co., Ltd.", ("Ann Lee", "", "", "Example Co., Ltd.", "", "")),
    ("Ann Lee", "Ann Lee\nManager, Purchasing", ("Ann Lee", "Manager", "Purchasing", "", "", "")),
    ("Ann", "Ann | QA Lead, Payments Tribe", ("Ann", "QA Lead", "Payments Tribe", "", "", "")),
    ("张三", "张三\n手机/微信\uff1a139 0000 0000\n邮箱/Email\uff1aa@example.com", ("张三", "", "", "", "13900000000", "a@example.com")),
]


def _signed(sender: str, text: str) -> Record:
    record = Record.from_text("正文", kind="email", sender=Party(sender) if sender else None)
    return Record(uri="t", kind=record.kind, parts=(*record.parts, Part.plain("signature", text)), sender=record.sender)


def _plain(written: str) -> str:
    return "".join(fold_string(written).split()).rstrip(".")


@pytest.mark.parametrize(("sender", "text", "expected"), SIGNATURES)
def test_signatures_say_who_signs(sender: str, text: str, expected: tuple[str, ...]) -> None:
    """With labels and without, on one line and on several, in Chinese and English."""
    record = _signed(sender, text)
    found = signature(analysed(record), record)
    assert found is not None
    assert [_plain(getattr(found, key)) for key in KEYS] == [_plain(value) for value in expected]


def test_a_signature_says_where_its_company_is() -> None:
    """The postal address and the web address, with a label or by how they look."""
    record = _signed("张三", "张三\n示例科技有限公司\n地址\uff1a上海市浦东新区示例路1号3楼\nwww.example.com")
    found = signature(analysed(record), record)
    assert found is not None
    assert (found.address, found.website) == ("上海市浦东新区示例路1号3楼", "www.example.com")


@pytest.mark.parametrize("text", ["", "\n", ":" * 3000, "|" * 3000, "a" * 5000, "张" * 5000, "电话" * 2000, "\n" * 500, "- " * 2000, "(" * 3000, "部" * 3000, "\u202e\ufeff\U0001f600"])
def test_no_signature_raises(text: str) -> None:
    """Whatever stands there."""
    record = _signed("张三", f"张三\n{text}")
    assert signature(analysed(record), record) is not None
