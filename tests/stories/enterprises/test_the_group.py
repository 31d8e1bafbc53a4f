"""A holding with two works on one plot of its own: what is late and what was broken is seen in one read."""

from __future__ import annotations

from tests.support.eventually import eventually

from ..projects.test_the_contract import Desk
from .test_the_firm import ask, firm

DAY = {"reported_on": "2023-08-01"}


def owned(story, enterprise_id):
    about = {"enterprise_id": enterprise_id, "owner_id": f"{story.township}-{story.run}-H"}
    return "enterprise.owner_reported", about | {"share": "1", "from": "2019-03-01", **DAY}


def test_a_group_with_a_late_instalment_and_a_broken_promise_is_seen_in_one_read(story):
    """Both works sign for the plot; then one of them leases it to the other, whose promise it is."""
    desk = Desk(story)
    late, breaker = story.enterprise_id, f"{story.township}-{story.run}-B"
    story.tell([firm(breaker), owned(story, late), owned(story, breaker)])
    desk.award()
    desk.sign()
    lessee = [{"name": f"works B {story.run}", "enterprise_id": breaker}]
    leased = {"transfer_kind": "lease", "transferred_on": desk.day(41), "holders": lessee}
    story.write("projects", "transfer_contract", contract_id=desk.contract_id, **leased)
    story.write(
        "projects",
        "review_commitments",
        contract_id=desk.contract_id,
        review_id="R-1",
        check_stage="full_capacity",
        reviewed_on="2026-06-30",
        evidence_ids=["doc-1"],
        figures=[{"code": "tax", "value": "28.5", "unit": "万元/亩"}],
    )

    def seen():
        asked = {"enterprise_id": f"{story.township}-{story.run}-H", "on": "2026-07-01"}
        found = ask(story, "group_overview", **asked)
        owes = [(each["enterprise_ids"], each["owed_cny"]) for each in found["group_arrears"]]
        broke = [
            (each["enterprise_ids"], each["indicator"])
            for each in found["group_promises"]
            if each["promise_state"] == "broken"
        ]
        return owes, broke, found["arrears_cny"], found["not_attributed"]

    expected = [([late], "4700000.00")], [([breaker], "tax")], "4700000.00", []
    eventually(lambda: seen() == expected)

    paid = {"instalment_no": 1, "paid_on": "2024-01-10"}
    story.write("projects", "record_payment", contract_id=desk.contract_id, **paid)
    eventually(lambda: seen()[0] == [])
    assert seen()[1] == [([breaker], "tax")]
