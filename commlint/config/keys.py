"""Every key of a configuration, once: what `config show`, `config init`, the documentation and the reading of files go by.

In a path ``*`` stands for any name and ``[]`` for the tables of an array.
"""

from __future__ import annotations

from attrs import frozen


@frozen(order=True)
class Key:
    """One key: its path, the type of its value (see `commlint.config.values`), its default as TOML, what it does."""

    path: str
    type: str
    default: str
    en: str
    zh: str

    @property
    def steps(self) -> tuple[str, ...]:
        """The path in pieces."""
        return tuple(self.path.split("."))


KEYS = tuple(
    Key(*row)
    for row in (
        ("extend", "path", '""', "another configuration to start from, relative to this file", "先读取的另一份配置\uff0c相对本文件"),
        ("profile", "strings", '["base"]', "the profiles to apply, later ones over earlier ones", "采用的方案\uff0c后者覆盖前者"),
        ("rule-files", "paths", "[]", "rule files and folders of your own", "自己的规则文件或文件夹"),
        ("select", "strings", '["ALL"]', "the rules to run: names, codes, beginnings of codes, tags, or ALL", "要运行的规则\uff1a名称、代码、代码开头、标签或 ALL"),
        ("extend-select", "strings", "[]", "rules to run besides those selected", "在所选之外再运行的规则"),
        ("ignore", "strings", "[]", "rules not to run", "不运行的规则"),
        ("exclude", "globs", "[]", "paths not to check when a folder is checked", "检查文件夹时跳过的路径"),
        ("lang", "lang", '"zh"', "the language of messages: zh or en", "消息的语言\uff1azh 或 en"),
        ("zone", "zone", '"Asia/Shanghai"', "the time zone of bare dates and times", "未注明时区的日期与时间所在时区"),
        ("min-level", "level", '"info"', "the lowest level to show", "显示的最低级别"),
        ("fail-level", "level", '"error"', "the lowest level that makes the exit code 1", "使退出码为 1 的最低级别"),
        ("allow-undetermined", "bool", "false", "whether undetermined results leave the exit code alone", "无法判定的结果是否不影响退出码"),
        ("redact", "bool", "false", "whether reports hide telephone numbers, mail addresses, ID and bank cards", "报告是否隐去电话、邮箱、身份证号与银行卡号"),
        ("jobs", "int", "1", "processes to check with; 0 for as many as there are processors", "检查所用进程数\uff1b0 表示与处理器数相同"),
        ("rules.*.level", "level-or-off", "", "the level of this rule, or off", "该规则的级别\uff0c或 off(停用)"),
        ("rules.*.*", "any", "", "a parameter of this rule, replaced", "替换该规则的一个参数"),
        ("rules.*.*.add", "list", "", "values added to a list parameter", "给列表参数添加的值"),
        ("rules.*.*.remove", "list", "", "values taken from a list parameter", "从列表参数去掉的值"),
        ("overrides.[].paths", "globs", "", "the paths this override is for", "此项覆盖适用的路径"),
        ("overrides.[].select", "strings", "", "the rules to run there", "在那里运行的规则"),
        ("overrides.[].ignore", "strings", "", "rules not to run there", "在那里不运行的规则"),
        ("overrides.[].rules.*.level", "level-or-off", "", "the level of a rule there", "规则在那里的级别"),
        ("overrides.[].rules.*.*", "any", "", "a parameter of a rule there", "规则在那里的参数"),
        ("overrides.[].rules.*.*.add", "list", "", "values added there", "在那里添加的值"),
        ("overrides.[].rules.*.*.remove", "list", "", "values taken away there", "在那里去掉的值"),
        ("kinds.*", "kind", "", "the record kind of the paths that match this glob", "与此通配符匹配的路径是什么类型的记录"),
        ("chats.[].paths", "globs", "", "the chats of which the following holds: JSON, or logs where only the zone is said; the last entry that fits counts", "此项适用的聊天文件\uff1aJSON\uff0c或只说明时区的日志\uff1b以最后一个匹配项为准"),
        ("chats.[].text", "key-path", "", "where a message has its text: content, body.text", "消息文字在哪个字段\uff1acontent、body.text"),
        ("chats.[].time", "key-path", "", "where its time is: RFC 3339, a plain stamp, seconds or milliseconds since 1970", "时间字段\uff1aRFC 3339、普通日期时间\uff0c或 1970 年起的秒、毫秒数"),
        ("chats.[].sender", "key-path", "", "where the sender's name is", "发送人姓名字段"),
        ("chats.[].address", "key-path", "", "where the sender's address or account is", "发送人地址或帐号字段"),
        ("chats.[].id", "key-path", "", "where the message's id is", "消息编号字段"),
        ("chats.[].reply-to", "key-path", "", "where the id of the message is that it answers", "所回复消息的编号字段"),
        ("chats.[].thread", "key-path", "", "where the id of its thread is", "话题编号字段"),
        ("chats.[].group", "key-path", "", "where the group's name is", "群名称字段"),
        ("chats.[].mentions", "key-path", "", "where those are who are mentioned: at[].name", "被提及的人\uff1aat[].name"),
        ("chats.[].files", "key-path", "", "where its files are: files[].name", "文件\uff1afiles[].name"),
        ("chats.[].type", "key-path", "", "where its type is; system and recall are no messages of people", "类型字段\uff1bsystem 与 recall 不是人发的消息"),
        ("chats.[].messages", "key-path", "", "where the list of messages is, of a file that is one object: data.items", "整个文件为一个对象时消息列表在哪里\uff1adata.items"),
        ("chats.[].zone", "zone", "", "the time zone of times without one, where it is not `zone`", "未注明时区的时间所在时区\uff08与 zone 不同时\uff09"),
        ("calendar.name", "string", '"china"', "the working-day calendar: china, weekdays, or a plugin's", "工作日历\uff1achina、weekdays 或插件提供的名称"),
        ("calendar.holidays", "dates", "[]", "days off besides the calendar's", "日历之外的放假日"),
        ("calendar.workdays", "dates", "[]", "days worked besides the calendar's", "日历之外的上班日"),
        ("calendar.roll", "bool", "false", "a limit in calendar days that ends on a day off runs to the next working day (Civil Code art. 203)", "自然日期限的最后一日为休息日时\uff0c顺延至其后首个工作日(民法典第203条)"),
        ("hours.start", "time", "09:00", "when a working day starts", "上班时间"),
        ("hours.end", "time", "18:00", "when a working day ends", "下班时间"),
        ("hours.lunch-start", "time", "12:00", "when the midday break starts", "午休开始"),
        ("hours.lunch-end", "time", "13:00", "when the midday break ends", "午休结束"),
        ("hours.late", "time", "22:00", "from when on it is off-hours", "从何时起算非工作时间"),
        ("roster.departments", "strings", "[]", "the departments there are", "有哪些部门"),
        ("roster.people.[].name", "string", "", "a person's full name", "姓名"),
        ("roster.people.[].masked", "strings", "[]", "masked forms of the name, such as 张*经理", "姓名的隐写形式\uff0c如 张*经理"),
        ("roster.people.[].department", "string", '""', "the person's department", "所在部门"),
        ("roster.people.[].title", "string", '""', "the person's title", "职务"),
        ("roster.people.[].superior", "string", '""', "the name of the person's superior", "上级姓名"),
        ("roster.people.[].head", "bool", "false", "whether the person heads the department", "是否部门负责人"),
        ("roster.people.[].management", "bool", "false", "whether the person is management", "是否管理层"),
        ("roster.people.[].external", "bool", "false", "whether the person is from outside", "是否外部人员"),
        ("roster.people.[].addresses", "strings", "[]", "the person's addresses and account names", "邮箱地址与帐号"),
        ("organisation.domains", "strings", "[]", "mail domains that are ours", "本单位的邮件域名"),
        ("organisation.names", "strings", "[]", "names of ours", "本单位的名称"),
        ("organisation.client-domains", "strings", "[]", "mail domains of clients", "客户的邮件域名"),
        ("organisation.client-names", "strings", "[]", "names of clients", "客户的名称"),
        ("lexicon.labels.*", "strings", "", "further labels for a field, such as owner", "某栏目\uff08如 owner\uff09的其他写法"),
        ("lexicon.cues.*", "strings", "", "further entries of a bundled word list", "内置词表的补充词语"),
        ("plugins.load", "strings", "[]", "modules to load as plugins besides the installed ones", "除已安装插件外要加载的模块"),
        ("plugins.optional", "strings", "[]", "plugins that may be absent or fail to load", "可以缺少或加载失败的插件"),
        ("plugins.disabled", "strings", "[]", "installed plugins not to load", "不加载的已安装插件"),
        ("coverage.start", "moment", "", "from when on the archive is complete; silence is judged only inside", "档案从何时起完整\uff1b只在其间判定“没有回复”"),
        ("coverage.end", "moment", "", "until when the archive is complete", "档案到何时为止完整"),
        ("suppressions.[].rules", "strings", "", "the rules permitted to be broken: names or codes", "允许违反的规则\uff1a名称或代码"),
        ("suppressions.[].path", "glob", '"**"', "where", "适用的路径"),
        ("suppressions.[].reason", "string", "", "why; mandatory", "理由\uff0c必填"),
        ("suppressions.[].owner", "string", '""', "who answers for it", "由谁负责"),
        ("suppressions.[].expires", "date", "", "the last day it holds", "有效期的最后一天"),
        ("cache.enabled", "bool", "true", "whether compiled rules, results and answers are kept between runs", "是否在各次运行之间保留编译好的规则、结果与答复"),
        ("cache.folder", "path", '""', "where (and no answers); else .commlint_cache beside the configuration, else the user's cache folder", "存放位置\uff08此时不保留答复\uff09\uff1b不写则为配置旁的 .commlint_cache 或用户缓存目录"),
        ("limits.file-size", "size", '"100 MB"', "larger files are read only where that goes piece by piece, else reported", "超过此大小的文件只在能逐段读取时读取\uff0c否则报告"),
        ("limits.depth", "int", "10", "archives in archives and messages in messages are read this deep", "压缩包与邮件层层嵌套时读取的层数"),
        ("limits.members", "int", "100000", "files that are read of one archive", "一个压缩包中读取的文件数"),
        ("limits.unpacked-size", "size", '"1 GB"', "what one file may unpack to in all", "一个文件解开后的总大小"),
        ("limits.ratio", "int", "200", "how many times its packed size a member of more than 10 MB may unpack to", "超过 10 MB 的成员解开后与压缩大小之比"),
        ("limits.headers", "int", "10000", "header fields that are read of one message", "一封邮件读取的邮件头数"),
        ("limits.parts", "int", "1000", "parts that are read of one message", "一封邮件读取的部分数"),
        ("limits.html", "int", "2000000", "characters that are read of one HTML text", "一段 HTML 读取的字符数"),
        ("limits.message", "int", "2000000", "characters of JSON that one message of an exported chat may take", "导出的聊天中一条消息的 JSON 字符数"),
        ("limits.cells", "int", "200000", "table cells that are read of one record", "一份记录读取的表格单元格数"),
        ("limits.pages", "int", "2000", "pages that are read of one document", "一份文档读取的页数"),
        ("limits.xml", "size", '"30 MB"', "XML that one office document is read from", "读取一份 Office 文档时的 XML 大小"),
        ("limits.characters", "int", "2000000", "characters that are read of one document with pages or slides", "一份有页或有幻灯片的文档读取的字符数"),
        ("limits.seconds", "int", "60", "seconds that another program may take to read one document", "由另一程序读取一份文档时所用的秒数"),
    )
)

REQUIRED = {("chats", "[]"): ("paths",), ("suppressions", "[]"): ("rules", "reason"), ("overrides", "[]"): ("paths",), ("roster", "people", "[]"): ("name",), ("coverage",): ("start", "end")}


def key_at(steps: tuple[str, ...]) -> Key | None:
    """The key whose path fits `steps`, the most literal one."""
    fitting = [key for key in KEYS if len(key.steps) == len(steps) and all(k in (s, "*") for k, s in zip(key.steps, steps, strict=True))]
    return min(fitting, key=lambda key: key.steps.count("*"), default=None)


def below(steps: tuple[str, ...]) -> tuple[str, ...]:
    """The names that may follow `steps`; ``*`` where any name may."""
    long = len(steps)
    fitting = (key.steps for key in KEYS if len(key.steps) > long and all(k in (s, "*") for k, s in zip(key.steps, steps, strict=False)))
    return tuple(sorted({step[long] for step in fitting}))
