"""Whether a firm is above scale [规上] on a day, by the threshold of that day and its latest revenue."""

from __future__ import annotations

from datetime import date

from park.rulebook import Rulebook

from ..figures.firm_figures import JUDGES
from ..firms.enterprise import Scale
from .firm_profile import FirmProfile, Revenue
from .rulebook import SCALE_BARS, ScaleBar


def judging_revenue(profile: FirmProfile, on: date) -> Revenue | None:
    """The revenue of the latest year before that of the day that may judge a firm: of two sources the
    tax office's. A figure that was held for statistics judges nobody."""
    before = [
        each
        for each in profile.revenues
        if each.data_year < on.year and each.source_class in JUDGES
    ]
    return max(
        before,
        key=lambda each: (each.data_year, -JUDGES.index(each.source_class)),
        default=None,
    )


def scale_by_revenue(
    revenue: Revenue | None, on: date, rules: Rulebook[ScaleBar] = SCALE_BARS
) -> Scale | None:
    """What the revenue makes of the firm; the threshold itself is above scale."""
    if revenue is None:
        return None
    is_above = revenue.main_revenue_cny >= rules.on(on).main_revenue_cny
    return Scale.ABOVE if is_above else Scale.BELOW
