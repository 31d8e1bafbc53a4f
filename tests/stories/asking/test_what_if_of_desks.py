"""Whatever a desk or a township does with plots, firms and projects changes just what was foretold of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import pytest

from backbone.store.collection import HIDDEN
from tests.chaos.desks.acts import BESIDE, OF_EACH, OF_THE_FIRST
from tests.chaos.desks.life import Life
from tests.chaos.town import DeskInTown

from .test_what_if import SEED, Supposing, WatchedTown, changed, reopened, said, things_of

Fields = set[tuple[str, ...]]
MASKED = json.dumps(HIDDEN)
OF_CHANCE = {"open_prospect_page"}  # the id of a page is drawn when it is opened
AMONG_OTHERS = {
    "split_parcel",
    "merge_parcels",
    "confirm_award",
    "void_award",
    "remediation.completed",
    "finalise_round",
    "withdraw_round",
}


class Foretelling(WatchedTown):
    """A town that is asked, before each report and command, what would follow. `acts` are the names of those
    that changed something; `wrong` has those of which something else happened, with what differs."""

    def __init__(self) -> None:
        super().__init__()
        self.acts: list[str] = []
        self.wrong: list[tuple[str, Fields]] = []

    def call(self, service: str, method: str, **arguments: Any) -> Any:
        act = partial(super().call, service, method, **arguments)
        if "request_id" not in arguments:
            return act()
        data = dict(arguments)
        asked = {"method": method, "id": data.pop("request_id"), "data": data}
        return self._foretold(method, asked, service, act)

    def send(self, event: dict[str, Any]) -> None:
        asked = {name: event[name] for name in ("id", "type", "data")}
        asked |= {"publisher": event["source"].rpartition("/")[2]}
        asked |= {"attributes": {"time": event["time"]}}
        self._foretold(event["type"], asked, "", partial(super().send, event))

    def _foretold(
        self, name: str, asked: dict[str, Any], service: str, act: Callable[[], Any]
    ) -> Any:
        before = things_of(self, self.read, self.things)  # also what clocks and looks led to
        foretold = said(Supposing(self).what_if(asked, service=service))
        answer = act()
        self.things = things_of(self, self.read, before)
        happened = changed(before, self.things)
        self.acts += [name] if happened else []
        apart = differing(foretold, happened)
        if apart and name not in OF_CHANCE:
            self.wrong.append((name, apart))
        return answer


def differing(foretold: Fields, happened: Fields) -> Fields:
    """What was foretold alone, or happened alone, but for what is masked for whoever asks."""
    masked = {each[:-1] for each in foretold if each[-1] == MASKED}
    return {each for each in foretold ^ happened if each[:-1] not in masked}


def accepted_anew(life: Life) -> None:
    """A plot whose acceptance was wrong: its case is opened again, and less was vacated."""
    plot = life.beside("anew")
    life.vacate(plot)
    type_, data = plot.completed("land_reserve", str(Random(SEED).randint(5_000, 11_000)))
    anew = {"completed_on": plot.day(7), "reopened_on": plot.day(5), "acceptance_number": "2023-10"}
    for report in (reopened(plot, 5), (type_, data | anew)):
        life.report(*report)
        assert life.desk.town.acts[-1] == report[0]


@pytest.mark.timeout(500)
def test_whatever_is_reported_or_commanded_changes_just_what_was_foretold():
    town = Foretelling()
    desk = DeskInTown(town, 0, (*OF_EACH, *OF_THE_FIRST, *BESIDE, accepted_anew))

    desk.work()
    assert desk.wrong == []
    assert town.wrong == [], f"SEED={SEED}"
    assert {*town.acts} >= AMONG_OTHERS
    assert len({*town.acts}) > 100
