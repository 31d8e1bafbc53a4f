"""From what a township reports of a firm, and parcels of land and leases, to what is asked of it."""

from __future__ import annotations

from typing import Any

from tests.support.eventually import eventually
from tests.support.park import Story

from ..projects.test_carriers import reported_park

REGISTRATION = "330682000012345"
DAY = {"reported_on": "2023-08-01"}


def ids(story: Story) -> tuple[str, str]:
    """A firm and its owner."""
    return f"{story.township}-{story.run}-F", f"{story.township}-{story.run}-H"


def ask(story: Story, method: str, **asked: Any) -> Any:
    return story.park.call("enterprises", method, **asked)


def firm(enterprise_id: str, *parcel_ids: str) -> tuple[str, dict[str, Any]]:
    premises = [{"parcel_id": each, "role": "owner", "from": "2015-01-01"} for each in parcel_ids]
    about = {"enterprise_id": enterprise_id, "name": "works", "scale": "below_scale"}
    return "enterprise.registered", about | {"premises": premises}


def test_what_a_township_reports_of_a_firm_is_asked_of_it_by_day(story):
    enterprise_id, owner = ids(story)
    about = {"enterprise_id": enterprise_id, **DAY}
    since = {"valid_from": "2015-01-01"}
    receipts = story.tell(
        [
            story.parcel(),
            firm(enterprise_id, story.parcel_id),
            ("enterprise.name_reported", about | since | {"name": f"old works {story.run}"}),
            (
                "enterprise.code_reported",
                about | since | {"kind": "registration_number", "value": REGISTRATION},
            ),
            (
                "enterprise.industry_reported",
                about | since | {"edition": "2011", "code": "0511"},
            ),
            (
                "enterprise.registration_reported",
                about | {"established_on": "2015-01-01", "contact_name": "王小明"},
            ),
            (
                "enterprise.capital_reported",
                about | since | {"kind": "subscribed", "amount": "10000000"},
            ),
            (
                "enterprise.revenue_reported",
                about | {"data_year": 2022, "source_class": "tax", "main_revenue_cny": "20000000"},
            ),
            (
                "enterprise.honour_reported",
                about
                | {"honour": "little_giant", "level": "national", "year": 2022}
                | {"granted_on": "2022-08-01"},
            ),
            (
                "enterprise.owner_reported",
                about | {"owner_id": owner, "share": "0.6", "from": "2019-03-01"},
            ),
        ]
    )
    assert [each["outcome"] for each in receipts] == ["accepted"] * len(receipts)

    by_name = ask(story, "find_enterprise", name=f"OLD WORKS {story.run}", on="2016-01-01")
    assert [each["on_that_day"] for each in by_name["found_firms"]] == [True]
    by_code = ask(story, "find_enterprise", code=REGISTRATION, limit=200)["found_firms"]
    assert enterprise_id in [each["enterprise_id"] for each in by_code]
    asked = {"enterprise_id": enterprise_id, "on": "2026-11-28"}
    assert ask(story, "industry_of", **asked)["industry"]["code_2017"] == "A0512"
    [due] = ask(story, "capital_of", **asked)["capital_due"]
    assert due["due_on"] == "2027-06-30"
    assert ask(story, "scale_of", **asked)["scale_by_revenue"] == "above_scale"
    assert ask(story, "honours_of", **asked)["honours"][0]["expires_on"] == "2025-07-31"
    kept = ask(story, "get_firm_profile", enterprise_id=enterprise_id)
    assert kept["registration"]["contact_name"] == "王**"
    overview = eventually(
        lambda: (
            found
            if (found := ask(story, "group_overview", enterprise_id=owner))["area_unknown"] == 0
            else None
        )
    )
    assert [each["parcel_id"] for each in overview["group_plots"]] == [story.parcel_id]


def test_both_townships_hear_that_two_firms_claim_one_code_and_that_it_is_settled(story):
    one, other = ids(story)
    code = {"kind": "uscc", "value": story.uscc, "valid_from": "2015-01-01", **DAY}
    story.tell([("enterprise.code_reported", code | {"enterprise_id": e}) for e in (one, other)])
    alert = story.alert("firm_code_disputed")
    assert story.uscc not in str(alert)
    assert "credit code" in alert["text"]
    wrong = code | {"enterprise_id": other, "valid_from": None, "mistyped": True}
    story.tell([("enterprise.code_reported", wrong | {"reported_on": "2023-08-02"})])
    assert one in story.alert("firm_code_settled")["text"]


def test_a_lease_in_a_carrier_makes_its_lessee_a_tenant_until_it_ends(story):
    enterprise_id, other = ids(story)
    _, terms = reported_park(story)
    story.tell([firm(enterprise_id)])
    terms |= {"enterprise_id": enterprise_id, "signed_on": "2023-02-21"}

    def there(on: str) -> list[str]:
        found = ask(story, "firms_in_unit", unit_id=terms["unit_id"], on=on)
        return [each["enterprise_id"] for each in found["firms_in_unit"]]

    story.tell([("carrier.unit_leased", terms)])
    eventually(lambda: there("2023-03-01") == [enterprise_id])

    # signed earlier, so that the first one finds no room
    earlier = {"lease_id": f"{story.township}-{story.run}-L2", "signed_on": "2023-02-20"}
    story.tell([("carrier.unit_leased", terms | earlier | {"enterprise_id": other})])
    eventually(lambda: there("2023-03-01") == [other])

    about = {"unit_id": terms["unit_id"], "lease_id": earlier["lease_id"]}
    story.write("parcels", "end_lease", **about, ended_on="2023-08-31")
    eventually(lambda: there("2023-09-01") == [])
    assert there("2023-08-31") == [other]
