"""The options of all commands in one table, and the parser of one command, built only when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NoReturn

from attrs import field, frozen

from commlint.cli.screen import columns
from commlint.cli.words import in_chinese, say
from commlint.errors import UsageError


@frozen
class Option:
    """An option or argument: how it is written, what argparse does with it, what it is for."""

    names: tuple[str, ...]
    en: str
    zh: str
    how: dict[str, Any] = field(factory=dict)


def _option(*names: str, en: str, zh: str, **how: Any) -> Option:
    return Option(names, en, zh, how)


def _count(text: str) -> int:
    if not text.isdigit():
        raise ValueError(text)
    return int(text)


_FLAG = {"action": "store_true"}

OPTIONS: dict[str, Option] = {
    # what to check
    "paths": _option("paths", en="files and folders; `-` is standard input", zh="文件与文件夹\uff1b- 表示标准输入", nargs="*", metavar="PATH"),
    "path": _option("path", en="a file; `-` is standard input", zh="文件\uff1b- 表示标准输入", metavar="FILE"),
    "stdin_filename": _option("--stdin-filename", en="the name that standard input goes by", zh="标准输入所用的文件名", metavar="NAME"),
    "kind": _option("--kind", en="the kind of the records", zh="记录的类型", metavar="KIND"),
    "exclude": _option("--exclude", en="leave out paths that fit this pattern", zh="跳过与此通配符匹配的路径", action="append", metavar="GLOB"),
    # what holds
    "config": _option("--config", en="use this configuration only", zh="只用这份配置", metavar="FILE"),
    "isolated": _option("--isolated", en="use no configuration file", zh="不用任何配置文件", **_FLAG),
    "profile": _option("--profile", en="profiles to apply, with commas between", zh="采用的方案\uff0c以逗号分隔", metavar="NAMES"),
    "rules": _option("--rules", en="a rule file or folder of your own", zh="自己的规则文件或文件夹", action="append", metavar="PATH"),
    "select": _option("--select", en="run these rules only: names, codes, beginnings of codes, tags, ALL", zh="只运行这些规则\uff1a名称、代码、代码开头、标签或 ALL", action="append", metavar="RULES"),
    "extend_select": _option("--extend-select", en="run these rules besides", zh="另外运行这些规则", action="append", metavar="RULES"),
    "ignore": _option("--ignore", en="do not run these rules", zh="不运行这些规则", action="append", metavar="RULES"),
    "roster": _option("--roster", en="a TOML file with a [roster]", zh="含有 [roster] 的 TOML 文件", metavar="FILE"),
    "calendar": _option("--calendar", en="the working-day calendar", zh="工作日历", metavar="NAME"),
    "tz": _option("--tz", en="the time zone of bare times", zh="未注明时区的时间所在时区", metavar="ZONE"),
    "as_of": _option("--as-of", en="judge as at this moment; `now` is the clock's (default: the end of [coverage])", zh="按此时刻判定\uff1bnow 表示现在\uff08默认\uff1a[coverage] 的终点\uff09", metavar="TIME"),
    # how it ends
    "min_level": _option("--min-level", en="show nothing below this level", zh="不显示低于此级别的发现", choices=("error", "warning", "info")),
    "fail_level": _option("--fail-level", en="the lowest level that makes the exit code 1", zh="使退出码为 1 的最低级别", choices=("error", "warning", "info")),
    "allow_undetermined": _option("--allow-undetermined", en="undetermined results leave the exit code alone", zh="无法判定的结果不影响退出码", **_FLAG),
    "exit_zero": _option("--exit-zero", en="exit with 0 in spite of findings and undetermined results", zh="即使有发现或无法判定的结果也以 0 退出", **_FLAG),
    # what comes out
    "lang": _option("--lang", en="language of messages (default: the locale's)", zh="消息的语言\uff08默认随系统\uff09", choices=("zh", "en")),
    "output_format": _option("--output-format", en="text, json, jsonl, or a plugin's", zh="text、json、jsonl 或插件提供的格式", metavar="FORMAT", default="text"),
    "output": _option("-o", "--output", en="write the report in a format to a file as well", zh="另以某格式把报告写入文件", action="append", metavar="FORMAT=PATH"),
    "show_suppressed": _option("--show-suppressed", en="show permitted findings too", zh="同时显示已豁免的发现", **_FLAG),
    "redact": _option("--redact", en="hide telephone numbers, mail addresses, ID and bank cards in the report", zh="在报告中隐去电话、邮箱、身份证号与银行卡号", **_FLAG),
    "statistics": _option("--statistics", en="how often each rule found something, instead of the findings", zh="只显示各规则的发现次数", **_FLAG),
    "color": _option("--color", en="when to use colour", zh="何时使用颜色", choices=("auto", "always", "never"), default="auto"),
    "fix": _option("--fix", en="apply safe fixes to the files", zh="把可靠的改正写入文件", **_FLAG),
    "unsafe_fixes": _option("--unsafe-fixes", en="apply fixes that need a person's eye too", zh="连须人工确认的改正一起写入", **_FLAG),
    "diff": _option("--diff", en="show the fixes as a diff, change nothing", zh="只以 diff 显示改正\uff0c不写入", **_FLAG),
    # how it works
    "jobs": _option("-j", "--jobs", en="processes to use; 0 for one a processor", zh="所用进程数\uff1b0 表示每个处理器一个", type=_count, metavar="N"),
    "no_cache": _option("--no-cache", en="keep nothing between runs", zh="各次运行之间不保留任何内容", **_FLAG),
    # rules
    "rule": _option("rule", en="a rule's name or code", zh="规则的名称或代码", metavar="RULE"),
    "rule_files": _option("files", en="rule files and folders (default: all rules in use)", zh="规则文件与文件夹\uff08默认\uff1a所用的全部规则\uff09", nargs="*", metavar="PATH"),
    "name": _option("name", en="the rule's name: words with hyphens that say what is wrong", zh="规则名\uff1a用连字符连接的词\uff0c说明错在哪里", metavar="NAME"),
    "code": _option("--code", en="the rule's code (default: the next free LOC…)", zh="规则代码\uff08默认\uff1a下一个空着的 LOC…\uff09", metavar="CODE"),
    "folder": _option("--folder", en="where to write it (default: rules)", zh="写到哪里\uff08默认 rules\uff09", metavar="PATH", default="rules"),
    "keywords": _option("--lang", en="rules new, rules fmt: the language of keywords (fmt: as they are, when left out)", zh="rules new、rules fmt: 关键字的语言\uff08fmt 不写则不变\uff09", choices=("zh", "en")),
    "check_only": _option("--check", en="only say which files would change", zh="只说明哪些文件会改变", **_FLAG),
    "all": _option("--all", en="rules that do not run too", zh="连不运行的规则一起", **_FLAG),
    "json": _option("--json", en="as JSON", zh="以 JSON 输出", **_FLAG),
    "jsonl": _option("--jsonl", en="answer JSON Lines from standard input", zh="逐行回答标准输入中的 JSON", **_FLAG),
    "texts": _option("texts", en="texts with time expressions; none: standard input", zh="含时间表达的文字\uff1b不写则读标准输入", nargs="*", metavar="TEXT"),
    "sent": _option("--sent", en="the moment that relative times count from", zh="相对时间的起算时刻", metavar="TIME"),
    "init_path": _option("path", en="where to write it (default: commlint.toml)", zh="写到哪里\uff08默认 commlint.toml\uff09", nargs="?", metavar="FILE", default="commlint.toml"),
    "where_path": _option("path", en="a file or folder (default: this folder)", zh="文件或文件夹\uff08默认\uff1a当前文件夹\uff09", nargs="?", metavar="PATH", default="."),
}

SETUP = ("config", "isolated", "profile", "rules", "lang")
HOLDS = (*SETUP, "select", "extend_select", "ignore", "roster", "calendar", "tz", "as_of")


class Parser(argparse.ArgumentParser):
    """argparse that raises instead of exiting, and speaks Chinese."""

    def __init__(self, command: str, lang: str, *, about: str = "") -> None:
        # With a width of its own the formatter, made for every option, does not import shutil to ask for one.
        layout = partial(argparse.HelpFormatter, width=columns())
        super().__init__(prog=f"commlint {command}".rstrip(), description=about, allow_abbrev=False, add_help=False, formatter_class=layout)
        self.lang = lang
        self.command = command
        self._positionals.title = say("arguments", lang)
        self._optionals.title = say("options", lang)
        self.add_argument("-h", "--help", action="help", help={"zh": "显示此说明", "en": "show this help"}[lang])

    def error(self, message: str) -> NoReturn:
        """Raises UsageError."""
        helps = {lang: say("command-options", lang, command=self.command) for lang in ("zh", "en")}
        raise UsageError(message, help=helps["en"], zh=in_chinese(message), zh_help=helps["zh"])

    def format_usage(self) -> str:
        """With the heading in the person's language."""
        return super().format_usage().replace("usage: ", say("usage", self.lang), 1)

    def format_help(self) -> str:
        """With the heading in the person's language."""
        return super().format_help().replace("usage: ", say("usage", self.lang), 1)


def parser(command: str, names: Iterable[str], lang: str, *, about: str = "") -> Parser:
    """The parser of `command` with the options `names`."""
    made = Parser(command, lang, about=about)
    for name in names:
        option = OPTIONS[name]
        how = dict(option.how)
        if option.names[0].startswith("-"):
            how["dest"] = name
        made.add_argument(*option.names, help=(option.zh if lang == "zh" else option.en).replace("%", "%%"), **how)
    return made


def parsed(command: str, names: Iterable[str], arguments: Sequence[str], lang: str, *, about: str = "") -> argparse.Namespace:
    """`arguments` of `command`. Raises UsageError with the nearest option for one it does not know."""
    found, unknown = parser(command, names, lang, about=about).parse_known_args(arguments)
    if unknown:
        _refuse(command, unknown, names)
    return found


def _refuse(command: str, unknown: Sequence[str], names: Iterable[str]) -> NoReturn:
    from difflib import get_close_matches

    near = get_close_matches(unknown[0].partition("=")[0], [spelled for name in names for spelled in OPTIONS[name].names], 1)
    helps = {lang: say("near", lang, name=near[0]) if near else say("command-options", lang, command=command) for lang in ("zh", "en")}
    spelled = " ".join(unknown)
    raise UsageError(f"unrecognized arguments: {spelled}", help=helps["en"], zh=f"不认识的参数\uff1a{spelled}", zh_help=helps["zh"])


def words(values: Iterable[str] | None) -> tuple[str, ...]:
    """Values given with commas or by repetition, one by one."""
    return tuple(word.strip() for value in values or () for word in value.split(",") if word.strip())
