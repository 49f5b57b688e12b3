"""What Postfix is told of the gateway: where it listens, how long to wait, and what to do when it is away."""

from __future__ import annotations

_WITHOUT = {"observe": "accept", "tag": "accept", "enforce": "tempfail", "hold": "quarantine"}  # Postfix's default_action, by policy
_TOLD = {
    "observe": "mail is delivered unmarked while the gateway is away",
    "tag": "mail is delivered unmarked while the gateway is away",
    "enforce": "senders are asked to come again (451) while the gateway is away",
    "hold": "mail is held while the gateway is away; `commlint gateway held` lists and releases it",
}


QUEUE = "/var/spool/postfix"  # queue_directory, unless Postfix was told otherwise


def snippet(listen: str, policy: str, *, queue: str = QUEUE) -> str:
    """The lines for main.cf (Postfix 3.0 and later) that fit a policy (observe | tag | enforce | hold).

    An smtpd that is chrooted, as Debian has it, sees nothing outside its `queue` directory; a path relative to that is right in both cases.
    """
    return f"""# main.cf: commlint judges mail before Postfix answers for it.
# Policy {policy}: {_TOLD[policy]}.
# Where there is an smtpd_milters already, put this into its list, a comma between: milters run in the order they are listed;
# before the one that signs (DKIM), behind one that verifies.
smtpd_milters = {{ {listen.replace(f"unix:{queue}/", "unix:", 1)},
    default_action={_WITHOUT[policy]},
    connect_timeout=3s, command_timeout=10s, content_timeout=60s }}
{_OUTSIDE if listen.startswith("unix:") and not listen.startswith(f"unix:{queue}/") else ""}\
# Mail of local programs does not pass smtpd. To judge it too (never with a policy that refuses):
# non_smtpd_milters = $smtpd_milters
# Hosts whose mail is not judged:
# smtpd_milter_maps = cidr:/etc/postfix/commlint-exempt.cidr   (192.0.2.0/24 DISABLE)
"""


_OUTSIDE = """# An smtpd that is chrooted ("y" in the fifth column of master.cf, as on Debian) does not see this socket: let the gateway listen
# below Postfix's queue directory, or at inet:127.0.0.1:8891.
"""
