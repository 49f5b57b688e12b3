"""What Postfix is told of the gateway: where it listens, how long to wait, and what to do when it is away."""

from __future__ import annotations

_WITHOUT = {"observe": "accept", "tag": "accept", "enforce": "tempfail", "hold": "quarantine"}  # Postfix's default_action, by policy
_TOLD = {
    "observe": "mail is delivered unmarked while the gateway is away",
    "tag": "mail is delivered unmarked while the gateway is away",
    "enforce": "senders are asked to come again (451) while the gateway is away",
    "hold": "mail is held while the gateway is away; `commlint gateway held` lists and releases it",
}


def snippet(listen: str, policy: str) -> str:
    """The lines for main.cf (Postfix 3.0 and later) that fit a policy (observe | tag | enforce | hold)."""
    return f"""# main.cf: commlint judges mail before Postfix answers for it.
# Policy {policy}: {_TOLD[policy]}.
# Put it before a milter that signs (DKIM) and behind one that verifies; milters run in the order they are listed.
smtpd_milters = {{ {listen},
    default_action={_WITHOUT[policy]},
    connect_timeout=3s, command_timeout=10s, content_timeout=60s }}
# Mail of local programs does not pass smtpd. To judge it too (never with a policy that refuses single recipients):
# non_smtpd_milters = $smtpd_milters
milter_protocol = 6
milter_mail_macros = i {{auth_authen}} {{mail_addr}}
# Hosts whose mail is not judged:
# smtpd_milter_maps = cidr:/etc/postfix/commlint-exempt.cidr   (192.0.2.0/24 DISABLE)
"""
