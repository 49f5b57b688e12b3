"""Mail that is held: Postfix's hold queue listed with what the gateway says of each message, and released.

Postfix keeps the mail; nothing is kept beside it. What the gateway found stands in the message's own header fields, which
`postcat` shows; so the list is right whatever became of the gateway since. Others hold mail too: what our header fields say tells it apart.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum

from attrs import asdict, frozen

from commlint.errors import UsageError
from commlint_mail.gateway.verdicts import FINDINGS, VERDICT
from commlint_mail.gateway.words import say

ALL = "all"
_QUEUE_ID = re.compile(r"[0-9A-Za-z]{6,24}")
_FIELD = re.compile(rf"^({VERDICT}|{FINDINGS}|Subject): (.*(?:\n[ \t].*)*)$", re.MULTILINE | re.IGNORECASE)


class Reason(StrEnum):
    """Why a message is held, as far as its header tells."""

    FINDINGS = "findings"  # by the gateway, for what rules found
    UNSCANNABLE = "unscannable"  # by the gateway, since it could not be judged
    UNJUDGED = "not-judged"  # by Postfix while the gateway was away, or by somebody else: Postfix does not say which
    OTHERS = "others"  # by somebody else: the gateway let it pass


OURS = (Reason.FINDINGS, Reason.UNSCANNABLE)


@frozen
class Held:
    """One message in the hold queue."""

    queue_id: str
    arrived: str
    sender: str
    recipients: tuple[str, ...]
    size: int
    verdict: str = ""
    findings: str = ""
    subject: str = ""
    reason: Reason = Reason.UNJUDGED


def held(config: str = "") -> tuple[Held, ...]:
    """All that is in the hold queue, the oldest first. Raises UsageError when Postfix's tools are not there or refuse."""
    lines = [json.loads(line) for line in _tool("postqueue", "-j", config=config).splitlines() if line.strip()]
    found = [each for row in lines if row.get("queue_name") == "hold" and (each := _held(row, config)) is not None]
    return tuple(sorted(found, key=lambda each: (each.arrived, each.queue_id)))


def _held(row: dict[str, object], config: str) -> Held | None:
    """One message; None when it has just gone."""
    queue_id = str(row["queue_id"])
    try:
        head = _tool("postcat", "-qh", queue_id, config=config)
    except _GoneError:
        return None
    fields = {name.lower(): value.strip() for name, value in reversed(_FIELD.findall(head))}
    recipients = row.get("recipients")
    verdict = fields.get(VERDICT.lower(), "")
    return Held(
        queue_id, datetime.fromtimestamp(float(str(row.get("arrival_time", 0))), UTC).isoformat(), str(row.get("sender", "")),
        tuple(str(each.get("address", "")) for each in recipients) if isinstance(recipients, list) else (), int(str(row.get("message_size", 0))),
        verdict, fields.get(FINDINGS.lower(), ""), _decoded(fields.get("subject", "")), reason(verdict),
    )


def reason(verdict: str) -> Reason:
    """Why a message with this verdict in its header is held."""
    kind, *more = verdict.split("; ")
    if not verdict:
        return Reason.UNJUDGED
    if kind == "unscannable" and ("policy=hold" in more or "policy=enforce" in more):  # enforce holds what it gives up, when told to
        return Reason.UNSCANNABLE
    return Reason.FINDINGS if kind == "flag" and "policy=hold" in more else Reason.OTHERS


def _decoded(subject: str) -> str:
    from commlint_mail.words import decoded_words

    return decoded_words(re.sub(r"\n[ \t]", " ", subject))


def listed(config: str = "", *, as_json: bool = False, every: bool = False, lang: str = "en") -> str:
    """The list for people, or as JSON; without `every`, not what others hold."""
    found = held(config)
    shown = [each for each in found if every or each.reason is not Reason.OTHERS]
    if as_json:
        return json.dumps([asdict(each) for each in shown], ensure_ascii=False, indent=2) + "\n"
    end = say("held", lang, count=len(shown)) + (say("held-others", lang, count=len(found) - len(shown)) if len(shown) < len(found) else "")
    return "".join(_row(each, lang) for each in shown) + end + "\n"


def _row(one: Held, lang: str) -> str:
    who = f"{one.queue_id}  {one.arrived[:16]}Z  <{one.sender}> -> {', '.join(one.recipients)}"
    return "".join(f"{line}\n" for line in map(_shown, (who, f"    {one.subject}", f"    {one.findings or one.verdict or say('not-judged', lang)}")))


def _shown(line: str) -> str:
    """As a terminal may be given it: a stranger has written it."""
    return "".join(each if each.isprintable() else "\ufffd" for each in line)


def release(queue_ids: Iterable[str], config: str = "", *, unjudged: bool = False, lang: str = "en") -> int:
    """Put messages back into the queue, to be delivered. ``all`` means all that the gateway holds, with `unjudged` also what has no verdict.

    Returns 1 when one of them is not held; the others are released all the same.
    """
    found = held(config)
    asked = _asked(queue_ids, found, unjudged)
    there = {each.queue_id for each in found}
    for queue_id in asked:
        if queue_id in there and _QUEUE_ID.fullmatch(queue_id):
            _tool("postsuper", "-H", queue_id, config=config)
            _tool("postqueue", "-i", queue_id, config=config)
            sys.stdout.write(say("released", lang, name=queue_id) + "\n")
        else:
            sys.stderr.write(say("not-held", lang, name=_shown(queue_id)) + "\n")
    return 1 if set(asked) - there else 0


def _asked(queue_ids: Iterable[str], found: Sequence[Held], unjudged: bool) -> tuple[str, ...]:
    """The ids that are meant, each once."""
    meant = (*OURS, Reason.UNJUDGED) if unjudged else OURS
    every = [each.queue_id for each in found if each.reason in meant]
    return tuple(dict.fromkeys(name for each in queue_ids for name in (every if each == ALL else (each,))))


class _GoneError(UsageError):
    """The message that was asked for has left the queue."""


def _tool(name: str, *arguments: str, config: str) -> str:
    command = [name, *(("-c", config) if config else ()), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)  # noqa: S603  # a fixed program, arguments as a list
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"{name} cannot be run: {error}", help="install Postfix, or run this on the mail server", zh=f"无法运行 {name}\uff1a{error}", zh_help="请安装 Postfix\uff0c或在邮件服务器上运行") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        kind = _GoneError if "No such file" in said else UsageError
        raise kind(f"{name}: {said}", help="run it as root, on the mail server, while Postfix runs", zh_help="请在邮件服务器上以 root 身份、在 Postfix 运行时执行")
    return done.stdout.decode("utf-8", "replace")
