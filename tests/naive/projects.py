"""The figures of projects: land granted, platforms, policies, funds, talents, meetings and visits.

What came are the calls of the desks, and `land_released` with the `listing_id` of the land."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from .arrived import (
    PARK,
    Arrived,
    Figure,
    about,
    counted,
    day,
    first_day,
    missing,
    once,
    rulebook,
    ruled,
)

MU_OF_M2 = Decimal(3) / 2000
Said = Mapping[str, Any]
Figures = dict[str, Figure]  # by what comes after the name of the figure


def figures(arrived: Iterable[Arrived], on: date, known_at: datetime, rules: date) -> Figures:
    """Every figure of the edition of `rules`."""
    known = Known([*arrived], on, known_at)
    found: Figures = {}
    rules_from = first_day("projects", "overview", rules)
    for name, rule in rulebook("projects", "overview", rules).items():
        for key, figure in HOW[rule["reckoned_by"]](known, rule.get("of", "")).items():
            found[f"{name}:{key}" if key else name] = ruled(figure, rule, rules_from)
    return found


@dataclass(frozen=True)
class Known:
    """What had come by the moment, and the day that is asked for."""

    arrived: list[Arrived]
    on: date
    known_at: datetime

    def said(self, *names: str) -> list[Arrived]:
        return once(self.arrived, self.known_at, *names)

    def last(self, name: str, key: str) -> dict[str, Said]:
        """What was said last of each thing."""
        return {each.data[key]: each.data for each in self.said(name)}

    def by(self, text: str) -> bool:
        """Whether a day, or the day of a moment, has come on the day."""
        return day_in_park(text) <= self.on


def day_in_park(text: str) -> date:
    return datetime.fromisoformat(text).astimezone(PARK).date() if "T" in text else day(text)


# --- land


def granted(known: Known, use: str) -> list[Said]:
    """What was released of each award of this use that stands on the day."""
    released: dict[str, Said] = {}
    offered: dict[str, Said] = {}
    awards: dict[tuple[str, int], Said] = {}
    notices: dict[str, int] = {}
    names = ("land_released", "publish_listing", "close_bidding", "void_award")
    for each in known.said(*names):
        listing = each.data["listing_id"]
        if each.name == "land_released":
            released[listing] = each.data
        elif each.name == "publish_listing":
            notices[listing] = notices.get(listing, 0) + 1
            offered[listing] = {**released[listing], **each.data}
        elif each.name == "close_bidding" and each.data["bids"]:
            awards[listing, notices[listing]] = {**offered[listing], **each.data}
        elif each.name == "void_award":
            awards[listing, notices[listing]] |= each.data  # type: ignore[operator]
    return [
        award
        for award in awards.values()
        if known.by(award["closed_at"])
        and not ("voided_on" in award and known.by(award["voided_on"]))
        and award["target_use"] == use
        and award.get("supply_form", "grant") in ("grant", "lease_then_grant")
    ]


def land_granted(known: Known, use: str) -> Figures:
    return {"": counted(len(granted(known, use)))}


def area_granted(known: Known, use: str) -> Figures:
    areas = [Decimal(each["area_m2"]) for each in granted(known, use)]
    return {"": Figure(value=sum(areas, Decimal(0)) * MU_OF_M2, parts=len(areas))}


# --- platforms


def platform_planned(known: Known, _: str) -> Figures:
    return {
        key: target(plan["planned_investment_cny"], plan["name"])
        for key, plan in known.last("record_platform", "platform_id").items()
        if plan.get("planned_investment_cny") is not None
    }


def platform_targets(known: Known, of: str) -> Figures:
    found = {}
    for key, plan in known.last("record_platform", "platform_id").items():
        for each in plan["targets"]:
            if each["counts"] == of:
                reached = reached_by(known, key, each)
                state = f"{state_of(known, each, reached)}, {reached:,f} {each['predicate']}"
                label = f"{plan['name']}, {each['target_name']} ({state})"
                due_on = about(date.fromisoformat(each["due_on"]), known.on)
                name = f"{key}.{each['target_name']}"
                found[name] = target(each["target_value"], label, about_on=due_on)
    return found


def targets_by_state(known: Known, of: str) -> Figures:
    states = [
        state_of(known, each, reached_by(known, key, each))
        for key, plan in known.last("record_platform", "platform_id").items()
        for each in plan["targets"]
    ]
    return {"": counted(states.count(of))}


def target(value: Any, label: str, **more: Any) -> Figure:
    how = {"kind": "target", "counted_from": "statement", "parts": 1}
    return Figure(value=Decimal(value), label=label, **how, **more)


def reached_by(known: Known, platform_id: str, target: Said) -> Decimal:
    """What is proved by the day, each project once."""
    counts = [
        each
        for each in known.last("record_platform_progress", "progress_id").values()
        if each["platform_id"] == platform_id
        and not each.get("withdrawn")
        and each["predicate"] == target["predicate"]
        and each["project_kind"] in (target.get("project_kinds") or [each["project_kind"]])
        and known.by(each["happened_on"])
    ]
    if target["counts"] == "projects":
        return Decimal(len({each["project_id"] for each in counts}))
    yuan = [Decimal(each["investment_cny"]) for each in counts if each.get("investment_cny")]
    return sum((each.quantize(Decimal("0.01")) for each in yuan), Decimal(0))  # to the fen


def state_of(known: Known, target: Said, reached: Decimal) -> str:
    """Its day is over when the next one has come, for whoever knew of that."""
    wanted = Decimal(target["target_value"])
    more = target.get("comparison") == "more_than"
    if reached > wanted if more else reached >= wanted:
        return "met"
    over = day_in_park(target["due_on"]) < day_in_park(known.known_at.isoformat())
    return "missed" if over and known.by(target["due_on"]) else "open"


# --- policies


def in_force(known: Known) -> list[Said]:
    """Policies by their terms of the day: a revision holds from its own day on."""
    found = []
    for key, said in known.last("record_policy", "policy_id").items():
        valid_to = said.get("valid_to")
        revised = {
            each.data["revised_on"]: each.data
            for each in known.said("revise_policy")
            if each.data["policy_id"] == key and known.by(each.data["revised_on"])
        }
        for revised_on in sorted(revised):
            valid_to = revised[revised_on].get("valid_to") or valid_to
        decided = {
            each.data["decided_on"]: each.data
            for each in known.said("end_policy")
            if each.data["policy_id"] == key
        }
        last = decided[max(decided)] if decided else {"withdrawn": True}
        ends = [valid_to, None if last.get("withdrawn") else last["ends_on"]]
        over = any(end and day_in_park(end) < known.on for end in ends)
        if known.by(said["valid_from"]) and not over:
            found.append(said)
    return found


def policies(known: Known, _: str) -> Figures:
    return {"": counted(len(in_force(known)))}


def policy_kinds(known: Known, _: str) -> Figures:
    return {"": counted(len({each["gives_kind"] for each in in_force(known)}))}


# --- funds and talents


def funds(known: Known, of: str) -> Figures:
    kind, _, amount = of.partition(".")
    newest: dict[str, Said] = {}
    for each in known.said("record_fund"):
        before = newest.get(each.data["fund_id"])
        is_newer = before is None or before["reported_on"] <= each.data["reported_on"]
        if is_newer and known.by(each.data["reported_on"]):
            newest[each.data["fund_id"]] = each.data
    of_kind = [each for each in newest.values() if each["fund_kind"] == kind]
    amounts = [Decimal(each[amount]) for each in of_kind if each.get(amount) is not None]
    if not of_kind:
        return {"": missing()}
    kind = "exact" if len(amounts) == len(of_kind) else "at_least"
    how = {"kind": kind, "counted_from": "statement", "parts": len(amounts)}
    return {"": Figure(value=sum(amounts, Decimal(0)), **how)}


def talent_applications(known: Known, _: str) -> Figures:
    """By the records, else as it was stated last; of what there is neither of, nothing."""
    found: Figures = {}
    stated: dict[str, tuple[str, int]] = {}
    for number, each in enumerate(_standing(known, "state_talent_figure", "talent_figure_id")):
        is_said = not each.get("revoked") and each["talent_figure_kind"] != "target"
        if is_said and each["talent_measure"] == "applications" and known.by(each["figure_on"]):
            name = f"{each['talent_plan_id']}.{each['talent_category']}"
            if (each["figure_on"], number) > stated.get(name, ("", 0)):
                stated[name] = each["figure_on"], number
                found[name] = Figure(
                    value=Decimal(each["talents_stated"]),
                    label=name,
                    kind=each["talent_figure_kind"],
                    counted_from="statement",
                    about_on=about(day_in_park(each["figure_on"]), known.on),
                    since_on=day(each.get("counted_since_on")),
                    parts=1,
                    source=each["document"],
                )
    recorded: dict[str, int] = {}
    for each in known.last("apply_for_talent_plan", "talent_application_id").values():
        if known.by(each["submitted_at"]):
            name = f"{each['talent_plan_id']}.{each['talent_category']}"
            recorded[name] = recorded.get(name, 0) + 1
    return found | {name: counted(count, label=name) for name, count in recorded.items()}


def _standing(known: Known, name: str, key: str) -> list[Said]:
    """The last word on each thing, in the order in which these came."""
    last: dict[str, Said] = {}
    for each in known.said(name):
        last.pop(each.data[key], None)
        last[each.data[key]] = each.data
    return [*last.values()]


# --- meetings and visits


def begun(known: Known, kind: str) -> list[Said]:
    meetings = known.last("record_contest", "contest_id").values()
    return [e for e in meetings if e["contest_kind"] == kind and known.by(e["begins_on"])]


def contest_guests(known: Known, kind: str) -> Figures:
    told = [each for each in begun(known, kind) if each.get("guests")]
    if not told:
        return {"": missing()}
    less = any(each.get("guests_kind") == "at_least" for each in told)
    how = {"kind": "at_least" if less else "exact", "counted_from": "statement"}
    guests = sum((Decimal(each["guests"]) for each in told), Decimal(0))
    return {"": Figure(value=guests, parts=len(told), **how)}


def visited(known: Known, *kinds: str) -> list[Said]:
    visits = known.last("record_visit", "visit_id").values()
    return [
        each
        for each in visits
        if known.by(each["visited_on"]) and (not kinds or each["visit_kind"] in kinds)
    ]


def visits(known: Known, _: str) -> Figures:
    return {"": counted(len(visited(known, "to_investor")))}


def places_visited(known: Known, kind: str) -> Figures:
    places = {each.get("place") for each in visited(known, "to_investor")} - {None}
    shown = {city for each in begun(known, kind) for city in each["cities"]}
    return {"": counted(len(places | shown))}


def projects_contacted(known: Known, _: str) -> Figures:
    return {"": counted(len({each["project_id"] for each in visited(known)}))}


HOW: dict[str, Callable[[Known, str], Figures]] = {
    each.__name__: each
    for each in (
        land_granted,
        area_granted,
        platform_planned,
        platform_targets,
        targets_by_state,
        policies,
        policy_kinds,
        funds,
        talent_applications,
        contest_guests,
        visits,
        places_visited,
        projects_contacted,
    )
}
