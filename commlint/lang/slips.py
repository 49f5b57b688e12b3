"""Common slips in rule files, as data: what people write, and what the language calls it."""

from __future__ import annotations

from commlint.lang.slugs import Slug
from commlint.model.finding import Severity

_E = Severity.ERROR

SYNTAX_SLUGS: dict[str, Slug] = {
    "unexpected": Slug(_E, "这里不能写 {found}\uff1b可以写的是\uff1a{expected}", "{found} cannot stand here; expected {expected}", "{hint}", "{hint}"),
    "unexpected-end": Slug(_E, "内容到此就结束了\uff0c后面还应有\uff1a{expected}", "this ends too early; expected {expected}", "{hint}", "{hint}"),
    "missing-brace": Slug(_E, "花括号 {{ 没有闭合", "this {{ is never closed", "在{where}补上 }}", "add a }} {where}"),
    "missing-bracket": Slug(_E, "括号 {sign} 没有闭合", "this {sign} is never closed", "在第 {line} 行的 {found} 之前补上 {closing}", "add {closing} before {found} in line {line}"),
    "stray-brace": Slug(_E, "多出一个 {found}", "one {found} too many", "删去它\uff0c或检查前面的括号", "delete it, or look at the brackets before it"),
    "unclosed-string": Slug(_E, "引号没有闭合", "this quotation mark is never closed", "在文字末尾补上 {closing}", "put {closing} at the end of the text"),
    "single-quotes": Slug(_E, "文字要用双引号", "text takes double quotes", "写成 \"…\"", "write \"…\""),
    "triple-quotes": Slug(_E, "不用三重引号", "there are no triple quotes", "一对 \"…\" 就可以写多行文字", "one pair \"…\" may run over several lines"),
    "missing-quotes": Slug(_E, "{found} 这里需要加引号的文字", "{found} must be text in quotes", "写成 \"{bare}\"", "write \"{bare}\""),
    "misspelt-keyword": Slug(_E, "不认识的关键字 `{found}`", "unknown keyword `{found}`", "是否想写 `{better}`\uff1f", "did you mean `{better}`?"),
    "glued-keyword": Slug(_E, "关键字与后面的词连在了一起\uff1a`{found}`", "a keyword runs into the next word: `{found}`", "用空格分开\uff1a`{better}`", "put a blank between them: `{better}`"),
    "other-word": Slug(_E, "这里的说法不是 `{found}`", "`{found}` is not what this is called here", "请写 `{better}`", "write `{better}`"),
    "other-sign": Slug(_E, "没有 `{found}` 这个符号", "there is no sign `{found}`", "请写 {better}", "write {better}"),
    "single-equals": Slug(_E, "`=` 只用来给名字赋值", "`=` only gives a value to a name", "比较是否相等请写 `{better}`", "write `{better}` to compare"),
    "is-value": Slug(_E, "“{is_}”后面只能写特征\uff0c如“{example}”", "`{is_}` takes a property, such as `{example}`", "与某个值比较请写 `{better}`", "write `{better}` to compare with a value"),
    "stray-colon": Slug(_E, "这里不写冒号", "no colon here", "`{before}` 后面空一格直接写内容", "leave a blank after `{before}` and go on"),
    "stray-punctuation": Slug(_E, "这里不写 `{found}`", "no `{found}` here", "每条语句单独一行\uff0c行末不加标点", "one statement a line, nothing at its end"),
    "chinese-number": Slug(_E, "数目要用阿拉伯数字\uff0c不写 `{found}`", "numbers are written in digits, not `{found}`", "例如 `{better}`", "such as `{better}`"),
    "number-too-big": Slug(_E, "这个数太大", "this number is too big", "最多写 15 位数字", "15 digits at most"),
    "missing-rule-name": Slug(_E, "规则缺少名称", "this rule has no name", "写成\uff1a{shape}", "write: {shape}"),
    "rule-name-blank": Slug(_E, "规则名称中间不能有空格", "a rule's name has no blanks", "用 - 连接\uff1a`{better}`", "join the words with -: `{better}`"),
    "outside-rule": Slug(_E, "`{found}` 写在了规则外面", "`{found}` stands outside any rule", "移到规则的 {{ }} 里面\uff1b也可能是前面多了一个 }}", "move it into the {{ }} of a rule; or there is one }} too many before it"),
    "unexpected-character": Slug(_E, "看不懂的字符 {found}", "unreadable character {found}", "删去它\uff1b文字内容要放在引号里", "delete it; text goes in quotes"),
    "too-deep": Slug(_E, "括号或算式嵌套太深", "this is nested too deeply", "请拆成几条\uff0c或用 `{better}` 给中间结果起名", "split it up, or name a part of it with `{better}`"),
    "too-many-problems": Slug(_E, "问题太多\uff0c从这里往后没有再看", "too many problems; what follows was not looked at", "先改好前面的", "mend these first"),
    "file-too-big": Slug(_E, "规则文件过大\uff1a{found} 个字符", "this rule file is too big: {found} characters", "一个文件最多 {limit} 个字符\uff1b请一条规则一个文件\uff0c长词表放进 lists/", "{limit} characters at most; put each rule in a file of its own and long lists into lists/"),
}

# A word that stands where a keyword is wanted -> terminals it may have meant; the first one wanted there counts.
OTHER_WORDS: dict[str, tuple[str, ...]] = {
    word: tuple(terminals.split())
    for words, terminals in (
        ("if when 如果 若 若是 当 假如 条件是", "APPLIES WHERE UNLESS"),
        ("check must should shall ensure assert 检查 确保 需要 应 应该 必需 需", "REQUIRE"),
        ("deny disallow prohibit reject never not_allowed 不能 不可 不可以 不要 不允许 不许 不应 勿", "FORBID NOT"),
        ("except without 除了 例外 但", "UNLESS"),
        ("for foreach for_each every all loop 对 对于 循环 遍历 所有 全部", "EACH ANY"),
        ("msg print report say 提示 报告 输出 显示", "MESSAGE"),
        ("advice hint recommend 推荐 改为 改成", "SUGGEST ARROW"),
        ("reason because description doc 描述 原由 因为", "WHY"),
        ("cite source ref reference norm 来源 引用 条款 规范", "CITES"),
        ("parameter option arg 变量 选项", "PARAM"),
        ("var const define set 变量 常量", "LET"),
        ("example pass ok right correct 例子 示例 正确 对的 合格", "GOOD"),
        ("counterexample fail wrong incorrect 错例 错误示例 不合格", "BAD"),
        ("replace autofix 替换", "FIX"),
        ("tag keyword keywords 关键词", "TAGS"),
        ("inherits from_rule 派生", "EXTENDS"),
        ("critical fatal high severe 严重 高 致命", "ERROR"),
        ("warn medium 告警 中等", "WARNING"),
        ("notice hint low note 轻微 低", "INFO"),
        ("filter 筛选 且满足", "WHERE"),
        ("and_also also both 和 与 及 以及 同时 又", "AND"),
        ("either 要么 还是", "OR"),
        ("equals equal eq 等同于 等同", "EQ"),
        ("differs ne neq 不同于", "NE"),
        ("includes include has have 包括 有着", "CONTAINS"),
        ("like regex match 形如 像", "MATCHES"),
        ("inside of among 位于", "IN AMID"),
        ("exists some 某个 某", "ANY"),
        ("none nothing 没", "NO"),
        ("min minimum 最少 起码", "AT_LEAST"),
        ("max maximum 不多于", "AT_MOST"),
        ("only just 仅 仅有 刚好", "EXACTLY"),
        ("yes", "TRUE"),
        ("given context where 前提 背景", "WITH"),
        ("conversation chat 对话 聊天记录", "THREAD"),
    )
    for word in words.split()
}

# A run of signs -> what to write, by language.
OTHER_SIGNS: dict[str, tuple[str, str]] = {
    "&&": ("`且`", "`and`"), "&": ("`且`", "`and`"), "||": ("`或`", "`or`"), "|": ("`或`", "`or`"), "!": ("`非`", "`not`"),
    "<>": ("`不等于`", "`!=`"), "=!": ("`不等于`", "`!=`"), "!==": ("`不等于`", "`!=`"), "===": ("`等于`", "`==`"), "=<": ("`不超过`", "`<=`"), "=>": ("`不少于`", "`>=`"),
    "~": ("`匹配`", "`matches`"), "=~": ("`匹配`", "`matches`"), "*": ("具体的名称", "the names themselves"), "%": ("小数", "a decimal"), "//": ("`#`", "`#`"), "/*": ("`#`", "`#`"), "--": ("`#`", "`#`"),
    "@": ("名称本身", "the name alone"), "$": ("名称本身", "the name alone"), "?": ("`存在`", "`any`"), "《": ("`\"`", "`\"`"), "【": ("`[`", "`[`"), "】": ("`]`", "`]`"), "…": ("具体内容", "what is meant"),
}  # fmt: skip

CHINESE_DIGITS = dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
QUOTES = {"\u201c": "\u201d", "\u300c": "\u300d", "\u300e": "\u300f", '"': '"', "\uff02": '"'}
SINGLE_QUOTES = "'\u2018\u2019`\u00b4"
SHAPE = ("规则 名称 (代码) \"标题\" : 警告 { … }", "rule name (CODE) \"title\" : warning { … }")
