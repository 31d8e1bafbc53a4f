"""The rulebooks of parcels by which things are compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from park.rulebook import Rulebook
from park.verdicts.topic import Judge, Topic, Topics, judged_by

from ..completeness.gaps import ASKED
from ..paths.lengths import PATHS
from ..register.parcel import Parcel
from ..register.rights.rights import RIGHTS_LAW
from ..release.review import ReleaseLaw
from ..remediation.case import Case
from ..rulebook import SOIL_LAW
from ..screening.law import CRITERIA, IDLE_LAW
from ..screening.plot import Plot
from ..soil.law import DUTIES
from ..soil.record import SoilRecord
from .cases import by_paths, known_cases, lateness_told
from .gaps import by_asked_fields
from .plots import by_criteria, by_idle_clock, idle_told, known_plots, suspicions_told
from .releases import by_law, known_land, releases_told
from .soil import by_duties, reports_told


def _of_releases(law_of: Callable[[Rulebook[Any]], ReleaseLaw]) -> Judge:
    """What either law, with the one rulebook or the other in it, makes of vacated land."""
    return judged_by(
        lambda lands, rules, on: by_law(lands, law_of(rules), on),
        lambda lands, before, after, on: releases_told(lands, law_of(before), law_of(after), on),
        known_land,
    )


TOPICS: Topics = {
    "criteria": Topic(
        rulebook=CRITERIA,
        thing="plot",
        judges="what each criterion of low efficiency says of each year of a plot",
        kind=Plot,
        judge=judged_by(
            lambda plots, rules, _: by_criteria(plots, rules),
            lambda plots, before, after, _: suspicions_told(plots, before, after),
            known_plots,
        ),
    ),
    "idle_land": Topic(
        rulebook=IDLE_LAW,
        thing="plot",
        judges="whether a plot is idle by the law's clock today",
        kind=Plot,
        judge=judged_by(by_idle_clock, idle_told, known_plots),
    ),
    "paths": Topic(
        rulebook=PATHS,
        thing="case",
        judges="by when the step that an open case is in is due, who holds it, and how late it is today",
        kind=Case,
        judge=judged_by(by_paths, lateness_told, known_cases),
    ),
    "soil_duties": Topic(
        rulebook=DUTIES,
        thing="soil_record",
        judges="by when the next report of a risk control is due, whether it is asked for today, and whether "
        "the last survey is too old",
        kind=SoilRecord,
        judge=judged_by(by_duties, reports_told),
    ),
    "soil": Topic(
        rulebook=SOIL_LAW,
        thing="case",
        judges="whether the land that a case has vacated is released, and what of its soil bars that",
        kind=Case,
        judge=_of_releases(lambda rules: ReleaseLaw(soil=rules)),
    ),
    "rights": Topic(
        rulebook=RIGHTS_LAW,
        thing="case",
        judges="whether the land that a case has vacated is released, and which right on it bars that",
        kind=Case,
        judge=_of_releases(lambda rules: ReleaseLaw(rights=rules)),
    ),
    "completeness": Topic(
        rulebook=ASKED,
        thing="parcel",
        judges="which of the fields that a township is asked for a registered parcel lacks",
        kind=Parcel,
        judge=judged_by(by_asked_fields),
    ),
}
