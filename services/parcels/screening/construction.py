"""What a township reports of the building on a plot, and of its stops [开工、竣工、停工]."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from backbone.records import record

from ..words import Said


@record
class Part:
    """So much of a whole, both in one unit. A third is 1 of 3: no decimal share is exactly that."""

    part: Decimal
    whole: Decimal

    def is_below(self, floor: Part) -> bool:
        return self.part * floor.whole < floor.part * self.whole


@record
class Pause:
    """Days, both included, for which a reason of the government stops the clock (闲置土地处置办法
    art. 8); without `to_on` it still does."""

    from_on: date
    to_on: date | None = None
    reason: str


@record
class Construction:
    """The newest report; it says all that the township knows. `area_begun` is the part of the land to
    be built on, `investment_paid` that of the agreed investment. `stopped_on` is the day since which
    the building stands still, `production_stopped_on` that of the production."""

    agreed_start_on: date | None = None
    started_on: date | None = None
    stopped_on: date | None = None
    area_begun: Part | None = None
    investment_paid: Part | None = None
    government_reasons: tuple[Pause, ...] = ()
    agreed_completion_on: date | None = None
    completed_on: date | None = None
    production_stopped_on: date | None = None
    land_price_cny: Decimal | None = None
    inside_development_boundary: bool | None = None
    reported: Said

    def as_of(self, day: date) -> Construction:
        """As it stood on that day, as far as this report tells."""

        def known(on: date | None) -> date | None:
            return on if on and on <= day else None

        return replace(
            self,
            started_on=known(self.started_on),
            stopped_on=known(self.stopped_on),
            completed_on=known(self.completed_on),
            production_stopped_on=known(self.production_stopped_on),
        )
