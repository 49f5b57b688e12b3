"""Beside OpenDKIM on a real Postfix: before a signer everything that the gateway adds is signed, behind a verifier it changes no result."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from attrs import frozen

from tests.gateway.servers import Delivered, Postfix, Running, Sink
from tests.gateway.test_delivery import VAGUE, fields

POLICY = """policy = "observe"
rules = ["VAG001"]
budget = 60
subject-tag = "[待补充]"

[[policies]]
senders = ["tagged@*"]
policy = "tag"
"""
OBSERVED, TAGGED = "zhou@example.com", "tagged@example.com"
SIGN = """Mode s
Domain example.com
Selector test
KeyFile {home}/test.private
Canonicalization {canonicalization}
SignHeaders *,+x-commlint-verdict,+x-commlint-findings
"""
VERIFY = "Mode v\nTestPublicKeys {home}/keys\nAuthservID mx.example.cn\nAlwaysAddARHeader true\n"
BASIC = "Socket local:{home}/{name}.sock\nUMask 000\nRequireSafeKeys false\nSyslog no\nBackground no\n"


@frozen
class Signing:
    """A mail server with milters in some order, and what verifies what it delivers."""

    home: Path
    sink: Sink
    postfix: Postfix

    def delivered(self, content: bytes, sender: str) -> Delivered:
        """A mail as the next hop gets it."""
        self.sink.messages.clear()
        code, said = self.postfix.send(content, sender=sender)
        assert code == 250, said
        return self.sink.wait(1)[0]

    def verified(self, content: bytes) -> str:
        """What OpenDKIM says of the signature of a mail, with the key of this test in place of a name server's."""
        path = self.home / "mail.eml"
        path.write_bytes(content)
        done = subprocess.run(["opendkim", "-x", str(self.home / "verifier.conf"), "-t", str(path)], capture_output=True, text=True, check=True)
        (said,) = re.findall(r"verification \(s=test,? d=example\.com, [^)]*\) (succeeded|failed)", done.stdout + done.stderr)
        return str(said)


@pytest.fixture(scope="module")
def opendkim_installed(postfix_installed: None) -> None:
    """OpenDKIM: apt-get install opendkim opendkim-tools."""
    if shutil.which("opendkim") and shutil.which("opendkim-genkey"):
        return
    why = "needs OpenDKIM (apt-get install opendkim opendkim-tools)"
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


def keys(home: Path) -> None:
    """A key pair, the public half in the form that OpenDKIM reads in place of asking a name server."""
    subprocess.run(["opendkim-genkey", "-b", "2048", "-s", "test", "-d", "example.com", "-D", str(home)], check=True)
    record = "".join(re.findall(r'"([^"]*)"', (home / "test.txt").read_text("utf-8")))
    (home / "keys").write_text(f"test._domainkey.example.com {record}\n", "utf-8")


def opendkim(stack: ExitStack, home: Path, name: str, config: str) -> str:
    """An OpenDKIM that runs until `stack` ends; where it listens, as Postfix calls it."""
    (home / f"{name}.conf").write_text(config + BASIC.format(home=home, name=name), "utf-8")
    process = stack.enter_context(subprocess.Popen(["opendkim", "-f", "-x", str(home / f"{name}.conf")]))
    stack.callback(process.kill)  # told to end it takes five seconds
    until = time.monotonic() + 30
    while not (home / f"{name}.sock").exists():
        assert process.poll() is None, f"opendkim {name} has ended"
        assert time.monotonic() < until, f"opendkim {name} does not listen"
        time.sleep(0.02)
    return f"unix:{home}/{name}.sock"


@pytest.fixture(scope="module", params=["relaxed/simple", "simple/simple"])
def milters(request: pytest.FixtureRequest, opendkim_installed: None) -> Iterator[tuple[Path, Sink, dict[str, str]]]:
    """A gateway, a signer and a verifier that run, by name."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gws", dir="/tmp")))
        home.chmod(0o755)
        keys(home)
        sink = Sink()
        sink.start()
        stack.callback(sink.stop)
        gateway = Running(home / "gateway", POLICY)
        gateway.start()
        stack.callback(gateway.stop)
        signer = opendkim(stack, home, "signer", SIGN.format(home=home, canonicalization=request.param))
        verifier = opendkim(stack, home, "verifier", VERIFY.format(home=home))
        yield home, sink, {"gateway": gateway.address, "signer": signer, "verifier": verifier}


@pytest.fixture
def signing(request: pytest.FixtureRequest, milters: tuple[Path, Sink, dict[str, str]]) -> Iterator[Signing]:
    """A mail server with the milters that the test names, in that order."""
    home, sink, there = milters
    order = request.param.split(", ")
    postfix = Postfix(home / "-".join(order), sink.port, ", ".join(f"{{ {there[name]}, default_action=tempfail }}" for name in order))
    postfix.start()
    yield Signing(home, sink, postfix)
    postfix.stop()


@pytest.mark.parametrize("signing", ["gateway, signer"], indirect=True)
def test_before_the_signer(signing: Signing) -> None:
    """The marked subject and the header fields of ours are signed with the rest, and the signature is good; changed on the way, it is not."""
    delivered = signing.delivered(VAGUE, TAGGED)
    told = fields(delivered)
    assert (told["subject"], told["x-commlint-verdict"]) == ("[待补充] 展会物料的安排", "flag; policy=tag")
    assert {"subject", "x-commlint-verdict", "x-commlint-findings"} <= {name.strip().lower() for name in re.sub(r"\s", "", told["dkim-signature"]).partition(";h=")[2].partition(";")[0].split(":")}
    assert signing.verified(delivered.content) == "succeeded"
    assert signing.verified(delivered.content.replace(b"VAG001", b"VAG002")) == "failed"


@pytest.mark.parametrize("signing", ["signer, gateway"], indirect=True)
def test_behind_the_signer(signing: Signing) -> None:
    """A header field of ours that comes on top leaves a signature good; a marked subject breaks it."""
    observed, tagged = signing.delivered(VAGUE, OBSERVED), signing.delivered(VAGUE, TAGGED)
    assert [fields(each)["x-commlint-verdict"] for each in (observed, tagged)] == ["flag; policy=observe", "flag; policy=tag"]
    assert signing.verified(observed.content) == "succeeded"
    assert signing.verified(tagged.content) == "failed"


@pytest.mark.parametrize("signing", ["verifier, gateway"], indirect=True)
def test_behind_the_verifier(signing: Signing, milters: tuple[Path, Sink, dict[str, str]]) -> None:
    """A mail that somebody else has signed is verified as it came: it is found good, then its subject is marked."""
    home, sink, there = milters
    theirs = Postfix(home / "theirs", sink.port, f"{{ {there['signer']}, default_action=tempfail }}")
    theirs.start()
    try:
        signed = Signing(home, sink, theirs).delivered(VAGUE, OBSERVED).content
    finally:
        theirs.stop()
    told = fields(signing.delivered(signed, TAGGED))
    assert "dkim=pass" in told["authentication-results"]
    assert told["subject"] == "[待补充] 展会物料的安排"
