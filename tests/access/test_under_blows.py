"""A guarded park loses and doubles nothing while its processes, broker and store are killed, in short:
`make chaos ARGS=--guarded` is the long form."""

from __future__ import annotations

from functools import partial

import pytest

from tests.chaos import ledger
from tests.chaos.guarded import Fenced

HEARERS = ("parcels", "enterprises")


class EachOnce(Fenced):
    """The broker, then the store, then a process."""

    def strike(self, chance, kills):
        whom = [self.rabbitmq, self.store, self.children["parcels", 0]]
        if len(kills) == len(whom):
            return
        struck = whom[len(kills)]
        struck.kill()
        ledger.count(kills, type(struck).__name__)
        if struck in whom[:2]:
            struck.restart()
        self.mend()


@pytest.fixture
def quiet(guarded):
    """The park, with the services of the ledger in the place of its own."""
    for name in HEARERS:
        guarded.services[name].stop()
    yield guarded
    for name in HEARERS:
        guarded.services[name].start()
    for process in guarded.services.values():
        process.wait_ready(60)


@pytest.mark.timeout(400)
def test_with_users_tls_and_acls_nothing_is_lost_or_doubled_whatever_is_killed(quiet):
    account = ledger.run(
        quiet.rabbitmq, quiet.redis, kind=partial(EachOnce, quiet),
        events=200, replicas=1, seed=1, house="park", per_s=25,
    )  # fmt: skip

    print(account)
    assert account.balanced, account
    assert account.sent == account.accepted == account.applied > 100
    assert account.kills.keys() >= {"RabbitMQ", "RedisServer"}
