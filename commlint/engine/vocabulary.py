"""The built-in words of the norm language: what a rule may ask of records, in English and Chinese.

One row a word. A plugin adds rows of its own through `commlint_entities` and `commlint_functions`.
Getters are named, not imported: a word that no rule uses costs nothing.
"""

from __future__ import annotations

from commlint.model.symbols import Attribute, Constant, Function, Names, Parameter, Symbol, Type, TypeSymbol

_TYPES = (
    # name, zh, parent, meaning in English, meaning in Chinese
    ("bool", "真假", None, "yes or no", "是或否"),
    ("int", "整数", "number", "a whole number", "整数"),
    ("number", "数", None, "a number", "数"),
    ("string", "字符串", None, "plain characters", "一串字符"),
    ("instant", "时刻", None, "a moment, with its zone", "一个时刻\uff0c带时区"),
    ("duration", "时长", None, "a length of time and how it is counted", "一段时长及其算法"),
    ("interval", "间隔", None, "from one moment to another", "两个时刻之间"),
    ("clock", "钟点", None, "a time of day", "一天中的钟点"),
    ("choice", "选项", None, "one of a fixed set of names", "固定名称中的一个"),
    ("pattern", "模式", None, "something to look for in a text", "要在文字里找的内容"),
    ("requirement", "要求", None, "labels that must be there", "必须出现的栏目"),
    ("text", "文字", None, "a stretch of the record", "记录中的一段文字"),
    ("sentence", "句子", "text", "a sentence", "一句话"),
    ("time", "时间", "text", "a time expression", "一个时间表达"),
    ("person", "人", "text", "a person reference", "一个人员指称"),
    ("department", "部门", "text", "a department", "一个部门"),
    ("contact", "对接人", "text", "a contact point", "一个对接人"),
    ("field", "字段", "text", "a label and its value", "一个栏目及其内容"),
    ("table", "表格", "text", "a table", "一张表"),
    ("row", "表行", "text", "a row of a table", "表中的一行"),
    ("task", "待办", "text", "an action item", "一个待办事项"),
    ("vague_word", "含糊词", "text", "a vague word, and whether a commitment rests on it", "一个含糊词\uff0c以及是否有承诺落在它上面"),
    ("money", "金额", "text", "an amount of money", "一笔金额"),
    ("figure", "数据", "text", "a quantity with its unit", "一个带单位的数量"),
    ("identifier", "敏感标识", "text", "a number or address that identifies a person", "能识别或联系到个人的号码与地址"),
    ("signature", "签名", "text", "the signature of a mail", "邮件签名"),
    ("subject", "主题", "text", "the subject of a mail and its parts", "邮件主题及其组成"),
    ("earlier_message", "先前消息", "text", "a message that this one quotes or passes on", "本条所引用或转发的消息"),
    ("group", "群名", "text", "the name of a chat group and its parts", "群名称及其组成"),
    ("topic", "议题", "text", "an agenda item or topic", "一个议题"),
    ("attachment", "附件", "text", "an attached or linked file", "随附或链接的文件"),
    ("meeting", "会议", "text", "a meeting as a record tells of it", "记录所说的一次会议"),
    ("contact_change", "更换对接人", "text", "an announced change of contact", "一次更换对接人的通知"),
    ("party", "联系方", None, "somebody a record comes from or goes to", "记录的发出方或接收方"),
    ("message", "消息", None, "a record as one message of a thread", "会话中的一条记录"),
    ("gathering", "会次", None, "a meeting with its notice and minutes, across records", "一次会议连同其通知与纪要"),
    ("week", "周", None, "a Monday-to-Sunday week", "周一到周日的一周"),
    ("handover", "交接", None, "a change of contact across records", "跨记录的一次对接人更换"),
)

_ENTITIES = "commlint.entities."
_THREADS = "commlint.engine.threads:"
_FUNCTIONS = "commlint.engine.functions:"


def _type(spelled: str) -> Type:
    return Type("list", Type(spelled[1:-1])) if spelled.startswith("[") else Type(spelled)


def _attribute(  # noqa: PLR0917  # a row of a table
    owner: str, en: str, zh: str, of: str, get: str, doc_en: str, doc_zh: str, example: str = "",
    *, one: tuple[str, str] | None = None, collected: bool = False, predicate: bool = False,
) -> Attribute:
    return Attribute(
        owner, Names(en, zh), _type(of), Names(doc_en, doc_zh), get if get.startswith("commlint.") else _ENTITIES + get, example,
        singular=Names(*one) if one else None, collected=collected, predicate=predicate,
    )


_A = _attribute

_RECORD = (
    _A("record", "kind", "类型", "choice", "envelope:kind", "what the record is", "记录是什么", "kind == minutes", collected=True),
    _A("record", "subject", "主题", "subject", "subject:subject", "the subject of a mail, else the title", "邮件主题\uff1b没有时取标题", "subject matches /^\\d/", collected=True),
    _A("record", "title", "标题", "text", "structure:title", "the first heading, else the subject, else the first line", "首个标题\uff1b没有时取主题或首行", "title contains \"纪要\"", collected=True),
    _A("record", "body", "正文", "text", "structure:body", "the record's own text: no quoted history, signature or disclaimer", "记录自己的正文\uff0c不含引用的历史邮件、签名和免责声明", "any deadline in body", collected=True),
    _A("record", "everything", "全文", "text", "structure:everything", "the body part with history and signature", "正文部分的全部文字\uff0c含历史邮件与签名", "everything contains \"机密\""),
    _A("record", "first_line", "首行", "text", "structure:first_line", "the first line of the body that is not blank", "正文第一个非空行", "first_line contains \"【重要】\""),
    _A("record", "first_sentence", "首句", "sentence", "structure:first_sentence", "the first sentence of the body that is not a greeting", "正文除称呼外的第一句", "first_sentence contains \"紧急\""),
    _A("record", "name", "文件名", "string", "envelope:file_name", "the name of the file the record is in", "记录所在文件的名称", "name matches /_\\d{8}_/"),
    _A("record", "sentences", "句子", "[sentence]", "structure:sentences", "the sentences of the body", "正文的句子", "each s in sentences { … }", one=("sentence", "句子")),
    _A("record", "paragraphs", "段落", "[text]", "structure:paragraphs", "the paragraphs of the body", "正文的段落", "paragraphs.count > 3", one=("paragraph", "段落")),
    _A("record", "lines", "各行", "[text]", "structure:lines", "the lines of the body that are not blank", "正文的非空行", "each l in lines { … }", one=("line", "行")),
    _A("record", "headings", "小标题", "[text]", "structure:headings", "the headings", "各级标题", "any heading[text contains \"决议\"]", one=("heading", "小标题")),
    _A("record", "greeting", "称呼", "text", "letters:greeting", "the lines that greet at the start of a mail", "邮件开头的称呼与问候", "greeting is present"),
    _A("record", "closing", "结束语", "text", "letters:closing", "the formula the body ends with (此致 敬礼, Best regards)", "正文末尾的结束语(此致 敬礼)", "closing is present"),
    _A("record", "histories", "历史引文", "[earlier_message]", "letters:histories", "earlier messages quoted with this one, each by itself", "随本条引用的先前消息\uff0c每条一项", "histories.count > 0", one=("history", "历史引文")),
    _A("record", "forwarded", "转发内容", "[earlier_message]", "letters:forwarded", "messages that this one passes on: forwarded mails, bundles of chat messages", "本条转发的消息\uff1a转发的邮件、合并转发的聊天记录", "forwarded.count > 0", one=("forwarded_message", "转发的消息")),
    _A("record", "disclaimers", "免责声明", "[text]", "letters:disclaimers", "notices of confidentiality and the like", "保密、免责等声明", "disclaimers.count > 0", one=("disclaimer", "免责声明")),
    _A("record", "reply_to", "所回复", "earlier_message", "chat:reply_to", "the message that a chat message answers, as it quotes it", "聊天消息所回复的消息\uff0c按其引用", "reply_to is present"),
    _A("record", "mentions", "提及", "[person]", "chat:mentions", "who is mentioned with @; 所有人 and all too", "用 @ 提到的人\uff0c含所有人", "any mention in body", one=("mention", "提及")),
    _A("record", "system", "系统消息", "bool", "chat:system", "whether the chat program says it: joins, new names, recalls", "是否为聊天软件自己的消息\uff1a入群、改名、撤回", "not system", predicate=True),
    _A("record", "recalled", "已撤回", "bool", "chat:recalled", "whether it tells that a message was taken back", "是否为撤回的消息", "recalled", predicate=True),
    _A("record", "quotations", "引文", "[text]", "structure:quotations", "stretches in quotation marks or code", "引号或代码里的文字", "any quotation in s", one=("quotation", "引文")),
    _A("record", "times", "时间表达", "[time]", "time:times", "every time expression", "所有时间表达", "any time in s", one=("time", "时间表达"), collected=True),
    _A("record", "deadlines", "期限", "[time]", "time:deadlines", "concrete deadlines and limits; vague words and placeholders are not", "具体的期限与时限\uff1b含糊说法与占位不算", "any deadline in s", one=("deadline", "期限")),
    _A("record", "persons", "人员", "[person]", "people:persons", "person references", "人员指称", "exactly 1 person in f", one=("person", "人")),
    _A("record", "departments", "部门", "[department]", "people:departments", "departments named", "提到的部门", "departments.count >= 2", one=("department", "部门")),
    _A("record", "contacts", "对接人", "[contact]", "contacts:contacts", "contact points named under a label such as 对接人", "以“对接人”等栏目写出的联系人", "exactly 1 contact in body", one=("contact", "对接人")),
    _A("record", "fields", "字段", "[field]", "fields:fields", "labelled fields, from lines, headings and tables", "栏目\uff0c来自行、标题和表格", "any field[blank] in body", one=("field", "字段")),
    _A("record", "tables", "表格", "[table]", "fields:tables", "tables with a header row", "有表头的表格", "each t in tables { … }", one=("table", "表格")),
    _A("record", "rows", "表行", "[row]", "fields:rows", "rows of all tables", "各表的行", "each r in rows { … }", one=("row", "表行")),
    _A("record", "tasks", "待办", "[task]", "actions:tasks", "action items, from tables, lists, sentences and tails in brackets", "待办事项\uff0c来自表格、列表、句子与括注", "each t in tasks { … }", one=("task", "待办"), collected=True),
    _A("record", "vague_words", "含糊词", "[vague_word]", "vague:vague_words", "vague words of the body: of urgency, approximation, open plans, wishes, degree", "正文中的含糊词\uff1a催促、约略、未定、愿望、程度", "any vague_word[commitment] in body", one=("vague_word", "含糊词")),
    _A("record", "topics", "议题", "[topic]", "meetings:topics", "agenda items and topics", "议程与议题", "each t in topics { … }", one=("topic", "议题")),
    _A("record", "amounts", "金额", "[money]", "money:amounts", "amounts of money", "金额", "any amount in body", one=("amount", "金额")),
    _A("record", "figures", "数据", "[figure]", "figures:figures", "quantities with a unit or percent sign; dates, numbers of things and telephone numbers are none", "带单位或百分号的数量\uff1b日期、编号、电话不算", "any figure in s", one=("figure", "数据")),
    _A("record", "identifiers", "敏感标识", "[identifier]", "identifiers:identifiers", "telephone numbers, mail addresses, ID cards and bank cards in the record's own text", "正文里的电话号码、邮箱、身份证号与银行卡号", "no identifier[kind == id_card] in body", one=("identifier", "敏感标识")),
    _A("record", "attachments", "附件", "[attachment]", "files:attachments", "attached and linked files", "附件与链接的文件", "any attachment[size > 52428800]", one=("attachment", "附件")),
    _A("record", "signature", "签名", "signature", "signature:signature", "the signature block of a mail", "邮件的签名块", "signature is present"),
    _A("record", "meeting", "会议", "meeting", "meetings:meeting", "the meeting the record is about", "记录所说的会议", "meeting.start", collected=True),
    _A("record", "contact_change", "更换对接人", "contact_change", "contacts:contact_change", "an announced change of contact", "更换对接人的通知", "contact_change is present", collected=True),
    _A("record", "sent", "发送时间", "instant", "envelope:sent", "when the record was sent", "发送时间", "sent within 1 workdays after meeting.end", collected=True),
    _A("record", "from", "发件人", "party", "envelope:sender", "who sent it", "发件人", "from is external", collected=True),
    _A("record", "to", "收件人", "[party]", "envelope:to", "primary recipients", "收件人", "any recipient[external] in to", collected=True),
    _A("record", "cc", "抄送", "[party]", "envelope:cc", "copied recipients", "抄送人", "any recipient[management] in cc", collected=True),
    _A("record", "bcc", "密送", "[party]", "envelope:bcc", "blind-copied recipients", "密送人", "no recipient in bcc"),
    _A("record", "recipients", "全部收件人", "[party]", "envelope:recipients", "to, cc and bcc together", "收件、抄送与密送合在一起", "any recipient[external]", one=("recipient", "收信人"), collected=True),
    _A("record", "audience", "对象", "choice", "envelope:audience", "external when a recipient is outside, else internal", "有外部收件人为外部\uff0c否则为内部", "audience == external", collected=True),
    _A("record", "channel", "渠道", "choice", "envelope:channel", "how it travelled", "经由什么渠道", "channel == group_chat", collected=True),
    _A("record", "group", "群名", "group", "chat:group", "the name of the chat group", "群名称", "group matches /^【/"),
    _A("record", "importance", "重要程度", "choice", "envelope:importance", "high, normal or low, by header, tag or priority field", "高、普通或低\uff0c按邮件头、标签或优先级栏", "importance == high", collected=True),
    _A("record", "urgent", "紧急", "bool", "envelope:urgent", "whether it says that it is urgent", "是否自称紧急", "urgent", collected=True, predicate=True),
    _A("record", "broadcast", "群发通知", "bool", "envelope:broadcast", "whether it addresses everybody or several departments", "是否面向全体或多个部门", "broadcast", predicate=True),
    _A("record", "off_hours", "非工作时间", "bool", "envelope:off_hours", "whether it was sent outside working time", "是否在非工作时间发出", "off_hours", predicate=True, collected=True),
    _A("record", "asks_reply", "要求答复", "bool", "envelope:asks_reply", "whether it asks for an answer or action", "是否要求答复或办理", "asks_reply", predicate=True, collected=True),
    _A("record", "reply", "是回复", "bool", "envelope:is_reply", "whether it answers or forwards another", "是否为回复或转发", "not reply", predicate=True),
    _A("record", "automatic", "自动邮件", "bool", "envelope:automatic", "whether a machine sent it (RFC 3834)", "是否由系统自动发出(RFC 3834)", "not automatic", predicate=True, collected=True),
    _A("record", "from_client", "来自客户", "bool", "envelope:from_client", "whether a client sent it", "是否由客户发出", "from_client", predicate=True, collected=True),
    _A("record", "follow_up", "跟进", "bool", "meetings:follow_up", "whether it reports progress on earlier decisions", "是否通报此前决议的进展", "follow_up", predicate=True, collected=True),
    _A("record", "today", "今天", "instant", "envelope:today", "the day of judgement, else of sending", "判定日\uff1b没有时为发送日", "{today:%Y%m%d}"),
)

_TEXT = (
    _A("text", "text", "文字", "text", "structure:itself", "the text itself", "文字本身", "any heading[text contains \"决议\"]"),
    _A("text", "length", "字数", "int", "structure:length", "characters, blanks not counted", "字数\uff0c不计空白", "body.length > 200"),
    _A("text", "blank", "为空", "bool", "structure:blank", "empty, or only a dash, 待定, TBD or a placeholder", "为空\uff0c或只有横线、待定、TBD 等占位", "s.blank", predicate=True),
    _A("text", "quoted", "被引用", "bool", "structure:quoted", "whether it stands inside quotation marks, code or a quoted block", "是否在引号、代码或引用块之内", "any phrase(words)[not quoted] in s", predicate=True),
    _A("text", "vague_commitment", "含糊承诺", "bool", "vague:commitment", "whether it is a vague word on which an order, a promise or a plan rests: not in a quotation, a norm, a report, a condition, beside a date", "是否为落空了指令、承诺或计划的含糊词\uff1b引用、规定、既往、假设及已有日期的不算", "any phrase(words)[vague_commitment] in s", predicate=True),
    _A("text", "sentences", "句子", "[sentence]", "structure:sentences_in", "its sentences", "其中的句子", "each s in body.sentences { … }", one=("sentence", "句子")),
    _A("text", "lines", "各行", "[text]", "structure:lines_in", "its lines that are not blank", "其中的非空行", "body.lines.count", one=("line", "行")),
    _A("text", "first_line", "首行", "text", "structure:first_line_in", "its first line", "其首行", "body.first_line"),
    _A("sentence", "directive", "是指令", "bool", "directives:directive", "whether it asks somebody to do something", "是否要求某人做某事", "s.directive", predicate=True),
    _A("sentence", "promise", "是承诺", "bool", "directives:promise", "whether it promises something", "是否作出承诺", "s.promise", predicate=True),
    _A("sentence", "past", "是过往", "bool", "directives:past", "whether it reports something that happened", "是否陈述已发生的事", "not s.past", predicate=True),
    _A("sentence", "policy", "是规定", "bool", "directives:policy", "whether it states a norm rather than an order", "是否在陈述规定而非下达要求", "not s.policy", predicate=True),
    _A("sentence", "question", "是提问", "bool", "directives:question", "whether it is a question", "是否为提问", "s.question", predicate=True),
    _A("sentence", "reported", "是转述", "bool", "directives:reported", "whether it reports what somebody else said or wants", "是否转述他人的说法或要求", "not s.reported", predicate=True),
    _A("sentence", "wish", "是愿望", "bool", "directives:wish", "whether it hopes for something or says that one will try", "是否表达愿望或争取", "s.wish", predicate=True),
    _A("sentence", "plan", "是计划", "bool", "directives:plan", "whether it announces what is planned or expected", "是否说明计划或预期", "s.plan", predicate=True),
    _A("sentence", "description", "是描述", "bool", "directives:description", "whether it tells what usually happens or what something is like", "是否描述习惯或性质", "not s.description", predicate=True),
    _A("sentence", "why", "依据", "string", "directives:why", "the cues that decided what it does, and those that were overruled", "判断句子作用的依据\uff0c含被推翻的线索", "{s.why}"),
    _A("sentence", "conditional", "是假设", "bool", "directives:conditional", "whether it only holds under a condition", "是否只在某条件下成立", "not s.conditional", predicate=True),
)

_TIME = (
    _A("time", "kind", "时间类别", "choice", "time:kind_of", "deadline, instant, period, limit, …", "期限、时刻、时段、时限等", "t.kind == vague"),
    _A("time", "value", "取值", "string", "time:value_of", "the canonical value (ISO 8601)", "规范取值(ISO 8601)", "t.value"),
    _A("time", "due", "到期", "instant", "time:due_of", "the last acceptable moment", "最后可接受的时刻", "d.due > sent"),
    _A("time", "start", "起", "instant", "time:start_of", "when it begins", "开始时刻", "t.start"),
    _A("time", "end", "止", "instant", "time:end_of", "when it ends", "结束时刻", "t.end"),
    _A("time", "resolved", "可确定", "bool", "time:resolved", "whether it denotes one date or instant, given when the record was sent", "结合发送时间能否落到一个确定的日期或时刻", "d is resolved", predicate=True),
    _A("time", "vague", "含糊", "bool", "time:vague", "whether it is a vague word or a placeholder", "是否为含糊说法或占位", "t is vague", predicate=True),
    _A("time", "has_clock", "有钟点", "bool", "time:has_clock", "whether it says an hour", "是否写明钟点", "d is has_clock", predicate=True),
    _A("time", "rolled", "顺延到期", "instant", "time:rolled_of", "the same, moved to the next working day when its last day is off (Civil Code art. 203)", "末日为休息日时顺延至其后首个工作日(民法典第203条)", "d.rolled >= sent"),
    _A("time", "anchor", "起算事由", "string", "time:anchor_of", "the clause that a limit counts from", "时限从何事起算", "d.anchor contains \"收到\""),
    _A("time", "alternatives", "其他取值", "[string]", "time:alternatives_of", "other readings, as canonical values", "其他可能的取值", "d.alternatives.count > 0"),
    _A("time", "precision", "精度", "string", "time:precision_of", "how exact it is: minute, part, close, day, period, recurrence, or the unit of a length", "精确到何处\uff1aminute、part、close、day、period、recurrence 或时长的单位", "d.precision == \"minute\""),
    _A("time", "why", "识别依据", "string", "time:why_of", "the shape it was recognised by", "依哪种写法识别", "{d.why}"),
    _A("time", "assumed", "系推定", "bool", "time:assumed_of", "whether holidays of a year that is not announced were guessed", "是否推定了尚未公布的放假安排", "d is assumed", predicate=True),
    _A("time", "workday", "是工作日", "bool", "time:on_workday", "whether it falls on a working day", "是否落在工作日", "d is workday", predicate=True),
)

_ENTITY = (
    _A("person", "name", "姓名", "string", "people:name_of", "the name as written, mask included", "姓名\uff0c含掩码", "p.name"),
    _A("person", "title", "职务", "string", "people:title_of", "the title", "职务", "p.title"),
    _A("person", "department", "所属部门", "string", "people:department_of", "the department", "所属部门", "p.department"),
    _A("department", "name", "名称", "string", "people:department_name", "the name", "名称", "d.name"),
    _A("contact", "label", "标签", "string", "contacts:label_of", "the label that names the contact", "写出对接人的栏目名", "c.label"),
    _A("contact", "persons", "人员", "[person]", "contacts:persons_of", "who is named", "写出的人员", "c.persons.count == 1", one=("person", "人")),
    _A("contact", "phone", "电话", "string", "contacts:phone_of", "the telephone number", "电话", "c.phone is present"),
    _A("contact", "email", "邮箱", "string", "contacts:email_of", "the mail address", "邮箱", "c.email is present"),
    _A("field", "key", "键", "string", "fields:key_of", "the lexicon's name of the label", "词表中的规范栏目名", "f.key == \"owner\""),
    _A("field", "label", "标签", "text", "fields:label_of", "the label as written", "写出的栏目名", "f.label"),
    _A("field", "value", "内容", "text", "fields:value_of", "the value", "栏目内容", "f.value in [\"高\", \"中\", \"低\"]"),
    _A("field", "blank", "为空", "bool", "fields:blank_of", "whether the value is empty or a placeholder", "内容是否为空或占位", "f is blank", predicate=True),
    _A("table", "caption", "表题", "string", "fields:caption_of", "the heading above the table", "表格上方的标题", "t.caption contains \"待办\""),
    _A("table", "rows", "表行", "[row]", "fields:rows_of", "its rows, header excluded", "各行\uff0c不含表头", "each r in t.rows { … }", one=("row", "表行")),
    _A("task", "task", "事项", "text", "actions:task_of", "what is to be done", "要做什么", "t.task"),
    _A("task", "owners", "负责人", "[person]", "actions:owners_of", "the persons responsible", "负责人", "t.owners.count == 1", one=("owner", "负责人")),
    _A("task", "owner_departments", "责任部门", "[department]", "actions:departments_of", "the departments responsible", "责任部门", "t.owner_departments.count"),
    _A("task", "due", "完成时限", "time", "actions:due_of", "by when", "完成时限", "t.due is resolved"),
    _A("task", "deliverable", "成果", "text", "actions:deliverable_of", "what will be there when it is done", "交付成果", "t.deliverable is present"),
    _A("task", "priority", "优先级", "text", "actions:priority_of", "the priority", "优先级", "t.priority"),
    _A("task", "status", "状态", "text", "actions:status_of", "the status", "状态", "t.status"),
    _A("task", "open", "未完成", "bool", "actions:is_open", "whether nothing says that it is done", "是否尚未完成", "t is open", predicate=True),
    _A("figure", "value", "数值", "number", "figures:value_of", "the number, 万 and 亿 counted in", "数值\uff0c万、亿已折算", "f.value > 100"),
    _A("figure", "unit", "单位", "string", "figures:unit_of", "the unit as written", "写出的单位", "f.unit == \"%\""),
    _A("identifier", "kind", "标识类别", "choice", "identifiers:kind_of", "phone, email, ID card or bank card", "电话、邮箱、身份证或银行卡", "any identifier[kind == bank_card]"),
    _A("identifier", "redacted", "脱敏写法", "string", "identifiers:redacted_of", "the same with its middle hidden", "隐去中间部分的写法", "{i.redacted}"),
    _A("vague_word", "kind", "含糊类别", "choice", "vague:kind_of", "urgency, approximation, open plan, wish or degree", "催促、约略、未定、愿望或程度", "w.kind == urgency_word"),
    _A("vague_word", "commitment", "落空", "bool", "vague:commitment_of", "whether an order, a promise or a plan rests on it", "是否有指令、承诺或计划落在它上面", "w is commitment", predicate=True),
    _A("vague_word", "why", "依据", "string", "vague:why_of", "the cues that decided, and those that overruled", "判断依据\uff0c含推翻它的线索", "{w.why}"),
    _A("money", "value", "数额", "number", "money:value_of", "the amount", "数额", "m.value > 10000"),
    _A("money", "currency", "币种", "string", "money:currency_of", "the currency (ISO 4217)", "币种(ISO 4217)", "m.currency"),
    _A("subject", "prefixes", "前缀", "[text]", "subject:prefixes_of", "Re, 回复, 转发, [External] and the like, in order", "回复、转发、[外部] 等前缀\uff0c按先后", "subject.prefixes.count <= 3", one=("prefix", "前缀")),
    _A("subject", "matter", "事由", "text", "subject:matter_of", "what it is about, without prefixes, department and person", "除去前缀、部门与人名后的事由", "subject.matter is present"),
    _A("subject", "department", "部门", "text", "subject:department_of", "the department in it", "主题中的部门", "subject.department is present"),
    _A("subject", "person", "人名", "text", "subject:person_of", "the person in it", "主题中的人名", "subject.person is present"),
    _A("earlier_message", "sender", "发送者", "party", "letters:sender_of", "who wrote it", "由谁所写", "any history[sender is present]"),
    _A("earlier_message", "sent", "发送时间", "instant", "letters:sent_of", "when it was sent", "何时发出", "any history[it.sent < sent]"),
    _A("group", "department", "部门", "text", "chat:group_department", "the department in it", "群名中的部门", "group.department is present"),
    _A("group", "matter", "事由", "text", "chat:group_matter", "what it is about", "群名中的事由", "group.matter is present"),
    _A("group", "date", "日期", "text", "chat:group_date", "the date in it, as written", "群名中的日期\uff0c照原样", "calendar_date(group.date)"),
    _A("signature", "name", "姓名", "string", "signature:name_of", "the name in it", "签名中的姓名", "signature.name is present"),
    _A("signature", "title", "职务", "string", "signature:title_of", "the title in it", "签名中的职务", "signature.title"),
    _A("signature", "department", "部门", "string", "signature:department_of", "the department in it", "签名中的部门", "signature.department is present"),
    _A("signature", "company", "公司", "string", "signature:company_of", "the company in it", "签名中的公司", "signature.company"),
    _A("signature", "phone", "电话", "string", "signature:phone_of", "the telephone number in it", "签名中的电话", "signature.phone"),
    _A("signature", "email", "邮箱", "string", "signature:email_of", "the mail address in it", "签名中的邮箱", "signature.email"),
    _A("signature", "address", "地址", "string", "signature:address_of", "the postal address in it", "签名中的地址", "signature.address is present"),
    _A("signature", "website", "网址", "string", "signature:website_of", "the web address in it", "签名中的网址", "signature.website is present"),
    _A("topic", "title", "名称", "text", "meetings:title_of", "the topic's title", "议题名称", "t.title"),
    _A("topic", "number", "序号", "int", "meetings:number_of", "its number", "序号", "t.number"),
    _A("topic", "duration", "时长", "duration", "meetings:duration_of", "the time it is given", "分配的时长", "t.duration <= 30 minutes"),
    _A("attachment", "name", "文件名", "string", "files:name_of", "the file name", "文件名", "a.name"),
    _A("attachment", "size", "大小", "int", "files:size_of", "bytes", "字节数", "a.size > 1000000"),
    _A("attachment", "megabytes", "兆字节", "number", "files:megabytes_of", "size in MB of 1,048,576 bytes", "大小\uff0c以 1,048,576 字节为一兆", "a.megabytes <= 50"),
    _A("attachment", "form", "形式", "choice", "files:form_of", "file, image, voice, video or link", "文件、图片、语音、视频或链接", "a.form == image"),
    _A("attachment", "linked", "是链接", "bool", "files:linked", "whether it is only linked to", "是否只是链接", "a is linked", predicate=True),
    _A("attachment", "encrypted", "已加密", "bool", "files:encrypted", "whether it is encrypted", "是否加密", "a is encrypted", predicate=True),
    _A("meeting", "topic", "议题", "string", "meetings:meeting_topic", "what it is about", "会议主题", "meeting.topic"),
    _A("meeting", "start", "开始", "instant", "meetings:meeting_start", "when it starts", "开始时间", "meeting.start"),
    _A("meeting", "end", "结束", "instant", "meetings:meeting_end", "when it ends", "结束时间", "meeting.end"),
    _A("contact_change", "person", "新对接人", "person", "contacts:change_person", "who takes over", "接手的人", "contact_change.person"),
    _A("contact_change", "effective", "生效", "instant", "contacts:change_effective", "from when", "生效时间", "contact_change.effective"),
    _A("party", "name", "姓名", "string", "envelope:party_name", "the display name", "显示名", "p.name"),
    _A("party", "address", "地址", "string", "envelope:party_address", "the mail address", "邮箱地址", "p.address"),
    _A("party", "domain", "域名", "string", "envelope:party_domain", "the domain of the address", "地址的域名", "p.domain == \"example.com\""),
    _A("party", "title", "职务", "string", "envelope:party_title", "the title, by the roster", "花名册中的职务", "p.title"),
    _A("party", "department", "所属部门", "string", "envelope:party_department", "the department, by the roster", "花名册中的部门", "p.department"),
    _A("party", "external", "外部", "bool", "envelope:party_external", "whether outside our organisation", "是否在本单位之外", "from is external", predicate=True),
    _A("party", "management", "管理层", "bool", "envelope:party_management", "whether in management, by the roster", "花名册中是否属管理层", "p.management", predicate=True),
    _A("party", "head", "部门负责人", "bool", "envelope:party_head", "whether head of a department, by the roster", "花名册中是否为部门负责人", "p.head", predicate=True),
)

_ACROSS = (
    _A("thread", "messages", "消息", "[message]", _THREADS + "messages", "the records of the thread, case or archive, by time", "会话、事项或档案中的记录\uff0c按时间排列", "each m in messages { … }", one=("message", "消息")),
    _A("thread", "meetings", "会议", "[gathering]", _THREADS + "meetings", "the meetings that records tell of, with notice and minutes", "各记录所说的会议\uff0c连同通知与纪要", "each m in meetings { … }", one=("meeting", "会议")),
    _A("thread", "handovers", "对接人更换", "[handover]", _THREADS + "handovers", "changes of contact", "对接人的更换", "each h in handovers { … }", one=("handover", "对接人更换")),
    _A("thread", "as_of", "判定时间", "instant", _THREADS + "as_of", "the instant of judgement", "作出判定的时刻", "as_of"),
    _A("message", "reply", "答复", "message", _THREADS + "reply", "the first answer from the other side", "对方的首次答复", "m.reply within 2 workdays after m.sent"),
    _A("message", "answered", "已答复", "bool", _THREADS + "answered", "whether an answer came; unknown where the archive does not reach", "是否已有答复\uff1b档案未覆盖时无法判定", "m.answered", predicate=True),
    _A("gathering", "topic", "议题", "string", _THREADS + "meeting_topic", "what it is about", "会议主题", "g.topic"),
    _A("gathering", "start", "开始", "instant", _THREADS + "meeting_start", "when it starts", "开始时间", "g.start"),
    _A("gathering", "end", "结束", "instant", _THREADS + "meeting_end", "when it ends", "结束时间", "g.end"),
    _A("gathering", "notice", "通知", "message", _THREADS + "meeting_notice", "its first notice", "首次会议通知", "g.notice.sent"),
    _A("gathering", "minutes", "纪要", "message", _THREADS + "meeting_minutes", "its minutes", "会议纪要", "g.minutes within 24 hours after g.end"),
    _A("gathering", "weeks", "跟踪周", "[week]", _THREADS + "open_weeks", "whole weeks after the meeting while its action items are open", "会后待办未结期间的完整各周", "each w in g.weeks { … }", one=("week", "周")),
    _A("week", "start", "开始", "instant", _THREADS + "week_start", "Monday 0:00", "周一零点", "w.start"),
    _A("week", "end", "结束", "instant", _THREADS + "week_end", "Sunday 24:00", "周日二十四点", "w.end"),
    _A("week", "follow_ups", "跟进记录", "[message]", _THREADS + "week_follow_ups", "records of that week that report progress", "该周通报进展的记录", "w.follow_ups.count > 0", one=("follow_up", "跟进记录")),
    _A("handover", "message", "通知", "message", _THREADS + "handover_message", "the message that announces it, else the first from the new contact", "宣布更换的消息\uff1b没有时为新对接人的首次来信", "h.message"),
    _A("handover", "announced", "通知时间", "instant", _THREADS + "handover_announced", "when it was announced", "通知时间", "h.announced"),
    _A("handover", "effective", "生效", "instant", _THREADS + "handover_effective", "when the new contact starts: as announced, or the first message", "新对接人何时开始\uff1a按通知或首次来信", "h.effective"),
    _A("handover", "person", "新对接人", "string", _THREADS + "handover_person", "the new contact", "新对接人", "{h.person}"),
)


def _parameter(en: str, zh: str, of: str, default: object = None, *, required: bool = False) -> Parameter:
    return Parameter(Names(en, zh), _type(of), default, required)


_CALLS = (
    Function(Names("phrase", "短语"), (_parameter("words", "词", "[string]", required=True), _parameter("except", "除外", "[string]", ())), Type("pattern"),
             Names("any of the words, folded; never inside one of `except`, never inside a longer Latin word", "任一词语\uff1b不在除外词里\uff0c也不在更长的西文词里"), _FUNCTIONS + "phrase", "any phrase([\"尽快\"]) in s"),
    Function(Names("fields", "含字段"), (_parameter("labels", "栏目", "[string]", required=True),), Type("requirement"),
             Names("all labels are there and filled in; synonyms count; \"a|b\" means either", "栏目齐全且已填写\uff1b同义栏目算数\uff1b“甲|乙”表示任一"), _FUNCTIONS + "fields", "require fields([\"负责人\"])"),
    Function(Names("labelled", "栏目"), (_parameter("labels", "名称", "[string]", required=True),), Type("list", Type("field")),
             Names("the fields with one of these labels or synonyms", "带有这些名称或同义名称的栏目"), _FUNCTIONS + "labelled", "each f in labelled([\"优先级\"]) { … }"),
    Function(Names("table", "表"), (_parameter("captions", "表题", "[string]", required=True),), Type("list", Type("table")),
             Names("the tables with one of these captions", "表题为其中之一的表格"), _FUNCTIONS + "table", "each t in table([\"待办\"]) { … }"),
    Function(Names("between", "相隔"), (_parameter("start", "起", "instant", required=True), _parameter("end", "止", "instant", required=True)), Type("interval"),
             Names("from one moment to the other; compared with a duration in that duration's unit", "两个时刻的间隔\uff1b与时长比较时按该时长的单位计算"), _FUNCTIONS + "between", "between(sent, meeting.start) >= 3 workdays"),
    Function(Names("workday", "工作日"), (_parameter("offset", "第几个", "int", required=True),), Type("instant"),
             Names("the n-th working day after sending", "发送后第几个工作日"), _FUNCTIONS + "workday", "{workday(+2)}"),
    Function(Names("add", "推算"), (_parameter("start", "起", "instant", required=True), _parameter("length", "时长", "duration", required=True)), Type("instant"),
             Names("the last moment that is within the length of the start: days and working days to their last day's end, working hours inside working time; unknown over years whose holidays are not announced", "距起点该时长的最后时刻\uff1a天与工作日算到末日终了\uff0c工作小时只算工作时间\uff1b跨未公布放假安排的年份时无法判定"), _FUNCTIONS + "add", "meeting.start > add(sent, 3 workdays)"),
    Function(Names("ahead", "提前于"), (_parameter("action", "动作", "instant", required=True), _parameter("event", "事件", "instant", required=True), _parameter("length", "时长", "duration", required=True)), Type("bool"),
             Names("whether the action is at least that long before the event, working days and days by their dates", "动作是否至少早于事件该时长\uff0c工作日与天按日期计"), _FUNCTIONS + "ahead", "ahead(sent, meeting.start, 3 workdays)"),
    Function(Names("work_time", "属工作时间"), (_parameter("moment", "时刻", "instant", required=True),), Type("bool"),
             Names("whether a moment lies inside working hours of a working day", "时刻是否落在工作日的工作时间内"), _FUNCTIONS + "work_time", "work_time(d.due)"),
    Function(Names("rolled", "顺延"), (_parameter("moment", "时刻", "instant", required=True),), Type("instant"),
             Names("the same time on the next working day when the day is off", "当天休息时为其后首个工作日的同一时刻"), _FUNCTIONS + "rolled", "rolled(d.due) >= sent"),
    Function(Names("calendar_date", "是日期"), (_parameter("text", "文字", "string", required=True), _parameter("shape", "格式", "string", "YYYYMMDD")), Type("bool"),
             Names("whether the characters are a real date of that shape", "这些字符是否为该格式的真实日期"), _FUNCTIONS + "calendar_date", "calendar_date(\"20231020\")"),
    Function(Names("part_of", "片段"), (_parameter("text", "文字", "string", required=True), _parameter("pattern", "模式", "pattern", required=True)), Type("string"),
             Names("what the first group of the pattern matched, else all it matched", "模式第一组匹配的文字\uff1b没有组时为整个匹配"), _FUNCTIONS + "part_of", "part_of(group, /(\\d{8})$/)"),
    Function(Names("superior", "是上级"), (_parameter("person", "人", "party", required=True), _parameter("of", "下级", "party", required=True)), Type("bool"),
             Names("whether one is a superior of the other, by the roster", "花名册中前者是否为后者的上级"), _FUNCTIONS + "superior", "any recipient[superior(it, from)] in cc"),
)

_CONSTANTS = tuple(
    Constant(Names(en, zh), Type("choice"), value)
    for en, zh, value in (
        ("email", "邮件", "email"), ("minutes", "纪要", "minutes"), ("meeting_notice", "会议通知", "meeting_notice"), ("chat_message", "聊天", "chat_message"), ("chat_group", "群聊", "chat_group"),
        ("progress_report", "进度报告", "progress_report"), ("contact_record", "联络记录", "contact_record"), ("requirement_form", "需求表", "requirement_form"), ("issue_tracking", "问题跟踪", "issue_tracking"),
        ("emergency_report", "紧急报告", "emergency_report"), ("confirmation_letter", "确认函", "confirmation_letter"), ("archive", "档案", "archive"),
        ("file", "文件", "file"), ("document", "文档", "document"), ("task_record", "任务单", "task"),
        ("external", "外部", "external"), ("internal", "内部", "internal"), ("high", "高", "high"), ("normal", "普通", "normal"), ("low", "低", "low"),
        ("chat_event", "群事件", "chat_event"), ("image", "图片", "image"), ("voice", "语音", "voice"), ("video", "视频", "video"), ("link", "链接", "link"),
        ("group_chat", "群", "group_chat"), ("direct_chat", "私聊", "direct_chat"), ("mail", "邮路", "mail"), ("paper", "文稿", "paper"),
        ("deadline_time", "期限类", "deadline"), ("instant_time", "时刻类", "instant"), ("period_time", "时段类", "period"), ("limit_time", "时限类", "duration-limit"),
        ("recurring_time", "周期类", "recurrence"), ("duration_time", "时长类", "duration"), ("vague_time", "含糊类", "vague"), ("placeholder_time", "占位类", "placeholder"),
        ("urgency_word", "催促词", "urgency"), ("approximation_word", "约略词", "approximation"), ("plan_word", "未定词", "open_plan"), ("wish_word", "愿望词", "wish"), ("degree_word", "程度词", "degree"),
        ("phone_number", "电话类", "phone"), ("mail_address", "邮箱类", "email"), ("id_card", "身份证类", "id-card"), ("bank_card", "银行卡类", "bank-card"),
    )
)

_MESSAGE = tuple(
    Attribute("message", a.names, a.type, a.doc, a.get, a.example, a.singular, True, a.predicate) for a in _RECORD if a.collected and a.names.en != "reply"
)

VOCABULARY: tuple[Symbol, ...] = (
    *(TypeSymbol(Names(en, zh), Names(doc_en, doc_zh), parent) for en, zh, parent, doc_en, doc_zh in _TYPES),
    *_RECORD, *_TEXT, *_TIME, *_ENTITY, *_MESSAGE, *_ACROSS, *_CALLS, *_CONSTANTS,
)
