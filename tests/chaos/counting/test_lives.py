"""The fault tests send every type of report there is, and each has an effect that can be read back."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from backbone.testing import Rehearsal
from services.enterprises.service import EnterprisesService
from services.installation import TOWNSHIPS
from tests.chaos import lives
from tests.parcels.conftest import Parcels

LATER = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)  # after every day that the samples name
OF_ENTERPRISES = ("enterprise.", "request.")


def test_there_is_a_life_event_of_every_type_that_is_heard():
    told = [each["type"] for each in lives.life("a1", lives.TOWNSHIPS[0], random.Random(1))]

    assert sorted(told) == lives.types()
    kinds = (
        "soil.",
        "carrier.",
        "parcel.boundary",
        "construction.",
        "low_efficiency.",
        "enterprise.fig",
    )
    assert all(any(each.startswith(kind) for each in told) for kind in kinds)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_first_each_report_of_a_life_leaves_its_mark_once(seed):
    parcels = Parcels()
    enterprises = Rehearsal(EnterprisesService, feeds=[TOWNSHIPS], clock=lambda: LATER)
    sent = lives.life(f"s{seed}", lives.TOWNSHIPS[1], random.Random(seed))
    for each in sent:
        service = enterprises if each["type"].startswith(OF_ENTERPRISES) else parcels
        event_id = {"id": each["id"], "publisher": lives.TOWNSHIPS[1]}
        for _ in range(2):
            service.hear("township", each["type"], each["data"], **event_id)

    found = lives.applied(parcels.repository.call, marks(parcels))
    found += lives.applied(enterprises.repository.call, marks(enterprises))
    assert {event_id for _, event_id in found} == {each["id"] for each in sent}
    assert max(found.values()) == 1


def marks(service):
    keys = service.repository.call("keys", service.repository.key("changes", "*"))
    return [key.decode() if isinstance(key, bytes) else key for key in keys]
