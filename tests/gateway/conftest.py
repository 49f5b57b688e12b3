"""The gateway is tested on a real Postfix. Where there is none the tests say so; in CI, which installs it, that is a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.gateway.servers import Postfix, Running, Sink, mail_server


@pytest.fixture(scope="session")
def postfix_installed() -> None:
    """Postfix and the right to start it: apt-get install postfix, as root."""
    if shutil.which("postfix") and os.geteuid() == 0:
        return
    why = "needs Postfix (apt-get install postfix) and root"
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="module", params=["observe", "tag", "enforce", "hold"])
def servers(request: pytest.FixtureRequest, postfix_installed: None) -> Iterator[tuple[str, Postfix, Sink, Running]]:
    """A mail server whose gateway has each of the policies in turn."""
    policy = f'policy = "{request.param}"\nbudget = 60\nrules = ["VAG001"]\nsubject-tag = "[待补充]"\nhelp-url = "https://norms.example.cn"\n'
    with mail_server(policy) as (postfix, sink, gateway):
        yield request.param, postfix, sink, gateway
