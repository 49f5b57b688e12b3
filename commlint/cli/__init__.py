"""The command line: finds the command, runs it, and turns whatever happens into an exit code and a sentence."""

from __future__ import annotations

import sys

from commlint.cli.codes import CLEAN, ERROR, INCOMPLETE, INTERNAL, INTERRUPTED
from commlint.cli.screen import put, tell
from commlint.cli.words import language, say
from commlint.errors import CommlintError, RecordError, RuleError, UsageError

TYPE_CHECKING = False  # type checkers take it for True; importing typing for it would cost 10 ms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commlint.model.protocols import Command

COMMANDS = {  # name: (module, English, Chinese)
    "check": ("commlint.cli.check", "check records", "检查记录"),
    "explain": ("commlint.cli.explain", "what a rule asks for, why, and examples", "说明一条规则\uff1a要求、原因与示例"),
    "rules": ("commlint.cli.rules", "list, write, test, check, format and document rules", "列出、新建、测试、检查、排版规则\uff0c生成规则文档"),
    "coverage": ("commlint.cli.coverage", "which written norms have rules", "哪些书面规范已有规则"),
    "parse": ("commlint.cli.parse", "what commlint recognises in a file", "commlint 在文件中识别出了什么"),
    "trace": ("commlint.cli.trace", "how a rule is judged on a file, step by step", "逐步显示一条规则在文件上如何判定"),
    "time": ("commlint.cli.time", "how time expressions are understood", "时间表达被理解成什么"),
    "config": ("commlint.cli.config", "show, find or start a configuration", "显示、查找或新建配置"),
}
ISSUES = "https://github.com/commlint/commlint/issues"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code and raises nothing."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = language(given)
    try:
        return _run(given, lang)
    except RuleError as error:
        return _rule_error(error, lang)
    except CommlintError as error:
        return _told(error, lang)
    except BrokenPipeError:
        return _reader_gone()
    except KeyboardInterrupt:
        tell(say("interrupted", lang))
        return INTERRUPTED
    except SystemExit as error:  # argparse leaves this way after --help
        return error.code if isinstance(error.code, int) else CLEAN
    except Exception as error:  # the top: whatever it is, people get a sentence and a number, not a traceback
        return _own_fault(error, lang)


def _run(given: Sequence[str], lang: str) -> int:
    if not given or given[0] in ("-h", "--help", "help"):
        put(overview(lang))
        return CLEAN if given else ERROR
    if given[0] in ("-V", "--version"):
        from commlint import __version__

        put(f"commlint {__version__}\n")
        return CLEAN
    name, *rest = given
    if name == "--lang":
        behind = given[2:]
        keywords = tuple(behind[:2]) in (("rules", "new"), ("rules", "fmt"))  # there, behind the command, it means the rule's keywords
        return _run([*behind, *(() if keywords or not behind or behind[0].startswith("-") else given[:2])], lang)
    if name == "check":
        from commlint.cli import kept

        again = kept.answer(kept.question(rest, lang))
        if again is not None:
            put(again[1])
            return again[0]
    if name in COMMANDS:
        from importlib import import_module

        code: int = import_module(COMMANDS[name][0]).run(rest, lang)
        return code
    return _plugged(name, rest)


def _plugged(name: str, rest: Sequence[str]) -> int:
    """A command that a plugin brings."""
    commands = _commands()
    for command in commands:
        if command.name == name:
            return command.run(rest)
    raise _unknown(name, (*COMMANDS, *(command.name for command in commands)))


def _others() -> tuple[Command, ...]:
    """The commands of plugins; none when a plugin is broken, so that help is never refused."""
    try:
        return _commands()
    except CommlintError:
        return ()


def _commands() -> tuple[Command, ...]:
    from commlint.bench import assembled
    from commlint.config import load

    config = load()
    return assembled(config.plugins_load, config.plugins_optional, config.plugins_disabled, config.path).commands()


def _unknown(name: str, known: Sequence[str]) -> UsageError:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    helps = {lang: say("near", lang, name=near[0]) if near else say("all-commands", lang) for lang in ("zh", "en")}
    return UsageError(say("unknown-command", "en", name=name), help=helps["en"], zh=say("unknown-command", "zh", name=name), zh_help=helps["zh"])


def overview(lang: str) -> str:
    """The help of commlint itself."""
    rows = [f"  {name:<10} {zh if lang == 'zh' else en}" for name, (_, en, zh) in COMMANDS.items()]
    rows += [f"  {command.name:<10} {command.help}" for command in _others()]
    head = [f"{say('usage', lang)}commlint COMMAND …", "", f"commlint {say('about', lang)}" if lang == "en" else f"commlint\uff1a{say('about', lang)}", "", say("commands", lang)]
    return "\n".join([*head, *rows, "", say("epilog", lang), ""])


def _told(error: CommlintError, lang: str) -> int:
    message, help_ = error.said(lang)
    tell(f"{say('error', lang)}{message}")
    if help_:
        tell(f"  = {say('help', lang)}{help_}")
    return INCOMPLETE if isinstance(error, RecordError) else ERROR


def _rule_error(error: RuleError, lang: str) -> int:
    from commlint.report.diagnostics import shown

    tell(shown(error.diagnostics, lang=lang).rstrip("\n"))
    return _told(error, lang)


def _reader_gone() -> int:
    """`commlint … | head`: not an error. Keep Python from complaining when it flushes at exit."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CLEAN


def _own_fault(error: Exception, lang: str) -> int:
    import platform
    from traceback import extract_tb

    from commlint import __version__

    places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)[-4:]]
    tell("\n".join([f"{type(error).__name__}: {error}", *places, f"  commlint {__version__}, Python {platform.python_version()}, {platform.system()}"]))
    tell(f"{say('bug', lang)} {ISSUES}")
    return INTERNAL
