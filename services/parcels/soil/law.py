"""The dated data about soil: `rulebook/soil_duties/` and `rulebook/printed_surveys/`."""

from __future__ import annotations

from decimal import Decimal

from backbone.records import record
from park.rulebook import Rulebook, hold_within

from ..rulebook import FOLDER
from ..words import LandUse
from .reports import Conclusion, Phase


@record
class SoilDuties:
    """`class_a_source` is where a plot that changes to sensitive use [甲类地块] is named, or empty."""

    survey_good_for_years: int
    control_report_months: int
    told_days_before: int
    class_a_source: str = ""

    def __post_init__(self) -> None:
        hold_within(1, 100, survey_good_for_years=self.survey_good_for_years)
        hold_within(1, 1200, control_report_months=self.control_report_months)
        hold_within(0, 3660, told_days_before=self.told_days_before)


DUTIES = Rulebook(FOLDER / "soil_duties", SoilDuties)


@record
class PrintedWords:
    """How published surveys are read: pairs of a word and what it stands for, and where the district
    lies, in degrees."""

    district: str
    lon_from: Decimal
    lon_to: Decimal
    lat_from: Decimal
    lat_to: Decimal
    phases: tuple[tuple[str, Phase], ...]
    conclusions: tuple[tuple[str, Conclusion], ...]
    use_codes: dict[str, LandUse]
    use_words: tuple[tuple[str, LandUse], ...]


PRINTED = Rulebook(FOLDER / "printed_surveys", PrintedWords)
