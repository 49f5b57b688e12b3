"""What a gateway is started with, and how it travels to its workers."""

from __future__ import annotations

import json
import os
import socket
import stat
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from commlint.errors import ConfigError, UsageError

_BACKLOG = 512
_FIRST_PASSED = 3  # the first file descriptor that systemd passes (sd_listen_fds)


@frozen
class Settings:
    """`listen` is ``unix:PATH`` or ``inet:HOST:PORT``, `metrics` the same or empty. `mode` and `group` are of a unix socket; `workers` 0 for one a processor."""

    listen: str = "unix:/var/spool/postfix/commlint/milter.sock"
    metrics: str = ""
    policy: str = ""
    config: str = ""
    workers: int = 0
    mode: int = 0o660
    group: str = ""
    addresses: bool = False

    @property
    def count(self) -> int:
        """How many workers."""
        return self.workers or os.cpu_count() or 1

    def to_json(self) -> str:
        """For the command line of a worker."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Settings:
        """What `to_json` gave."""
        told: dict[str, Any] = json.loads(text)
        return cls(**told)


def listening(address: str, *, mode: int = 0o660, group: str = "") -> socket.socket:
    """A socket that listens at `address`. A unix socket that nobody listens at any more is replaced; one that is in use is not.

    Raises UsageError for an address that is none, ConfigError when it cannot be listened at.
    """
    kind, _, rest = address.partition(":")
    try:
        if kind == "unix" and rest:
            return _unix(rest, mode, group)
        if kind == "inet" and rest:
            return _inet(rest)
    except OSError as error:
        raise ConfigError(
            f"cannot listen at {address}: {error.strerror or error}", help="is another gateway running, does the folder exist, may you write there?",
            zh=f"无法在 {address} 监听\uff1a{error.strerror or error}", zh_help="是否已有网关在运行\uff0c目录是否存在\uff0c有无写权限\uff1f",
        ) from error
    raise no_address(address)


def no_address(address: str) -> UsageError:
    """What is to be said of one that is none."""
    return UsageError(
        f"not an address to listen at: {address!r}", help="unix:/var/spool/postfix/commlint/milter.sock or inet:127.0.0.1:8891",
        zh=f"不是可监听的地址\uff1a{address!r}", zh_help="写成 unix:/var/spool/postfix/commlint/milter.sock 或 inet:127.0.0.1:8891",
    )


def host_and_port(rest: str) -> tuple[str, int]:
    """Of what stands behind ``inet:``; loopback where no host is named. Raises UsageError when there is no port."""
    host, _, port = rest.rpartition(":")
    if not (port.isascii() and port.isdecimal() and int(port) < 1 << 16):
        raise no_address(f"inet:{rest}")
    return host.strip("[]") or "127.0.0.1", int(port)


def _unix(path: str, mode: int, group: str) -> socket.socket:
    if Path(path).exists() and stat.S_ISSOCK(Path(path).stat().st_mode) and not _answers(path):
        Path(path).unlink()
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        made.bind(path)
        _given(path, mode, group)
        made.listen(_BACKLOG)
    except (OSError, ConfigError):
        made.close()
        raise
    return made


def _given(path: str, mode: int, group: str) -> None:
    """Whom the socket belongs to, and who may use it."""
    if group:
        import shutil

        try:
            shutil.chown(path, group=group)
        except LookupError as error:
            raise ConfigError(f"there is no group {group!r}", zh=f"没有名为“{group}”的用户组") from error
    Path(path).chmod(mode)


def _answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        try:
            caller.connect(path)
        except OSError:
            return False
    return True


def _inet(rest: str) -> socket.socket:
    host, port = host_and_port(rest)
    return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=_BACKLOG)


def passed() -> socket.socket | None:
    """The listening socket that systemd has passed (sd_listen_fds(3)); None when it has passed none."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()) or int(os.environ.get("LISTEN_FDS", "0")) < 1:
        return None
    return socket.socket(fileno=_FIRST_PASSED)
