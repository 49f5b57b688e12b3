"""What the gateway's commands say, in English and Chinese; and which of the two the person reads."""

from __future__ import annotations

import os
from collections.abc import Mapping

LANGS = ("zh", "en")

_WORDS = {
    "held": ("{count} held", "暂扣 {count} 封"),
    "held-others": ("; {count} more by others (--all)", "\uff1b另有 {count} 封由他人暂扣\uff08--all\uff09"),
    "not-judged": ("not judged: the gateway was away, or somebody else holds it", "未经判定\uff1a当时网关不在\uff0c或由他人暂扣"),
    "released": ("{name}: released", "{name}\uff1a已放行"),
    "not-held": ("{name}: not held", "{name}\uff1a不在暂扣队列中"),
    "no-answer": (
        "{name}: does not answer: {why}\n  = help: is a gateway running, does it listen there (--listen), may you use its socket?",
        "{name}\uff1a没有应答\uff1a{why}\n  = 办法\uff1a请检查网关是否在运行、是否在此监听\uff08--listen\uff09\uff0c以及有无套接字的访问权限",
    ),
    "sound": ("{name}: sound", "{name}\uff1a没有问题"),
    "built-in": ("no policy file", "没有策略文件"),
    "all-else": ("all else", "其余邮件"),
    "senders": ("from {names}", "发自 {names}"),
    "recipients": ("to {names}", "发往 {names}"),
    "inbound": ("inbound", "外来"),
    "outbound": ("outbound", "外发"),
    "internal": ("internal", "内部"),
    "other": ("other", "其他"),
    "rules": ("{count} rules", "{count} 条规则"),
    "one-rule": ("1 rule", "1 条规则"),
    "observe": ("observe: a header field", "observe\uff1a只加邮件头"),
    "tag": ("tag: a header field and a mark before the subject", "tag\uff1a加邮件头\uff0c并在主题前加标记"),
    "enforce": ("enforce: refused (550)", "enforce\uff1a拒收\uff08550\uff09"),
    "hold": ("hold: held for somebody to look at", "hold\uff1a暂扣待人查看"),
    "unscannable": ("what cannot be judged: {action}", "无法判定的邮件\uff1a{action}"),
    "put-off": ("put off (451), at most {share:g} % of the mail of ten minutes, each for at most {minutes:g} minutes; then {action}", "请对方稍后再投\uff08451\uff09\uff0c每十分钟至多 {share:g}%\uff0c每封至多 {minutes:g} 分钟\uff1b之后 {action}"),
    "as-found": ("as with findings", "与有问题的邮件相同"),
    "as-found-but": ("as with findings; instead of refused ", "与有问题的邮件相同\uff0c但不拒收\uff1a"),
    "limits": ("budget {budget:g} s a message, bodies to {cap:,} bytes", "每封限时 {budget:g} 秒\uff0c正文至多 {cap:,} 字节"),
}


def say(key: str, lang: str, **values: object) -> str:
    """The phrase `key` in `lang`."""
    return _WORDS[key][lang == "zh"].format(**values)


def language(asked: str = "", environment: Mapping[str, str] = os.environ) -> str:
    """The language that was `asked` for, else that of the locale, else English."""
    locale = next(filter(None, (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return asked or ("zh" if locale.lower().startswith("zh") else "en")
