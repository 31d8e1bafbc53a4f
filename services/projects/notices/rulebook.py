"""The dated data by which a notice is read and judged."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook

from ..findings import Outcome
from ..listings.notice import SupplyWay
from ..rulebook import FOLDER
from .printed import Per

PLACE = re.compile(r"(?P<city>.{2,4}市(?=.{2,}))?(?P<name>.+?)(?P<kind>畲族自治县|市|县|区)")


class Moment(StrEnum):
    """When a notice is judged."""

    DRAFT = "draft"
    APPROVAL = "approval"
    PUBLICATION = "publication"


class Severity(StrEnum):
    """What an answer weighs: nothing that has to be done, a hint, a warning, or a bar."""

    NONE = "none"
    HINT = "hint"
    WARNING = "warning"
    BAR = "bar"


@record
class UseWord:
    printed: str
    use: str


@record
class Ways:
    """`spellings` are the words in which notices print a way of supply."""

    bars_agreement: tuple[str, ...]
    spellings: dict[SupplyWay, tuple[str, ...]]
    source: str


@record
class Bonds:
    shares: tuple[Decimal, ...]
    source: str


@record
class MoneyUnit:
    """`cny` yuan for each unit of area, or for the whole land; the spellings are as notices print it."""

    cny: Decimal
    per: Per
    spellings: tuple[str, ...]


@record
class NoticeLaw:
    uses: tuple[UseWord, ...]
    money_units: tuple[MoneyUnit, ...]
    severity: dict[str, dict[Moment, Severity]]
    ways: Ways
    bonds: Bonds

    def use_of(self, printed: str) -> str | None:
        """The use that a notice prints in its own words, or by its code; none where no word fits."""
        uses = self.uses
        return next((e.use for e in uses if e.printed in printed or e.use == printed), None)

    def money_unit(self, printed: str) -> MoneyUnit | None:
        return next((each for each in self.money_units if printed in each.spellings), None)

    def way_of(self, printed: str) -> SupplyWay | None:
        spelt = self.ways.spellings.items()
        return next((way for way, words in spelt if any(word in printed for word in words)), None)

    def severity_of(self, outcome: Outcome) -> dict[Moment, Severity]:
        return self.severity.get(outcome.value, dict.fromkeys(Moment, Severity.NONE))


@record
class Grade:
    grade: str
    yuan_per_m2: Decimal
    places: tuple[str, ...]


@record
class FloorPrices:
    source: str
    province: str
    grades: tuple[Grade, ...]

    def of(self, place: str) -> Grade | None:
        """The grade of the place that a notice names; none where the table has no such place."""
        names = self._names()
        return next((grade for name, grade in names.items() if name in place), None)

    def _names(self) -> dict[str, Grade]:
        """Each place by its short name, 上虞 of 上虞市; one that a city has as well by its whole name:
        绍兴县, as 绍兴 is the city."""
        rows = [
            (found, grade)
            for grade in self.grades
            for places in grade.places
            for place in places.split("、")
            if (found := PLACE.fullmatch(place))
        ]
        cities = {found["city"][:-1] for found, _ in rows if found["city"]}
        return {
            found["name"] + found["kind"] if found["name"] in cities else found["name"]: grade
            for found, grade in rows
        }


NOTICE_LAW = Rulebook(FOLDER / "notices", NoticeLaw)
FLOOR_PRICES = Rulebook(FOLDER / "floor_prices", FloorPrices)
