"""The use right of a parcel [土地使用权]: of which type, for how long, who holds it, what lies on it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook

from ...rulebook import FOLDER
from ...words import LandUse, Said


class RightType(StrEnum):
    GRANT = "grant"  # 出让
    ALLOCATION = "allocation"  # 划拨
    LEASE = "lease"  # 租赁
    CAPITAL_CONTRIBUTION = "capital_contribution"  # 作价出资（入股）
    AUTHORISED_OPERATION = "authorised_operation"  # 授权经营
    COLLECTIVE_CONSTRUCTION = "collective_construction"  # 集体建设用地
    OTHER = "other"


class CreditorKind(StrEnum):
    BANK = "bank"
    FINANCIAL = "financial"  # another financial institution: a lender, a trust, a guarantor
    STATE = "state"  # an office or a state platform
    ENTERPRISE = "enterprise"
    INDIVIDUAL = "individual"
    OTHER = "other"


class EncumbranceKind(StrEnum):
    MORTGAGE = "mortgage"  # 抵押
    SEIZURE = "seizure"  # 查封


@record
class Holder:
    """One who holds the right, alone or with others; `share` is of 1, none where it was not reported."""

    name: str
    uscc: str | None = None
    share: Decimal | None = None


@record
class UseRight:
    """From `starts_on` to `ends_on`, both included, as far as they were reported."""

    right_type: RightType
    term_years: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    holders: tuple[Holder, ...] = ()
    recorded: Said


@record
class Encumbrance:
    """A mortgage names the kind of its creditor, a seizure the document of the court or office. It lies
    on the land from `from_on` to `to_on`, both included; without `to_on` it still does."""

    kind: EncumbranceKind
    from_on: date
    to_on: date | None = None
    creditor_kind: CreditorKind | None = None
    document_number: str | None = None

    def covers(self, day: date) -> bool:
        return self.from_on <= day <= (self.to_on or date.max)


@record
class Encumbrances:
    """Everything that lies or lay on the land, as it was last recorded."""

    entries: tuple[Encumbrance, ...] = ()
    recorded: Said

    def on(self, day: date) -> tuple[Encumbrance, ...]:
        return tuple(each for each in self.entries if each.covers(day))

    def next_change(self, day: date) -> date | None:
        """The first day after this one on which something begins, or lies there no longer."""
        begin = {each.from_on for each in self.entries}
        end = {each.to_on + timedelta(days=1) for each in self.entries if each.to_on}
        return min((each for each in begin | end if each > day), default=None)


@record
class EncumberedLand:
    """A parcel on which something begins or ends on `due_on`: then its release is looked at again.
    What has nothing more to come is due on the last day that there is."""

    parcel_id: str
    due_on: date


@record
class Binding:
    right_types: tuple[RightType, ...]


@record
class RightsLaw:
    """What bars a release, and how long a use right may last."""

    seizure_bars_release: bool
    mortgage_bars_release: bool
    longest_years: dict[LandUse, int]
    longest_years_bind: Binding


RIGHTS_LAW = Rulebook(FOLDER / "rights", RightsLaw)
