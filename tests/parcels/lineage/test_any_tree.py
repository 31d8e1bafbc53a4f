"""Whatever is split, merged, corrected and surveyed, in whatever order: the area is conserved, the
lineage reads the same from both ends, and the totals are what a walk says."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered, Refused
from park.units import AREA_TOLERANCE_M2

from ..conftest import Parcels
from ..land_desk import divide, lineage, merge, part, survey

AREAS = ["1000", "2500.5", "6666.666667", "12000"]
acts = st.lists(
    st.tuples(
        st.sampled_from(["split", "split", "merge", "merge", "correct", "undo", "survey", "late"]),
        st.integers(0, 10**6),
        st.integers(2, 3),
        st.decimals("-0.006", "0.006", places=6),
    ),
    max_size=14,
)


class Land:
    """Four parcels, and what the desk makes of them, an act a day. `whole_m2` is what the surveys say of
    all."""

    def __init__(self) -> None:
        self.today = date(2023, 8, 14)
        self.parcels, self.made, self.done = Parcels(), 0, Counter[str]()
        for number, area in enumerate(AREAS):
            survey(self.parcels, f"330604006-{number}", area_m2=area)
        self.whole_m2 = sum(map(Decimal, AREAS))
        self.off_m2 = Decimal(0)  # how far the acts may be off in all

    def all(self, *states: str) -> list[Any]:
        found = self.parcels.read("list_parcels", limit=200)["items"]
        return [each for each in found if not states or each["state"] in states]

    def act(self, kind: str, which: int, several: int, off_mu: Decimal) -> None:
        self.today += timedelta(days=1)
        try:
            getattr(self, kind)(which, several, off_mu * 2000 / 3)
        except Answered:
            self.done["refused"] += 1
        else:
            self.done[kind] += 1
            self.off_m2 += AREA_TOLERANCE_M2

    def split(self, which: int, several: int, off_m2: Decimal) -> None:
        whole = self._one(which, "registered")
        parts = self._shares(Decimal(whole["area_m2"]) + off_m2, several)
        named = [part(self._new_id(), area) for area in parts]
        day = self.today.isoformat()
        divide(self.parcels, *named, parcel_id=whole["parcel_id"], split_on=day)

    def merge(self, which: int, several: int, off_m2: Decimal) -> None:
        there = self.all("registered")
        some = [there[(which + n) % len(there)] for n in range(min(several, len(there)))]
        area = sum(Decimal(each["area_m2"]) for each in some) + off_m2
        ids = [each["parcel_id"] for each in some]
        act = {"parcel_id": self._new_id(), "merged_on": self.today.isoformat()}
        merge(self.parcels, source_ids=ids, area_m2=_text(area), **act)

    def correct(self, which: int, _several: int, off_m2: Decimal) -> None:
        whole = self._one(which, "split")
        areas = self._shares(Decimal(whole["area_m2"]) + off_m2, len(whole["child_ids"]))
        parts = [part(*each) for each in zip(whole["child_ids"], reversed(areas), strict=True)]
        self._correct(whole, children=parts)

    def undo(self, which: int, _several: int, _off_m2: Decimal) -> None:
        self._correct(self._one(which, "split"), undo=True)

    def survey(self, which: int, _several: int, off_m2: Decimal) -> None:
        found = self._one(which, "registered")
        area = Decimal(found["area_m2"])
        survey(self.parcels, found["parcel_id"], area_m2=_text(area + off_m2))

    def late(self, which: int, _several: int, _off_m2: Decimal) -> None:
        gone = self._one(which, "split", "merged", "withdrawn")
        survey(self.parcels, gone["parcel_id"], surveyed_on="2023-08-30")
        raise AssertionError("what is gone was surveyed")

    def _one(self, which: int, *states: str) -> Any:
        there = self.all(*states)
        if not there:
            raise Refused([])
        return there[which % len(there)]

    def _shares(self, area: Decimal, several: int) -> list[str]:
        share = (area / (several + 1)).quantize(Decimal("0.000001"))
        return [_text(share)] * (several - 1) + [_text(area - share * (several - 1))]

    def _correct(self, whole: Any, **more: Any) -> None:
        day = self.today.isoformat()
        request = {"parcel_id": whole["parcel_id"], "reason": "wrong", "corrected_on": day}
        self.parcels.call("correct_split", **request, **more)

    def _new_id(self) -> str:
        self.made += 1
        return f"330604006-n{self.made}"


def _text(area: Decimal) -> str:
    return str(area.quantize(Decimal("0.000001")))


def drawn(steps: list[Any]) -> Land:
    land = Land()
    for step in steps:
        land.act(*step)
    return land


@settings(max_examples=25, deadline=None)
@given(acts)
def test_land_is_neither_won_nor_lost(steps):
    land = drawn(steps)

    now_m2 = sum(Decimal(each["area_m2"]) for each in land.all("registered"))
    assert abs(now_m2 - land.whole_m2) <= land.off_m2
    for each in land.all():
        for step in lineage(land.parcels, each["parcel_id"])["steps"]:
            assert step["conserved"]
            assert abs(Decimal(step["difference_m2"])) <= AREA_TOLERANCE_M2


@settings(max_examples=25, deadline=None)
@given(acts)
def test_the_lineage_reads_the_same_from_both_ends_and_has_no_circle(steps):
    land = drawn(steps)
    there = {each["parcel_id"]: each for each in land.all()}
    told = {parcel_id: lineage(land.parcels, parcel_id) for parcel_id in there}
    up = {id_: {each["parcel_id"] for each in of["ancestors"]} for id_, of in told.items()}
    down = {id_: {each["parcel_id"] for each in of["descendants"]} for id_, of in told.items()}

    for parcel_id, each in there.items():
        assert all(parcel_id in there[child]["parent_ids"] for child in each["child_ids"])
        assert all(parcel_id in there[parent]["child_ids"] for parent in each["parent_ids"])
        assert parcel_id not in up[parcel_id] | down[parcel_id]
        assert up[parcel_id] == {other for other in there if parcel_id in down[other]}
        assert bool(each["child_ids"]) == (each["state"] in ("split", "merged"))


@settings(max_examples=25, deadline=None)
@given(acts)
def test_the_totals_are_what_a_walk_says(steps):
    land = drawn(steps)

    groups = land.parcels.read("totals", by=["state", "land_use"])["groups"]
    told = {tuple(g["of"].values()): (g["count"], Decimal(g["area_m2"])) for g in groups}
    walked: dict[Any, tuple[int, Decimal]] = {}
    for each in land.all():
        count, area = walked.get((each["state"], each["land_use"]), (0, Decimal(0)))
        area += Decimal(each["area_m2"])
        walked[each["state"], each["land_use"]] = count + 1, area
    assert told == walked


def test_the_acts_that_are_drawn_are_done_and_some_are_refused():
    """So that the tests above are about something."""
    kinds = ["split", "correct", "undo", "split", "merge", "survey", "late"]
    done = drawn([(kind, 0, 2, Decimal("0.001")) for kind in kinds]).done

    assert done == {"split": 2, "correct": 1, "undo": 1, "merge": 1, "survey": 1, "refused": 1}
