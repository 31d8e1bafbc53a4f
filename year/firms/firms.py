"""A firm as its township reports it: who it is, where it works, and the figures of its years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from ..codes import firm_name, mistyped, uscc
from ..coming import Coming, Meant, between, corrected, reported
from ..land.sites import example_no
from ..plan import Plan, shares
from .homes import Home, firm_id, home

REPORTED = (date(2022, 8, 1), date(2022, 9, 9))
FIGURES = {
    2021: (date(2022, 9, 12), date(2022, 11, 30)),
    2022: (date(2023, 2, 20), date(2023, 4, 28)),
}
BEGUN = (date(1996, 1, 1), date(2021, 12, 31))
BEFORE_ITS_YEARS = date(2015, 12, 31)  # the page's example declares the years of its remediation
HONOURED = (date(2022, 8, 15), date(2023, 7, 20))
HONOURS = (
    ("high_tech", "national"),
    ("specialised_sme", "provincial"),
    ("innovative_sme", "provincial"),
    ("little_giant", "national"),
)


def firms(plan: Plan) -> Iterator[Coming]:
    """What is reported of every firm."""
    for number in range(plan.firms):
        firm = {"enterprise_id": firm_id(plan, number)}
        chance = plan.draw("firm", number)
        above = is_above_scale(plan, number)
        is_example = number == example_no(plan)
        begun = between(BEGUN[0], BEFORE_ITS_YEARS if is_example else BEGUN[1], chance)
        day = between(*REPORTED, chance)
        yield from _registered(plan, number, day, begun, above, chance)
        yield from _registration(plan, firm, day, begun, chance)
        yield from _years(plan, firm, above, chance, declares=not is_example)
        yield from _more(plan, firm, begun, chance)
        yield from _owner(plan, firm, number, begun)


def is_above_scale(plan: Plan, number: int) -> bool:
    return bool(plan.draw("scale", number).random() < shares()["firms"]["above_scale"])


def _registered(
    plan: Plan, number: int, day: date, begun: date, above: bool, chance: Random
) -> Iterator[Coming]:
    where, share = home(plan, number), shares()
    data = {
        "enterprise_id": firm_id(plan, number),
        "name": firm_name(plan, number),
        "uscc": uscc(plan, number),
        "scale": "above_scale" if above else "below_scale",
        "industry_code": chance.choice(share["firms"]["industries"]),
        "premises": [_premises(where, max(begun, date(2013, 1, 1)))],
    }
    if chance.random() < share["coming"]["mistyped"]:
        wrong = data | {"uscc": mistyped(data["uscc"])}
        yield from reported(plan, "enterprise.registered", day, wrong, meant=Meant.MISTYPED)
        day += timedelta(days=1)
    yield from reported(plan, "enterprise.registered", day, data)


def _premises(where: Home, since: date) -> dict[str, Any]:
    role = "owner" if where.is_owner else "tenant"
    return {"parcel_id": where.parcel_id, "role": role, "from": since.isoformat()}


def _registration(
    plan: Plan, firm: dict[str, str], day: date, begun: date, chance: Random
) -> Iterator[Coming]:
    funding = "domestic" if chance.random() < 0.94 else "foreign"
    data = {**firm, "established_on": begun.isoformat(), "funding": funding}
    data |= {"reported_on": day.isoformat()}
    yield from reported(plan, "enterprise.registration_reported", day, data)


def _years(
    plan: Plan, firm: dict[str, str], above: bool, chance: Random, *, declares: bool
) -> Iterator[Coming]:
    """Its figures by the tax office, year by year; some declare theirs, too, and some are corrected."""
    output = chance.lognormvariate(17.9 if above else 15.3, 0.7)
    for year, days in FIGURES.items():
        output *= chance.uniform(0.85, 1.25)
        day, own = between(*days, chance), f"{firm['enterprise_id']}/{year}"
        said = {**firm, "data_year": year, "source_class": "tax"}
        tax = f"{round(output * chance.uniform(0.01, 0.06))}"
        taxed = said | {"tax_paid_cny": tax, "employees": max(3, round(output / 900_000))}
        wrong = {"tax_paid_cny": f"{int(tax) * 10}"}
        yield from corrected(plan, "enterprise.figures_reported", day, taxed, wrong, own)
        if above and chance.random() < shares()["firms"]["revenue"]:
            revenue = {
                "main_revenue_cny": f"{round(output * 0.93)}",
                "reported_on": day.isoformat(),
            }
            yield from reported(plan, "enterprise.revenue_reported", day, said | revenue, own)
        if chance.random() < shares()["firms"]["declared"] and declares:
            told = said | {"source_class": "declared"} | _declared(output, chance)
            yield from reported(plan, "enterprise.figures_reported", day, told, f"{own}/declared")


def _declared(output: float, chance: Random) -> dict[str, str]:
    return {
        "gross_output_cny": f"{round(output)}",
        "value_added_cny": f"{round(output * chance.uniform(0.15, 0.3))}",
        "energy_tce": f"{output * chance.uniform(0.4, 3) / 100_000:.1f}",
    }


def _more(plan: Plan, firm: dict[str, str], begun: date, chance: Random) -> Iterator[Coming]:
    """What some firms have beside: capital that is still to be paid, an honour."""
    share, day = shares()["firms"], between(*HONOURED, chance)
    if chance.random() < share["capital"]:
        yield from reported(
            plan,
            "enterprise.capital_reported",
            day,
            firm
            | {
                "kind": "subscribed",
                "amount": f"{chance.randint(1, 60) * 500_000}",
                "currency": "CNY",
                "valid_from": begun.isoformat(),
                "pay_by": (begun + timedelta(days=365 * 20)).isoformat(),
                "reported_on": day.isoformat(),
            },
        )
    if chance.random() < share["honour"]:
        honour, level = chance.choice(HONOURS)
        yield from reported(
            plan,
            "enterprise.honour_reported",
            day,
            firm
            | {
                "honour": honour,
                "level": level,
                "year": day.year,
                "granted_on": day.isoformat(),
                "reported_on": day.isoformat(),
            },
        )


def _owner(plan: Plan, firm: dict[str, str], number: int, begun: date) -> Iterator[Coming]:
    """Some belong to a firm of a lower number, so that nobody owns himself in the end."""
    chance = plan.draw("owner", number)
    if number and chance.random() < shares()["firms"]["owner"]:
        day = between(*HONOURED, chance)
        owner = {
            **firm,
            "owner_id": firm_id(plan, chance.randrange(number)),
            "share": f"0.{chance.randint(51, 99)}",
            "from": begun.isoformat(),
            "reported_on": day.isoformat(),
        }
        yield from reported(plan, "enterprise.owner_reported", day, owner)
