"""What the list of project kinds makes of platforms: their plans, and what was proved of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from backbone.errors import Reason
from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings

from ..platforms.platform import Platform, PlatformBook
from ..platforms.rules import Planning, Reporting, kind_is_known, target_kinds_are_known


def by_project_kinds(
    platforms: Iterable[Platform], rules: Rulebook[PlatformBook], on: date
) -> Rulings:
    """Whether the plan of each platform, and each piece of progress, would be taken if it came today: its
    targets and projects are of kinds that there are."""
    found: dict[tuple[str, str], Ruling] = {}
    for each in platforms:
        plan = Planning(plan=each.plans[-1], today=on, book=rules)
        found[each.platform_id, "plan"] = _taken(target_kinds_are_known(plan))
        for report in each.known():
            reporting = Reporting(report=report, known=report, today=on, book=rules)
            name = f"progress {report.progress_id}"
            found[each.platform_id, name] = _taken(kind_is_known(reporting))
    return found


def _taken(reason: Reason | None) -> Ruling:
    return Ruling(says="would be refused" if reason else "would be taken", reason=reason)
