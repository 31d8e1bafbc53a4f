"""The figures of parcels: plots, land and firms of accepted cases, and what there is before and after them.

What came are the reports of townships, what the land desk split, merged and corrected, and
`yearly_figures_reported`, by which enterprises told of a firm's year on its parcels."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from . import lineage
from .arrived import Arrived, Figure, counted, first_day, missing, once, rulebook, ruled

MU_OF_M2 = Decimal(3) / 2000
MILLIONTH = Decimal("0.000001")
BEFORE_ACCEPTED = ("identified", "planned", "approved")
Said = Mapping[str, Any]
Share = tuple[Decimal | None, Said]  # of a firm on a plot, with what was told of the firm


@dataclass(frozen=True)
class Case:
    """A case that was accepted by the day: as its first and its last acceptance say, with its finding."""

    case_id: str
    found: Said
    first: Said
    last: Said
    is_open_again: bool

    @property
    def parcel_id(self) -> str:
        return self.found["parcel_id"]  # type: ignore[no-any-return]

    @property
    def firms(self) -> list[str]:
        """Those that the acceptance names, else those of the finding."""
        return self.last.get("enterprise_ids") or self.found.get("enterprise_ids") or []


def figures(
    arrived: Iterable[Arrived], on: date, known_at: datetime, rules: date
) -> dict[str, Figure]:
    """Every figure of the edition of `rules`."""
    known = Known([*arrived], on, known_at, rules)
    rules_from = first_day("parcels", "overview", rules)
    return {
        name: ruled(HOW[rule["reckoned_by"]](known, rule.get("of", "")), rule, rules_from)
        for name, rule in rulebook("parcels", "overview", rules).items()
    }


@dataclass(frozen=True)
class Known:
    """What had come by the moment, the day that is asked for, and the day of the rules."""

    arrived: list[Arrived]
    on: date
    known_at: datetime
    rules: date

    @cached_property
    def counting(self) -> Said:
        """What counts of cases."""
        return rulebook("parcels", "counting", self.rules)

    @property
    def by_counting(self) -> dict[str, Any]:
        """The edition and the source of a figure of cases: those of what counts of these."""
        rules_from = first_day("parcels", "counting", self.rules)
        return {"rules_from": rules_from, "source": self.counting["source"]}

    def said(self, name: str) -> list[Arrived]:
        """In the order in which the events give themselves."""
        came = once(self.arrived, self.known_at, name)
        return sorted(came, key=lambda each: (each.time or each.at, each.id))

    def by(self, text: str) -> bool:
        return date.fromisoformat(text) <= self.on

    @cached_property
    def acts(self) -> list[lineage.Act]:
        """The splits and merges that are known, each with what corrected it."""
        names = ("split_parcel", "merge_parcels", "correct_split")
        return lineage.acts(once(self.arrived, self.known_at, *names))

    @cached_property
    def surveys(self) -> dict[str, list[Arrived]]:
        """What is known of each plot, the newest day last; of one day, what was said last."""
        found: dict[str, list[Arrived]] = {}
        for each in sorted(self.said("parcel.registered"), key=lineage.survey_of):
            found.setdefault(each.data["parcel_id"], []).append(each)
        return found

    @cached_property
    def years(self) -> dict[str, list[tuple[int, Share]]]:
        """What was told last of each firm's years, by the plots on which it has a share."""
        newest: dict[tuple[int, str], Said] = {}
        for each in once(self.arrived, self.known_at, "yearly_figures_reported"):
            key = each.data["data_year"], each.data["enterprise_id"]
            if key not in newest or newest[key]["version"] <= each.data["version"]:
                newest[key] = each.data
        found: dict[str, list[tuple[int, Share]]] = {}
        for (year, _), told in newest.items():
            for plot in told["parcels"]:
                share = None if plot["share"] is None else Decimal(plot["share"])
                if share != 0:
                    found.setdefault(plot["parcel_id"], []).append((year, (share, told)))
        return found

    @cached_property
    def registered(self) -> set[str]:
        """The plots of which a survey of any day is known, and those that the desk made."""
        return {*self.surveys, *(each for act in self.acts for each in act.made)}

    @cached_property
    def plots(self) -> list[Decimal]:
        """The area in mu of each plot that was there on the day: by its newest survey, else by the split or
        merge that made it."""
        gone = {each for act in self.acts if act.results_on(self.on) for each in act.sources}
        made: dict[str, Decimal] = {}
        for act in self.acts:
            made |= act.results_on(self.on)
        of_desk = {each for act in self.acts for each in act.made}
        there = (made.keys() | (self.surveys.keys() - of_desk)) - gone
        found = (self._area(each, made.get(each)) for each in there)
        return [each for each in found if each is not None]

    def _area(self, parcel_id: str, made: Decimal | None) -> Decimal | None:
        """A survey of a part is nothing while that of the whole, as it was split, is newer."""
        own = self.surveys.get(parcel_id, [])
        whole = lineage.survey_of_whole(self.acts, self.surveys, parcel_id)
        if own and whole and lineage.survey_of(own[-1]) < lineage.survey_of(whole):
            own = []
        until = [each.data for each in own if self.by(each.data["surveyed_on"])]
        return lineage.mu(until[-1]) if until else made

    @cached_property
    def accepted(self) -> list[Case]:
        """The cases that were accepted by the day, of which all that comes before that is known."""
        found = (self._case(case_id) for case_id in sorted(self._of_case))
        return [each for each in found if each]

    @cached_property
    def standing(self) -> list[Case]:
        """Those that count."""
        return [e for e in self.accepted if not e.is_open_again or self.counting["count_reopened"]]

    @cached_property
    def _of_case(self) -> dict[str, dict[str, Said]]:
        """The last word on each step of each case; an acceptance or a reopening by what it answers."""
        found: dict[str, dict[str, Said]] = {}
        for step in (*BEFORE_ACCEPTED, "completed", "reopened"):
            for each in self.said(f"remediation.{step}"):
                own = f"{step} {each.data.get('reopened_on', '')}".strip()
                found.setdefault(each.data["case_id"], {})[own] = each.data
        return found

    def _case(self, case_id: str) -> Case | None:
        steps = self._of_case[case_id]
        first = steps.get("completed")
        if not first or not self.by(first["completed_on"]):
            return None
        if any(each not in steps for each in BEFORE_ACCEPTED):
            return None
        if first["parcel_id"] not in self.registered:
            return None
        last, is_open = first, False
        for own, said in sorted(steps.items()):
            if own.startswith("reopened") and self.by(said["reopened_on"]):
                again = steps.get(f"completed {said['reopened_on']}")
                is_open = not (again and self.by(again["completed_on"]))
                last = last if is_open else again or last
        return Case(case_id, steps["identified"], first, last, is_open)

    def day_of(self, case: Case) -> str:
        said = case.first if self.counting["day"] == "first_acceptance" else case.last
        return str(said["completed_on"])


# --- plots and cases


def plots(known: Known, _: str) -> Figure:
    return counted(len(known.plots))


def area_of_plots(known: Known, _: str) -> Figure:
    return Figure(value=sum(known.plots, Decimal(0)), parts=len(known.plots))


def area_of_cases(known: Known, of: str) -> Figure:
    """A plot once, by the case with the largest area; parts or the whole that they are of, whichever is
    more."""
    with_case = {
        each.data["parcel_id"]
        for step in (*BEFORE_ACCEPTED, "completed", "reopened")
        for each in known.said(f"remediation.{step}")
    }
    areas = [
        (lineage.lands(known.acts, case.parcel_id, with_case), Decimal(area))
        for case in known.standing
        if (area := case.last.get(f"{of}_area_m2")) and Decimal(area)
    ]
    some = lineage.each_land_once(areas)
    unknown = any(case.last.get(f"{of}_area_m2") is None for case in known.standing)
    kind = "at_least" if unknown else "exact"
    mu = sum(some, Decimal(0)) * MU_OF_M2
    return Figure(value=mu, kind=kind, parts=len(some), **known.by_counting)


def firms_by_way(known: Known, of: str) -> Figure:
    """A firm once, by its last case; or the cases, if the rules say so."""
    cases = [each for each in known.standing if each.last["disposal_way"] == of]
    if known.counting["unit"] == "cases":
        return counted(len(cases), **known.by_counting)
    last = {
        firm: case.case_id
        for case in sorted(known.standing, key=lambda each: (known.day_of(each), each.case_id))
        for firm in case.firms
    }
    firms = [sum(last[firm] == each.case_id for firm in each.firms) for each in cases]
    kind = "exact" if all(each.firms for each in cases) else "at_least"
    parts = sum(map(bool, firms))
    return Figure(value=Decimal(sum(firms)), kind=kind, parts=parts, **known.by_counting)


# --- before and after


def before_and_after(known: Known, of: str) -> Figure:
    """The ratio of the sums over the cases that have both, each land and span of years once."""
    pairs = {key: both for case in known.accepted for key, both in _compared(known, case, of)}
    before, after = (sum(each[side] for each in pairs.values()) for side in (0, 1))
    bounds = [any(each[side] for each in pairs.values()) for side in (2, 3)]
    if not pairs:
        return missing("NOTHING_TO_COMPARE")
    if not before:
        return missing("NOTHING_BEFORE")
    if all(bounds):
        return missing("BOTH_AT_LEAST")
    kind = "at_most" if bounds[0] else "at_least" if bounds[1] else "exact"
    return Figure(value=(after / before).quantize(MILLIONTH), kind=kind, parts=len(pairs))


def _compared(known: Known, case: Case, of: str) -> Iterator[tuple[Any, Any]]:
    """The land with the years, and the sums before and after with whether each is a bound, if it has both.
    The land is that of the case with all that was split from it or merged with it between the two."""
    first = int(case.found["identified_on"][:4]) - 1
    done = int(case.first["completed_on"][:4])
    last: int | None = known.on.year - ((known.on.month, known.on.day) != (12, 31))
    until = None
    while last not in (None, until):
        until = last
        land = lineage.connected(known.acts, known.on, case.parcel_id, first, until)
        there = _on_land(known, land)
        last = max((year for year in there if done < year <= until), default=None)
    sides = [_sum(there.get(year, []), of) for year in (first, last)]
    if all(sides):
        (before, less), (after, more) = sides
        yield (land, first, last), (before, after, less, more)


def _on_land(known: Known, land: Collection[str]) -> dict[Any, list[Share]]:
    """What was told last of each firm on the land, with its share, by the years."""
    found: dict[Any, list[Share]] = {}
    for parcel_id in land:
        for year, share in known.years.get(parcel_id, ()):
            found.setdefault(year, []).append(share)
    return found


def _sum(firms: list[Share], of: str) -> tuple[Decimal, bool] | None:
    """Of all firms, or of none: one that is missing would make it too small."""
    if not firms or any(share is None or told[of] is None for share, told in firms):
        return None
    total = sum((Decimal(told[of]) * (share or 0) for share, told in firms), Decimal(0))
    return total, any(of in told["at_least"] for _, told in firms)


HOW: dict[str, Callable[[Known, str], Figure]] = {
    each.__name__: each
    for each in (plots, area_of_plots, area_of_cases, firms_by_way, before_and_after)
}
