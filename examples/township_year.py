"""A year of a township's own system: what it reports, and what the receipts tell it.

AMQP_URI=amqp://… .venv/bin/python -m examples.township_year
"""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from client import Park, Township
from client.api.parcels import Parcel
from examples.story import run

CODE, RUN = "330604001", uuid.uuid4().hex[:8]
PLOT, FIRM, CASE, WISH = (f"{CODE}-{kind}{RUN}" for kind in "PECR")  # ids are our own
Data = dict[str, Any]
PARK_TIME = timezone(timedelta(hours=8))


def on(month: int, day: int, hour: int = 9) -> datetime:
    """When a thing of the year happened; a moment has its offset."""
    return datetime(2023, month, day, hour, tzinfo=PARK_TIME)


def tell(
    township: Township, type_: str, data: Data, at: datetime, event_id: str | None = None
) -> None:
    """Report, and read the receipt."""
    receipt = township.report(type_, data, time=at, event_id=event_id)
    print(f"{at:%m-%d} {type_}: {receipt.outcome}{f' ({receipt.note})' if receipt.note else ''}")
    for reason in receipt.reasons:
        print(f"  {reason}")


def survey(area_m2: Decimal) -> Data:
    """What a survey of the plot says: figures are decimals, days are dates."""
    uses = {"land_use": "industrial", "planned_use": "industrial", "in_zone": True}
    return {"parcel_id": PLOT, "area_m2": area_m2, "surveyed_on": date(2023, 1, 10), **uses}


def january(township: Township) -> None:
    """The plot is surveyed. A slip of the pen is refused; corrected, the report keeps its id. Sent once
    more it changes nothing."""
    for area_m2 in (Decimal(-1), Decimal("20010.5"), Decimal("20010.5")):
        tell(township, "parcel.registered", survey(area_m2), on(1, 11), f"survey-{RUN}")


def march(township: Township) -> None:
    """The plan of a case comes before the case itself: it waits, and takes effect when that comes."""
    case = {"case_id": CASE, "parcel_id": PLOT}
    plan = {"disposal_way": "upgrade_in_place", "planned_end_on": date(2023, 12, 1)}
    tell(township, "remediation.planned", {**case, **plan, "operator_role": "township"}, on(3, 2))
    found = {"low_efficiency_reasons": ["use_strength"], "identified_on": date(2023, 2, 20)}
    tell(
        township,
        "remediation.identified",
        {**case, **found, "operator_role": "task_force"},
        on(3, 1),
    )
    firm = {"enterprise_id": FIRM, "name": "an example works", "scale": "below_scale"}
    premises = [{"parcel_id": PLOT, "role": "owner", "from": date(2015, 1, 1)}]
    tell(township, "enterprise.registered", {**firm, "premises": premises}, on(3, 3))


def june(township: Township) -> None:
    """The figures of the year before, and their correction: the later report stands."""
    about = {"enterprise_id": FIRM, "data_year": 2022, "source_class": "declared"}
    for at, tax in ((on(6, 1), Decimal("265000")), (on(6, 20), Decimal("295000.50"))):
        figures = {"parcels": [{"parcel_id": PLOT}], "tax_paid_cny": tax, "employees": 60}
        tell(township, "enterprise.figures_reported", {**about, **figures}, at)


def september(township: Township) -> None:
    """A firm asks for something, is answered, and says what it thinks of that."""
    asked = {"enterprise_id": FIRM, "topic": "permits", "summary": "The permit does not come."}
    steps: list[tuple[int, str, Data]] = [
        (14, "received", asked),
        (15, "handed_over", {"departments": ["construction"]}),
        (25, "answered", {"department": "construction", "text": "It is ready."}),
        (26, "rated", {"satisfaction": "satisfied"}),
    ]
    for day, step, data in steps:
        tell(township, f"request.{step}", {"service_request_id": WISH, **data}, on(9, day))


def november(township: Township) -> None:
    """The approval of April is told late, then what came of the plan is accepted: no land is vacated by it,
    and the case is done."""
    way = {"case_id": CASE, "parcel_id": PLOT, "disposal_way": "upgrade_in_place"}
    approval = {"approved_on": date(2023, 4, 10), "document_number": "2023-21"}
    accepted = {"completed_on": date(2023, 11, 20), "acceptance_number": "2023-33"}
    for at, step, role, data in (
        (on(4, 10), "approved", "government", approval),
        (on(11, 20), "completed", "task_force", {**accepted, "vacated_area_m2": 0}),
    ):
        tell(township, f"remediation.{step}", {**way, **data, "operator_role": role}, at)


def december(park: Park) -> Parcel:
    """What came of it, and what is still lacking. Answers the plot as the park has it."""
    plot = park.parcels.get_parcel(parcel_id=PLOT)
    case = park.parcels.get_case(case_id=CASE)
    print(f"the plot has {plot['area_m2']} m², its case is {case['state']}")
    wish = park.enterprises.get_service_request(service_request_id=WISH)
    print(f"the request is {wish['state']}, and the firm {wish['satisfaction']}")
    lacking = park.parcels.township_completeness(township=CODE)
    print(f"{lacking['complete']} of {lacking['registered']} plots lack nothing")
    return plot


def main(uri: str) -> Parcel:
    with Township(uri, CODE) as township, Park(uri) as park:
        for month in (january, march, june, september, november):
            month(township)
        return december(park)


if __name__ == "__main__":
    run(main)
