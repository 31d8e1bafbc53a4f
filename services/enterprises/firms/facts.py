"""The facts of firms."""

from __future__ import annotations

from backbone.records import record

from .enterprise import Enterprise


@record
class EnterpriseRegistered:
    """`enterprises.enterprise_registered`: a township reported a firm, or reported it anew."""

    enterprise_id: str
    township: str
    scale: str


EMITTED = (EnterpriseRegistered,)


def facts_of(before: Enterprise | None, after: Enterprise) -> tuple[EnterpriseRegistered, ...]:
    """The fact of the step from `before` to `after`, if a newer report stands."""
    if before and before.report_id == after.report_id:
        return ()
    registered = EnterpriseRegistered(
        enterprise_id=after.enterprise_id, township=after.township, scale=after.scale
    )
    return (registered,)
