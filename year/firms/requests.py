"""What some firms ask of their townships, and how that is answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from services.enterprises.requests.words import RequestKind

from ..coming import Coming, between, moment, reported
from ..plan import Plan, shares
from .homes import firm_id

ASKED = (date(2023, 1, 4), date(2023, 11, 30))
ASKS = (
    ("permits", "construction", "The permit for the new hall does not come."),
    ("utilities", "power", "The transformer is too small for the second line."),
    ("labour", "human_resources", "Welders cannot be found."),
    ("finance", "finance", "The loan is not prolonged."),
    ("policy_funds", "economy", "The subsidy that was granted is not paid."),
)
KINDS = tuple(kind.value for kind in RequestKind)
OUTCOMES = ("satisfied", "satisfied", "satisfied", "partly_satisfied", "dissatisfied")


def requests(plan: Plan) -> Iterator[Coming]:
    """The requests of the year, each of one firm, with its steps."""
    for number in range(plan.firms):
        chance = plan.draw("asks", number)
        if chance.random() < shares()["firms"]["request"]:
            yield from _request(plan, firm_id(plan, number), number, chance)


def _request(plan: Plan, enterprise_id: str, number: int, chance: Random) -> Iterator[Coming]:
    township = enterprise_id[:9]
    about = {"service_request_id": f"{township}-Y{plan.seed}.R{number:04}"}
    topic, office, summary = chance.choice(ASKS)
    day = between(*ASKED, chance)
    asked = {"enterprise_id": enterprise_id, "kind": chance.choice(KINDS)}
    asked |= {"topic": topic, "summary": summary}
    whom = {"contact_name": "虚某", "contact_phone": f"0575{number:07}"}
    yield from _step(plan, "received", day, about | asked | whom, chance)
    day += timedelta(days=chance.randint(1, 3))
    yield from _step(plan, "handed_over", day, about | {"departments": [office]}, chance)
    day += timedelta(days=chance.randint(2, 20))
    said = {"department": office, "text": "It is settled."}
    yield from _step(plan, "answered", day, about | said, chance)
    if chance.random() < 0.6:
        day += timedelta(days=chance.randint(1, 10))
        rated = {"satisfaction": chance.choice(OUTCOMES)}
        yield from _step(plan, "rated", day, about | rated, chance)


def _step(
    plan: Plan, step: str, day: date, data: dict[str, Any], chance: Random
) -> Iterator[Coming]:
    at: datetime = moment(day, chance)
    yield from reported(plan, f"request.{step}", day, data | {"at": at.isoformat()})
