"""The units that systemd starts the gateway by, and what it is told of how the gateway is (sd_notify(3))."""

from __future__ import annotations

import os
import socket
import sys

SOCKET = """# /etc/systemd/system/commlint-gateway.socket
[Unit]
Description=Socket that the mail server asks commlint at

[Socket]
ListenStream=/var/spool/postfix/commlint/milter.sock
SocketUser=postfix
SocketGroup=postfix
SocketMode=0660
DirectoryMode=0755
Backlog=512

[Install]
WantedBy=sockets.target
"""

_SERVICE = """# /etc/systemd/system/commlint-gateway.service
[Unit]
Description=commlint gateway: judges mail before the mail server answers
Requires=commlint-gateway.socket
After=network.target commlint-gateway.socket

[Service]
Type=notify
ExecStart={python} -m commlint gateway {files} --metrics unix:/run/commlint-gateway/metrics.sock
ExecReload=/bin/kill -HUP $MAINPID
Restart=always
RestartSec=1
TimeoutStopSec=15
DynamicUser=yes
RuntimeDirectory=commlint-gateway
CacheDirectory=commlint
Environment=XDG_CACHE_HOME=/var/cache/commlint
LimitNOFILE=8192
MemoryMax=2G
TasksMax=256

# It needs to read its files and to answer on sockets it is given; nothing else.
CapabilityBoundingSet=
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
PrivateNetwork=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
RestrictAddressFamilies=AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
UMask=0077

[Install]
WantedBy=multi-user.target
"""


def service(policy: str = "", config: str = "") -> str:
    """The service unit, started by the Python that runs this, with these files."""
    files = ["--policy", policy or "/etc/commlint/gateway.toml", *(("--config", config) if config else ())]
    return _SERVICE.format(python=sys.executable, files=" ".join(files))


def notify(state: str) -> None:
    """Tell systemd, if it has started us: ``READY=1``, ``RELOADING=1``, ``STOPPING=1``."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as stream:
        try:
            stream.connect("\0" + address[1:] if address.startswith("@") else address)
            stream.send(state.encode())
        except OSError:
            return
