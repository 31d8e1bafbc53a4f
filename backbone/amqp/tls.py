"""TLS to the broker, as a URI says it, in the words of `rediss://`:

    amqps://user:password@host:5671/vhost?ssl_ca_certs=/etc/ca.pem

`ssl_ca_certs` is the authority that the broker's certificate is held against, else those of the system;
`ssl_certfile` and `ssl_keyfile` are our own certificate, where the broker asks for one. With
`ssl_cert_reqs=none` any certificate will do, and anybody may be the broker.
"""

from __future__ import annotations

import ssl
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ..settings import Unusable

FILES = {"ssl_ca_certs": "ca_certs", "ssl_certfile": "certfile", "ssl_keyfile": "keyfile"}
DEMANDS = {"required": ssl.CERT_REQUIRED, "none": ssl.CERT_NONE}


def split(uri: str) -> tuple[str, dict[str, Any]]:
    """The URI without what it says of TLS, and that as kombu takes it. Raises `Unusable` for an option
    that there is not."""
    where = urlsplit(uri)
    given = parse_qsl(where.query, keep_blank_values=True)
    said = {name: value for name, value in given if name.startswith("ssl_")}
    if where.scheme != "amqps":
        if said:
            raise Unusable(f"AMQP_URI has {next(iter(said))}; TLS is spoken to amqps:// alone.")
        return uri, {}
    demand = DEMANDS.get(said.pop("ssl_cert_reqs", "required"))
    if unknown := said.keys() - FILES.keys() or (() if demand is not None else {"ssl_cert_reqs"}):
        known = ", ".join((*FILES, "ssl_cert_reqs (required or none)"))
        raise Unusable(f"AMQP_URI has {min(unknown)} as it cannot be; there are {known}.")
    options: dict[str, Any] = {FILES[name]: value for name, value in said.items()}
    if demand is ssl.CERT_REQUIRED:
        options["server_hostname"] = where.hostname  # which the certificate has to name
    plain = urlencode([(name, value) for name, value in given if not name.startswith("ssl_")])
    return urlunsplit(where._replace(query=plain)), {"ssl": options | {"cert_reqs": demand}}
