"""The version before is replaced by this one and comes back, while reports and calls come. The long form,
with every type of fact and two processes of each service, is `make chaos ARGS="--upgrade"`."""

from __future__ import annotations

import pytest

from cli.doctor.services import SILENT, Asked, services
from services.installation import HOMES
from tests.chaos import ledger, upgrade

UNITS = ("enterprises projects", "parcels notify")  # of which each hears the other
NOBODY = 9  # a port at which no probe answers


@pytest.fixture
def seen(monkeypatch):
    """What `tenglong doctor` says of the versions each time that a process was replaced."""
    found = []

    def replace(street, each, root):
        replaced(street, each, root)
        asked = Asked(uri=street.uri, ports=dict.fromkeys(HOMES, NOBODY))
        found.append(list(services(asked))[-1])

    replaced = ledger.Street.replace
    monkeypatch.setattr(ledger.Street, "replace", replace)
    return found


def test_two_versions_side_by_side_lose_and_double_nothing_on_the_way_to_the_new_one_and_back(
    rabbitmq, redis_server, seen
):
    rabbitmq.ensure_up()
    redis_server.ensure_up()

    account = ledger.run(
        rabbitmq, redis_server, house="whole park", events=150, per_s=15, replicas=1,
        units=UNITS, before=upgrade.checkout(),
    )  # fmt: skip

    print(account)
    assert account.balanced, account
    assert account.sent == account.accepted == account.applied > 150
    mixed, new, on_the_way_back = seen[:3]
    assert [each.state for each in (mixed, new, on_the_way_back)] == ["look", "well", "look"]
    assert SILENT in mixed.said
    assert "docs/operations.md" in mixed.remedy
    assert SILENT not in new.said
    assert "1 of " in new.said


def test_without_the_history_of_the_version_before_it_is_said_what_to_fetch():
    with pytest.raises(LookupError, match="fetch all of the history"):
        upgrade.checkout("0" * 40)
