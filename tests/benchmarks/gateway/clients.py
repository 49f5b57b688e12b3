"""Mail clients that time what they are told: many at once by smtp-source, one by one on connections that are kept open."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Sequence

from attrs import define

SENDER, RECIPIENT = "zhou@example.com", "wang@example.cn"


def storm(port: int, messages: int, *, sessions: int = 20, length: int = 4_096) -> None:
    """`messages` of one body, a connection each. Raises AssertionError when one of them is not accepted."""
    command = ["smtp-source", "-s", str(sessions), "-m", str(messages), "-l", str(length), "-f", SENDER, "-t", RECIPIENT, f"127.0.0.1:{port}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"


@define(eq=False)
class Client:
    """One connection, kept open."""

    port: int
    _stream: socket.socket

    @classmethod
    def to(cls, port: int) -> Client:
        """Connected and greeted."""
        stream = socket.create_connection(("127.0.0.1", port), 120)
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made = cls(port, stream)
        made._expect(b"220")
        made._ask(b"EHLO client.example.com", b"250")
        return made

    def send(self, content: bytes) -> float:
        """One message; the seconds from its final dot to the reply."""
        self._ask(f"MAIL FROM:<{SENDER}>".encode(), b"250")
        self._ask(f"RCPT TO:<{RECIPIENT}>".encode(), b"250")
        self._ask(b"DATA", b"354")
        self._stream.sendall(dotted(content))
        started = time.perf_counter()
        self._stream.sendall(b".\r\n")
        self._expect(b"250")
        return time.perf_counter() - started

    def close(self) -> None:
        """Say goodbye."""
        self._ask(b"QUIT", b"221")
        self._stream.close()

    def _ask(self, line: bytes, code: bytes) -> None:
        self._stream.sendall(line + b"\r\n")
        self._expect(code)

    def _expect(self, code: bytes) -> None:
        """Raises AssertionError for another reply."""
        said = b""
        while not said.endswith(b"\r\n") or said.splitlines()[-1][3:4] == b"-":
            piece = self._stream.recv(65_536)
            assert piece, f"the connection has ended after {said!r}"
            said += piece
        assert said.splitlines()[-1].startswith(code), said


def dotted(content: bytes) -> bytes:
    """As it goes over the wire: dots at the beginnings of lines doubled, a line break at the end."""
    lines = content.replace(b"\r\n.", b"\r\n..")
    return (b"." if lines.startswith(b".") else b"") + (lines if lines.endswith(b"\r\n") else lines + b"\r\n")


def quantile(times: Sequence[float], share: float) -> float:
    """The time that such a share of all does not exceed, in milliseconds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000
