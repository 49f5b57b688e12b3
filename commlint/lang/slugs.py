"""Every problem that a rule file can have after it was parsed: slug, severity, what it says and the way out, in both languages."""

from __future__ import annotations

from attrs import frozen

from commlint.model.finding import Severity


@frozen
class Slug:
    """`zh`/`en` are templates for the message, `help_zh`/`help_en` for the way out."""

    severity: Severity
    zh: str
    en: str
    help_zh: str = ""
    help_en: str = ""

    def said(self, lang: str, /, **values: object) -> tuple[str, str]:
        """Message and help in `lang`, filled in."""
        message, help = (self.zh, self.help_zh) if lang == "zh" else (self.en, self.help_en)
        return message.format(**values), help.format(**values)


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

SLUGS: dict[str, Slug] = {
    # names
    "unknown-name": Slug(_E, "不认识的词 `{name}`", "unknown name `{name}`", "{hint}", "{hint}"),
    "unknown-attribute": Slug(_E, "“{owner}”没有 `{name}`", "`{owner}` has no `{name}`", "{hint}", "{hint}"),
    "unknown-function": Slug(_E, "没有函数 `{name}`", "unknown function `{name}`", "{hint}", "{hint}"),
    "unknown-type": Slug(_E, "没有类型 `{name}`", "unknown type `{name}`", "{hint}", "{hint}"),
    "unknown-list": Slug(_E, "没有词表 `{name}`", "unknown list `{name}`", "{hint}", "{hint}"),
    "unknown-argument": Slug(_E, "`{function}` 没有参数 `{name}`", "`{function}` takes no argument `{name}`", "{hint}", "{hint}"),
    "missing-argument": Slug(_E, "`{function}` 缺少参数 `{name}`", "`{function}` lacks the argument `{name}`", "写成\uff1a{example}", "write it like: {example}"),
    "record-only": Slug(_E, "`{name}` 是单条记录的词\uff0c跨记录的规则里不能直接用", "`{name}` belongs to a single record; a rule over several has no `{name}` of its own", "请通过消息来取\uff0c如 {example}", "ask a message for it, such as {example}"),
    "shadowed-name": Slug(_W, "`{name}` 与已有的词“{other}”同名", "`{name}` is also {other}", "请换一个名字", "choose another name"),
    "element-outside-filter": Slug(_E, "`{name}` 只在筛选条件里有意义", "`{name}` only means something inside a filter", "写在方括号里\uff0c如 recipient[superior(it, from)]", "write it in brackets, as in recipient[superior(it, from)]"),
    # types
    "wrong-type": Slug(_E, "这里需要{want}\uff0c写的是{have}", "this takes {want}, not {have}", "{hint}", "{hint}"),
    "not-comparable": Slug(_E, "{left}不能与{right}比较", "{left} cannot be compared with {right}", "{hint}", "{hint}"),
    "not-a-condition": Slug(_E, "这里需要一个条件\uff0c写的是{have}", "this must be a condition, not {have}", "{hint}", "{hint}"),
    "not-a-collection": Slug(_E, "{have}没有可逐个查看的元素", "{have} has no elements to look at one by one", "{hint}", "{hint}"),
    "not-a-place": Slug(_E, "{have}不是记录里的一处位置", "{have} is not a place in the record", "{hint}", "{hint}"),
    "matches-needs-regex": Slug(_E, "“匹配”后面要写正则\uff0c写的是{have}", "`matches` takes a /regular expression/, not {have}", "查找普通文字请用“包含”", "use `contains` to look for plain characters"),
    "not-constant": Slug(_E, "参数的值必须是写定的", "the value of a parameter must be written out", "只能用数、文字、时长、列表和词表", "use numbers, strings, durations, lists and list(\"…\")"),
    "bad-pattern": Slug(_E, "这个正则不能用\uff1a{reason}", "this regular expression is refused: {reason}", "{hint}", "{hint}"),
    "bad-hole": Slug(_E, "消息里的花括号写法有误\uff1a{reason}", "a brace in this message cannot be read: {reason}", "要写花括号本身请用 {{{{ 和 }}}}", "write {{{{ and }}}} for braces themselves"),
    "bad-literal": Slug(_E, "{reason}", "{reason}", "{hint}", "{hint}"),
    "too-deep": Slug(_E, "这条规则嵌套太深", "this rule is nested too deeply", "请拆开来写", "split it up"),
    "too-large": Slug(_E, "这条规则展开后太大", "this rule is too large once its lets are put in", "请减少定义的层层引用", "let fewer lets refer to each other"),
    # rules together
    "unknown-rule": Slug(_E, "没有规则 `{name}` 可以继承", "there is no rule `{name}` to extend", "{hint}", "{hint}"),
    "extends-cycle": Slug(_E, "规则互相继承\uff1a{chain}", "rules extend each other in a circle: {chain}", "去掉其中一个继承", "remove one of the extends"),
    "extends-scope": Slug(_E, "继承的规则必须与原规则检查同样的对象", "a rule must look at the same thing as the rule it extends", "写成“跨{scope}”\uff0c或不写", "write `over {scope}`, or leave it out"),
    "extends-broken": Slug(_E, "被继承的规则 `{name}` 在这里用不了\uff1a{problem}", "rule `{name}` cannot be extended here: {problem}", "先改好那条规则\uff0c或改动的参数", "put that rule right first, or the parameters that are changed"),
    "param-operator": Slug(_E, "`{operator}` 只能改动被继承规则已有的参数", "`{operator}` changes a parameter of the rule that is extended", "改用 `=`", "use `=`"),
    "duplicate-code": Slug(_E, "代码 {code} 已被规则 `{other}` 使用", "code {code} is already taken by `{other}`", "换一个代码", "choose another code"),
    "duplicate-name": Slug(_E, "已有同名规则 `{name}`\uff08{other}\uff09", "there is already a rule `{name}` ({other})", "换一个名字", "choose another name"),
    "code-shape": Slug(_W, "代码 {code} 应是三个大写字母加三位数字", "code {code} should be three capital letters and three digits", "例如 VAG001", "such as VAG001"),
    "missing-code": Slug(_W, "规则没有代码", "the rule has no code", "在名字后面写\uff0c例如 (VAG001)", "write it behind the name, such as (VAG001)"),
    # rules that cannot be right
    "nothing-checked": Slug(_E, "这条规则什么也没有检查", "this rule checks nothing", "加上“必须”或“禁止”", "add a `require` or a `forbid`"),
    "never-fires": Slug(_W, "这项检查永远不会有发现\uff1a{reason}", "this can never find anything: {reason}", "改条件\uff0c或删掉", "change the condition, or delete it"),
    "always-fires": Slug(_W, "这项检查总会有发现\uff1a{reason}", "this always finds something: {reason}", "改条件\uff0c或删掉", "change the condition, or delete it"),
    "unreachable-exception": Slug(_W, "这个例外永远不会起作用\uff1a{reason}", "this exception can never hold: {reason}", "删掉\uff0c或改条件", "delete it, or change the condition"),
    "shadowed-phrase": Slug(_W, "“{phrase}”已被“{other}”覆盖", "'{phrase}' is covered by '{other}' already", "删掉其中较长的一个", "delete the longer one"),
    "duplicate-phrase": Slug(_W, "“{phrase}”写了两次", "'{phrase}' is listed twice", "删掉一个\uff08大小写、全半角、简繁视为相同\uff09", "delete one (case, width and script do not count)"),
    "unused-param": Slug(_W, "参数 `{name}` 没有用到", "parameter `{name}` is not used", "删掉", "delete it"),
    "unused-let": Slug(_W, "`{name}` 没有用到", "`{name}` is not used", "删掉", "delete it"),
    "always-run": Slug(_I, "这条规则没有必须出现的词\uff0c每条记录都要检查", "no literal must be there for this rule to find something, so it runs on every record", "", ""),
    # what every rule says of itself
    "missing-citation": Slug(_W, "没有写依据", "the rule cites no norm", "例如\uff1a依据 \"S0-006\"", 'such as: cites "S0-006"'),
    "unknown-citation": Slug(_W, "规范清单里没有 {norm}", "the list of norms has no {norm}", "{hint}", "{hint}"),
    "missing-message": Slug(_W, "缺少{language}消息", "there is no message in {language}", "加上\uff1a消息 {lang} \"…\"", 'add: message {lang} "…"'),
    "missing-why": Slug(_W, "缺少{language}理由", "it does not say why in {language}", "加上\uff1a理由 {lang} \"…\"", 'add: why {lang} "…"'),
    "missing-bad": Slug(_W, "没有反例", "there is no bad example", "加上一个会被发现的写法\uff1a反例 \"…[[…]]…\"", 'add one that must be found: bad "…[[…]]…"'),
    "missing-good": Slug(_W, "没有正例", "there is no good example", "加上一个不会被发现的写法\uff1a正例 \"…\"", 'add one that must stay silent: good "…"'),
    "bad-markup": Slug(_E, "标记 [[…]] 写法有误\uff1a{reason}", "the marks [[…]] are wrong: {reason}", "一对 [[ ]] 标出一处应被发现的文字\uff0c不能嵌套", "one pair of [[ ]] marks one stretch that must be found; pairs do not nest"),
    "marked-good": Slug(_W, "正例里有 [[…]] 标记", "a good example holds [[…]]", "正例不应有发现\uff0c去掉标记", "nothing is found in a good example; remove the marks"),
    "unknown-setting": Slug(_E, "示例没有条件 `{name}`", "an example has no setting `{name}`", "{hint}", "{hint}"),
    # settings
    "unknown-param": Slug(_E, "规则 `{rule}` 没有参数 `{name}`", "rule `{rule}` has no parameter `{name}`", "{hint}", "{hint}"),
    "bad-setting": Slug(_E, "规则 `{rule}` 的参数 `{name}` 需要{want}\uff1a{value}", "parameter `{name}` of rule `{rule}` takes {want}, not {value}", "commlint explain {rule} 列出参数和现在的值", "`commlint explain {rule}` lists the parameters and their values"),
    # files
    "undecodable": Slug(_E, "这个文件不是 UTF-8{guess}", "this file is not UTF-8{guess}", "请另存为 UTF-8 编码", "save it as UTF-8"),
    "unreadable": Slug(_E, "读不了这个文件\uff1a{reason}", "this file cannot be read: {reason}", "{hint}", "{hint}"),
    "bad-data": Slug(_E, "{reason}", "{reason}", "{hint}", "{hint}"),
    # examples, when they are run
    "example-missed": Slug(_E, "规则 `{rule}` 没有发现这个反例", "rule `{rule}` finds nothing in this bad example", "{hint}", "{hint}"),
    "example-false-alarm": Slug(_E, "规则 `{rule}` 误报了这个正例\uff1a“{match}”", "rule `{rule}` finds '{match}' in this good example", "{hint}", "{hint}"),
    "example-wrong-span": Slug(_E, "应发现 {expected}\uff0c实际发现 {found}", "expected to find {expected}, found {found}", "改规则\uff0c或把 [[…]] 标在实际位置", "change the rule, or put [[…]] where it finds something"),
    "example-undetermined": Slug(_E, "规则 `{rule}` 对这个示例无法判定\uff1a{reason}", "rule `{rule}` is undetermined on this example: {reason}", "用“条件 {{ … }}”补上所缺的信息", "give what is missing with `with {{ … }}`"),
    "example-unreadable": Slug(_E, "示例运行不了\uff1a{reason}", "this example cannot be run: {reason}", "{hint}", "{hint}"),
    "exception-not-needed": Slug(_W, "没有正例需要这个例外", "no good example needs this exception", "加一个靠它才不被发现的正例\uff0c或删掉它", "add a good example that is silent only because of it, or delete it"),
}
