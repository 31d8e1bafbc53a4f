"""TLS to a server, as a URL says it, in the words of `rediss://`:

    amqps://user:password@host:5671/vhost?ssl_ca_certs=/etc/ca.pem

`ssl_ca_certs` is the authority that the server's certificate is held against, else those of the system;
`ssl_certfile` and `ssl_keyfile` are our own certificate, where the server asks for one. With
`ssl_cert_reqs=none` any certificate will do, and anybody may be the server.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from .settings import FileUnreadable, Unusable

FILES = {"ssl_ca_certs": "ca_certs", "ssl_certfile": "certfile", "ssl_keyfile": "keyfile"}
INNER = re.compile(r"\[SSL: \w+\] |\.? ?\(_ssl\.c:\d+\)")
DEMANDS = {"required": True, "none": False}


@dataclass(frozen=True, slots=True)
class Tls:
    """Files, "" for none; and whether the server's certificate is held against anything."""

    ca_certs: str = ""
    certfile: str = ""
    keyfile: str = ""
    is_checked: bool = True

    def check(self, setting: str) -> None:
        """Raise `FileUnreadable` with the setting and the file for one that cannot be read, of which the
        errors of libraries name neither."""
        for word, field in FILES.items():
            file = getattr(self, field)
            try:
                if file:
                    Path(file).open("rb").close()
            except OSError as problem:
                said = f"{setting} names {word}={file}, which cannot be read: {problem.strerror}"
                raise FileUnreadable(said) from problem

    def context(self) -> ssl.SSLContext:
        """With what the files say now. Raises `OSError` for one that cannot be read."""
        made = ssl.create_default_context(cafile=self.ca_certs or None)
        if not self.is_checked:
            made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
        if self.certfile:
            made.load_cert_chain(self.certfile, self.keyfile or None)
        return made


def read(url: str, setting: str, encrypted: Collection[str]) -> tuple[str, Tls | None]:
    """The URL of this setting without what it says of TLS, and that; none where its scheme is not among those
    that are `encrypted`. Raises `Unusable` for an option that there is not."""
    where = urlsplit(url)
    given = parse_qsl(where.query, keep_blank_values=True)
    said = {name: value for name, value in given if name.startswith("ssl_")}
    if where.scheme not in encrypted:
        if said:
            those = " and ".join(f"{each}://" for each in encrypted)
            raise Unusable(f"{setting} has {next(iter(said))}; TLS is spoken to {those} alone.")
        return url, None
    demand = DEMANDS.get(said.pop("ssl_cert_reqs", "required"))
    if unknown := said.keys() - FILES.keys() or (() if demand is not None else {"ssl_cert_reqs"}):
        known = ", ".join((*FILES, "ssl_cert_reqs (required or none)"))
        raise Unusable(f"{setting} has {min(unknown)} as it cannot be; there are {known}.")
    if "ssl_keyfile" in said and "ssl_certfile" not in said:
        raise Unusable(f"{setting} has ssl_keyfile, and no ssl_certfile that it is the key of.")
    plain = urlencode([(name, value) for name, value in given if not name.startswith("ssl_")])
    files = {FILES[name]: value for name, value in said.items()}
    return urlunsplit(where._replace(query=plain)), Tls(**files, is_checked=bool(demand))


def plainly(said: str) -> str:
    """What an error of TLS says, without the places in libraries that it names."""
    return INNER.sub("", said)


def words(url: str) -> str:
    """What a URL says of TLS, as a query for another one."""
    given = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return urlencode([(name, value) for name, value in given if name.startswith("ssl_")])


def opener(told: Tls | None, setting: str) -> Any:
    """What opens a URL of this setting, past every proxy, with what it says of TLS. Raises `OSError` for a
    file that cannot be read."""
    # imported here: a service at rest does not need it
    from urllib.request import HTTPSHandler, ProxyHandler, build_opener

    if told is None:
        return build_opener(ProxyHandler({}))
    told.check(setting)
    return build_opener(ProxyHandler({}), HTTPSHandler(context=told.context()))
