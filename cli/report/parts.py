"""What adds up to the figures of a report that does not keep it: those of the overview in a monthly one."""

from __future__ import annotations

from typing import Any

from ..ask import call_if_there
from ..overview.shown import NO_LESS
from .blocks import Found

COUNT = ("parts", "without_amount")
WAIT_S = 60.0  # a service reads all that it keeps


def with_parts(report: Found) -> tuple[dict[str, Any], list[str]]:
    """The report with what counts in its figures, and the services that did not tell theirs. A service tells
    them for the day, the moment of knowledge and the rules of the report, so that those of an issued one are
    those of when it was issued."""
    clocks = {"on": report["last"], "known_at": report["known_at"], "rules": report["last"]}
    silent: list[str] = []

    def filled(figure: Found) -> dict[str, Any]:
        service, told = figure["service"], figure["told"]
        kept = figure["parts"] or figure["without_amount"]
        counts = told["parts"] or told["overview_kind"] in NO_LESS
        if kept or not counts or service in silent:
            return {**figure}
        asked = {"figure": told["figure"], **clocks}
        found = call_if_there(service, "explain_overview", WAIT_S, **asked)
        silent.extend([service] if found is None else [])
        return {**figure, **{name: found[name] if found else [] for name in COUNT}}

    sections = [
        {**each, "figures": [filled(figure) for figure in each["figures"]]}
        for each in report["sections"]
    ]
    return {**report, "sections": sections}, silent
