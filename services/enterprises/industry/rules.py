"""What is wrong or doubtful about an industry. Each rule answers with a reason, or nothing."""

from __future__ import annotations

from backbone.errors import Reason

from .standard import Edition, Mapped, Mapping, code_of, mapped


def no_code_of_the_edition(text: str, edition: Edition, field: str) -> Reason | None:
    """Two to four digits of a division that the edition has, with the letter of its section or without:
    the sections of 2011 hold other divisions than those of 2017."""
    if code_of(text, edition):
        return None
    return Reason(
        "INDUSTRY_EDITION",
        f"Give an industry code of GB/T 4754-{edition}, 2 to 4 digits with the letter of their section or "
        "without: 3411 or C3411.",
        field=field,
        source=f"GB/T 4754-{edition}",
    )


def code_is_unlisted(code: str, edition: Edition, field: str) -> Reason | None:
    """The list is that of a crosswalk without the amendment of 2019, so such a code is only doubtful."""
    if mapped(code, edition, edition).kind is not Mapping.UNLISTED:
        return None
    return Reason(
        "INDUSTRY_UNLISTED",
        f"The list of GB/T 4754-{edition} that is held here does not have this code; look for a typing "
        "error.",
        field=field,
        source=f"GB/T 4754-{edition}",
    )


def code_was_split(found: Mapped, field: str) -> Reason | None:
    """A code of several successors is asked about, as a guess would look like a fact."""
    if found.kind is not Mapping.QUESTION:
        return None
    return Reason(
        "INDUSTRY_SPLIT",
        f"This code became several: {', '.join(found.candidates)}. Say which of them it is, as a code "
        "of 2017.",
        field=field,
        source="GB/T 4754-2011, GB/T 4754-2017",
    )
