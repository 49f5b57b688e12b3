"""Why something could not be judged, and what to give so that it can be, in Chinese and English."""

from __future__ import annotations

from attrs import frozen

from commlint.model.values import Unknown


@frozen
class Reason:
    """What is missing and what to do about it, in both languages; `{}` is the detail of the Unknown."""

    zh: str
    en: str
    zh_help: str = ""
    en_help: str = ""


_ENVELOPE_ZH = "请使用原始的 .eml 文件\uff0c或在文件开头写明发件人、收件人、发送时间"
_ENVELOPE_EN = "use the original .eml file, or name sender, recipients and time of sending at the head of the file (from:, to:, sent:)"
_ROSTER_ZH = "请在配置的 [roster] 中写明\uff0c或用 --roster 指定花名册文件"
_ROSTER_EN = "say so under [roster] in the configuration, or give a file with --roster"
_RECORD_ZH, _RECORD_EN = "请在记录里写明", "say so in the record"
_PLUGIN_ZH, _PLUGIN_EN = "若与插件有关\uff0c请告知插件作者", "if a plugin is concerned, tell its author"

REASONS: dict[str, Reason] = {
    "no-sent-time": Reason(
        "不知道发送时间", "the time of sending is not known",
        "请在文件最前面加三行: --- 、发送时间: 2026-03-02 09:00、---\uff0c或使用原始的 .eml 文件",
        "put three lines at the very top of the file: ---, then sent: 2026-03-02 09:00, then ---; or use the original .eml file",
    ),
    "no-header": Reason("缺少邮件头 {}", "the mail header {} is missing", _ENVELOPE_ZH, _ENVELOPE_EN),
    "no-header from": Reason("不知道发件人是谁", "the sender is not known", _ENVELOPE_ZH, _ENVELOPE_EN),
    "no-header to": Reason("不知道收件人是谁", "the recipients are not known", _ENVELOPE_ZH, _ENVELOPE_EN),
    "no-header cc": Reason("不知道抄送给了谁", "it is not known who was copied", _ENVELOPE_ZH, _ENVELOPE_EN),
    "no-header bcc": Reason("不知道密送给了谁", "it is not known who was blind-copied", _ENVELOPE_ZH, _ENVELOPE_EN),
    "no-header channel": Reason(
        "看不出这条消息发在群里还是私聊", "it cannot be told whether this message went to a group or to one person",
        "请在聊天记录第一行写“群名\uff1a…”\uff1bJSON Lines 写 chat 一项", "write `group: …` in the first line of the chat log, or `chat` in JSON Lines",
    ),
    "no-organisation": Reason(
        "不知道 {} 是本单位还是外部", "it is not known whether {} is one of ours or from outside",
        "请在 commlint.toml 的 [organisation] 中写 domains = [\"本单位邮箱域名\"] 或 names\uff0c客户写 client-domains、client-names\uff0c人员可写入 [roster]",
        "give [organisation] domains = [\"our mail domain\"] or names in commlint.toml, client-domains and client-names for clients, or people under [roster]",
    ),
    "no-roster": Reason("没有花名册\uff0c查不到 {}", "there is no roster to look up {}", _ROSTER_ZH, _ROSTER_EN),
    "ambiguous-person": Reason("花名册里有几个人都可能是 {}", "several people of the roster may be {}", _ROSTER_ZH, _ROSTER_EN),
    "no-as-of": Reason(
        "没有判定时刻", "there is no instant to judge silence at",
        "请用 --as-of now 或 --as-of 2026-03-09T18:00\uff0c或在配置中写 [coverage] 说明档案从何时到何时完整",
        "use --as-of now or --as-of 2026-03-09T18:00, or say with [coverage] in the configuration from when to when the archive is complete",
    ),
    "no-coverage": Reason(
        "不知道档案在这段时间里是否完整", "it is not known whether the archive is complete for that time",
        "请在配置中写 [coverage] start = 2026-03-01\uff0cend = 2026-03-31", "say so in the configuration: [coverage] start = 2026-03-01, end = 2026-03-31",
    ),
    "too-many-vague-words": Reason("一句中的含糊词太多\uff0c只判断了前四十个", "a sentence has too many vague words; the first forty were judged", "请断句\uff0c或改正已指出的各处后再查", "divide it into sentences, or mend what is told and check again"),
    "no-meeting-time": Reason("看不出会议时间", "the time of the meeting cannot be told", "请写明“会议时间\uff1a2026-03-02 14:00-15:00”", "write it, such as `Time: 2026-03-02 14:00-15:00`"),
    "no-meeting-end": Reason("看不出会议何时结束", "it cannot be told when the meeting ended", "请写明起止时间\uff0c如“会议时间\uff1a2026-03-02 14:00-15:00”", "give both times, such as `Time: 2026-03-02 14:00-15:00`"),
    "no-reference-time": Reason("没有可供计算的起点时间", "there is no moment to count from", _RECORD_ZH, _RECORD_EN),
    "no-anchor-time": Reason("不知道“{}”是哪一天", "it is not known when '{}' is", _RECORD_ZH, _RECORD_EN),
    "no-moment": Reason("缺少时间 {}", "a moment is missing {}", _RECORD_ZH, _RECORD_EN),
    "no-effective-date": Reason("没有写明从哪天起生效", "it is not said from which day it holds", _RECORD_ZH, _RECORD_EN),
    "no-duration": Reason("没有时长可比", "there is no length of time to compare with", _RECORD_ZH, _RECORD_EN),
    "unresolved-time": Reason("“{}”落不到具体日期", "'{}' does not come down to a date", "请写明日期和时间", "give a date and a time"),
    "unannounced-year": Reason(
        "{} 年的放假安排尚未公布", "the holidays of {} are not announced",
        "公布后请更新 chinese-calendar\uff0c或在配置的 [calendar] 中写 holidays 与 workdays", "update chinese-calendar once they are, or give holidays and workdays under [calendar]",
    ),
    "no-size": Reason("不知道附件 {} 的大小", "the size of the attachment {} is not known", "请使用原始的 .eml 文件", "use the original .eml file"),
    "no-encryption-state": Reason("看不出附件 {} 是否加密", "it cannot be told whether the attachment {} is encrypted", "请使用原始的 .eml 文件", "use the original .eml file"),
    "no-body": Reason("没有正文", "there is no body", "请确认导出时带上了正文", "see that the body is exported too"),
    "no-text-layer": Reason(
        "没有文字层\uff08扫描件\uff09\uff0c写了什么不得而知", "there is no text layer (a scan): what stands there is not known",
        "请先做文字识别再检查\uff1aocrmypdf -l chi_sim 原.pdf 新.pdf\uff1b或检查扫描前的原件", "recognise the text first: ocrmypdf -l chi_sim+eng IN.pdf OUT.pdf; or check the original that was scanned",
    ),
    "not-comparable": Reason("两个值无法比较", "the two values cannot be compared", "请检查规则中的比较", "check the comparison in the rule"),
    "not-a-row": Reason("“{}”不在表格的一行里", "'{}' is not in a row of a table", "请把内容写成表格\uff0c一行一项", "write it as a table, one row for each"),
    "not-a-number": Reason("“{}”不是数字", "'{}' is not a number", _RECORD_ZH, _RECORD_EN),
    "getter-failed": Reason("{} 无法得出", "{} could not be worked out", _PLUGIN_ZH, _PLUGIN_EN),
    "not-collected": Reason("没有收集 {}", "{} was not collected", _PLUGIN_ZH, _PLUGIN_EN),
}


def _reason(unknown: Unknown) -> Reason:
    own = REASONS.get(f"{unknown.reason} {unknown.detail}")
    return own or REASONS.get(unknown.reason) or Reason(f"{unknown.reason} {{}}", f"{unknown.reason} {{}}", _PLUGIN_ZH, _PLUGIN_EN)


def reason(unknown: Unknown, lang: str) -> str:
    """What is missing, for people."""
    found = _reason(unknown)
    template = found.zh if lang == "zh" else found.en
    if "{}" in template or not unknown.detail or f"{unknown.reason} {unknown.detail}" in REASONS:
        return template.format(unknown.detail).strip()
    return f"{template}\uff08{unknown.detail}\uff09" if lang == "zh" else f"{template} ({unknown.detail})"


def way_out(unknown: Unknown, lang: str) -> str:
    """What to give so that it can be judged; empty when nothing helps."""
    found = _reason(unknown)
    return found.zh_help if lang == "zh" else found.en_help
