"""Past one machine, in short: `make chaos ARGS=--cluster` is the long form."""

from __future__ import annotations

import pytest

from tests.chaos import ledger, machines


class OneGoes(machines.Machines):
    """Three brokers and a Redis with Sentinels, of which one machine goes after the other."""

    def strike(self, chance, kills):
        self.lose_one(chance, kills)


@pytest.fixture
def several(monkeypatch):
    monkeypatch.setattr(machines, "AWAY_S", (1, 2))
    with machines.servers() as servers:
        yield servers


@pytest.mark.timeout(400)
def test_nothing_is_lost_or_doubled_when_a_machine_goes_with_a_leader_and_the_master_on_it(several):
    account = ledger.run(*several, kind=OneGoes, events=300, replicas=2, seed=3, per_s=20)

    print(account)
    assert account.balanced, account
    assert account.sent == account.accepted == account.applied == 300
    assert account.kills["machine gone"] >= 1
    assert account.kills["calls answered with a node away"] >= 2
