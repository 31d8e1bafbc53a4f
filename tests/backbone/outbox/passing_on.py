"""A broker that remembers, and relays on a store."""

from __future__ import annotations

from backbone.errors import Unavailable
from backbone.messages.outgoing import OutgoingMessage
from backbone.outbox.relay import Relay
from backbone.settings import Settings
from backbone.store.atomic import Commit
from backbone.store.commit_group import CommitGroup


class Broker:
    """Takes postings, or fails as it is told."""

    def __init__(self) -> None:
        self.taken: list[OutgoingMessage] = []
        self.away = False
        self.unheard: list[str] = []
        self.meanwhile = lambda: None

    def publish(self, postings):
        if self.away:
            raise Unavailable("away")
        self.taken += postings
        self.meanwhile()
        return self.unheard

    def beat(self):
        pass

    def close(self):
        self.away = True


def relay_of(repository, declared=None):
    relay = Relay(
        repository,
        Settings(),
        lambda _: None,
        lambda: declared.append(1),
        lambda _: "deliveries",
    )
    relay.publisher = Broker()
    repository.on_posted = relay.hear
    return relay


def commit(repository, *bodies):
    """As a work of this process does it."""
    batch = Commit(outbox=repository.outbox)
    for body in bodies:
        batch.append(repository.outbox, OutgoingMessage("mill.events", "ground", body).entry())
    CommitGroup(repository).add(batch).wait()


def fill(repository, *bodies, **more):
    """As another process does it."""
    for body in bodies:
        repository.redis.xadd(
            repository.outbox, OutgoingMessage("mill.events", "ground", body, **more).entry()
        )


def kept(repository):
    found = repository.redis.xrange(repository.announced)
    return [OutgoingMessage.of(entry).body for _, entry in found]
