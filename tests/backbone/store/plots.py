"""Plots, and commits of them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import strategies as st

from backbone.messages.envelope import Event
from backbone.store.collection import Collection
from backbone.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    plot_id: str
    town: str
    area_m2: Decimal
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotChanged:
    plot_id: str


KEPT = Collection(Plot, key="plot_id", filters=("town", "tags"), orders=("area_m2",))


START = datetime(2023, 8, 1, tzinfo=UTC)


def commit(repository, *plots, cause="", mark=None, at=START):
    work = UnitOfWork(repository, emits=[PlotChanged], clock=lambda: at)
    work.begin(Event(id=cause or str(uuid.uuid4()), source="/test", type="changed"))
    work.save(*plots)
    work.announce(*(PlotChanged(plot_id=plot.plot_id) for plot in plots))
    work.close_step(mark)
    work.commit()


def plot(name="p", town="a", area="1", tags=()):
    return Plot(plot_id=name, town=town, area_m2=Decimal(area), tags=tags)


plots = st.builds(
    plot,
    name=st.sampled_from(["a", "a b", "b", "c|d", "é", "地"]),
    town=st.sampled_from(["x", "y", "x y"]),
    area=st.decimals(0, 10**6, places=2).map(str),
    tags=st.lists(st.sampled_from("tuv"), unique=True).map(tuple),
)
