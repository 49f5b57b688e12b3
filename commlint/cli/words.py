"""What the command line says, in English and Chinese; and which of the two the person reads."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # as in commlint.cli

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGS = ("zh", "en")

_WORDS = {
    "usage": ("usage: ", "用法\uff1a"),
    "commands": ("commands:", "命令\uff1a"),
    "arguments": ("arguments", "参数"),
    "options": ("options", "选项"),
    "help": ("help: ", "办法\uff1a"),
    "error": ("error: ", "错误\uff1a"),
    "line": ("line {number}: ", "第 {number} 行\uff1a"),
    "about": ("checks business communication against written norms", "按书面规范检查邮件、纪要、通知、表单与聊天记录"),
    "epilog": ("`commlint COMMAND --help` says more about a command", "commlint 命令 --help 可查看该命令的说明"),
    "bug": (
        "commlint met an error of its own; nothing was changed. Please report it, with the lines above and the command you ran:",
        "commlint 自身出错\uff0c未改动任何内容。请把以上各行连同所用命令一并报告\uff1a",
    ),
    "interrupted": ("interrupted", "已中断"),
    "unknown-command": ("there is no command `{name}`", "没有“{name}”这个命令"),
    "near": ("did you mean `{name}`?", "是不是“{name}”\uff1f"),
    "all-commands": ("`commlint --help` lists the commands", "commlint --help 列出全部命令"),
    "command-options": ("`commlint {command} --help` lists the options", "commlint {command} --help 列出全部选项"),
    "checking": ("{bar} {done}/{total} files, {rate}/s, {left} left", "{bar} {done}/{total} 个文件\uff0c每秒 {rate} 个\uff0c还需 {left}"),
    "nothing-found": ("no records found under {paths}", "在 {paths} 下没有找到可检查的记录"),
    "fixed": ("{count} fixed in {path}", "{path} 中改正了 {count} 处"),
    "not-fixable": ("{count} fixes left alone in {path}: {why}", "{path} 中有 {count} 处未改\uff1a{why}"),
    "changed": ("the file is not what was checked", "文件与检查时不同"),
    "not-utf8": ("only UTF-8 text files are rewritten", "只改写 UTF-8 文本文件"),
    "missing-plugin": ("optional plugin not installed: {name}", "可选插件未安装\uff1a{name}"),
    "all-fine": ("no problems; rules checked: {count}", "没有问题\uff1b检查了 {count} 条规则"),
    "tested": ("{rules} rules, {examples} examples, {problems} problems", "{rules} 条规则\uff0c{examples} 个示例\uff0c{problems} 处问题"),
    "written": ("written: {path}", "已写入\uff1a{path}"),
    "exists": ("{path} is there already", "{path} 已经存在"),
}


def say(key: str, lang: str, **values: object) -> str:
    """The phrase `key` in `lang`."""
    return _WORDS[key][lang == "zh"].format(**values)


def language(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """The language of a command line: ``--lang``, else that of the locale, else English."""
    for index, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            value = value if equals else next(iter(arguments[index + 1 :]), "")
            return value if value in LANGS else "en"
    locale = next(filter(None, (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


_ARGPARSE = (  # what argparse says, in Chinese
    (r"the following arguments are required: (.+)", "缺少参数\uff1a{}"),
    (r"unrecognized arguments: (.+)", "不认识的参数\uff1a{}"),
    (r"argument (.+?): expected one argument", "{} 后面要有一个值"),
    (r"argument (.+?): expected at least one argument", "{} 后面至少要有一个值"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", "{} 不能是 {}\uff0c可选\uff1a{}"),
    (r"argument (.+?): not allowed with argument (.+)", "{} 不能与 {} 同用"),
    (r"argument (.+?): invalid \w+ value: (.+)", "{} 的值不对\uff1a{}"),
    (r"argument (.+?): (.+)", "{}: {}"),
)


def in_chinese(message: str) -> str:
    """An error of argparse in Chinese, as it is where we have no words for it."""
    import re

    for pattern, template in _ARGPARSE:
        match = re.fullmatch(pattern, message)
        if match:
            return template.format(*match.groups())
    return message
