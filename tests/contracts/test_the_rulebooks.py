"""Every rulebook of a service is compared by its verdicts, or says why it is not; the page says the same."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import services
from park.verdicts.answers import why_not
from services.installation import HOMES

ROOT = Path(services.__file__).parent
PAGE = (ROOT.parent / "docs" / "what-if.md").read_text("utf-8")


def rulebooks(service):
    """The topics of the service, and why nothing is compared by the others."""
    module = import_module(f"services.{service}.verdicts.topics")
    topics = module.topics() if service == "enterprises" else module.TOPICS
    return topics, why_not(ROOT / service / "rulebook")


@pytest.mark.parametrize("service", HOMES)
def test_each_rulebook_is_compared_or_says_why_not(service):
    topics, others = rulebooks(service)
    folders = sorted(each.name for each in (ROOT / service / "rulebook").iterdir() if each.is_dir())

    assert sorted([*topics, *others]) == folders
    assert all(topic.rulebook.folder.name == name for name, topic in topics.items())


@pytest.mark.parametrize("service", HOMES)
def test_the_page_has_each_with_what_is_judged_or_the_reason(service):
    topics, others = rulebooks(service)
    said = {name: topic.judges for name, topic in topics.items()} | others

    for name, words in said.items():
        assert f"| `{name}` | {service} | {words} |" in PAGE, name


def units_in(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (each for name, each in data.items() if name == "unit" and isinstance(each, str))
        data = [*data.values()]
    for each in data if isinstance(data, list) else ():
        yield from units_in(each)


def test_no_unit_begins_with_a_number_which_the_figure_before_it_would_run_into():
    editions = sorted(ROOT.glob("*/rulebook/*/*.toml"))
    units = {u for each in editions for u in units_in(tomllib.loads(each.read_text("utf-8")))}

    assert "× 10,000 yuan per mu" in units
    assert [each for each in units if each[:1].isdigit()] == []
