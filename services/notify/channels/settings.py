"""Settings of the channels, from the environment.

SMTP_URL           smtp://user:password@host:587?from=notify@example.org, or smtps:// for TLS from
                   the first byte; unset: e-mail waits
CHANNEL_TIMEOUT_S  how long a channel waits for the other side, 10 unless set
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """A mail server; `tls` from the first byte, else by STARTTLS where it is offered."""

    host: str
    port: int
    sender: str
    tls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    smtp: SmtpServer | None = None
    timeout_s: float = 10


def from_environment(env: Mapping[str, str]) -> ChannelSettings:
    """Read the settings. Raises `ValueError` naming the variable that cannot be read."""
    given = env.get("SMTP_URL")
    try:
        timeout_s = float(env.get("CHANNEL_TIMEOUT_S") or 10)
    except ValueError:
        raise ValueError("CHANNEL_TIMEOUT_S must be a number of seconds") from None
    return ChannelSettings(smtp=smtp_server(given) if given else None, timeout_s=timeout_s)


def smtp_server(url: str) -> SmtpServer:
    """The server that SMTP_URL names. The error does not repeat the URL: it holds a password."""
    parts = urlsplit(url)
    sender = parse_qs(parts.query).get("from", [""])[0]
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or "@" not in sender:
        raise ValueError("SMTP_URL must read like smtp://user:password@host:587?from=a@example.org")
    tls = parts.scheme == "smtps"
    return SmtpServer(
        host=parts.hostname,
        port=parts.port or (465 if tls else 25),
        sender=sender,
        tls=tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
