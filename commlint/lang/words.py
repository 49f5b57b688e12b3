"""The words that belong to the language itself, in both languages, as symbols like any other."""

from __future__ import annotations

from commlint.model.symbols import Attribute, Constant, Function, Names, Parameter, Type, TypeSymbol, list_of

STRING = Type("string")
NUMBER = Type("int")


def _own(owner: str, en: str, zh: str, of: Type, doc_en: str, doc_zh: str, *aliases: str) -> Attribute:  # noqa: PLR0917  # a row of a table
    return Attribute(owner, Names(en, zh, aliases), of, Names(doc_en, doc_zh), f"commlint.engine.evaluate:{owner}_{en}")


COUNT = _own("list", "count", "数量", NUMBER, "how many there are", "共有多少个", "个数")
FIRST = _own("list", "first", "首个", Type("element"), "the first, none when empty", "第一个\uff1b没有时为空", "第一个")
LAST = _own("list", "last", "末个", Type("element"), "the last, none when empty", "最后一个\uff1b没有时为空", "最后一个")
LIST_WORDS = (COUNT, FIRST, LAST)

IT = Constant(Names("it", "它"), Type("element"), "it", Names("the element under test in a filter", "筛选条件里正在检查的那一个"))
PRESENT = Constant(Names("present", "有值"), Type("bool"), "present", Names("there, and not blank", "存在且不为空"))
ABSENT = Constant(Names("absent", "无值"), Type("bool"), "absent", Names("missing or blank", "缺失或为空"))
STATES = (PRESENT, ABSENT)

TRUTHS = (
    Constant(Names("true", "真"), Type("bool"), "true", Names("yes", "是")),
    Constant(Names("false", "假"), Type("bool"), "false", Names("no", "否")),
)

LIST_TYPE = TypeSymbol(Names("list", "列表"), Names("several values of one type", "同类的若干个值"))
REGEX_TYPE = TypeSymbol(Names("regex", "正则"), Names("a regular expression", "正则表达式"), "pattern")
LIST_CALL = Function(
    Names("list", "词表"),
    (Parameter(Names("name", "名称"), STRING),),
    list_of("string"),
    Names("the list of that name in lists/, one phrase a line", "lists/ 里该名称的词表\uff0c每行一个词语"),
    "commlint.lang.values:named_list",
    'list("vague-urgency")',
)

DETAILS = (
    _own("detail", "match", "原文", STRING, "what the author wrote at the finding", "作者在该处写的文字"),
    _own("detail", "count", "数目", NUMBER, "how many were counted", "实际个数"),
    _own("detail", "found", "现有", STRING, "what was there", "实际有什么"),
    _own("detail", "missing", "缺少", STRING, "the labels that are missing", "缺少哪些栏目"),
    _own("detail", "due", "应在", Type("instant"), "when it was due", "应在何时完成"),
    _own("detail", "elapsed", "已过", Type("interval"), "how much time went by", "已过多久"),
    _own("detail", "value", "实际值", STRING, "the value that was compared", "被比较的值"),
)

SETTINGS = (
    _own("setting", "sent", "发送时间", Type("instant"), "when the record was sent", "记录的发送时间"),
    _own("setting", "kind", "类型", Type("choice"), "the kind of record; the rule's first kind when left out", "记录类型\uff1b不写时取规则的第一种"),
    _own("setting", "subject", "主题", STRING, "the subject", "主题"),
    _own("setting", "from", "发件人", STRING, 'who sent it: "张三 <zhang@example.com>"', "发件人\uff0c如“张三 <zhang@example.com>”"),
    _own("setting", "to", "收件人", list_of("string"), "recipients, written like `from`", "收件人\uff0c写法同发件人"),
    _own("setting", "cc", "抄送", list_of("string"), "copied recipients", "抄送人"),
    _own("setting", "bcc", "密送", list_of("string"), "blind-copied recipients", "密送人"),
    _own("setting", "as_of", "判定时间", Type("instant"), "the instant of judgement", "判定时刻"),
    _own("setting", "coverage", "覆盖", list_of("instant"), "the stretch of time that the archive holds completely: two moments", "档案完整覆盖的时间段\uff1a两个时刻"),
    _own("setting", "channel", "渠道", Type("choice"), "how it travelled", "经由什么渠道"),
    _own("setting", "group", "群名", STRING, "the name of the chat group", "群名称"),
    _own("setting", "attachments", "附件", list_of("string"), 'file names, with a size when it matters: "素材.zip:120MB"; "link:" in front for a link', "附件名\uff1b需要时带大小\uff0c如“素材.zip:120MB”\uff1b前加“link:”表示链接"),
    _own("setting", "name", "文件名", STRING, "the file the record is in", "记录所在的文件"),
    _own("setting", "headers", "邮件头", list_of("string"), '"Importance: high"', "如“Importance: high”"),
    _own("setting", "meta", "元数据", list_of("string"), '"status: draft"', "如“status: draft”"),
    _own("setting", "roster", "花名册", list_of("string"), '"王敏 <wang@example.com> 市场部 经理 head management external superior:陈立 as:王*经理"', "如“王敏 <wang@example.com> 市场部 经理 部门负责人 管理层 外部 上级\uff1a陈立 写作\uff1a王*经理”"),
    _own("setting", "domains", "本单位域名", list_of("string"), "mail domains that are ours", "本单位的邮箱域名"),
    _own("setting", "clients", "客户", list_of("string"), "names and domains of clients", "客户的名称与域名"),
    _own("setting", "calendar", "日历", STRING, '"cn" (Chinese public holidays) or "weekdays"', "“cn”\uff08中国法定节假日\uff09或“weekdays”\uff08周一至周五\uff09"),
    _own("setting", "zone", "时区", STRING, "the time zone", "时区"),
    _own("setting", "thread", "会话", STRING, "the key of the thread it belongs to", "所属会话的标识"),
    _own("setting", "case", "事项", STRING, "the key of the case it belongs to", "所属事项的标识"),
    _own("setting", "reply_to", "回复", NUMBER, "the number (from 1) of the message it answers", "所答复的消息序号\uff08从 1 起\uff09"),
    _own("setting", "automatic", "自动邮件", Type("bool"), "true when a machine sent it", "为真表示由系统自动发出"),
    _own("setting", "undetermined", "可无法判定", Type("bool"), "true when the rule may be undetermined here", "为真时允许无法判定"),
)


def own_word(name: str, words: tuple[Attribute, ...]) -> Attribute | None:
    """The one of `words` that is spelled `name`."""
    return next((word for word in words if name in word.names.all), None)
