"""A worker process, as the supervisor starts it: settings, the socket, the pipe to say that it serves, the counters, its slot."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from commlint import Linter
from commlint.errors import CommlintError
from commlint_mail.gateway import policy
from commlint_mail.gateway.counters import Counters
from commlint_mail.gateway.judging import Judge
from commlint_mail.gateway.logs import Log
from commlint_mail.gateway.session import Message
from commlint_mail.gateway.settings import Settings
from commlint_mail.gateway.worker import Books, Worker, judging

FAILED = 2
_SAMPLES = tuple(
    f"From: a@example.com\r\nTo: b@example.com\r\nSubject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()
    for subject, text in (("test", "Dear Ms Li,\r\nplease send the list as soon as possible, by Friday at the latest.\r\nRegards"), ("安排", "王经理\uff0c您好\uff1a\r\n请张三尽快提交清单\uff0c最迟3月6日17:00前。\r\n市场部 周明"))
)


def judge_of(settings: Settings) -> Judge:
    """The judge that the files of `settings` make, with its rules loaded. Raises CommlintError when they are not sound."""
    from commlint import load_config

    written = Path(settings.policy).read_bytes() if settings.policy else b""
    told = policy.read(written, settings.policy)
    config = load_config(Path(settings.config) if settings.config else None)
    linters = {lang: Linter(config, lang=lang) for lang in ("zh", "en")}
    judge = Judge(told, linters, config.organisation.domains)
    for sample in _SAMPLES:
        judge(Message("a@example.com", ("b@example.com",), sample, ()))  # rules are loaded now and not when the first mail is there
    return judge


def main(arguments: Sequence[str]) -> int:
    """Serve until told to end."""
    told, listening, ready, counters, slot = arguments
    settings = Settings.from_json(told)
    log = Log(addresses=settings.addresses)
    try:
        judge = judge_of(settings)
    except (CommlintError, OSError) as error:
        log.event("not-started", "error", error=str(error))
        return FAILED
    books = Books(Counters(_slots(int(counters)), int(counters)), int(slot), log)
    worker = Worker(socket.socket(fileno=int(listening)), judging(judge, books), books)
    asyncio.run(worker.serve(lambda: _tell(int(ready))))
    return 0


def _slots(file: int) -> int:
    from commlint_mail.gateway.counters import KEYS

    return os.fstat(file).st_size // (8 * len(KEYS))


def _tell(pipe: int) -> None:
    os.write(pipe, b"R")
    os.close(pipe)


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stderr.flush()
    os._exit(code)  # a thread that is stuck would be waited for
