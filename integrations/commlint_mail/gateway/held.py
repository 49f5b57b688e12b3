"""Mail that is held: Postfix's hold queue listed with what the gateway says of each message, and released.

Postfix keeps the mail; nothing is kept beside it. What the gateway found stands in the message's own header fields, which
`postcat` shows; so the list is right whatever became of the gateway since.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from attrs import asdict, frozen

from commlint.errors import UsageError
from commlint_mail.gateway.verdicts import FINDINGS, VERDICT

_QUEUE_ID = re.compile(r"[0-9A-Za-z]{6,24}")
_FIELD = re.compile(rf"^({VERDICT}|{FINDINGS}|Subject): (.*)$", re.MULTILINE | re.IGNORECASE)

_UNJUDGED = "not judged: the gateway was away, or somebody else holds it"


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


def held(config: str = "") -> tuple[Held, ...]:
    """What is held, the oldest first. Raises UsageError when Postfix's tools are not there or refuse.

    A message without a verdict was held while the gateway was away, or by somebody else: Postfix does not say which.
    """
    lines = [json.loads(line) for line in _tool("postqueue", "-j", config=config).splitlines() if line.strip()]
    found = [_held(row, config) for row in lines if row.get("queue_name") == "hold"]
    return tuple(sorted(found, key=lambda each: (each.arrived, each.queue_id)))


def _held(row: dict[str, object], config: str) -> Held:
    queue_id = str(row["queue_id"])
    fields = {name.lower(): value.strip() for name, value in reversed(_FIELD.findall(_tool("postcat", "-qh", queue_id, config=config)))}
    recipients = row.get("recipients")
    return Held(
        queue_id, datetime.fromtimestamp(float(str(row.get("arrival_time", 0))), UTC).isoformat(), str(row.get("sender", "")),
        tuple(str(each.get("address", "")) for each in recipients) if isinstance(recipients, list) else (), int(str(row.get("message_size", 0))),
        fields.get(VERDICT.lower(), ""), fields.get(FINDINGS.lower(), ""), _decoded(fields.get("subject", "")),
    )


def _decoded(subject: str) -> str:
    from commlint_mail.words import decoded_words

    return decoded_words(subject)


def listed(config: str = "", *, as_json: bool = False) -> str:
    """The list for people, or as JSON."""
    found = held(config)
    if as_json:
        return json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2) + "\n"
    rows = [f"{each.queue_id}  {each.arrived[:16]}  {each.sender} -> {', '.join(each.recipients)}\n    {each.subject}\n    {each.findings or each.verdict or _UNJUDGED}\n" for each in found]
    return "".join(rows) + f"{len(found)} held\n"


def release(queue_ids: Sequence[str], config: str = "") -> int:
    """Put messages back into the queue. Returns 1 when one is not held."""
    there = {each.queue_id for each in held(config)}
    missing = [each for each in queue_ids if each not in there]
    for queue_id in queue_ids:
        if queue_id in there and _QUEUE_ID.fullmatch(queue_id):
            _tool("postsuper", "-H", queue_id, config=config)
            _tool("postqueue", "-i", queue_id, config=config)
            sys.stdout.write(f"{queue_id}: released\n")
    for queue_id in missing:
        sys.stderr.write(f"{queue_id}: not held\n")
    return 1 if missing else 0


def _tool(name: str, *arguments: str, config: str) -> str:
    command = [name, *(("-c", config) if config else ()), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)  # noqa: S603  # a fixed program, arguments as a list
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"{name} cannot be run: {error}", help="install Postfix, or run this on the mail server", zh=f"无法运行 {name}\uff1a{error}", zh_help="请安装 Postfix\uff0c或在邮件服务器上运行") from error
    if done.returncode:
        raise UsageError(f"{name}: {done.stderr.decode('utf-8', 'replace').strip()}", help="run it as root or as the owner of the mail queue", zh_help="请以 root 或邮件队列所有者的身份运行")
    return done.stdout.decode("utf-8", "replace")
