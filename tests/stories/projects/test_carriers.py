"""From a park that a township reports to the investment team, which is told what is free."""

from __future__ import annotations

import json

from tests.support.park import Story

from ..operating.test_operator import installed as installed
from ..operating.test_operator import run


def reported_park(story: Story) -> tuple[str, dict[str, object]]:
    """A park with a unit of 500 m², and the terms of a lease of 300 m²."""
    park, building, unit = (f"{story.township}-{story.run}-{kind}" for kind in "PBU")
    day = {"reported_on": "2023-01-10"}
    receipts = story.tell(
        [
            (
                "carrier.park_reported",
                {"park_id": park, "name": "park", "operator": "company", **day},
            ),
            (
                "carrier.building_reported",
                {
                    "building_id": building,
                    "park_id": park,
                    "parcel_id": story.parcel_id,
                    "name": "5号楼",
                    "floors": 2,
                    "floor_area_m2": "1000",
                    **day,
                },
            ),
            (
                "carrier.unit_reported",
                {
                    "unit_id": unit,
                    "building_id": building,
                    "floor": 1,
                    "rentable_area_m2": "500",
                    **day,
                },
            ),
        ]
    )
    assert [each["outcome"] for each in receipts] == ["accepted"] * 3
    return park, {
        "unit_id": unit,
        "lease_id": f"{story.township}-{story.run}-L1",
        "lessee_name": "works",
        "area_m2": "300",
        "starts_on": "2023-03-01",
        "ends_on": "2024-02-29",
        "rent_cny_per_m2_month": "17",
        "deposit_cny": "0",
        "use": "production",
        "signed_on": "2023-02-20",
    }


def test_what_a_lease_vacates_is_told_and_free_and_a_lease_without_room_is_told_too(story):
    park, terms = reported_park(story)
    second = terms | {"lease_id": f"{story.township}-{story.run}-L2", "signed_on": "2023-02-21"}

    story.tell([("carrier.unit_leased", terms), ("carrier.unit_leased", second)])

    alert = story.alert("lease_set_aside")
    assert "only 200 m² of the unit are free" in alert["text"]
    assert "works" not in str(alert)
    story.write(
        "parcels",
        "end_lease",
        unit_id=terms["unit_id"],
        lease_id=terms["lease_id"],
        ended_on="2023-08-31",
    )
    assert "2023-09-01" in story.alert("unit_vacated")["text"]
    free = story.park.call("parcels", "occupancy", park_id=park, on="2023-09-01")
    assert (free["units_found"], free["rentable_area_m2"]) == (1, "500")


def test_the_investment_team_asks_from_the_command_line(installed):
    host, environment = installed
    park, terms = reported_park(Story(host))

    asked = ("on=2023-03-01", f"park_id={park}", "area_from_m2=500")
    answers = [
        run(environment, "call", *method, *asked)
        for method in (["parcels.units_available"], ["parcels", "units_available"])
    ]

    for answer in answers:
        (unit,) = json.loads(answer.stdout)["units"]
        assert (unit["unit_id"], unit["free_area_m2"]) == (terms["unit_id"], "500")
    assert "say which method of parcels" in run(environment, "call", "parcels").stderr
    price = run(
        environment, "call", "parcels.sale_price", f"unit_id={terms['unit_id']}",
        "buyer_revenue_cny=35000000",
    )  # fmt: skip
    assert json.loads(price.stdout)["price_cny_per_m2"] == "3780"
