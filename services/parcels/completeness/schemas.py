"""The contract of the question how complete a township's register is."""

from __future__ import annotations

from backbone.messages.contract import Contract
from park.fields import TownshipCode


class OfTownship(Contract):
    township = TownshipCode(required=True)
