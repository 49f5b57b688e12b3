"""Minutes, notices, reports, forms, tracking tables and letters, as Markdown and plain text."""

from __future__ import annotations

from .craft import Sample, wide


def samples() -> list[Sample]:
    """All documents."""
    return [*_minutes(), *_notices(), *_reports(), *_forms(), *_letters()]


def _utf8(path: str, text: str, form: str, breaks: str = "") -> Sample:
    return Sample(path, text.encode(), form, breaks)


_GOOD_MINUTES = """---
kind: minutes
sent: 2026-05-22 10:00
from: 周子衡 <zhou.ziheng@example.cn>
---
# 新品推广跨部门会议纪要

- **会议主题**:新品推广排期
- **会议时间**:2026年5月21日 14:00-15:00
- **会议地点**:三楼会议室
- **参会人员**:市场部林晓岚、产品部沈一鸣、技术部顾北辰
- **主持人**:市场部林晓岚
- **记录人**:市场部周子衡

## 讨论要点

1. 产品部介绍了新品的三项卖点。
2. 技术部说明直播间改造需要8个工作日。

## 决议事项

1. 推广方案定为B方案,预算12万元。
2. 直播间改造于2026年6月3日前完成。

## 待办事项

| 序号 | 事项 | 负责人 | 完成时限 | 输出成果 | 优先级 | 状态 |
| --- | --- | --- | --- | --- | --- | --- |
| 1 | 提交推广排期表 | 市场部周子衡 | 2026-05-27 18:00 | 排期表 | 高 | 已完成 |
| 2 | 完成直播间改造 | 技术部顾北辰 | 2026-06-03 18:00 | 验收单 | 中 | 已完成 |

## 纪要分发与归档

- 发送范围:全体参会人员
- 归档路径:项目文档/会议纪要
- 请各位于2026年5月25日12:00前回复确认,如有异议一并说明。
"""

_BAD_MINUTES = """# 官网改版会议纪要

会议主题:官网改版
会议时间:2026年4月14日 10:00-11:00
参会人员:产品部沈一鸣、设计部唐可欣、技术部顾北辰

讨论要点
首页加载慢,设计稿还没有定。

决议事项
1. 进一步推进首页优化。
2. 设计稿尽快定稿。

待办事项

| 事项 | 负责人 | 完成时限 | 优先级 |
|---|---|---|---|
| 首页性能优化 | 技术部顾北辰 | 待定 | 紧急 |
| 设计稿定稿 |  | 2026-04-20 18:00 | 高 |
"""

_TXT_MINUTES = """---
sent: 2026-04-02 16:00
---
会议纪要

会议主题:三月渠道复盘
会议时间:2026年4月2日 09:30-10:30
会议地点:线上(腾讯会议)
参会人员:销售部陆远舟、市场部林晓岚、财务部何静宜
主持人:销售部陆远舟
记录人:市场部周子衡

一、讨论要点
1、华东渠道完成率96%,华南渠道完成率81%。
2、返利政策的口径由财务部统一。

二、决议事项
1、华南渠道增加一次现场促销,时间为2026年4月18日。
2、返利口径以财务部4月版本为准。

三、待办事项
1、提交促销方案(责任人:市场部林晓岚,截止:2026-04-10 18:00,状态:已完成)
2、发布返利口径说明(责任人:财务部何静宜,截止:2026-04-08 12:00,状态:已完成)

发送范围:参会人员
归档路径:共享盘/会议纪要/2026-04
请于2026年4月3日18:00前回复确认。
"""

_TRADITIONAL = """---
kind: minutes
sent: 2026-03-18 18:20
---
# 供應商評審會議紀要

- 會議主題:供應商年度評審
- 會議時間:2026年3月18日 14:00-16:00
- 會議地點:二樓會議室
- 與會人員:生產部*主管、財務部何靜宜、銷售部陸遠舟

## 討論要點

1. 三家供應商的交貨準時率分別為98%、93%和88%。

## 決議事項

1. 第三家供應商列入觀察名單,2026年6月30日前複評。

## 待辦事項

| 事項 | 負責人 | 完成時限 | 狀態 |
| --- | --- | --- | --- |
| 通知三家供應商評審結果 | 生產部*主管 | 2026-03-25 18:00 | 已完成 |

## 紀要分發與歸檔

- 發送範圍:與會人員
- 歸檔路徑:專案文件/會議紀要

如有異議請於2026年3月20日12:00前回覆確認。
"""

_ENGLISH = """---
kind: minutes
sent: 2026-06-09 09:00
---
# Minutes: Q2 channel review

- Topic: Q2 channel review
- Time: 2026-06-08 10:00-11:00
- Place: Room 3
- Attendees: Lin Xiaolan, Shen Yiming, Lu Yuanzhou

## Discussion

1. East reached 96% of its target, South 81%.

## Decisions

1. South gets one more promotion on 2026-06-27.

## Action items

| Task | Owner | Due | Priority | Status |
| --- | --- | --- | --- | --- |
| Promotion plan for South | Lin Xiaolan | 2026-06-15 18:00 | 高 | done |

## Distribution and archive

- Distribution: attendees
- Archive path: share/minutes/2026-06

Please confirm by 2026-06-10 12:00.
"""


def _minutes() -> list[Sample]:
    gbk = wide(_TXT_MINUTES).replace("\n", "\r\n").encode("gb18030")
    vague = _TXT_MINUTES.replace("三月渠道复盘", "四月渠道复盘").replace("2026年4月2日", "2026年5月6日").replace("sent: 2026-04-02", "sent: 2026-05-06")
    vague = vague.replace("截止:2026-04-10 18:00,状态:已完成", "截止:近期").replace("截止:2026-04-08 12:00,状态:已完成", "截止:待定").replace("4月18日", "5月23日").replace("4月3日", "5月7日")
    return [
        _utf8("minutes/新品推广跨部门会议纪要.md", wide(_GOOD_MINUTES), "Markdown with front matter, full width"),
        _utf8("minutes/官网改版会议纪要.md", _BAD_MINUTES, "half width, no front matter", "FLD014: no owner, no date; FMT005: 紧急 is no priority; VAG001: 尽快; VAG004: 进一步推进; SLA009: late"),
        Sample("minutes/三月渠道复盘会议纪要.txt", gbk, "GB18030, CRLF, action items with tails in brackets"),
        _utf8("minutes/四月渠道复盘会议纪要-无时限.txt", vague, "half width", "FLD014: 近期 and 待定 are no dates; TRK004: nobody followed up"),
        Sample("minutes/供應商評審會議紀要.md", b"\xef\xbb\xbf" + wide(_TRADITIONAL).encode(), "traditional script, UTF-8 with BOM"),
        _utf8("minutes/q2-review-minutes.md", _ENGLISH, "English"),
        _utf8("minutes/周例会纪要.md", wide("# 周例会纪要\n\n会议时间:2026年5月18日 09:00-09:40\n参会人员:产品部沈一鸣、技术部顾北辰\n\n大家讨论了版本进度,没有问题。\n\n下周继续。\n"), "prose only", "FLD013: topic, discussion, decisions and action items are missing; RET006: no archive; SLA009: late"),
        Sample("minutes/口头约定纪要.txt", wide("会议纪要\n\n会议主题:包装规格\n会议时间:2026年3月26日 15:00\n参会人员:生产部*主管、销售部陆远舟\n\n讨论要点:新包装的尺寸与封口方式。\n\n决议事项:尺寸采用A规格。\n\n待办事项:\n1、样品封样(责任人:生产部*主管,截止:2026-04-01 18:00)\n\n客户已口头答应接受A规格。\n").encode("utf-16"), "UTF-16 with BOM", "CNF004: agreed by word of mouth"),
    ]


def _notices() -> list[Sample]:
    notice = "---\nsent: 2026-05-15 09:30\n---\n关于召开新品推广排期会的会议通知\n\n主题:新品推广排期\n时间:2026年5月21日 14:00-15:00\n地点:三楼会议室\n参会人:市场部林晓岚、产品部沈一鸣、技术部顾北辰\n议程:\n1、新品卖点说明(20分钟)\n2、推广排期讨论(25分钟)\n前置资料:推广方案初稿,请于2026年5月20日12:00前提交市场部\n\n市场部\n2026年5月15日\n"
    hasty = "关于召开版本评审会的会议通知\n\n主题:版本评审会\n时间:2026年5月19日 15:00\n参会人:产品部沈一鸣、技术部顾北辰\n议程:\n1、版本范围(45分钟)\n2、发布计划\n\n请参会人尽快准备材料。\n"
    traditional = "---\nsent: 2026-03-12 10:00\n---\n# 會議通知\n\n- 主題:供應商年度評審\n- 時間:2026年3月18日 14:00-16:00\n- 地點:二樓會議室\n- 與會人員:財務部、生產部、銷售部\n- 議程:評審標準(15分鐘)、逐家評審(30分鐘)\n"
    english = "---\nkind: meeting_notice\nsent: 2026-05-29 09:00\n---\n# Meeting notice: Q2 channel review\n\nTopic: Q2 channel review\nTime: 2026-06-08 10:00-11:00\nPlace: Room 3\nAttendees: Lin Xiaolan, Shen Yiming, Lu Yuanzhou\nAgenda:\n1. Results by region (20 minutes)\n2. Plan for June (30 minutes)\n"
    mailed = "主题:关于召开渠道复盘会的会议通知-销售部-陆远舟\n发件人:陆远舟 <lu.yuanzhou@example.cn>\n收件人:林晓岚 <lin.xiaolan@example.cn>, 何静宜 <he.jingyi@example.cn>\n时间:2026-03-27 09:00\n\n林经理、何主管:\n\n三月渠道复盘会定于2026年4月2日09:30在线上召开,请于2026年3月31日18:00前提交各自的数据。\n\n陆远舟\n销售部经理\n"
    return [
        _utf8("notices/新品推广排期会会议通知.txt", wide(notice), "plain text, full width"),
        _utf8("notices/版本评审会会议通知.txt", hasty, "half width", "FLD012: no place; AGD004: 45 minutes, and none for the second topic; VAG001: 尽快"),
        _utf8("notices/供應商評審會議通知.md", wide(traditional), "traditional script"),
        _utf8("notices/q2-review-notice.md", english, "English, front matter"),
        _utf8("notices/渠道复盘会-邮件正文.txt", wide(mailed), "mail saved as text: header lines at the top"),
    ]


def _reports() -> list[Sample]:
    good = "# 官网改版项目进度报告\n\n- 项目名称:官网改版项目\n- 同步日期:2026-05-15\n- 状态:进行中-已完成60%\n\n## 已完成工作\n首页与产品页开发完成。\n\n## 进行中工作\n后端接口联调50%,前端页面开发80%。\n\n## 下一步计划\n2026年5月29日18:00前完成全部联调。\n\n## 需配合事项\n请运维部于2026年5月20日12:00前开通测试域名。\n"
    bad = "官网改版项目进度报告\n\n状态:差不多了\n已完成工作:首页\n进行中工作:接口联调基本顺利\n\n上线时间已延期,后面再说。\n"
    english = "# Website relaunch progress report\n\n- Status: 进行中-已完成70%\n- Date: 2026-05-22\n\n| 已完成工作 | 进行中工作 | 下一步计划 | 需配合事项 |\n| --- | --- | --- | --- |\n| Home page | API 70% | Go live on 2026-06-05 | 运维部 opens the firewall by 2026-05-28 18:00 |\n"
    week = "# 技术部周报\n\n| 已完成工作 | 进行中工作 | 下一步计划 | 需协同支持事项 |\n| --- | --- | --- | --- |\n| 完成登录模块 | 压力测试40% | 2026-05-29 前完成压测 | 无 |\n"
    return [
        _utf8("reports/官网改版项目_20260515_顾北辰.md", wide(good), "full width; kind by title"),
        _utf8("reports/官网改版项目进度报告.txt", bad, "half width", "FLD009: sections missing; FMT001: status; TRK005: delay without reason or date"),
        _utf8("reports/website-progress-report.md", english, "English and Chinese mixed, a table"),
        _utf8("reports/技术部周报.md", week, "a table of one row"),
    ]


def _forms() -> list[Sample]:
    requirement = "# 业务需求沟通确认表\n\n| 项目 | 内容 |\n| --- | --- |\n| 需求编号 | 2026-市场-001 |\n| 需求方 | 市场部周子衡 |\n| 承接方 | 技术部顾北辰 |\n| 需求背景与目标 | 直播报名人数翻倍,现有页面撑不住 |\n| 具体需求详情 | 支持每分钟3000次报名 |\n| 期望交付时间 | 2026-06-12 18:00 |\n| 资源支持需求 | 云服务器2台 |\n| 优先级 | 高 |\n| 承接方评估意见 | 可执行 |\n"
    broken = requirement.replace("2026-市场-001", "SC-26-1").replace("2026-06-12 18:00", "越快越好").replace("| 优先级 | 高 |", "| 优先级 | 特急 |").replace("| 资源支持需求 | 云服务器2台 |\n", "")
    issue = "问题协调跟踪表\n\n问题描述:华南仓发货标签打印错位\n问题发生部门:生产部\n责任部门:技术部\n解决措施与方案:更换打印模板,复测200单\n计划完成时限:2026-05-22 18:00\n协同部门:客服部\n进展更新:2026-05-20 已更换模板,复测200单无错位\n结果确认:2026-05-22 生产部*主管确认无误\n状态:已关闭\n"
    closed = issue.replace("结果确认:2026-05-22 生产部*主管确认无误\n", "").replace("2026-05-22 18:00", "下周内")
    contact = "内部协作联络表\n\n协作主题:展会物料\n发起部门/人:市场部周子衡\n对接部门/人:设计部唐可欣\n沟通时间:2026-04-20 10:30\n核心需求:展板三块,2026年4月28日18:00前交付\n"
    task = "任务名称:登录页改造\n描述:支持短信登录\n负责人:技术部*工程师\n截止时间:2026-05-29 18:00\n优先级:中\n状态:进行中-已完成50%\n"
    lazy = "任务名称:登录页改造\n描述:支持短信登录\n负责人:\n截止时间:尽快\n优先级:加急\n状态:快好了\n"
    emergency = "紧急事件快报\n\n事件现状:2026-05-23 21:10 起支付接口超时\n影响范围:华东区下单用户约1200人\n处理进展:2026-05-23 21:40 已切换备用通道,成功率恢复到99%\n临时负责人:技术部顾北辰\n"
    return [
        _utf8("forms/业务需求确认表.md", wide(requirement), "a form as a table of two columns"),
        _utf8("forms/业务需求确认表-不合规.md", broken, "half width", "NAM005: number; DDL001: 越快越好; FMT005: 特急; FLD006: no resources"),
        _utf8("forms/问题跟踪表-标签错位.txt", wide(issue), "closed after the result was confirmed"),
        _utf8("forms/问题跟踪表-未确认关闭.txt", closed, "half width", "CLO001: closed without a confirmed result"),
        _utf8("forms/内部协作联络表.txt", wide(contact), "full width"),
        _utf8("forms/任务单-登录页.txt", wide(task), "a task card"),
        _utf8("forms/任务单-登录页-不合规.txt", lazy, "half width", "FLD014: no owner, 尽快 is no date; FMT005: 加急; FMT001: 快好了"),
        _utf8("forms/紧急事件快报.txt", wide(emergency), "an emergency report"),
    ]


def _letters() -> list[Sample]:
    good = "沟通结果确认函\n\n致:市场部、技术部\n\n根据2026年5月21日的沟通,现确认如下待办:\n\n| 事项 | 负责人 | 完成时限 |\n| --- | --- | --- |\n| 提交直播间改造清单 | 技术部顾北辰 | 2026-05-26 18:00 |\n| 确认主持人名单 | 市场部林晓岚 | 2026-05-27 12:00 |\n\n请于2026年5月25日18:00前书面回复确认。\n\n产品部 沈一鸣\n2026年5月22日\n"
    bad = "沟通结果确认函\n\n根据上次沟通,现确认如下待办:\n\n| 事项 | 负责人 | 完成时限 |\n| --- | --- | --- |\n| 提交改造清单 | 技术部 | 尽快 |\n| 确认主持人名单 |  |  |\n"
    return [
        _utf8("letters/直播合作确认函.txt", wide(good), "a pipe table in plain text"),
        _utf8("letters/直播合作确认函-不合规.txt", bad, "half width", "FLD014: 尽快, and a row without owner or date"),
    ]
