"""The tables of the documentation, made from the code; ``python -m tests.tables`` puts them into the files.

A table stands between ``<!-- table: NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from commlint import hooks
from commlint.cli import COMMANDS
from commlint.cli.check import NAMES
from commlint.cli.codes import CODES
from commlint.cli.options import OPTIONS
from commlint.config.keys import KEYS
from commlint.engine.reasons import REASONS
from commlint.lang.slips import SYNTAX_SLUGS
from commlint.lang.slugs import SLUGS
from tests.quality.__main__ import scores
from tests.quality.rows import Row

ROOT = Path(__file__).parent.parent
FILES = {"README.md": "en", "README.zh-CN.md": "zh", "CONTRIBUTING.md": "en", "grammar/README.md": "zh", "rules/README.md": "zh"}
_TABLE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _rows(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def commands(lang: str) -> str:
    """The commands and what they do."""
    head = ("命令", "用途") if lang == "zh" else ("command", "what it does")
    return _rows(head, ((f"`commlint {name}`", zh if lang == "zh" else en) for name, (_, en, zh) in COMMANDS.items()))


def options(lang: str) -> str:
    """The options: those of check, then those of other commands."""
    head = ("选项", "用途") if lang == "zh" else ("option", "what it is for")
    named = [name for name in (*NAMES, *OPTIONS) if OPTIONS[name].names[0].startswith("-")]
    found = ((", ".join(f"`{spelled}`" for spelled in OPTIONS[name].names), OPTIONS[name].zh if lang == "zh" else OPTIONS[name].en) for name in dict.fromkeys(named))
    return _rows(head, found)


def codes(lang: str) -> str:
    """The exit codes."""
    head = ("退出码", "含义") if lang == "zh" else ("exit code", "meaning")
    return _rows(head, ((f"`{code}`", zh if lang == "zh" else en) for code, (en, zh) in CODES.items()))


def keys(lang: str) -> str:
    """The keys of a configuration."""
    head = ("配置项", "默认值", "用途") if lang == "zh" else ("key", "default", "what it does")
    return _rows(head, ((f"`{key.path}`", f"`{key.default}`" if key.default else "", key.zh if lang == "zh" else key.en) for key in KEYS))


def hook_list(lang: str) -> str:
    """The hooks and what they provide."""
    head = ("钩子", "用途") if lang == "zh" else ("hook", "what it provides")
    return _rows(head, ((f"`{name}`", (getattr(hooks, name).__doc__ or "").split("\n")[0]) for name in (*hooks.PROVIDERS, "commlint_run_finished")))


def slugs(lang: str) -> str:
    """The problems that a rule file can have."""
    head = ("问题", "级别", "说明") if lang == "zh" else ("problem", "level", "what it says")
    found = {**SYNTAX_SLUGS, **SLUGS}
    return _rows(head, ((f"`{name}`", slug.severity.value, (slug.zh if lang == "zh" else slug.en).replace("\n", " ")) for name, slug in sorted(found.items())))


def rules(lang: str) -> str:
    """The bundled rules by code."""
    from commlint import Linter

    head = ("代码", "名称", "级别", "说明") if lang == "zh" else ("code", "name", "level", "what")
    return _rows(head, ((meta.code, f"`{meta.name}`", meta.severity.value, meta.title) for meta in Linter().all_rules))


def reasons(lang: str) -> str:
    """Why results are undetermined, and what to give."""
    head = ("原因", "缺少什么", "怎么办") if lang == "zh" else ("reason", "what is missing", "what to give")
    found: dict[str, tuple[str, ...]] = {}
    for key, told in sorted(REASONS.items()):
        zh = lang == "zh"
        found.setdefault(key.partition(" ")[0], (_plain(told.zh if zh else told.en), told.zh_help if zh else told.en_help))
    return _rows(head, ((f"`{slug}`", *texts) for slug, texts in found.items()))


def _plain(template: str) -> str:
    return template.replace("{}", "\u2026")


def report(lang: str) -> str:
    """The report of the example in the README, as it comes out."""
    from commlint import Linter, Source, render

    source = Source("note.txt", "请尽快提交材料。\n".encode(), kind="task")
    return f"```\n{render(Linter(lang='zh').check_source(source), 'text').decode()}```\n"


_READ = (
    # readers, English and Chinese: what a record is, the place shown; the extra that the format needs
    (("eml", "mbox"), "one mail each; Maildirs too; attached files are read with it", "每封邮件一份记录\uff0c也读 Maildir\uff1b附件一并读取", "part:line:column", "部分:行:列", ""),
    (("msg", "tnef"), "mails, meetings and tasks of Outlook; winmail.dat", "Outlook 的邮件、会议与任务\uff0c以及 winmail.dat", "part:line:column", "部分:行:列", ""),
    (("ics",), "each event a meeting notice, each to-do a task", "每个日程一份会议通知\uff0c每个待办一份任务", "line:column", "行:列", "mail"),
    (("markdown", "text", "html"), "the file; any Chinese encoding", "整个文件\uff0c不限中文编码", "line:column", "行:列", ""),
    (("word", "opendocument"), "the document: tables, lists, comments, changes as accepted", "整份文档\uff0c含表格、列表、批注\uff0c修订按已接受处理", "paragraph, or table row and column", "段\uff0c或表格行列", ""),
    (("xlsx", "ods"), "one a sheet; hidden rows are told", "每个工作表一份\uff0c隐藏的行会注明", "sheet!cell", "工作表!单元格", ""),
    (("csv",), "the table", "整张表", "line:column", "行:列", ""),
    (("slides",), "the slides and notes", "各张幻灯片与备注", "slide", "第几张", ""),
    (("pdf",), "the pages; a scan without text is undetermined", "各页\uff1b没有文字层的扫描件为无法判定", "page:line:column", "页:行:列", "pdf"),
    (("chat-log",), "each message; as copied from WeChat, QQ, WhatsApp, LINE, Feishu, DingTalk …", "每条消息\uff1b从微信、QQ、WhatsApp、LINE、飞书、钉钉等复制的文本", "time, line:column", "时间\uff0c行:列", ""),
    (("chat-export",), "each message of a Slack export (folder or zip), Mattermost bulk export, Telegram, Discord, Teams", "Slack 导出(文件夹或 zip)、Mattermost 批量导出、Telegram、Discord、Teams 的每条消息", "time, line:column", "时间\uff0c行:列", ""),
    (("chat-feishu", "chat-dingtalk", "chat-wecom"), "each message of Feishu, DingTalk, WeCom: events and archives", "飞书、钉钉、企业微信的事件与存档中的每条消息", "time, line:column", "时间\uff0c行:列", ""),
    (("chat-jsonl", "chat-configured"), "each message of any other JSON; keys by `[[chats]]`", "其他 JSON 的每条消息\uff0c键名由 `[[chats]]` 说明", "time, line:column", "时间\uff0c行:列", ""),
    (("archive-zip", "archive-tar", "archive-packed"), "whatever is inside, within limits", "其中的一切\uff0c有上限", "archive!/file", "压缩包!/文件", ""),
    (("legacy", "archive-foreign"), "not read: the failure says how to convert them", "不读取\uff0c会提示如何转换", "", "", ""),
)


def formats(lang: str) -> str:
    """What is read, by which extension, and how a place in it is told."""
    from commlint.bench import assembled

    suffixes = {reader.name: reader.suffixes for reader in assembled().readers()}
    head = ("扩展名", "一份记录是", "位置", "需要的扩展包") if lang == "zh" else ("extensions", "a record is", "place", "extra")
    rows = ((" ".join(f"`{suffix}`" for suffix in dict.fromkeys(suffix for name in names for suffix in suffixes[name])), zh if lang == "zh" else en, at_zh if lang == "zh" else at_en, extra) for names, en, zh, at_en, at_zh, extra in _READ)
    return _rows(head, rows)


def unread(lang: str) -> str:
    """Why the gateway cannot judge a mail."""
    from commlint_mail.unread import REASONS as UNREAD

    head = ("原因", "含义") if lang == "zh" else ("why", "what it means")
    return _rows(head, ((f"`{word}`", zh if lang == "zh" else en) for word, (en, zh) in UNREAD.items()))


_SCORES = (
    # set, class, English, Chinese
    ("time", "exact span", "time expressions, exact span", "时间表达，起止完全一致"),
    ("time", "found and valued", "  found, with the right value", "  认出且取值正确"),
    ("time", "  deadlines and limits", "  deadlines and limits, found with the right value", "  期限与时限，认出且取值正确"),
    ("time", "traps left alone", "  lines that only look like time, left alone", "  只是像时间的行，不误认"),
    ("vague", "vague or not", "vague commitments among vague words", "含糊词是否真是含糊承诺"),
    ("vague", "harmless left alone", "  harmless uses left alone", "  无害的用法，不误报"),
    ("fields", "label and value", "labelled fields, label and value", "栏目，名称与内容"),
    ("minutes", "action items", "action items", "待办事项"),
    ("minutes", "owners", "  their owners", "  负责人"),
    ("minutes", "due times", "  their due times", "  完成时限"),
    ("people", "person", "persons, exact span", "人员，起止完全一致"),
    ("people", "department", "departments, exact span", "部门，起止完全一致"),
    ("mails", "line signature", "lines of signatures", "签名的行"),
    ("mails", "line history", "lines of earlier messages", "历史邮件的行"),
    ("mails", "subject matter", "matters of subjects", "主题的事由"),
    ("chats", "message", "chat messages in copied logs", "复制出来的聊天记录中的消息"),
    ("sensitive", "phone", "telephone numbers", "电话号码"),
)


@cache
def _held(name: str) -> dict[str, Row]:
    return {row.name: row for row in scores(name, "held")}


def understanding(lang: str) -> str:
    """Scores on the held halves of the labelled sets."""
    head = ("类别", "应有", "查准率", "查全率", "F1") if lang == "zh" else ("what", "wanted", "precision", "recall", "F1")
    rows = (((zh if lang == "zh" else en).replace("  ", "– "), _held(name)[of]) for name, of, en, zh in _SCORES)
    return _rows(head, ((said, str(row.wanted), f"{row.precision:.2f}", f"{row.recall:.2f}", f"{row.f1:.2f}") for said, row in rows))


TABLES: dict[str, Callable[[str], str]] = {
    "commands": commands, "options": options, "codes": codes, "keys": keys, "hooks": hook_list, "slugs": slugs, "rules": rules, "reasons": reasons, "report": report,
    "understanding": understanding, "formats": formats, "unread": unread,
}  # fmt: skip


def filled(text: str, lang: str) -> str:
    """`text` with its tables as the code has them."""
    return _TABLE.sub(lambda match: match[1] + TABLES[match[2]](lang) + match[3], text)


if __name__ == "__main__":
    for name, lang in FILES.items():
        path = ROOT / name
        if path.exists():
            path.write_text(filled(path.read_text("utf-8"), lang), "utf-8")
