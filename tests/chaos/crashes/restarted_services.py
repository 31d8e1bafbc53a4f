"""Services in one process (see crashing_services.py), killed and started again."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path

import kombu

from backbone.rpc.caller import user_of
from tests.support.children import Child
from tests.support.eventually import eventually

ROOT = Path(__file__).parents[3]


class RestartedServices:
    """Services in one process, which dies where it is told and is started again."""

    def __init__(self, amqp_uri: str, redis_url: str, *names: str) -> None:
        self.names = names or ("bakery", "shop")
        self.home = Path(tempfile.mkdtemp(prefix="crashing-"))
        self.env = {
            **os.environ,
            "AMQP_URI": amqp_uri,
            "REDIS_URL": redis_url,
            "HTTP_HOST": "127.0.0.1",
            "TRIES_DIR": str(self.home),
            "ATTEMPTS": "2",
            "BATCH": "2",  # so that a few messages are several commits
            "RELAY_LEASE_S": "1",  # a killed relay's outbox waits no longer than this
        }
        self.fate = self.home / "dies_at"
        self.start()

    def start(self, **more: str) -> None:
        """Start them, with `more` settings than those of all."""
        command = [sys.executable, "-m", "tests.chaos.crashes.crashing_services", *self.names]
        self.child = Child(command, self.env | more, self.home / "output", cwd=ROOT)

    def dies_at(self, *steps: str) -> None:
        self.fate.write_text("\n".join(steps))

    def wait_dead(self) -> None:
        """Until it has died wherever it was to die; in between it is started again."""
        eventually(lambda: not self.child.alive)
        assert self.child.process.returncode == -signal.SIGKILL, self.child.tail()
        if self.fate.read_text():
            self.start()
            self.wait_dead()

    def replay(self, service: str, parked_id: str) -> None:
        """An operator asks for it, and does not wait for the answer."""
        uri = self.env["AMQP_URI"]
        with kombu.Connection(uri) as connection:
            connection.Producer().publish(
                {"args": [], "kwargs": {"parked_id": parked_id, "by": "me"}},
                exchange="nameko-rpc",
                routing_key=f"{service}.replay_parked",
                reply_to="rpc.reply-nobody",
                user_id=user_of(uri),
                retry=False,
            )

    def tries(self, batch_id: str) -> int:
        """How often the bakery tried to bake this, over all its lives."""
        return (self.home / batch_id).stat().st_size

    def close(self, service: str) -> None:
        """From now on its handler can do nothing, and each of its messages is parked."""
        self._closed(service).touch()

    def open(self, service: str) -> None:
        self._closed(service).unlink()

    def _closed(self, service: str) -> Path:
        return self.home / f"closed {service}"
