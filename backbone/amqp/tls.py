"""TLS to the broker, as its URI says it, in kombu's words."""

from __future__ import annotations

import ssl
from typing import Any
from urllib.parse import urlsplit

from ..tls import FILES, read


def split(uri: str) -> tuple[str, dict[str, Any]]:
    """The URI without what it says of TLS, and that as kombu takes it. Raises `Unusable` for an option
    that there is not, and `OSError` for a file that cannot be read."""
    plain, told = read(uri, "AMQP_URI", ("amqps",))
    if told is None:
        return uri, {}
    told.check("AMQP_URI")
    options: dict[str, Any] = {
        name: file for name in FILES.values() if (file := getattr(told, name))
    }
    if told.is_checked:
        options["server_hostname"] = urlsplit(uri).hostname  # which the certificate has to name
    demand = ssl.CERT_REQUIRED if told.is_checked else ssl.CERT_NONE
    return plain, {"ssl": options | {"cert_reqs": demand}}
