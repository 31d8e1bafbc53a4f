"""What a project claims under a policy, what it is granted, and what speaks against that."""

from __future__ import annotations

import pytest

from backbone.errors import Invalid, NotFound, Refused

from ..desk import at
from ..platforms.test_platforms import refused
from .office import Office


@pytest.fixture
def office() -> Office:
    office = Office()
    office.policy()
    return office


def warned(kept: dict) -> list[str]:
    return [each["code"] for each in kept["warnings"]]


def money(office: Office, on: str = "2025-07-01") -> tuple[str, str]:
    said = office.claimants(on)["p"]
    return said["claimed_cny"], said["granted_cny"]


def test_claims_and_grants_count_from_their_days_on_in_all_and_for_the_project(office):
    office.claim()
    office.claim(policy_claim_id="claim-2", claimed_cny="100.01", claimed_on="2025-06-21")
    office.grant()
    assert money(office, "2025-06-20") == ("500000.00", "0")
    assert money(office, "2025-06-24") == ("500100.01", "0")
    assert money(office, "2025-06-25") == ("500100.01", "400000.00")
    found = office.read("policy_overview", on="2025-06-25")
    assert (found["claimed_cny"], found["granted_cny"]) == ("500100.01", "400000.00")
    assert found["policies"][0]["claims"] == 2
    assert office.read("policy_overview", on="2025-05-31")["policies"] == []


def test_what_is_said_again_is_no_news_and_a_correction_stands(office):
    office.claim()
    office.claim()
    office.grant()
    office.grant()
    office.claim(claimed_cny="600000")
    assert [each["claim_no"] for each in office.facts_named("policy_claimed")] == [1, 2]
    assert len(office.facts_named("policy_granted")) == 1
    assert money(office) == ("600000.00", "400000.00")
    office.grant(withdrawn=True)
    assert money(office) == ("600000.00", "0")


def test_a_claim_that_is_withdrawn_takes_its_grant_along(office):
    office.claim()
    office.grant()
    office.moment = at("2025-07-02")
    office.claim(withdrawn=True)
    assert money(office) == ("0", "0")
    then = office.claimants(known_at="2025-07-01T23:00:00+08:00")["p"]
    assert (then["claimed_cny"], then["granted_cny"]) == ("500000.00", "400000.00")


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"claimed_cny": "1000000"}, []),
        ({"claimed_cny": "1000000.01"}, ["CLAIM_OVER_POLICY"]),
        ({"claimed_on": "2025-05-31"}, ["POLICY_NOT_IN_FORCE", "CRITERION_NOT_MET"]),
        ({"claimed_on": "2025-06-09"}, ["CRITERION_NOT_MET"]),
    ],
)
def test_what_speaks_against_a_claim_is_a_warning(office, changes, codes):
    assert warned(office.claim(**changes)) == codes
    [told] = office.facts_named("policy_claimed")
    assert [each["code"] for each in told["warnings"]] == codes


def test_all_claims_of_a_project_together_are_held_to_what_the_policy_gives(office):
    office.claim(claimed_cny="999999.99")
    assert warned(office.claim(policy_claim_id="claim-2", claimed_cny="0.01")) == []
    more = {"policy_claim_id": "claim-3", "claimed_cny": "0.01"}
    assert warned(office.claim(**more)) == ["CLAIM_OVER_POLICY"]
    office.policy(amount_cny=None)
    assert warned(office.claim(**more, claimed_on="2025-06-21")) == []


def test_a_claim_under_a_policy_without_review_hears_of_that(office):
    office.policy(review=None)
    assert warned(office.claim()) == ["POLICY_NOT_REVIEWED"]


def test_more_granted_than_claimed_is_warned_of(office):
    office.claim()
    assert warned(office.grant(granted_cny="500000")) == []
    assert warned(office.grant(granted_cny="500000.01")) == ["GRANT_OVER_CLAIM"]
    assert warned(office.grant(granted_cny="0")) == []


def test_more_granted_to_a_project_than_the_policy_gives_is_warned_of(office):
    office.claim(claimed_cny="1000000")
    office.claim(policy_claim_id="claim-2", claimed_cny="500000")
    assert warned(office.grant(granted_cny="600000")) == []
    second = {"policy_claim_id": "claim-2"}
    assert warned(office.grant(**second, granted_cny="400000")) == []
    kept = office.grant(**second, granted_cny="400000.01")
    assert warned(kept) == ["GRANT_OVER_POLICY"]
    assert kept["warnings"][0]["sentence"] == (
        "The project is granted 1000000.01 yuan in all; the policy gives at most 1000000.00."
    )
    assert warned(office.grant(**second, granted_cny="400000.01", withdrawn=True)) == []


def test_nothing_is_granted_before_it_is_claimed(office):
    office.claim()
    with pytest.raises(Refused, match=r"GRANT_BEFORE_CLAIM \(granted_on\): .* on 2025-06-20;"):
        office.grant(granted_on="2025-06-19")
    office.grant(granted_on="2025-06-20")
    office.claim(claimed_on="2025-06-21")
    assert warned(office.grant(granted_on="2025-06-20", withdrawn=True)) == []


def test_a_claim_has_a_day_a_project_and_evidence(office):
    office.claim()
    assert refused(office.claim, claimed_on="2025-07-02") == ["NOT_YET"]
    office.claim(claimed_on="2025-07-01")  # today
    assert refused(office.grant, granted_on="2025-07-02") == ["NOT_YET"]
    office.project("q")
    assert refused(office.claim, project_id="q") == ["CLAIM_OF_OTHER_PROJECT"]
    with pytest.raises(NotFound, match="project_id"):
        office.claim(policy_claim_id="claim-2", project_id="nobody")
    with pytest.raises(NotFound, match="policy_claim_id"):
        office.grant(policy_claim_id="claim-9")
    with pytest.raises(NotFound, match="policy_id"):
        office.claim(policy_id="elsewhere")
    with pytest.raises(Invalid, match="evidence_ids"):
        office.claim(evidence_ids=[])
