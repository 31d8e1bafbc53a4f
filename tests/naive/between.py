"""What the services tell each other, as it follows from the plain list: plots, released land, firm years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from .arrived import Arrived, once

EVER = datetime.max.replace(tzinfo=UTC)
OF_FIRM = ("floor_area_m2", "gross_output_cny")  # what is compared before and after
Said = Mapping[str, Any]


def plots(arrived: Iterable[Arrived]) -> Iterator[Arrived]:
    """To enterprises: a plot whenever its surveys say something else of it, with the use by each of them."""
    newest: dict[str, Arrived] = {}
    of_days: dict[tuple[str, str], Arrived] = {}
    versions: dict[str, int] = {}
    for each in once(arrived, EVER, "parcel.registered"):
        parcel_id = each.data["parcel_id"]
        day = (parcel_id, each.data["surveyed_on"])
        newest[parcel_id] = max(newest.get(parcel_id, each), each, key=_survey)
        of_days[day] = max(of_days.get(day, each), each, key=_survey)
        uses = [
            {"from_on": surveyed_on, "land_use": survey.data["land_use"]}
            for (of, surveyed_on), survey in of_days.items()
            if of == parcel_id
        ]
        versions[parcel_id] = versions.get(parcel_id, 0) + 1
        told = {**newest[parcel_id].data, "version": versions[parcel_id], "uses": uses}
        yield replace(each, name="parcel_registered", data=told)


def _survey(each: Arrived) -> tuple[Any, ...]:
    return each.data["surveyed_on"], each.time, each.id


def land(arrived: Iterable[Arrived], listing_id: Callable[[str, str], str]) -> Iterator[Arrived]:
    """To projects: what an accepted case vacated, for the use of its plan. The gates are not looked at: the
    land of which a notice is published had passed them."""
    uses = {}
    for each in once(arrived, EVER, "remediation.planned", "remediation.completed"):
        if each.name == "remediation.planned":
            uses[each.data["case_id"]] = each.data["target_use"]
        elif Decimal(each.data["vacated_area_m2"]):
            case_id = each.data["case_id"]
            told = {"listing_id": listing_id(each.data["parcel_id"], case_id)}
            told |= {"area_m2": each.data["vacated_area_m2"], "target_use": uses.get(case_id)}
            yield replace(each, name="land_released", data=told)


def years(arrived: Iterable[Arrived]) -> Iterator[Arrived]:
    """To parcels: a firm's year, whenever its reports or the places of the firm make it another."""
    firms: dict[str, Arrived] = {}
    reports: dict[tuple[str, int], dict[str, Arrived]] = {}
    told: dict[tuple[str, int], dict[str, Any]] = {}
    for each in once(arrived, EVER, "enterprise.registered", "enterprise.figures_reported"):
        firm_id = each.data["enterprise_id"]
        if each.name == "enterprise.registered":
            firms[firm_id] = max(firms.get(firm_id, each), each, key=_moment)
        else:
            of_year = reports.setdefault((firm_id, each.data["data_year"]), {})
            kind = each.data["source_class"]
            of_year[kind] = max(of_year.get(kind, each), each, key=_moment)
        for key, of_year in reports.items():
            if key[0] == firm_id:
                before = told.get(key, {"version": 0, "parcels": []})
                now = _year(key, of_year, firms.get(firm_id), before)
                if now != before:
                    told[key] = now | {"version": before["version"] + 1}
                    yield replace(each, name="yearly_figures_reported", data=told[key])


def _year(
    key: tuple[str, int], of_year: Mapping[str, Arrived], firm: Arrived | None, before: Said
) -> dict[str, Any]:
    """A figure of the tax office stands before one that was declared; those for statistics judge nobody."""
    found: dict[str, Any] = dict.fromkeys(OF_FIRM)
    less: set[str] = set()
    for kind in ("declared", "tax"):
        data = of_year[kind].data if kind in of_year else {}
        given = {name: data[name] for name in OF_FIRM if data.get(name) is not None}
        less = (less - given.keys()) | {*data.get("at_least", ())}
        found |= given
    shares = {each["parcel_id"]: "0" for each in before["parcels"]} | _shares(key[1], of_year, firm)
    parcels = [{"parcel_id": name, "share": shares[name]} for name in sorted(shares)]
    named = {"enterprise_id": key[0], "data_year": key[1], "version": before["version"]}
    return {**named, **found, "parcels": parcels, "at_least": sorted(less)}


def _shares(
    year: int, of_year: Mapping[str, Arrived], firm: Arrived | None
) -> dict[str, str | None]:
    """The plots that the newest report names, else those on which the firm was in the year."""
    naming = [each for each in of_year.values() if each.data.get("parcels")]
    if naming:
        named = max(naming, key=_moment).data["parcels"]
        whole = "1" if len(named) == 1 else None
        return {each["parcel_id"]: each.get("share", whole) for each in named}
    premises = firm.data["premises"] if firm else []
    there = {
        each["parcel_id"]
        for each in premises
        if each["from"][:4] <= f"{year}" and (each.get("to") or "9999")[:4] >= f"{year}"
    }
    return dict.fromkeys(there, "1" if len(there) == 1 else None)


def _moment(each: Arrived) -> tuple[Any, str]:
    return each.time, each.id
