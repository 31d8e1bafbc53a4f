"""TLS to the broker, as a URI says it: `amqps://…?ssl_ca_certs=/etc/ca.pem`, and `ssl_certfile` and
`ssl_keyfile` where the broker asks for a certificate. The broker's is always held against its host."""

from __future__ import annotations

import ssl
from typing import Any
from urllib.parse import parse_qs, urlsplit

OPTIONS = {"ssl_ca_certs": "ca_certs", "ssl_certfile": "certfile", "ssl_keyfile": "keyfile"}


def options(uri: str) -> tuple[str, dict[str, Any]]:
    """The URI without a query, and TLS as kombu takes it. Raises `ValueError` for another option."""
    where = urlsplit(uri)
    given = parse_qs(where.query)
    if where.scheme != "amqps":
        return uri, {}
    if unknown := given.keys() - OPTIONS.keys():
        raise ValueError(f"The broker's URI has {min(unknown)}; there are {', '.join(OPTIONS)}.")
    said = {OPTIONS[name]: values[-1] for name, values in given.items()}
    demand = {"cert_reqs": ssl.CERT_REQUIRED, "server_hostname": where.hostname}
    return where._replace(query="").geturl(), {"ssl": said | demand}
