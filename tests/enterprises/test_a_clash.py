"""A desk enters something while somebody else changes the same: it is decided again, and taken once."""

from __future__ import annotations

import pytest

from backbone.store.commit_group import Conflict
from backbone.store.unit_of_work import UnitOfWork

from .codes.reports import MEAN, Firm, risk
from .reports import TOWNSHIP

INDICATOR = {
    "indicator": "high_level_talents",
    "basis": "zone",
    "period_end": "2023-07-31",
    "value": "1000",
    "document": "a report of the zone",
}
INSTITUTE = {
    "innovation_id": f"{TOWNSHIP}-I1",
    "kind": "university_institute",
    "from_on": "2022-05-01",
    "document": "list of 2022",
}


@pytest.mark.parametrize(
    ("method", "entry"),
    [
        ("record_code_figures", risk()),
        ("record_carbon_mean", MEAN),
        ("record_indicator", INDICATOR),
        ("record_innovation", INSTITUTE),
    ],
)
def test_what_a_desk_enters_is_decided_again_after_a_clash(monkeypatch, method, entry):
    firm, commit, tries = Firm(), UnitOfWork.commit, []

    def clash_once(work):
        tries.append(work)
        if len(tries) == 1:
            raise Conflict
        commit(work)

    monkeypatch.setattr(UnitOfWork, "commit", clash_once)
    assert firm.enterprises.call(method, **entry)
    assert len(tries) == 2
