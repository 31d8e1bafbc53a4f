"""When certificates end: ours, the authority's, and the one that a server showed when we connected.

Of a file with our certificate and those above it the first end counts, for then nobody takes it any more. Of
a file of authorities the last one does: a new one stands beside the old one for a while, and a system's own
file always has some that have ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from . import metrics
from .logs import log
from .settings import Settings, latest
from .tls import Tls, read

OURS, AUTHORITY, SERVER = "ours", "authority", "server"
BROKER, STORE, MANAGEMENT, PROBES, SMTP = "broker", "store", "management", "probes", "smtp"
SPOKEN = {  # the setting of each connection, and what its URL begins with where it is encrypted
    BROKER: ("amqp_uri", ("amqps",)),
    STORE: ("redis_url", ("rediss", "rediss+sentinel")),
    MANAGEMENT: ("management_url", ("https",)),
}

_shown: dict[str, datetime] = {}


@dataclass(frozen=True, slots=True)
class End:
    """When a certificate ends: of which connection, and whose it is."""

    to: str
    whose: str
    at: datetime


def connections(settings: Settings) -> dict[str, Tls]:
    """What the settings say of TLS, by the connection. Raises `Unusable`."""
    found = {PROBES: Tls(ca_certs=settings.http_ca_file, certfile=settings.http_cert_file)}
    for to, (setting, encrypted) in SPOKEN.items():
        _, told = read(latest(getattr(settings, setting)), setting.upper(), encrypted)
        if told:
            found[to] = told
    return found


def ends(to: str, told: Tls) -> Iterator[End]:
    """The ends that are known of a connection. Raises `OSError` for a file that cannot be read, and
    `ValueError` for one without a certificate."""
    if told.certfile:
        yield End(to, OURS, min(_of_file(told.certfile)))
    if told.ca_certs:
        yield End(to, AUTHORITY, max(_of_file(told.ca_certs)))
    if to in _shown:
        yield End(to, SERVER, _shown[to])


def tell(settings: Settings, services: list[str]) -> None:
    """Tell as metrics what is known now; what cannot be read is said in the log."""
    for to, told in connections(settings).items():
        tell_of(to, told, services)


def tell_of(to: str, told: Tls, services: list[str], connected: Any = None) -> None:
    """The same of one connection; `connected` is its TLS socket, if it was just made."""
    try:
        if connected:
            shown(to, connected)
        for each in ends(to, told):
            for service in services:
                gauge = metrics.certificate_ends.labels(service, each.to, each.whose)
                gauge.set(each.at.timestamp())
    except (OSError, ValueError) as problem:
        log.warning("certificate_not_read", to=to, problem=str(problem))


def shown(to: str, connected: Any) -> None:
    """Keep when the certificate ends that the server at the other end of this TLS socket showed."""
    _shown[to] = end_of(connected.getpeercert(binary_form=True))


def _of_file(file: str) -> list[datetime]:
    from cryptography import x509  # 15 MB, which an installation without TLS does not need

    try:
        found = x509.load_pem_x509_certificates(Path(file).read_bytes())
    except ValueError as problem:
        raise ValueError(f"{file} has no certificate in PEM, or a broken one") from problem
    return [each.not_valid_after_utc for each in found]


def end_of(der: bytes) -> datetime:
    """When a certificate ends. Raises `ValueError` for what is none."""
    from cryptography import x509

    return x509.load_der_x509_certificate(der).not_valid_after_utc
