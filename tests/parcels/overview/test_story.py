"""Three services and one page: a desk that corrects in September what was so in July."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from backbone.testing import Rehearsal
from services.enterprises.service import EnterprisesService
from services.installation import TOWNSHIPS
from services.parcels.service import ParcelsService
from services.projects.service import ProjectsService

from ...projects.conftest import LandRegister
from ...projects.platforms.calls import TALENT
from .. import reports
from ..conftest import Parcels
from .desk import noon

TRADE = {
    "indicator": "trade",
    "basis": "zone",
    "period_start": "2023-01-01",
    "period_end": "2023-07-31",
    "document": "page of 2023",
}


class Asked:
    """Another service as parcels reaches it: what it is asked, it answers as in a rehearsal."""

    def __init__(self, service: Rehearsal) -> None:
        self.service, self.deadline_s = service, 10.0

    def __getattr__(self, method: str) -> Callable[..., Any]:
        return lambda **asked: self.service.read(method, **asked)


class Park(Parcels):
    def __init__(self) -> None:
        super().__init__()
        self.moment: datetime = noon("2023-08-10")
        how: dict[str, Any] = {"clock": lambda: self.moment}
        self.statistics = Rehearsal(EnterprisesService, feeds=[TOWNSHIPS], **how)
        self.investment = Rehearsal(ProjectsService, parcels=LandRegister(), **how)
        others = {"enterprises": Asked(self.statistics), "projects": Asked(self.investment)}
        Rehearsal.__init__(self, ParcelsService, feeds=[TOWNSHIPS], **how, **others)

    def page(self, **asked: Any) -> dict[str, Any]:
        """The values of the page by the names of the figures."""
        page = self.read("overview", on="2023-07-31", **asked)
        assert page["unreachable"] == []
        return {f["figure"]: f["value"] for topic in page["topics"] for f in topic["figures"]}


@pytest.fixture
def park() -> Park:
    """What was known on 10 August."""
    park = Park()
    for report in reports.whole_case("phase_out", remediated_area_mu="10"):
        park.report(*report)
    park.statistics.call("record_indicator", value="10620000000", **TRADE)
    park.investment.call("record_fund", **TALENT)
    return park


def test_what_was_corrected_in_september_about_july_changes_the_page_of_every_service(park):
    park.moment = noon("2023-09-05")
    park.report(*reports.survey(surveyed_on="2023-07-31", area_mu="12"))
    park.report(*reports.turn("reopened", "2023-07-29"))
    again = {"reopened_on": "2023-07-29", "completed_on": "2023-07-31"}
    park.report(*reports.completed("phase_out", remediated_area_mu="12", **again))
    park.statistics.call("record_indicator", value="10600000000", reason="counted twice", **TRADE)
    park.investment.call("record_fund", **TALENT | {"first_tranche_cny": "60000000"})
    park.moment = noon("2023-10-01")

    names = ("land_remediated", "plots_area", "trade", "funds_first_tranche")

    def found(known: str) -> list[str | None]:
        page = park.page(known_at=noon(known).isoformat())
        return [page[name] for name in names]

    assert found("2023-09-10") == ["12", "12", "10600000000", "60000000"]
    assert found("2023-08-31") == ["10", "10", "10620000000", "50000000"]
    assert found("2023-08-01") == ["0", "0", None, None]


def test_every_figure_of_the_page_can_be_explained_by_the_service_that_owns_it(park):
    on, explained = {"on": "2023-07-31"}, 0
    page = park.read("overview", **on)
    shown = [figure for topic in page["topics"] for figure in topic["figures"]]
    for service in (park, park.statistics, park.investment):
        for figure in service.read("overview_figures", **on):
            assert figure in shown
            found = service.read("explain_overview", figure=figure["figure"], **on)
            assert found["figure"] == figure
            explained += len(found["parts"])
            shown.remove(figure)
    assert (shown, explained > 5) == ([], True)
