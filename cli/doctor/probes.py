"""What a service says of itself at /readyz."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit

import eventlet

from backbone import tls
from backbone.certificates import PROBES, SERVER, End, end_of
from backbone.records import record
from services.installation import PROBES_SETTING

USUAL = "http://localhost:{port}"
ANSWERS_WITHIN_S = 5


@record
class Told:
    """What was heard at an address: what the service waits for, and remarks; or why nothing was heard, and
    what has to be set where it was asked in the wrong way."""

    at: str
    waits_for: dict[str, str]
    remarks: dict[str, str]
    silent: str = ""
    cure: str = ""

    def why(self) -> str:
        """What it waits for, the address with it."""
        if self.silent:
            return f"{self.at} was asked, too: {self.silent}"
        if not self.waits_for:
            return f"{self.at} says that it is ready"
        return f"{self.at} says: {_joined(self.waits_for)}"


def ask(where: str, service: str, port: int) -> Told:
    """Ask a service; `where` is a URL with {service} and {port} in it, and what it says of TLS as in every
    other. Raises `Unusable` for one that cannot be read."""
    plain, told = _address(where, service, port)
    at = urlunsplit(urlsplit(plain)._replace(path="/readyz", query=""))
    try:
        said = json.loads(_body(tls.opener(told, PROBES_SETTING), at))
        if said["service"] != service:
            return Told(at=at, waits_for={}, remarks={}, silent=f"{said['service']} answers there")
        return Told(at=at, waits_for=said["waits_for"], remarks=said.get("remarks", {}))
    except (OSError, HTTPException) as problem:
        if told is None and _certificate_at(at, tls.Tls()):
            silent, cure = "it speaks TLS there, and was asked without", _over_tls(where)
            return Told(at=at, waits_for={}, remarks={}, silent=silent, cure=cure)
        return Told(
            at=at, waits_for={}, remarks={}, silent=str(getattr(problem, "reason", problem))
        )
    except (ValueError, TypeError, KeyError):
        return Told(at=at, waits_for={}, remarks={}, silent="another program answers there")


def ends(where: str, ports: Mapping[str, int]) -> Iterator[End]:
    """When the certificates end that services show where they are asked over TLS. Of one that does not answer
    nothing is known."""

    def end(service: str) -> End | None:
        plain, told = _address(where, service, ports[service])
        shown = _certificate_at(plain, told) if told else None
        return End(f"{PROBES} of {service}", SERVER, end_of(shown)) if shown else None

    yield from filter(None, eventlet.GreenPool().imap(end, ports))


def _address(where: str, service: str, port: int) -> tuple[str, tls.Tls | None]:
    """The URL of a service, and what it says of TLS."""
    given = where.replace("{service}", service).replace("{port}", str(port))
    return tls.read(given, PROBES_SETTING, ("https",))


def _certificate_at(at: str, told: tls.Tls) -> bytes | None:
    """What is shown at this address, whether or not it would be taken; nothing if no TLS is spoken there."""
    place = urlsplit(at)
    try:
        context = replace(told, is_checked=False).context()
        plain = socket.create_connection(
            (place.hostname or "", place.port or 443), ANSWERS_WITHIN_S
        )
        with closing(plain), context.wrap_socket(plain, server_hostname=place.hostname) as spoken:
            return spoken.getpeercert(binary_form=True)
    except OSError:
        return None


def _over_tls(where: str) -> str:
    return (
        f"Set {PROBES_SETTING} (or --probes) to https{where.partition('?')[0].removeprefix('http')}"
        "?ssl_ca_certs=/etc/ca.pem, with the file of its authority, and with ssl_certfile and ssl_keyfile "
        "where it asks for a certificate, too (HTTP_CA_FILE)."
    )


def _body(opener: Any, at: str) -> bytes:
    try:
        with opener.open(at, timeout=ANSWERS_WITHIN_S) as answer:
            return bytes(answer.read())
    except HTTPError as refused:  # 503, of a service that is not ready
        return refused.read()


def _joined(said: dict[str, str]) -> str:
    return "; ".join(f"{part}: {why}" for part, why in said.items())
