"""The page of the overview: which figures stand under which topic, as dated data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from backbone.records import record
from park.overview import OverviewFigure
from park.rulebook import Rulebook

from ..rulebook import FOLDER
from .schemas import OverviewMissing, OverviewTopic

OTHERS = "others"
STATED = "stated"


@record
class Topic:
    """`figures` are named with their service: `parcels.plots_surveyed`."""

    title: str
    figures: tuple[str, ...]


@record
class Page:
    topics: tuple[Topic, ...]


PAGE = Rulebook(FOLDER / "overview_page", Page)


def topics_of(page: Page, told: Mapping[str, Iterable[OverviewFigure]]) -> list[OverviewTopic]:
    """The figures under their topics; those that the page does not name stand under the last one."""
    named: dict[str, list[OverviewFigure]] = {}
    for service, figures in told.items():
        for each in figures:
            name = f"{service}.{each.figure.partition(':')[0]}"
            named.setdefault(name, []).append(each)
    topics = [
        OverviewTopic(
            title=topic.title,
            figures=[each for name in topic.figures for each in named.pop(name, [])],
        )
        for topic in page.topics
    ]
    rest = [each for figures in named.values() for each in figures]
    topics.append(OverviewTopic(title=OTHERS, figures=rest))
    return [topic for topic in topics if topic["figures"]]


def missing_of(page: Page, silent: Iterable[str]) -> Iterator[OverviewMissing]:
    """The figures of the services that could not be asked. Of two of one name the second is what was stated
    beside what the other service counts."""
    away, named = set(silent), set[str]()
    for topic in page.topics:
        for name in topic.figures:
            service, _, figure = name.partition(".")
            if service in away:
                stated = f"{figure}:{STATED}" if figure in named else figure
                yield OverviewMissing(figure=stated, service=service)
            named.add(figure)
