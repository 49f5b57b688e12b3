"""Real servers for the gateway's tests: a Postfix of its own configuration and queue on loopback, a sink that keeps what is delivered, a gateway."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from attrs import define, field, frozen

DOMAIN = "example.cn"
_MAIN = """compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.cn
mydestination =
local_recipient_maps =
relay_domains = static:all
mynetworks = 127.0.0.0/8
smtpd_recipient_restrictions = permit_mynetworks, reject
relayhost = [127.0.0.1]:{sink}
default_transport = smtp
smtp_host_lookup = native
disable_dns_lookups = yes
smtputf8_enable = yes
message_size_limit = 60000000
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_client_message_rate_limit = 0
smtpd_error_sleep_time = 0
smtpd_timeout = 60s
maillog_file = {home}/log/mail.log
maillog_file_prefixes = {home}
milter_protocol = 6
{more}
"""


_CACHE = tempfile.mkdtemp(prefix="commlint-gateway-cache")  # compiled rules, once for all gateways of a run
atexit.register(shutil.rmtree, _CACHE, ignore_errors=True)


def free_port() -> int:
    """A port on loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@frozen
class Delivered:
    """One message that the sink was given."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


@define(eq=False)
class Sink:
    """An SMTP server that accepts everything and keeps it; `refuse` may say what to answer to the end of a message instead."""

    port: int = field(factory=free_port)
    messages: list[Delivered] = field(factory=list)
    refuse: Callable[[int], bytes | None] = lambda number: None
    forgets: bool = True  # a message that is answered with nothing at all is not kept
    _socket: socket.socket | None = None
    _accepting: threading.Thread | None = None
    _seen: int = 0
    _lock: threading.Lock = field(factory=threading.Lock)

    def start(self) -> None:
        """Listen, and serve every connection in a thread."""
        self._socket = socket.create_server(("127.0.0.1", self.port), backlog=256)
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def _accept(self) -> None:
        assert self._socket is not None
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection, connection.makefile("rb") as lines:
                connection.sendall(b"220 sink\r\n")
                self._talk(connection, lines)
        except OSError:
            return

    def _talk(self, connection: socket.socket, lines: Iterator[bytes]) -> None:
        sender, recipients = "", []
        for line in lines:
            verb = line[:4].upper()
            if verb == b"EHLO":
                connection.sendall(b"250-sink\r\n250-8BITMIME\r\n250-PIPELINING\r\n250 SMTPUTF8\r\n")
            elif verb == b"MAIL":
                sender, recipients = _address(line), []
                connection.sendall(b"250 ok\r\n")
            elif verb == b"RCPT":
                recipients.append(_address(line))
                connection.sendall(b"250 ok\r\n")
            elif verb == b"DATA":
                connection.sendall(b"354 go on\r\n")
                content = _content(lines)
                if content is None:
                    return
                with self._lock:
                    self._seen += 1
                    answer = self.refuse(self._seen)
                    if answer is None or (answer == b"" and not self.forgets):
                        self.messages.append(Delivered(sender, tuple(recipients), content))
                if answer == b"":
                    return
                connection.sendall(answer or b"250 kept\r\n")
            elif verb == b"QUIT":
                connection.sendall(b"221 bye\r\n")
                return
            else:
                connection.sendall(b"250 ok\r\n")

    def stop(self) -> None:
        """Listen no more. Whoever waits for a connection is woken first: a wait that goes on would take one of the next socket of that number."""
        if self._socket is not None and self._accepting is not None:
            self._socket.shutdown(socket.SHUT_RDWR)
            self._accepting.join(10)
            self._socket.close()

    def wait(self, count: int, seconds: float = 60.0) -> list[Delivered]:
        """The messages, once there are so many; raises AssertionError when they do not come."""
        until = time.monotonic() + seconds
        while len(self.messages) < count and time.monotonic() < until:
            time.sleep(0.02)
        assert len(self.messages) >= count, f"{len(self.messages)} of {count} messages were delivered"
        return list(self.messages)


def _address(line: bytes) -> str:
    return line.decode("utf-8", "surrogateescape").partition("<")[2].partition(">")[0]


def _content(lines: Iterator[bytes]) -> bytes | None:
    """Up to the line that is a dot, dots undone; None when the connection ended before."""
    kept = []
    for line in lines:
        if line == b".\r\n":
            return b"".join(kept)
        kept.append(line.removeprefix(b".") if line.startswith(b".") else line)
    return None


@define(eq=False)
class Postfix:
    """A Postfix with a folder of its own. `milter` is how main.cf names the gateway; empty for none."""

    home: Path
    sink: int
    milter: str = ""
    more: str = ""
    port: int = field(factory=free_port)

    def start(self) -> None:
        """Write the configuration, make the queue, start."""
        for name in ("etc", "queue", "data", "log"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        shutil.chown(self.home / "data", "postfix")
        milters = f"smtpd_milters = {self.milter}\n" if self.milter else ""
        self.config.joinpath("main.cf").write_text(_MAIN.format(home=self.home, sink=self.sink, more=milters + self.more), "utf-8")
        self.config.joinpath("master.cf").write_text(_master(self.port), "utf-8")
        self._tool("postfix", "check")
        self._tool("postfix", "start")
        self.until_answers()

    @property
    def config(self) -> Path:
        """The configuration directory."""
        return self.home / "etc"

    def stop(self) -> None:
        """Stop, if it runs."""
        subprocess.run(["postfix", "-c", str(self.config), "stop"], capture_output=True, check=False)

    def _tool(self, *command: str) -> str:
        name, *rest = command
        done = subprocess.run([name, "-c", str(self.config), *rest], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stderr}{self.log()}"
        return done.stdout

    def until_answers(self, port: int = 0) -> None:
        """Wait until it greets at `port`, or at its own. Raises AssertionError when it does not."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", port or self.port), 1) as probe:
                    if probe.recv(3) == b"220":
                        return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"Postfix does not answer: {self.log()}")

    def log(self) -> str:
        """What Postfix has logged."""
        path = self.home / "log" / "mail.log"
        return path.read_text("utf-8", "replace")[-4000:] if path.exists() else ""

    def queue(self) -> list[dict[str, object]]:
        """What is in the queue."""
        return [json.loads(line) for line in self._tool("postqueue", "-j").splitlines() if line.strip()]

    def flush(self) -> None:
        """Try deferred mail now."""
        self._tool("postqueue", "-f")

    def reload(self) -> None:
        """Read the configuration anew."""
        self._tool("postfix", "reload")

    def send(self, content: bytes, *, sender: str = "zhou@example.com", recipients: Sequence[str] = ("wang@example.cn",), options: Sequence[str] = ()) -> tuple[int, str]:
        """Send one message; the reply to its end, or to what was refused before."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=90) as client:
            client.ehlo("client.example.com")
            code, said = client.mail(sender, list(options))
            if code != 250:
                return code, said.decode("utf-8", "replace")
            for recipient in recipients:
                code, said = client.rcpt(recipient)
                if code != 250:
                    return code, said.decode("utf-8", "replace")
            code, said = client.data(content)
            return code, said.decode("utf-8", "replace")


def _master(port: int) -> str:
    services = (
        f"127.0.0.1:{port} inet n - n - - smtpd", "pickup unix n - n 60 1 pickup", "cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr",
        "rewrite unix - - n - - trivial-rewrite", "bounce unix - - n - 0 bounce", "defer unix - - n - 0 bounce", "trace unix - - n - 0 bounce",
        "verify unix - - n - 1 verify", "flush unix n - n 1000? 0 flush", "proxymap unix - - n - - proxymap", "proxywrite unix - - n - 1 proxymap",
        "smtp unix - - n - - smtp", "relay unix - - n - - smtp", "showq unix n - n - - showq", "error unix - - n - - error", "retry unix - - n - - error",
        "discard unix - - n - - discard", "anvil unix - - n - 1 anvil", "scache unix - - n - 1 scache", "postlog unix-dgram n - n - 1 postlogd", "tlsmgr unix - - n 1000? 1 tlsmgr",
    )
    return "\n".join(services) + "\n"


@define(eq=False)
class Running:
    """A gateway that runs; `address` is where it listens."""

    home: Path
    policy: str = ""
    config: str = 'lang = "zh"\n'
    workers: int = 1
    tcp: bool = False
    metrics: bool = False
    more: dict[str, str] = field(factory=dict)  # environment
    before: tuple[str, ...] = ()  # a command to run it by
    errors: str = ""  # where standard error goes, when not into the log
    address: str = ""
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.write(self.policy)
        (self.home / "commlint.toml").write_text(self.config, "utf-8")
        self.address = self.address or (f"inet:127.0.0.1:{free_port()}" if self.tcp else f"unix:{self.home}/milter.sock")
        command = [*self.before, sys.executable, "-m", "commlint", "gateway", "--listen", self.address, "--policy", str(self.home / "gateway.toml"), "--config", str(self.home / "commlint.toml"), "--workers", str(self.workers), "--mode", "666"]
        if self.metrics:
            command += ["--metrics", f"unix:{self.home}/metrics.sock"]
        with Path(self.errors or self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stderr=log, stdout=log, env={**os.environ, "XDG_CACHE_HOME": _CACHE, **self.more}, start_new_session=True)
        self.until_answers()

    def write(self, policy: str) -> None:
        """Another policy file; it holds from the next start or SIGHUP on."""
        (self.home / "gateway.toml").write_text(policy, "utf-8")

    def until_answers(self, seconds: float = 60.0) -> None:
        """Wait until a ping is answered."""
        from commlint_mail.gateway.ping import ping

        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if ping(self.address, patience=2) in "ca":
                    return
            except OSError:
                time.sleep(0.05)
            assert self._process is None or self._process.poll() is None, self.log()
        raise AssertionError(f"the gateway does not answer: {self.log()}")

    @property
    def pid(self) -> int:
        """Of the supervisor."""
        assert self._process is not None
        return self._process.pid

    def workers_pids(self) -> list[int]:
        """Of the workers there are."""
        return [pid for leader in self.leaders() for pid in _children(leader)]

    def leaders(self) -> list[int]:
        """Of the processes that have loaded rules, and that workers are forked from."""
        return _children(self.pid)

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """A signal to the supervisor and all workers at once."""
        assert self._process is not None
        for pid in (self.pid, *self.leaders(), *self.workers_pids()):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue
        if number == signal.SIGKILL:
            self._process.wait(20)

    def stop(self) -> int:
        """SIGTERM, and wait for the end. Returns its exit code."""
        if self._process is None or self._process.poll() is not None:
            return 0
        self._process.terminate()
        return self._process.wait(30)

    @property
    def runs(self) -> bool:
        """Whether the supervisor is there."""
        return self._process is not None and self._process.poll() is None

    def hang_up(self) -> None:
        """SIGHUP: read policy and rules anew."""
        os.kill(self.pid, signal.SIGHUP)

    def log(self) -> str:
        """What it has logged."""
        return (self.home / "log").read_text("utf-8", "replace")[-4000:]

    def events(self, name: str) -> list[dict[str, object]]:
        """Logged events of that name."""
        lines = (self.home / "log").read_text("utf-8", "replace").rpartition("\n")[0].splitlines()  # the last may be half written
        found = [json.loads(line) for line in lines if line.startswith("{")]
        return [each for each in found if each["event"] == name]


def _children(pid: int) -> list[int]:
    done = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in done.stdout.split()]


@contextmanager
def mail_server(policy: str, *, action: str = "tempfail", more: str = "", workers: int = 1, tcp: bool = False, timeouts: str = "connect_timeout=3s, command_timeout=10s, content_timeout=60s", **gateway: object) -> Iterator[tuple[Postfix, Sink, Running]]:
    """A sink, a gateway with this policy, and a Postfix that asks it and relays to the sink; all stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="gw", dir="/tmp") as folder:
        home = Path(folder)
        home.chmod(0o755)
        sink = Sink()
        sink.start()
        running = Running(home / "gateway", policy, workers=workers, tcp=tcp, **gateway)  # type: ignore[arg-type]  # as given
        postfix = None
        try:
            running.start()
            postfix = Postfix(home / "postfix", sink.port, f"{{ {running.address}, default_action={action}, {timeouts} }}", more)
            postfix.start()
            yield postfix, sink, running
        finally:
            if postfix is not None:
                postfix.stop()
            running.stop()
            sink.stop()
