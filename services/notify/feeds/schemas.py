"""What calls about feeds ask for."""

from __future__ import annotations

from backbone.messages.contract import Contract
from park.fields import TownshipCode


class TellMostlyRefused(Contract):
    township = TownshipCode(required=True)
