"""Why it cannot be said what firms owe or promised by a contract. Each is told, and bars nothing."""

from __future__ import annotations

from backbone.errors import Reason

SENTENCES = {
    "PARTY_UNKNOWN": "Somebody who holds this land is no firm that is known here, or has a code that "
    "several firms claim; report the firm with its credit code, or settle the code.",
    "SHARES_UNKNOWN": "Several hold this land, some of them firms of the group, and nobody said their "
    "shares; look at the contract.",
    "AMOUNT_UNKNOWN": "The instalment is late, and its amount was never told; look at the contract.",
    "CONTRACT_UNKNOWN": "Something is due by this contract, and who signed it was never told; look at the "
    "contract.",
}


def not_attributed(code: str) -> Reason:
    return Reason(code, SENTENCES[code], field="contract_id")
