"""Settings of the channels, from the environment.

SMTP_URL           smtp://user:password@host:587?from=notify@example.org, or smtps:// for TLS from
                   the first byte; TLS in the words of backbone/tls.py, `&ssl_ca_certs=…`. Unset:
                   e-mail waits. SMTP_URL_FILE is read for each letter, and may name a file that
                   comes later
CHANNEL_TIMEOUT_S  seconds that a channel may take for one message in all, 10 unless set; less than
                   HANDLER_DEADLINE_S
WEBHOOK_HTTP       yes: webhooks may be http://, and not https:// alone
WEBHOOK_NETWORKS   networks that are not public and that webhooks may reach all the same, with
                   commas: 10.20.0.0/16, 192.168.7.9
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from backbone.records import record
from backbone.settings import Unusable
from backbone.tls import Tls, read

MAIL = ("SMTP_URL", "SMTP_URL_FILE")
NAMES = ("CHANNEL_TIMEOUT_S", "HANDLER_DEADLINE_S", "WEBHOOK_HTTP", "WEBHOOK_NETWORKS")
YES_OR_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
Network = IPv4Network | IPv6Network


@record
class SmtpServer:
    """A mail server; `tls` from the first byte, else by STARTTLS where it is offered. `certified` says who
    it has to be."""

    host: str
    port: int
    sender: str
    tls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    certified: Tls = Tls()


@record
class ChannelSettings:
    smtp: SmtpServer | None = None
    smtp_file: Path | None = None
    timeout_s: float = 10
    plain_http: bool = False
    networks: tuple[Network, ...] = ()

    def mail_server(self) -> SmtpServer | None:
        """The one that the file names now, if there is a file; none while it is not there or empty. Raises
        `ValueError` when it cannot be read, and never repeats it: it holds a password."""
        if self.smtp_file is None:
            return self.smtp
        try:
            url = self.smtp_file.read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        except OSError as problem:
            raise ValueError(f"SMTP_URL_FILE cannot be read: {problem.strerror}") from None
        return smtp_server(url) if url else None


def from_environment(env: Mapping[str, str]) -> ChannelSettings:
    """Read the settings. Raises `ValueError` naming the variable that cannot be read."""
    url, file = env.get("SMTP_URL"), env.get("SMTP_URL_FILE")
    chosen = ChannelSettings(
        smtp=smtp_server(url) if url and not file else None,
        smtp_file=Path(file) if file else None,
        timeout_s=_timeout_s(env),
        plain_http=_plain_http(env.get("WEBHOOK_HTTP") or "no"),
        networks=_networks(env.get("WEBHOOK_NETWORKS") or ""),
    )
    chosen.mail_server()  # said now, and not with the first letter
    return chosen


def _timeout_s(env: Mapping[str, str]) -> float:
    """Less than a handler may take: a delivery that its handler does not survive has no answer."""
    longest = float(env.get("HANDLER_DEADLINE_S") or 30)
    try:
        timeout_s = float(env.get("CHANNEL_TIMEOUT_S") or min(10, longest / 2))
    except ValueError:
        raise ValueError("CHANNEL_TIMEOUT_S must be a number of seconds") from None
    if not 0 < timeout_s < longest:
        sentence = "CHANNEL_TIMEOUT_S must be more than 0 and less than HANDLER_DEADLINE_S"
        raise ValueError(f"{sentence}, which is {longest:g}")
    return timeout_s


def _plain_http(text: str) -> bool:
    try:
        return YES_OR_NO[text.strip().lower()]
    except KeyError:
        raise ValueError("WEBHOOK_HTTP must be yes or no") from None


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(each.strip()) for each in text.split(",") if each.strip())
    except ValueError:
        example = "10.20.0.0/16, 192.168.7.9"
        raise ValueError(f"WEBHOOK_NETWORKS must read like {example}") from None


def smtp_server(url: str) -> SmtpServer:
    """The server that SMTP_URL names. The error does not repeat the URL: it holds a password."""
    try:
        plain, certified = read(url, "SMTP_URL", ("smtp", "smtps"))
    except Unusable as problem:
        raise ValueError(str(problem)) from None
    parts = urlsplit(plain)
    sender = parse_qs(parts.query).get("from", [""])[0]
    if certified is None or not parts.hostname or "@" not in sender:
        raise ValueError("SMTP_URL must read like smtp://user:password@host:587?from=a@example.org")
    is_tls = parts.scheme == "smtps"
    return SmtpServer(
        host=parts.hostname,
        port=parts.port or (465 if is_tls else 25),
        sender=sender,
        tls=is_tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        certified=certified,
    )
