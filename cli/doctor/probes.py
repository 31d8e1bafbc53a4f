"""What a service says of itself at /readyz."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit

from backbone import tls
from backbone.records import record
from services.installation import PROBES_SETTING

USUAL = "http://localhost:{port}"
ANSWERS_WITHIN_S = 5


@record
class Told:
    """What was heard at an address: what the service waits for, and remarks; or why nothing was heard."""

    at: str
    waits_for: dict[str, str]
    remarks: dict[str, str]
    silent: str = ""

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
    given = where.replace("{service}", service).replace("{port}", str(port))
    plain, told = tls.read(given, PROBES_SETTING, ("https",))
    at = urlunsplit(urlsplit(plain)._replace(path="/readyz", query=""))
    try:
        said = json.loads(_body(tls.opener(told, PROBES_SETTING), at))
        if said["service"] != service:
            return Told(at=at, waits_for={}, remarks={}, silent=f"{said['service']} answers there")
        return Told(at=at, waits_for=said["waits_for"], remarks=said.get("remarks", {}))
    except (OSError, HTTPException) as problem:
        return Told(
            at=at, waits_for={}, remarks={}, silent=str(getattr(problem, "reason", problem))
        )
    except (ValueError, TypeError, KeyError):
        return Told(at=at, waits_for={}, remarks={}, silent="another program answers there")


def _body(opener: Any, at: str) -> bytes:
    try:
        with opener.open(at, timeout=ANSWERS_WITHIN_S) as answer:
            return bytes(answer.read())
    except HTTPError as refused:  # 503, of a service that is not ready
        return refused.read()


def _joined(said: dict[str, str]) -> str:
    return "; ".join(f"{part}: {why}" for part, why in said.items())
