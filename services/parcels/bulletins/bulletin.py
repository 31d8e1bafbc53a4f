"""A bulletin [通报] of one township: frozen when it is issued, and held against what is known later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path

from backbone.records import record
from park.rulebook import Rulebook
from park.townships import find
from park.units import show_mu

from .figures import Figures
from .period import Period, PeriodKind


@record
class Meeting:
    first_on: date
    every_days: int


@record
class Rhythm:
    """When bulletins are issued and in which words, and when the regular meeting [例会] is."""

    source: str
    days_of_grace: Mapping[PeriodKind, int]
    meeting: Meeting
    words: Mapping[str, str]


RHYTHM = Rulebook(Path(__file__).parents[1] / "rulebook" / "bulletins", Rhythm)


@record
class Bulletin:
    """`issued_on` is the day on which it was frozen; `text` is what it says."""

    bulletin_id: str
    township: str
    kind: PeriodKind
    period_id: str
    first: date
    last: date
    issued_on: date
    title: str
    text: str
    figures: Figures

    @property
    def period(self) -> Period:
        return Period(kind=self.kind, period_id=self.period_id, first=self.first, last=self.last)


@record
class Correction:
    """A figure that would read otherwise today: the cases that came to it and those that went, or the
    area as it was and as it is, in m²."""

    figure: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    was_m2: Decimal | None = None
    is_m2: Decimal | None = None


def bulletin_id_of(township: str, period: Period) -> str:
    return f"{township}-{period.period_id}"


def issued(township: str, period: Period, figures: Figures, today: date) -> Bulletin:
    """The bulletin with these figures, in the words of the rulebook of today."""
    words, said = RHYTHM.on(today).words, _words(township, period, figures)
    return Bulletin(
        bulletin_id=bulletin_id_of(township, period),
        township=township,
        kind=period.kind,
        period_id=period.period_id,
        first=period.first,
        last=period.last,
        issued_on=today,
        title=words["title"].format_map(said).strip(),
        text=words["text"].format_map(said).strip(),
        figures=figures,
    )


def corrections(was: Figures, now: Figures) -> tuple[Correction, ...]:
    """What has been corrected since the first of these figures, in the order of the bulletin."""
    found = (
        _correction(each.name, getattr(was, each.name), getattr(now, each.name))
        for each in fields(Figures)
    )
    return tuple(each for each in found if each)


def _correction(figure: str, was: object, now: object) -> Correction | None:
    if was == now:
        return None
    if isinstance(was, tuple) and isinstance(now, tuple):
        added, removed = sorted({*now} - {*was}), sorted({*was} - {*now})
        return Correction(figure=figure, added=tuple(added), removed=tuple(removed))
    return Correction(figure=figure, was_m2=Decimal(str(was)), is_m2=Decimal(str(now)))


def _words(township: str, period: Period, figures: Figures) -> dict[str, object]:
    known = find(township, period.last)
    counts = {name: len(getattr(figures, name)) for name in COUNTED}
    unknown = f" (and {len(figures.area_unknown)} cases that do not say)"
    return {
        "township": known.name if known else township,
        "period_id": period.period_id,
        "first": period.first,
        "last": period.last,
        "remediated_mu": show_mu(figures.remediated_area_m2),
        "vacated_mu": show_mu(figures.vacated_area_m2),
        "unknown": unknown if figures.area_unknown else "",
        **counts,
    }


COUNTED = ("identified", "planned", "approved", "completed", "open", "late")
