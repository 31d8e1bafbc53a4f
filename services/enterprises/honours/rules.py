"""What is doubtful about an honour. Each rule answers with a reason, or nothing; it is kept all the same."""

from __future__ import annotations

from backbone.errors import Reason
from park.rules import Rule

from .honours import Honour


def honour_is_unlisted(honour: Honour) -> Reason | None:
    """The list of honours is no whole one; another one has no term here and may be a slip."""
    if honour.kind is not None:
        return None
    return Reason(
        "HONOUR_UNLISTED",
        "This honour is not in the list, so no term of it is known; give expires_on, or look for a typing "
        "error.",
        field="data.honour",
    )


def level_is_unusual(honour: Honour) -> Reason | None:
    """Most honours are granted at one level; the list was not confirmed."""
    kind = honour.kind
    if kind is None or honour.level in kind.levels:
        return None
    return Reason(
        "HONOUR_LEVEL_DIFFERS",
        f"This honour is granted at the level {' or '.join(kind.levels)}; look at the level.",
        field="data.level",
        source=kind.source,
    )


HONOUR_DOUBTS: tuple[Rule[Honour], ...] = (honour_is_unlisted, level_is_unusual)
