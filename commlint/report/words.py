"""What reports say around the findings, in English and Chinese."""

from __future__ import annotations

from attrs import asdict

from commlint.model.place import Place

_COMMA = "\uff0c"
_COLON = "\uff1a"

_WORDS = {
    "error": ("error", "错误"),
    "warning": ("warning", "警告"),
    "info": ("info", "提示"),
    "undetermined": ("undetermined", "无法判定"),
    "failure": ("failure", "失败"),
    "cites": ("cites: ", f"依据{_COLON}"),
    "why": ("why: ", f"原因{_COLON}"),
    "suggestion": ("suggestion: ", f"建议{_COLON}"),
    "fix": ("can be fixed: ", f"可自动改正{_COLON}"),
    "unsafe": ("possible fix, to be looked at: ", f"可改正\uff08须人工确认\uff09{_COLON}"),
    "details": ("details: ", f"详情{_COLON}"),
    "help": ("help: ", f"办法{_COLON}"),
    "note": ("note: ", f"另见{_COLON}"),
    "suppressed": ("permitted: {reason}", f"已豁免{_COLON}{{reason}}"),
    "owner": (" (owner: {owner})", " \u00b7 负责人 {owner}"),
    "expires": (" until {day}", " \u00b7 有效期至 {day}"),
    "others": (" and {count} more", " 等另 {count} 处"),
    "name": ("group name", "群名"),
    "body": ("body", "正文"),
    "subject": ("subject", "主题"),
    "history": ("quoted history", "历史邮件"),
    "signature": ("signature", "签名"),
    "forwarded": ("forwarded mail", "转发邮件"),
    "disclaimer": ("disclaimer", "免责声明"),
    "header": ("page header", "页眉"),
    "footer": ("page footer", "页脚"),
    "comments": ("comments", "批注"),
    "calendar": ("calendar", "日历"),
    "footnotes": ("footnotes", "脚注"),
    "endnotes": ("endnotes", "尾注"),
    "notes": ("notes", "备注"),
    "unclassified": (
        "{count} of unknown kind: most rules do not apply to those. Say what they are with --kind, `kind: minutes` in front matter, or [kinds] in the configuration",
        "{count} 份记录类型不明\uff0c多数规则不适用。可用 --kind 指明\uff0c或在文件开头的 --- 之间写“类型: 纪要”\uff0c或在配置的 [kinds] 中写明",
    ),
    "clean": ("no findings", "没有发现问题"),
}

_COUNTS = (  # field, English one, English many, Chinese, whether shown when zero
    ("errors", "{} error", "{} errors", "{} 个错误", True),
    ("warnings", "{} warning", "{} warnings", "{} 个警告", True),
    ("infos", "{} info", "{} infos", "{} 个提示", False),
    ("suppressed", "{} suppressed", "{} suppressed", "{} 处已豁免", True),
    ("undetermined", "{} undetermined", "{} undetermined", "{} 项无法判定", True),
    ("failures", "{} failure", "{} failures", "{} 处失败", False),
    ("records", "{} record", "{} records", "{} 份记录", True),
)


def say(key: str, lang: str, **values: object) -> str:
    """The phrase `key` in `lang` ("zh" | "en")."""
    return _WORDS[key][lang == "zh"].format(**values)


def label(name: str, lang: str) -> str:
    """A part's label as people call it; unknown ones stay as they are."""
    return _WORDS[name][lang == "zh"] if name in _WORDS else name


_PLACES = {  # by the type of a place
    "paragraph": ("paragraph {paragraph}", "第 {paragraph} 段"),
    "table": ("table {table} r{row}c{column}", "表 {table} 第 {row} 行第 {column} 列"),
    "cell": ("{sheet}!{cell}", "{sheet}!{cell}"),
    "page": ("page {page}", "第 {page} 页"),
    "slide": ("slide {slide}", "第 {slide} 张"),
    "message": ("{time}", "{time}"),
}


def placed(place: Place, lang: str) -> str:
    """A place as people call it; empty for one that lines and columns say enough of."""
    words = _PLACES.get(place.type)
    minute = place.time[:16].replace("T", " ")  # 2026-05-20 09:30 is what a chat shows
    said = words[lang == "zh"].format(**asdict(place) | {"time": minute or place.id}) if words else ""
    if place.type != "table" and place.table:
        said = f"{said} {_PLACES['table'][lang == 'zh'].format(table=place.table, row=place.row, column=place.column)}"
    return said


def counted(counts: object, lang: str) -> str:
    """The summary: ``1 error, 0 warnings · 2 suppressed · 1 undetermined · 3 records``."""
    found = [(name, getattr(counts, name), *forms) for name, *forms in _COUNTS]
    shown = {name: (zh if lang == "zh" else one if n == 1 else many).format(n) for name, n, one, many, zh, always in found if n or always}
    levels = [shown.pop(name) for name in ("errors", "warnings", "infos") if name in shown]
    comma = _COMMA if lang == "zh" else ", "
    return " \u00b7 ".join((comma.join(levels), *shown.values()))
