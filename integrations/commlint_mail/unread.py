"""Why a mail is not known to its end: the words that stand in `meta` and in the header field of the gateway, and what each means."""

from __future__ import annotations

from collections.abc import Mapping

# Told by the reader (`message.parse`, `whole.whole`), then by the gateway alone; English and Chinese.
REASONS: Mapping[str, tuple[str, str]] = {
    "depth": ("parts one in another, more than `limits.depth`", "各部分嵌套超过 `limits.depth`"),
    "parts": ("more parts than `limits.parts`", "部分的数目超过 `limits.parts`"),
    "headers": ("more header fields than `limits.headers`", "邮件头的数目超过 `limits.headers`"),
    "html": ("more characters of HTML than `limits.html`", "HTML 的字数超过 `limits.html`"),
    "size": ("a text larger than `limits.file-size`", "正文大于 `limits.file-size`"),
    "damage": ("a text that cannot be decoded, a `winmail.dat` or a calendar entry that breaks off", "正文无法解码\uff0c或 `winmail.dat`、日历残缺"),
    "sealed": ("the text is encrypted or sealed: S/MIME, PGP", "正文已加密或封装\uff1aS/MIME、PGP"),
    "attachment": ("something that is attached cannot be read (with `attachments = true`): locked, damaged, of a format that is told of", "附件无法读取\uff08`attachments = true` 时\uff09\uff1a已加密、已损坏\uff0c或属于只作提示的格式"),
    "cut": ("longer than `body` of the policy file, or a header beyond what the gateway keeps", "超过策略文件的 `body`\uff0c或邮件头超过网关保留的长度"),
    "budget": ("judging took longer than `budget` of the policy file", "判定超过策略文件的 `budget`"),
    "rule-failed": ("a rule failed, which the log names; the others found nothing", "有规则出错\uff08日志里有名称\uff09\uff0c其余规则没有发现问题"),
    "error": ("the gateway itself failed; the log says how", "网关自身出错\uff0c详见日志"),
}
