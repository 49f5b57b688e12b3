"""The keywords of the norm language: one row each, from which terminals, formatter and diagnostics are fed.

Only what the grammar must tell apart is a keyword; every domain word is a name that `resolve` looks up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from attrs import frozen


@frozen
class Keyword:
    """A terminal of the grammar. `en` and `zh` are what the formatter writes, `aliases` what is read besides.

    `en` is empty where only the Chinese word order needs the word. A blank in a spelling stands for any white space.
    """

    terminal: str
    en: str
    zh: str
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling that is read, the canonical ones first."""
        return tuple(word for word in (self.en, self.zh, *self.aliases) if word)

    def spelling(self, lang: str) -> str:
        """The canonical spelling in "zh" or "en"."""
        return (self.zh if lang == "zh" else self.en) or self.zh


_ROWS = (
    # terminal, English, Chinese, also read
    ("RULE", "rule", "规则"),
    ("LET", "let", "定义", "设", "令"),
    ("EXTENDS", "extends", "继承", "沿用"),
    ("OVER", "over", "跨", "范围", "针对"),
    ("RECORD", "record", "记录", "单条"),
    ("THREAD", "thread", "会话", "往来"),
    ("CASE", "case", "事项"),
    ("ARCHIVE", "archive", "档案"),
    ("ERROR", "error", "错误"),
    ("WARNING", "warning", "警告"),
    ("INFO", "info", "提示", "信息"),
    ("OFF", "off", "关闭", "停用"),
    ("CITES", "cites", "依据", "出处"),
    ("WHY", "why", "理由", "说明", "原因"),
    ("TAGS", "tags", "标签"),
    ("PARAM", "param", "参数"),
    ("APPLIES", "applies when", "适用于", "适用"),
    ("EACH", "each", "逐个", "每个", "对每个", "每一个", "逐一"),
    ("WHERE", "where", "其中", "满足"),
    ("REQUIRE", "require", "必须", "要求", "应当", "须"),
    ("FORBID", "forbid", "禁止", "不得", "不准", "严禁"),
    ("UNLESS", "unless", "除非"),
    ("AT", "at", "指向", "位于", "报在"),
    ("MESSAGE", "message", "消息", "提示语"),
    ("SUGGEST", "suggest", "建议"),
    ("FIX", "fix", "修正", "修复"),
    ("SAFE", "safe", "安全"),
    ("ON_UNKNOWN", "on unknown", "无法判定时", "无法判断时", "不能判定时"),
    ("GOOD", "good", "正例", "合规"),
    ("BAD", "bad", "反例", "违规"),
    ("FILE", "file", "文件"),
    ("WITH", "with", "条件", "情境"),
    ("ZH", "zh", "中文"),
    ("EN", "en", "英文"),
    ("OR", "or", "或", "或者"),
    ("AND", "and", "且", "并且", "而且"),
    ("NOT", "not", "非", "不"),
    ("IN", "in", "在", "属于", "于"),
    ("NOT_IN", "not in", "不在", "不属于"),
    ("AMID", "", "中", "里", "之中"),
    ("IS", "is", "是", "为"),
    ("IS_NOT", "is not", "不是", "不为"),
    ("CONTAINS", "contains", "包含", "含", "含有"),
    ("NOT_CONTAINS", "not contains", "不包含", "不含"),
    ("MATCHES", "matches", "匹配", "符合"),
    ("NOT_MATCHES", "not matches", "不匹配", "不符合"),
    ("WITHIN", "within", ""),
    ("INSIDE", "", "之内", "以内", "内"),
    ("AFTER", "after", "之后", "以后", "后"),
    ("BEFORE", "before", "之前", "以前", "前"),
    ("ANY", "any", "有", "存在", "任一", "任何", "出现"),
    ("NO", "no", "没有", "无", "不存在", "未出现"),
    ("EXACTLY", "exactly", "恰好", "恰有", "正好", "只有"),
    ("AT_LEAST", "at_least", "至少", "at least", "至少有"),
    ("AT_MOST", "at_most", "至多", "at most", "最多", "至多有"),
    ("COUNTER", "", "个", "名", "位", "条", "处", "份", "项", "次"),
    ("TRUE", "true", "真"),
    ("FALSE", "false", "假"),
    ("EQ", "==", "等于"),
    ("NE", "!=", "不等于", "≠"),
    ("LE", "<=", "不超过", "不大于", "不多于", "不晚于", "小于等于", "≤"),
    ("GE", ">=", "不少于", "不小于", "不低于", "不早于", "大于等于", "≥"),
    ("LT", "<", "小于", "少于", "早于", "低于"),
    ("GT", ">", "大于", "多于", "超过", "晚于", "高于"),
)

KEYWORDS = tuple(Keyword(terminal, en, zh, tuple(aliases)) for terminal, en, zh, *aliases in _ROWS)
KEYWORD = {keyword.terminal: keyword for keyword in KEYWORDS}

# unit of a Duration, English singular and plural, Chinese as written behind a number, also read
_UNIT_ROWS = (
    ("minutes", "minute", "minutes", "分钟", "min", "mins", "分"),
    ("hours", "hour", "hours", "小时", "个小时", "个钟头"),
    ("days", "day", "days", "天", "日", "个自然日", "自然日"),
    ("weeks", "week", "weeks", "周", "个星期", "星期", "个周"),
    ("months", "month", "months", "个月", "月"),
    ("years", "year", "years", "年"),
    ("workdays", "workday", "workdays", "个工作日", "工作日"),
    ("workhours", "workhour", "workhours", "个工作小时", "工作小时"),
)
UNITS = {spelling: unit for unit, *spellings in _UNIT_ROWS for spelling in spellings}
_UNIT = {row[0]: row for row in _UNIT_ROWS}

STATEMENTS = frozenset(
    ["RULE", "LET", "CITES", "WHY", "TAGS", "PARAM", "APPLIES", "EACH", "REQUIRE", "FORBID", "MESSAGE", "SUGGEST", "FIX", "ON_UNKNOWN", "GOOD", "BAD"]
)
"""Terminals that begin a statement, or a rule."""

SEVERITIES = {"ERROR": "error", "WARNING": "warning", "INFO": "info", "OFF": "off"}
SCOPES = {"RECORD": "record", "THREAD": "thread", "CASE": "case", "ARCHIVE": "archive"}
OPERATORS = {"EQ": "==", "NE": "!=", "LE": "<=", "GE": ">=", "LT": "<", "GT": ">"}


def duration(amount: int, unit: str, lang: str) -> str:
    """``2 workdays`` or ``2个工作日``; `unit` as in `model.values.Duration`."""
    _, singular, plural, chinese, *_ = _UNIT[unit]
    return f"{amount}{chinese}" if lang == "zh" else f"{amount} {singular if amount == 1 else plural}"


@cache
def by_spelling() -> dict[str, Keyword]:
    """Keyword by any spelling."""
    return {spelling: keyword for keyword in reversed(KEYWORDS) for spelling in keyword.spellings}


def terminals() -> str:
    """The keyword part of grammar/terminals.lark."""
    rows = [f"{keyword.terminal}.5: {_pattern(keyword.spellings)}" for keyword in KEYWORDS]
    return "\n".join([*rows, _duration()]) + "\n"


def _pattern(spellings: Iterable[str]) -> str:
    words = [word for word in spellings if _is_word(word)]
    signs = [word for word in spellings if not _is_word(word)]
    patterns = [rf"/{_alternatives(words)}(?!\w)/"] if words else []
    return " | ".join([*patterns, *(f'"{sign}"' for sign in signs)])


def _is_word(spelling: str) -> bool:
    return spelling[0].isalpha()


def _alternatives(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.sub(" ", r"\\s+", word) for word in ordered) + ")"


def _duration() -> str:
    return rf"DURATION.6: /[0-9]{{1,9}}\s*{_alternatives(UNITS)}(?!\w)/"
