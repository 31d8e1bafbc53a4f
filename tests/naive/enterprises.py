"""The figures of enterprises: firms on land, indicators, and what is recorded of innovation.

Firms come as `enterprise.registered`, plots as `parcel_registered` with a `version` that grows, the rest by
`record_indicator` and `record_innovation`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from .arrived import Arrived, Figure, about, counted, day, first_day, missing, once, rulebook, ruled


def figures(
    arrived: Sequence[Arrived], on: date, known_at: datetime, rules: date
) -> dict[str, Figure]:
    """Every figure of the edition of `rules`."""
    found: dict[str, Figure] = {}
    for name, rule in rulebook("enterprises", "overview", rules).items():
        if rule["reckoned_by"] == "firms_on_land":
            found[name] = _firms_on_land(arrived, on, known_at, rules)
        elif rule["reckoned_by"] == "indicator":
            stated = _stated(arrived, rule["of"], on, known_at, rules)
            found[name] = stated or missing()
        elif rule["reckoned_by"] == "statement":
            if stated := _stated(arrived, rule["of"], on, known_at, rules):
                found[f"{name}:stated"] = replace(stated, label="as stated")
        else:
            found |= _innovation(name, rule["of"], arrived, on, known_at, rules)
    book, rules_from = (
        rulebook("enterprises", "overview", rules),
        first_day("enterprises", "overview", rules),
    )
    return {
        name: ruled(figure, book[name.partition(":")[0]], rules_from)
        for name, figure in found.items()
    }


def _firms_on_land(arrived: Sequence[Arrived], on: date, known_at: datetime, rules: date) -> Figure:
    """Firms by their newest report, plots by the newest word that had come and its last use up to the day."""
    uses = _uses(arrived, on, known_at)
    industrial = rulebook("enterprises", "populations", rules)["land_uses"]
    newest: dict[str, Arrived] = {}
    for each in once(arrived, known_at, "enterprise.registered"):
        before = newest.get(each.data["enterprise_id"])
        if before is None or (each.time, each.id) > (before.time, before.id):
            newest[each.data["enterprise_id"]] = each
    on_land, unknown, undated = 0, 0, False
    for firm in newest.values():
        beneath = [p["parcel_id"] for p in firm.data["premises"] if _covers(p, on)]
        there = [uses[each][1] if each in uses else None for each in beneath]
        undated = undated or any(each in uses and uses[each][0] == "" for each in beneath)
        on_land += any(use in industrial for use in there)
        unknown += None in there and not any(use in industrial for use in there)
    kind = "at_least" if unknown else "exact"
    return counted(on_land, kind=kind, as_known_now=undated)


def _uses(arrived: Sequence[Arrived], on: date, known_at: datetime) -> dict[str, tuple[str, str]]:
    """The use of each plot with the day of the survey that says it; where no day is said it is empty."""
    newest: dict[str, Arrived] = {}
    for each in once(arrived, known_at, "parcel_registered"):
        before = newest.get(each.data["parcel_id"], each)
        if each.data["version"] >= before.data["version"]:
            newest[each.data["parcel_id"]] = each
    found = {}
    for parcel_id, each in newest.items():
        surveyed = [(use["from_on"], use["land_use"]) for use in each.data.get("uses", ())]
        until = [e for e in surveyed or [("", each.data["land_use"])] if e[0] <= on.isoformat()]
        found |= {parcel_id: max(until)} if until else {}
    return found


def _covers(premises: dict[str, str], on: date) -> bool:
    until = day(premises.get("to"))
    return date.fromisoformat(premises["from"]) <= on and (until is None or on <= until)


def _stated(
    arrived: Sequence[Arrived], indicator: str, on: date, known_at: datetime, rules: date
) -> Figure | None:
    """The last word on the newest period of the zone that was over."""
    said = [
        each.data
        for each in once(arrived, known_at, "record_indicator")
        if (each.data["indicator"], each.data["basis"]) == (indicator, "zone")
        and each.data.get("role", "actual") == "actual"
        and date.fromisoformat(each.data["period_end"]) <= on
    ]
    if not said:
        return None
    newest = max(each["period_end"] for each in said)
    last = [each for each in said if each["period_end"] == newest][-1]
    counting = rulebook("enterprises", "economy", rules)["indicators"][indicator]["counting"]
    kind = last.get("figure_kind", "exact")
    return Figure(
        value=Decimal(last["value"]) * _factor(last),
        kind="cumulative" if (kind, counting) == ("exact", "cumulative") else kind,
        counted_from="statement",
        about_on=about(date.fromisoformat(newest), on),
        since_on=day(last.get("period_start")),
        parts=1,
        source=last["document"],
    )


def _factor(said: Any) -> Decimal:
    """What one of the unit in which it was given comes to, by the rules of the end of the period."""
    units = rulebook("enterprises", "economy", date.fromisoformat(said["period_end"]))["units"]
    return Decimal(units.get(said.get("unit"), {"factor": 1})["factor"])


def _innovation(
    name: str, of: str, arrived: Sequence[Arrived], on: date, known_at: datetime, rules: date
) -> dict[str, Figure]:
    """By the records of the day, else as stated, else nought if there are records at all."""
    counts = rulebook("enterprises", "innovation", rules)["counts"]
    [count] = [each for each in counts if each["name"] == of]
    last = {
        each.data["innovation_id"]: each.data
        for each in once(arrived, known_at, "record_innovation")
        if each.data["kind"] == count["kind"]
    }
    levels = count.get("levels")
    number = sum(
        _is_there(each, on) and (not levels or each.get("level") in levels)
        for each in last.values()
    )
    stated = _stated(arrived, count["stated"], on, known_at, rules)
    if number and stated:
        return {name: counted(number), f"{name}:stated": replace(stated, label="as stated")}
    if number or (last and not stated):
        return {name: counted(number)}
    return {name: stated or missing()}


def _is_there(said: Any, on: date) -> bool:
    until = day(said.get("to_on"))
    begun = date.fromisoformat(said["from_on"]) <= on and not said.get("withdrawn")
    return begun and (until is None or on <= until)
