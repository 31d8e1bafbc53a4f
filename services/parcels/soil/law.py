"""The dated data of the duties about soil: `rulebook/soil_duties/<first day>.toml`."""

from __future__ import annotations

from dataclasses import dataclass

from park.rulebook import Rulebook

from ..rulebook import FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class SoilDuties:
    """`class_a_source` is where a plot that changes to sensitive use [甲类地块] is named, or empty."""

    survey_good_for_years: int
    control_report_months: int
    told_days_before: int
    class_a_source: str = ""


DUTIES = Rulebook(FOLDER / "soil_duties", SoilDuties)
