"""The gateway as a service: it answers, counts, takes new rules only when they are sound, replaces workers that die, and ends gently."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from commlint_mail.gateway.ping import Caller, ping

from commlint.cli import main
from tests.gateway.servers import Running, free_port
from tests.gateway.test_delivery import BODY

FIELDS = (("From", "zhou@example.com"), ("To", "wang@example.cn"), ("Subject", "a"), ("Content-Type", "text/plain; charset=utf-8"))
VAGUE = BODY.format(asked="请尽快提交展会物料清单。").encode()
ENFORCE = 'policy = "enforce"\nbudget = 60\nrules = ["VAG001"]\n'


def asked(address: str, body: bytes = VAGUE) -> bytes:
    """What becomes of a message: the last command of the answer."""
    caller = Caller(address)
    try:
        return caller.message("zhou@example.com", ("wang@example.cn",), FIELDS, body)[-1][0]
    finally:
        caller.close()


def until(holds: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until something holds; an AssertionError when it does not come to hold."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it does not come to hold"
        time.sleep(0.05)


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Running]:
    """A gateway of two workers that refuses vague mail."""
    with socket.socket(socket.AF_UNIX):  # the path of a unix socket is short
        running = Running(Path(f"/tmp/gw{os.getpid()}{free_port()}"), ENFORCE, workers=2, metrics=True)
    running.start()
    yield running
    running.stop()
    subprocess.run(["rm", "-r", str(running.home)], check=True)


def alive(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def counters(gateway: Running) -> dict[str, int]:
    """What the metrics socket shows."""
    with socket.socket(socket.AF_UNIX) as stream:
        stream.connect(f"{gateway.home}/metrics.sock")
        stream.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
        text = b"".join(iter(lambda: stream.recv(65536), b"")).decode()
    assert text.startswith("HTTP/1.1 200 OK")
    return {line.rpartition(" ")[0]: int(line.rpartition(" ")[2]) for line in text.partition("\r\n\r\n")[2].splitlines() if not line.startswith("#")}


def test_counters(gateway: Running) -> None:
    """Messages are counted by what became of them, over all workers; connections and bytes too."""
    before = counters(gateway)
    assert [asked(gateway.address), asked(gateway.address), asked(gateway.address, b"ok\r\n")] == [b"y", b"y", b"c"]
    after = counters(gateway)
    grown = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert (grown['commlint_gateway_messages_total{verdict="reject"}'], grown['commlint_gateway_messages_total{verdict="pass"}'], grown["commlint_gateway_connections_total"]) == (2, 1, 3)
    assert after["commlint_gateway_workers"] == 2


def test_new_rules(gateway: Running) -> None:
    """SIGHUP: a sound policy takes the place of the old one; one that is not sound changes nothing, and is logged."""
    gateway.write('policy = "observe"\n')
    gateway.hang_up()
    until(lambda: bool(gateway.events("reloaded")))
    assert asked(gateway.address) == b"c"
    gateway.write('policy = "nonsense"\n')
    gateway.hang_up()
    until(lambda: bool(gateway.events("reload-refused")))
    assert asked(gateway.address) == b"c"
    assert "nonsense" in str(gateway.events("not-started")[0]["error"])
    assert (counters(gateway)["commlint_gateway_reloads"], counters(gateway)["commlint_gateway_reloads_refused"]) == (1, 1)


def test_a_worker_that_dies(gateway: Running) -> None:
    """The others go on, another takes its place, and nothing that was counted is lost."""
    asked(gateway.address)
    total = counters(gateway)['commlint_gateway_messages_total{verdict="reject"}']
    killed = gateway.workers_pids()[0]
    os.kill(killed, signal.SIGKILL)
    assert asked(gateway.address) == b"y"
    until(lambda: counters(gateway)["commlint_gateway_workers"] == 2 and killed not in gateway.workers_pids())
    assert asked(gateway.address) == b"y"
    assert counters(gateway)['commlint_gateway_messages_total{verdict="reject"}'] == total + 2
    assert gateway.events("worker-died")


def test_the_process_that_workers_come_from(gateway: Running) -> None:
    """When it dies its workers serve on until another has loaded the rules and forked theirs."""
    (leader,), workers = gateway.leaders(), gateway.workers_pids()
    os.kill(leader, signal.SIGKILL)
    assert asked(gateway.address) == b"y"
    until(lambda: len(gateway.workers_pids()) == 2 and not {*workers, leader} & {*gateway.workers_pids(), *gateway.leaders()})
    until(lambda: not any(map(alive, workers)))
    assert asked(gateway.address) == b"y"


def test_no_process_outlives_the_supervisor(gateway: Running) -> None:
    """Killed itself, it leaves nobody behind."""
    pids = [*gateway.leaders(), *gateway.workers_pids()]
    os.kill(gateway.pid, signal.SIGKILL)
    until(lambda: not any(map(alive, pids)))


def test_the_end(gateway: Running) -> None:
    """SIGTERM: a message on its way is finished, then all processes go, with exit code 0; nobody answers any more."""
    caller = Caller(gateway.address)
    caller._send(b"M", b"<zhou@example.com>\0")
    caller._send(b"R", b"<wang@example.cn>\0")
    time.sleep(0.2)
    os.kill(gateway.pid, signal.SIGTERM)
    time.sleep(0.3)
    for name, value in FIELDS:
        caller._send(b"L", f"{name}\0{value}\0".encode())
    caller._send(b"N")
    caller._send(b"B", VAGUE)
    caller._send(b"E")
    assert list(caller._answers())[-1][0] == b"y"
    caller._stream.close()
    assert gateway.stop() == 0
    with pytest.raises(OSError):
        ping(gateway.address, patience=1)


def test_ping(gateway: Running, capsys: pytest.CaptureFixture[str]) -> None:
    """`--ping` holds a session of its own and says whether it was answered."""
    assert main(["gateway", "--ping", "--listen", gateway.address]) == 0
    assert capsys.readouterr().out == f"{gateway.address}: ok\n"
    assert main(["gateway", "--ping", "--listen", "unix:/nowhere/at.all"]) == 1
    assert main(["gateway", "--ping", "--listen", f"inet:127.0.0.1:{free_port()}"]) == 1


def test_a_socket_that_was_passed(tmp_path: Path) -> None:
    """Started by systemd with a socket, it listens at that one (sd_listen_fds), and says when it is ready (sd_notify)."""
    (tmp_path / "gateway.toml").write_text(ENFORCE, "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        notified = f"/tmp/gwn{os.getpid()}"
        told.bind(notified)
        told.settimeout(60)
        script = f'exec 3<&{listening.fileno()}; LISTEN_PID=$$ LISTEN_FDS=1 exec "{sys.executable}" -m commlint gateway --policy "{tmp_path}/gateway.toml" --workers 1'
        with subprocess.Popen(["bash", "-c", script], pass_fds=(listening.fileno(),), env={**os.environ, "NOTIFY_SOCKET": notified}, stderr=subprocess.DEVNULL) as process:
            try:
                assert told.recv(100) == b"READY=1"
                assert asked(f"inet:127.0.0.1:{listening.getsockname()[1]}") == b"y"
            finally:
                process.terminate()
                assert process.wait(30) == 0
                Path(notified).unlink()


@pytest.mark.parametrize(("policy", "said"), [
    ('policy = "tagg"', "observe, tag, enforce, hold"),
    ("polcy = 1", "policy"),
    ('[[policies]]\nsenders = ["@sales"]', "sales"),
    ("[[policies]]\nlevel = 3", "error, warning"),
    ("budget = 0", "600"),
    ('body = "ten"', "10 MB"),
    ("x = [", "TOML"),
])
def test_a_policy_with_a_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str], policy: str, said: str) -> None:
    """It does not start; the file, the key and what is meant are named; exit code 2."""
    path = tmp_path / "gateway.toml"
    path.write_text(policy, "utf-8")
    assert main(["gateway", "--check", "--policy", str(path)]) == 2
    err = capsys.readouterr().err
    assert (str(path) in err, said in err) == (True, True)


@pytest.mark.parametrize("address", ["milter.sock", "unix:", "tcp:1", "unix:/no/such/folder/s", "inet:milter", "inet:127.0.0.1:", "inet:127.0.0.1:65536", "inet:[::1]:x"])
@pytest.mark.parametrize("option", ["--listen", "--metrics"])
def test_an_address_that_cannot_be_listened_at(option: str, address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named, with what an address looks like or what may be in the way; exit code 2."""
    sound = ["--listen", f"inet:127.0.0.1:{free_port()}"] if option == "--metrics" else []
    assert main(["gateway", *sound, option, address, "--lang", "en"]) == 2
    assert address in capsys.readouterr().err


@pytest.mark.parametrize("address", ["milter.sock", "tcp:1", "inet:milter", "inet:127.0.0.1:65536"])
def test_a_ping_to_an_address_that_is_none(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named, with what an address looks like; exit code 2, since nothing is known of any gateway."""
    assert main(["gateway", "--ping", "--listen", address]) == 2
    assert address in capsys.readouterr().err
