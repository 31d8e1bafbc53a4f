"""The ledger where nobody is trusted: users with least rights at the broker and at Redis, TLS to the broker,
and certificates that both ends show.

    python -m tests.chaos.ledger --guarded --events 6000
    python -m tests.chaos.ledger --guarded --house "whole park" --events 2000 --per-second 20

The second has all four services, and counts each fact that they announce. Each process works as its
service's own user, and each township sends as itself; `tenglong grant` has made them all. What counts and
what strikes does so as the administrator, from outside.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.access.conftest import Guarded
from tests.chaos import lives
from tests.chaos.houses import House
from tests.chaos.ledger import ROOT, Street, Unit
from tests.support.children import Child, free_ports


class Fenced(Street):
    """The processes of a guarded installation, its broker and its store."""

    def __init__(
        self, park: Guarded, rabbitmq: Any, store: Any, house: House, *more: Any, **options: Any
    ) -> None:
        self.park = park
        certificate, key = park.authority.certify("ledger")
        files = {"ssl_ca_certs": park.authority.ca, "ssl_certfile": certificate}
        self.shown = files | {"ssl_keyfile": key}
        self.townships = [self._granted(code) for code in lives.TOWNSHIPS]
        if not house.counts_facts:  # what others reported before is not of this ledger
            look, others = house.look, house.look(self.place()[1])
            house = replace(house, look=lambda url: look(url) - others)
        super().__init__(rabbitmq, store, house, *more, **options)

    def place(self) -> tuple[str, str]:
        """As the administrator sees it."""
        return self.park.uri("administrator"), self.park.store("administrator")

    def feed_uri(self, part: int) -> str:
        return self.townships[part % len(self.townships)]

    def start(self, each: Unit) -> Child:
        name, number = each
        self.starts += 1
        env = {
            **os.environ,
            "AMQP_URI": self.park.over_tls(self.park.uri(name), **self.shown),
            "REDIS_URL": self.park.over_tls(self.park.store(name), **self.shown),
            "MANAGEMENT_URL": self.park.management(name),
            "HTTP_HOST": "127.0.0.1",
            "LOG_LEVEL": "WARNING",
            f"{name.upper()}_PORT": str(free_ports(1)[0]),
        }
        log = self.home / f"{name}-{number}-{self.starts}.log"
        return Child([sys.executable, "-m", "services", name], env, log, cwd=ROOT)

    def where(self) -> dict[str, int]:
        """Those of the ledger's services: others of the park have queues, too."""
        found = super().where().items()
        return {name: n for name, n in found if name.partition(".")[0] in self.house.services}

    def _granted(self, code: str) -> str:
        """A township's URI, with a new password if the township is there already."""
        told = self._told("township", code)
        if "amqp_uri" not in told:
            told = self._told("rotate", f"township-{code}")
        uri: str = told["amqp_uri"]
        return self.park.over_tls(uri, **self.shown)

    def _told(self, *words: str) -> dict[str, Any]:
        granted = self.park.grant(*words, "--json")
        assert granted.returncode == 0, granted.stderr
        told: dict[str, Any] = json.loads(granted.stdout)
        return told


@contextmanager
def installed() -> Iterator[Guarded]:
    """A guarded installation, whose services are started by the ledger."""
    park = Guarded(Path(tempfile.mkdtemp(prefix="guarded-")))
    try:
        park.start()
        for process in park.services.values():
            process.stop()
        yield park
    finally:
        park.discard()
