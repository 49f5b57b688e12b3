"""What ``commlint gateway postfix`` and ``systemd`` print: lines that a Postfix takes as they are, chrooted too, and units that systemd takes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commlint_mail.gateway.settings import Settings

from commlint.cli import main
from tests.gateway.servers import Postfix, Running, mail_server
from tests.gateway.test_delivery import SOUND, VAGUE, fields

POLICIES = {"observe": "accept", "tag": "accept", "enforce": "tempfail", "hold": "quarantine"}


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command prints."""
    assert main(["gateway", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(("policy", "action"), POLICIES.items())
def test_without_the_gateway(policy: str, action: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each policy has the failure behaviour that fits it, said in words above the setting."""
    lines = printed(capsys, "postfix", "--policy-name", policy)
    assert f"    default_action={action},\n" in lines
    assert lines.splitlines()[1].startswith(f"# Policy {policy}: ")


@pytest.mark.parametrize(("listen", "expected", "warned"), [
    (Settings().listen, "unix:commlint/milter.sock", False),
    ("unix:/run/milter.sock", "unix:/run/milter.sock", True),
    ("inet:127.0.0.1:8891", "inet:127.0.0.1:8891", False),
])
def test_where_postfix_finds_it(listen: str, expected: str, warned: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """A socket below the queue directory is named relative to it, which a chrooted smtpd needs; one elsewhere comes with a warning."""
    lines = printed(capsys, "--listen", listen, "postfix")
    assert f"smtpd_milters = {{ {expected},\n" in lines
    assert ("chrooted" in lines) == warned


def test_a_chrooted_smtpd(postfix_installed: None, capsys: pytest.CaptureFixture[str]) -> None:
    """The printed lines, appended to the main.cf of a Postfix whose smtpd is chrooted as on Debian, lead to the gateway."""
    with mail_server('policy = "observe"\nrules = ["VAG001"]\nbudget = 60\n') as (first, sink, _):
        queue = first.home / "queue"
        (queue / "commlint").mkdir()
        gateway = Running(first.home / "near", 'policy = "enforce"\nrules = ["VAG001"]\nbudget = 60\n', address=f"unix:{queue}/commlint/milter.sock")
        gateway.start()
        try:
            lines = printed(capsys, "--listen", gateway.address, "postfix", "--policy-name", "enforce", "--queue-directory", str(queue))
            _chroot(first, lines)
            assert first.send(VAGUE)[0] == 550
            assert first.send(SOUND)[0] == 250
            (delivered,) = sink.wait(1)
            assert fields(delivered)["x-commlint-verdict"] == "pass; policy=enforce"
        finally:
            gateway.stop()


def _chroot(postfix: Postfix, lines: str) -> None:
    """Start it anew with these lines at the end of main.cf, and its smtpd in the queue directory."""
    postfix.stop()
    master, main_cf = postfix.config / "master.cf", postfix.config / "main.cf"
    master.write_text(master.read_text("utf-8").replace("inet n - n - - smtpd", "inet n - y - - smtpd"), "utf-8")
    kept = [line for line in main_cf.read_text("utf-8").splitlines() if not line.startswith("smtpd_milters")]
    main_cf.write_text("\n".join(kept) + f"\n{lines}", "utf-8")
    subprocess.run(["postfix", "-c", str(postfix.config), "start"], check=True, capture_output=True)
    postfix.until_answers()


def test_units(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Run by this Python, with the files that were named, at the socket where Postfix looks."""
    service = printed(capsys, "--policy", "/etc/commlint/a.toml", "--config", "/etc/commlint/b.toml", "systemd", "service")
    assert f"ExecStart={sys.executable} -m commlint gateway --policy /etc/commlint/a.toml --config /etc/commlint/b.toml --metrics" in service
    assert f"ListenStream={Settings().listen.removeprefix('unix:')}\n" in printed(capsys, "systemd", "socket")
    assert "--config" not in printed(capsys, "systemd", "service")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_units_are_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """systemd finds nothing wrong with them, and little that the service could do beyond its work."""
    units = [tmp_path / f"commlint-gateway.{unit}" for unit in ("service", "socket")]
    for unit in units:
        unit.write_text(printed(capsys, "systemd", unit.suffix[1:]), "utf-8")
    verified = subprocess.run(["systemd-analyze", "verify", *map(str, units)], capture_output=True, text=True, check=False)
    assert "commlint" not in verified.stdout + verified.stderr
    exposed = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=15", str(units[0])], capture_output=True, text=True, check=False)
    assert exposed.returncode == 0, exposed.stdout[-2000:] + exposed.stderr
