"""A plot on a day: what its surveys up to then say, and the splits and merges that had happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from backbone.records import record

from ..lineage.succession import Plot, Succession
from ..register.parcel import Parcel, SurveyOfDay


@record
class PlotOn:
    """A plot that was there on the day, with its area, and what said so on which day."""

    parcel_id: str
    area_m2: Decimal
    about_on: date
    event_id: str


def plot_on(parcel: Parcel, successions: Iterable[Succession], on: date) -> PlotOn | None:
    """The plot, or none: it was not surveyed yet, others had taken its place, or its split was undone.
    `successions` name the parcel."""
    some, own_id = [*successions], {parcel.parcel_id}
    made = [each for each in some if each.made(own_id)]
    ended = [each for each in some if each.ended(own_id)]
    if any(results_on(each, on) for each in ended) or (parcel.is_gone and not (made or ended)):
        return None
    survey = _surveyed(parcel, made, on)
    if not made:
        return survey
    part = _part(parcel, made, on)
    return part and (survey or part)


def results_on(succession: Succession, on: date) -> Sequence[Plot]:
    """What had taken the place of the sources by the day, as corrected by then; nothing before its day,
    or once it was undone."""
    stood = succession.as_on(on)
    return stood.results_now if stood else ()


def _surveyed(parcel: Parcel, made: Sequence[Succession], on: date) -> PlotOn | None:
    """By its newest survey up to the day; none if the survey of the whole is newer than those of it."""
    surveys = parcel.own_surveys or (() if made else _of_the_whole(parcel))
    if made and parcel.surveyed and all(each.surveyed != parcel.surveyed for each in surveys):
        return None
    until = [each for each in surveys if each.surveyed.on <= on]
    if not until:
        return None
    last = until[-1]
    return PlotOn(
        parcel_id=parcel.parcel_id,
        area_m2=last.area_m2,
        about_on=last.surveyed.on,
        event_id=last.surveyed.event_id,
    )


def _of_the_whole(parcel: Parcel) -> tuple[SurveyOfDay, ...]:
    """What a part has of the survey of the whole, where nobody recorded the split."""
    if parcel.surveyed is None or parcel.area_m2 is None:
        return ()
    return (SurveyOfDay(area_m2=parcel.area_m2, surveyed=parcel.surveyed),)


def _part(parcel: Parcel, made: Sequence[Succession], on: date) -> PlotOn | None:
    """By the split or merge that had made it by the day."""
    for succession in made:
        for plot in results_on(succession, on):
            if plot.parcel_id == parcel.parcel_id:
                said = [succession.said] + [each.said for each in succession.corrections]
                last = [each for each in said if each and each.on <= on][-1:]
                return PlotOn(
                    parcel_id=plot.parcel_id,
                    area_m2=plot.area_m2,
                    about_on=last[0].on if last else date.min,
                    event_id=last[0].event_id if last else "",
                )
    return None
