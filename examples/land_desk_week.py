"""A plot from the register to its next holder, as a township and the land desk bring it there.

AMQP_URI=amqp://… .venv/bin/python -m examples.land_desk_week
"""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

from client import Park, Refused, Township
from client.api.parcels import PlotPage
from examples.story import run

TOWNSHIP, RUN = "330604006", uuid.uuid4().hex[:8]
PARCEL, FIRM, CASE = (f"{TOWNSHIP}-{kind}{RUN}" for kind in "PEC")  # ids are the township's own
ACCEPTED_ON = date(2023, 7, 28)  # the day on which the vacated land is accepted
AREA_M2, PRICE_CNY, BOND_CNY = Decimal(11781), Decimal(4_700_000), Decimal(940_000)
TAX = "亩均税收"


def day(after: int) -> date:
    return ACCEPTED_ON + timedelta(days=after)


def at(after: int, hour: int = 10) -> str:
    """A moment has its offset."""
    return f"{day(after)}T{hour}:00:00+08:00"


def say(township: Township, type_: str, **data: object) -> None:
    """Report, and go on only if the receipt says that the report stands."""
    print(f"{type_}: {township.report(type_, data).or_raise().outcome}")


def register(township: Township) -> None:
    """The survey of the plot with what may be built there, and the firm that owns it."""
    say(township, "parcel.registered", parcel_id=PARCEL, area_m2=AREA_M2, land_use="industrial",
        planned_use="industrial", in_zone=True, surveyed_on=day(-200),
        plan_conditions={"plot_ratio": {"minimum": Decimal("1.2")}})  # fmt: skip
    say(township, "enterprise.registered", enterprise_id=FIRM, name="an example works", scale="below_scale",
        premises=[{"parcel_id": PARCEL, "role": "owner", "from": date(2015, 1, 1)}])  # fmt: skip


def screen(park: Park, township: Township) -> None:
    """The figures of a year make the plot suspected; somebody goes there and sees that it is so."""
    say(township, "enterprise.figures_reported", enterprise_id=FIRM, data_year=2022, source_class="declared",
        parcels=[{"parcel_id": PARCEL}], gross_output_cny=1000)  # fmt: skip
    found = park.wait_for(lambda: park.parcels.get_suspicion(suspicion_id=f"{PARCEL}:2022"))
    print(f"  the plot is {found['state']}, as its figures are low")
    say(township, "low_efficiency.verified", parcel_id=PARCEL, data_year=2022, operator_role="township",
        checked_on=day(-190))  # fmt: skip


def remediate(township: Township) -> None:
    """The steps of the case, each by a role that may take it."""
    case, way = {"case_id": CASE, "parcel_id": PARCEL}, "land_reserve"
    say(township, "remediation.identified", **case, operator_role="task_force",
        low_efficiency_reasons=["use_strength"], identified_on=day(-180))  # fmt: skip
    say(township, "remediation.planned", **case, operator_role="township", disposal_way=way,
        planned_end_on=day(3))  # fmt: skip
    say(township, "remediation.approved", **case, operator_role="government", disposal_way=way,
        approved_on=day(-135), document_number="2023-17")  # fmt: skip
    say(township, "remediation.completed", **case, operator_role="task_force", disposal_way=way,
        vacated_area_m2=AREA_M2, completed_on=day(0), acceptance_number="2023-9")  # fmt: skip


def release(park: Park) -> str:
    """The gates are asked by themselves; land that passes is drafted as a listing. Answers its id."""
    drafts = park.wait_for(lambda: park.projects.list_listings(filter={"case_id": CASE})["items"])
    standing = park.parcels.release_standing(parcel_id=PARCEL, case_id=CASE)
    print(f"  the land is released ({standing['release_no']}), and a listing drafted")
    return drafts[0]["listing_id"]


def publish(park: Park, listing_id: str, notice_days: int) -> None:
    """The notice. A rule that it breaks refuses it, and says what would be right."""
    park.projects.publish_listing(
        listing_id=listing_id, listing_number=f"2023-{RUN}", approval_document_number="2023-31",
        approved_on=day(3), notice_start_on=day(4), notice_end_on=day(4 + notice_days),
        application_start_on=day(4), application_end_on=day(31), bond_deadline_on=day(32),
        listing_start_on=day(24), listing_end_on=day(34), use_term_years=50, price_basis="total",
        start_price_cny=PRICE_CNY, bid_step_cny=100_000, bond_cny=BOND_CNY,
        indicators=[
            {"code": TAX, "op": ">=", "value": 30, "unit": "万元/亩", "check_stage": "full_capacity"}
        ],
    )  # fmt: skip


def award(park: Park, listing_id: str, bidder: str) -> None:
    """It applies, pays its bond, bids, and is the only one."""
    desk, it = park.projects, "A-01"
    desk.apply_for_land(listing_id=listing_id, application_id=it, bidder={"name": bidder},
        applied_at=at(10))  # fmt: skip
    desk.record_bond(listing_id=listing_id, application_id=it, amount_cny=BOND_CNY, paid_at=at(20))
    supply = desk.close_bidding(listing_id=listing_id, closed_at=at(34, 16),
        bids=[{"application_id": it, "price_cny": PRICE_CNY, "bid_at": at(30)}])  # fmt: skip
    print(f"  the bidding is over: {supply['state']}")


def contract(park: Park, listing_id: str, holder: str) -> PlotPage:
    """Confirmed and signed; the register names the new holder. Answers all that hangs on the plot."""
    park.projects.confirm_award(listing_id=listing_id, confirmed_on=day(35))
    number = f"2023-{RUN}"
    park.projects.sign_contract(listing_id=listing_id, contract_number=number, signed_on=day(40))

    def page() -> PlotPage | None:
        found = park.parcels.resolve_code(code=PARCEL)
        return found if holder in [each["name"] for each in found["holders"]] else None

    return park.wait_for(page)


def main(uri: str) -> PlotPage:
    with Park(uri) as park, Township(uri, TOWNSHIP) as township:
        register(township)
        screen(park, township)
        remediate(township)
        listing_id = release(park)
        try:
            publish(park, listing_id, notice_days=10)
        except Refused as no:
            print(*(f"  refused: {reason}" for reason in no.reasons), sep="\n")
        publish(park, listing_id, notice_days=20)
        award(park, listing_id, "a separator works")
        page = contract(park, listing_id, "a separator works")
        print(f"  the land is in the hands of {page['holders'][0]['name']}")
        return page


if __name__ == "__main__":
    run(main)
