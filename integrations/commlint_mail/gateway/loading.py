"""What `Settings` name, loaded: policy, configuration, and the judge that they make. What judges is imported when it is asked for: the supervisor never does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from commlint import Config, load_config
from commlint.errors import RuleError
from commlint_mail.gateway import policyfile
from commlint_mail.gateway.policy import Policy
from commlint_mail.gateway.settings import Settings

if TYPE_CHECKING:
    from commlint_mail.gateway.judging import Judge


def files_of(settings: Settings) -> tuple[Policy, Config]:
    """The policy and the configuration that `settings` name. Raises CommlintError when one is not sound."""
    return policyfile.read_file(settings.policy), load_config(Path(settings.config) if settings.config else None)


def judge_of(settings: Settings) -> Judge:
    """The judge that the files of `settings` make, with its rules loaded and used once. Raises CommlintError when they are not sound."""
    from commlint import Linter
    from commlint_mail.gateway.judging import Judge
    from commlint_mail.gateway.session import Message
    from commlint_mail.gateway.warming import samples

    told, config = files_of(settings)
    linters = {lang: Linter(_keeping(config), lang=lang, cache=True) for lang in ("zh", "en")}
    linter = linters[told.lang]
    if linter.diagnostics:
        raise RuleError(linter.diagnostics)
    domains = config.organisation.domains
    judge = Judge(policyfile.bound(told, settings.policy, rules=linter.rules, known=linter.all_rules, domains=domains), linters, domains)
    for sample in samples():
        judge(Message("a@example.com", ("b@example.com",), sample, ()))  # patterns are compiled now and not when the first mail is there
    return judge


def _keeping(config: Config) -> Config:
    """Compiled rules are kept in the user's cache folder, unless the configuration names one: beside a file in /etc a gateway may write nothing."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111  # pathlib raises for who has no home
    return config if config.cache_folder else evolve(config, cache_folder=Path(home, "commlint"))
