"""TLS in the files of an installation: which authority is believed, and what we show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

import typer

from backbone.records import record

MOUNTED = "/run/secrets/tenglong"
Ca = Annotated[
    Path | None,
    typer.Option(
        "--tls-ca",
        exists=True,
        dir_okay=False,
        help="the authority, as PEM, that certified RabbitMQ and Redis: everybody reaches them over TLS, at "
        "the hosts and ports that are named here",
    ),
]
Certificate = Annotated[
    Path | None,
    typer.Option(
        "--tls-certificate",
        exists=True,
        dir_okay=False,
        help="our own certificate, as PEM, where they ask for one",
    ),
]
Key = Annotated[
    Path | None,
    typer.Option("--tls-key", exists=True, dir_okay=False, help="the key of that certificate"),
]
Mounted = Annotated[
    str, typer.Option("--mounted", help="with --tls-ca: where each user finds its own folder")
]


@record
class Encryption:
    """Files as PEM, which come into the folder of each user; and where whoever reads its URIs finds that."""

    ca: Path
    certificate: Path | None = None
    key: Path | None = None
    mounted: str = MOUNTED

    def files(self) -> dict[str, str]:
        """What comes into each folder, by its name there."""
        given = {"ca.pem": self.ca, "certificate.pem": self.certificate, "key.pem": self.key}
        return {name: file.read_text("utf-8") for name, file in given.items() if file}

    def query(self) -> str:
        """What a URI says of it."""
        words = {
            "ssl_ca_certs": "ca.pem",
            "ssl_certfile": "certificate.pem",
            "ssl_keyfile": "key.pem",
        }
        there = self.files()
        said = {word: f"{self.mounted}/{name}" for word, name in words.items() if name in there}
        return f"?{urlencode(said, safe='/')}"


def given(
    ca: Path | None, certificate: Path | None, key: Path | None, mounted: str
) -> Encryption | None:
    """TLS as the options say it; none without them. Raises `typer.BadParameter`."""
    if bool(certificate) != bool(key) or (certificate and not ca):
        raise typer.BadParameter("--tls-certificate and --tls-key go together, and with --tls-ca")
    return Encryption(ca=ca, certificate=certificate, key=key, mounted=mounted) if ca else None
