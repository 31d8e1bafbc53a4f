"""What adds up to the figures of a report that does not keep it: those of the overview in a monthly one."""

from __future__ import annotations

from typing import Any

from ..ask import call_if_there
from .blocks import Found

WAIT_S = 60.0  # a service reads all that it keeps


def with_parts(report: Found) -> tuple[dict[str, Any], list[str]]:
    """The report with the parts of its figures, and the services that did not tell theirs. A service tells
    them for the day, the moment of knowledge and the rules of the report, so that those of an issued one are
    those of when it was issued."""
    clocks = {"on": report["last"], "known_at": report["known_at"], "rules": report["last"]}
    silent: list[str] = []

    def filled(figure: Found) -> dict[str, Any]:
        service, told = figure["service"], figure["told"]
        if figure["parts"] or not told["parts"] or service in silent:
            return {**figure}
        asked = {"figure": told["figure"], **clocks}
        found = call_if_there(service, "explain_overview", WAIT_S, **asked)
        silent.extend([service] if found is None else [])
        return {**figure, "parts": found["parts"] if found else []}

    sections = [
        {**each, "figures": [filled(figure) for figure in each["figures"]]}
        for each in report["sections"]
    ]
    return {**report, "sections": sections}, silent
