"""``commlint gateway``: run it, ask whether it answers, list and release what is held, print what Postfix needs."""

from __future__ import annotations

import asyncio
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence

from commlint.errors import UsageError
from commlint_mail.gateway.postfix import QUEUE, snippet
from commlint_mail.gateway.settings import Settings
from commlint_mail.gateway.words import LANGS, language, say


class Gateway:
    """The command ``gateway``."""

    name = "gateway"
    help = "judge mail before the mail server answers: a milter / 邮件网关"

    def run(self, arguments: Sequence[str]) -> int:
        """Carry it out; returns the exit code."""
        options = _parser().parse_args(arguments)
        return _DOES[options.what](options)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="commlint gateway", description="Judge mail before the mail server answers for it (milter protocol 6).")
    parser.set_defaults(what="ping-or-run")
    parser.add_argument("--listen", default=Settings().listen, metavar="ADDRESS", help="unix:PATH or inet:HOST:PORT (default: %(default)s)")
    parser.add_argument("--policy", default="", metavar="FILE", help="the policy file: whose mail, which rules, what becomes of it")
    parser.add_argument("--config", default="", metavar="FILE", help="the commlint.toml that chooses rules")
    parser.add_argument("--workers", type=int, default=0, metavar="N", help="processes that judge (default: one a processor)")
    parser.add_argument("--mode", type=lambda text: int(text, 8), default=0o660, metavar="OCTAL", help="permissions of a unix socket (default: 660)")
    parser.add_argument("--group", default="", help="group of a unix socket: that of the mail server")
    parser.add_argument("--metrics", default="", metavar="ADDRESS", help="where counters are shown as Prometheus text: unix:PATH or inet:127.0.0.1:PORT")
    parser.add_argument("--log-addresses", action="store_true", help="log whole mail addresses; by default only their domains and first letters")
    parser.add_argument("--ping", action="store_true", help="hold a session with the gateway at --listen, and exit with 0 when it answers")
    parser.add_argument("--check", action="store_true", help="load policy, configuration and rules, say what is wrong with them or what they come to, and end")
    parser.add_argument("--lang", choices=LANGS, default="", help="language of what is said here (default: the locale's); mail is answered in its own")
    commands = parser.add_subparsers(metavar="COMMAND")
    postfix = commands.add_parser("postfix", help="print the lines for Postfix's main.cf")
    postfix.add_argument("--policy-name", choices=("observe", "tag", "enforce", "hold"), default="tag", help="how Postfix acts when the gateway is away (default: tag)")
    postfix.add_argument("--queue-directory", default=QUEUE, metavar="DIR", help="Postfix's queue_directory (default: %(default)s)")
    postfix.set_defaults(what="postfix")
    systemd = commands.add_parser("systemd", help="print the units for systemd")
    systemd.add_argument("unit", choices=("service", "socket"), help="which one")
    systemd.set_defaults(what="systemd")
    held = commands.add_parser("held", help="list mail that is held, or release it")
    held.add_argument("--release", nargs="+", default=[], metavar="QUEUE_ID", help="put these back into the queue, to be delivered; all: what the gateway holds")
    held.add_argument("--unjudged", action="store_true", help="with --release all: also what has no verdict, since the gateway was away or somebody else holds it")
    held.add_argument("--all", action="store_true", help="list what others hold as well")
    held.add_argument("--json", action="store_true", help="list as JSON")
    held.add_argument("--config-directory", default="", metavar="DIR", help="Postfix's configuration directory")
    held.set_defaults(what="held")
    for each in (postfix, systemd, held):
        each.add_argument("--lang", choices=LANGS, default=SUPPRESS, help=SUPPRESS)
    return parser


def _settings(options: Namespace) -> Settings:
    return Settings(
        listen=options.listen, metrics=options.metrics, policy=options.policy, config=options.config, workers=options.workers, mode=options.mode,
        group=options.group, addresses=options.log_addresses,
    )


def _run(options: Namespace) -> int:
    if options.ping:
        return _ping(options.listen, language(options.lang))
    if options.workers < 0:
        raise UsageError("--workers cannot be negative", zh="--workers 不能为负数")
    from commlint_mail.gateway.loading import files_of, judge_of

    settings = _settings(options)
    files_of(settings)  # what is wrong with them is told here, not in a log
    if options.check:
        from commlint_mail.gateway.summary import summary

        judge = judge_of(settings)
        sys.stdout.write(summary(judge.policy, settings.policy, rules=len(judge.linters[judge.policy.lang].rules), lang=language(options.lang)))
        return 0
    from commlint_mail.gateway.logs import Log
    from commlint_mail.gateway.settings import listening, passed
    from commlint_mail.gateway.supervisor import Supervisor

    with passed() or listening(settings.listen, mode=settings.mode, group=settings.group) as socket:
        return asyncio.run(Supervisor(settings, socket, Log(addresses=settings.addresses)).run())


def _ping(address: str, lang: str) -> int:
    from commlint_mail.gateway.ping import ping

    try:
        answer = ping(address)
    except OSError as error:
        sys.stderr.write(say("no-answer", lang, name=address, why=error.strerror or error) + "\n")
        return 1
    sys.stdout.write(f"{address}: {'ok' if answer == 'c' else answer}\n")
    return 0 if answer == "c" else 1


def _postfix(options: Namespace) -> int:
    sys.stdout.write(snippet(options.listen, options.policy_name, queue=options.queue_directory))
    return 0


def _systemd(options: Namespace) -> int:
    from commlint_mail.gateway.systemd import SOCKET, service

    sys.stdout.write(SOCKET if options.unit == "socket" else service(options.policy, options.config))
    return 0


def _held(options: Namespace) -> int:
    from commlint_mail.gateway.held import listed, release

    lang = language(options.lang)
    if options.release:
        return release(options.release, options.config_directory, unjudged=options.unjudged, lang=lang)
    sys.stdout.write(listed(options.config_directory, as_json=options.json, every=options.all, lang=lang))
    return 0


_DOES: Mapping[str, Callable[[Namespace], int]] = {"ping-or-run": _run, "postfix": _postfix, "systemd": _systemd, "held": _held}
