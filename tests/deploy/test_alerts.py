"""The alerts: each has its page, and asks for what the services tell."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from cli.alarms import runbooks
from tests.support.children import HOST
from tests.support.eventually import eventually
from tests.support.park import Story
from tests.support.watching import Prometheus

ROOT = Path(__file__).parents[2]
RULES = ROOT / "deploy/monitoring/rules.yaml"
RUNBOOKS = ROOT / "docs/runbooks"
ALL_RULES: dict[str, Any] = {
    rule.get("alert") or rule["record"]: rule
    for group in yaml.safe_load(RULES.read_text())["groups"]
    for rule in group["rules"]
}
ALERTS = {name: rule for name, rule in ALL_RULES.items() if "alert" in rule}
SCALED = [
    trigger["metadata"]["query"]
    for each in yaml.safe_load_all(
        (ROOT / "deploy/k8s/components/autoscaling/services.yaml").read_text()
    )
    for trigger in each["spec"]["triggers"]
    if trigger["type"] == "prometheus"
]
COMPARED, GROUPED = re.compile(r"\s(?:[=!]=|[<>]=?)\s"), re.compile(r"\b(?:by|on) \(([^)]+)\)")
PAGES = sorted({rule["annotations"]["runbook_url"] for rule in ALERTS.values()})
IN_EACH = ("**What it means.**", "## Look here", "## Do this", "## It is over when")


@pytest.mark.parametrize("alert", ALERTS)
def test_it_says_whom_it_wakes_and_where_its_page_is(alert):
    rule = ALERTS[alert]

    assert rule["labels"]["severity"] in ("critical", "warning")
    assert rule["annotations"]["summary"].endswith(".")
    assert f"# {alert}" in page(rule) or f", {alert}" in page(rule)
    assert f"[{alert}" in index() or f", {alert}]" in index()


@pytest.mark.parametrize("url", PAGES)
def test_a_page_says_what_it_means_where_to_look_what_to_do_and_when_it_is_over(url):
    text = page_at(url)

    assert [part for part in IN_EACH if part not in text] == []
    assert {Path(each).name for each in PAGES} | {"README.md"} == {
        each.name for each in RUNBOOKS.iterdir()
    }


def page(rule: dict[str, Any]) -> str:
    return page_at(rule["annotations"]["runbook_url"]).splitlines()[0]


def page_at(url: str) -> str:
    """The page at this address, if people reach those of `tenglong alarms` where the rules say."""
    base = urlsplit(runbooks.BASE)
    assert url.startswith(f"{base.scheme}://{base.netloc}/")
    found = runbooks.page(urlsplit(url).path)
    assert found, url
    return found.decode()


def index() -> str:
    return (RUNBOOKS / "README.md").read_text()


# --- beside a park that runs


@pytest.mark.parametrize("rule", ALL_RULES)
def test_whatever_a_rule_asks_for_is_told_with_the_labels_that_it_wants(watched, rule):
    eventually(lambda: watched.is_told(ALL_RULES[rule]["expr"]))


@pytest.mark.parametrize("rule", ALL_RULES)
def test_a_rule_is_answered_by_the_labels_that_it_groups_by(watched, rule):
    expr = ALL_RULES[rule]["expr"]
    labels = {each for found in GROUPED.findall(expr) for each in found.split(", ")}
    answers = eventually(lambda: watched.query(uncompared(expr)))

    assert [each["metric"] for each in answers if not labels <= set(each["metric"])] == []


def uncompared(expr: str) -> str:
    """The expression with a sum where it compares, so that it is answered while all is well."""
    return COMPARED.sub(" + ", expr).replace("absent(", "(")


def test_what_a_rule_asks_for_can_be_untold(watched):
    assert watched.untold('up{job="tenglongs"} == 0') == ['up{job="tenglongs"}']


@pytest.mark.parametrize("query", SCALED)
def test_what_the_number_of_replicas_follows_is_one_figure(watched, query):
    assert len(eventually(lambda: watched.query(query))) == 1


def test_a_park_that_is_well_and_at_work_wakes_nobody(asking):
    assert asking == []


@pytest.fixture
def alarmed(park, tmp_path):
    """A Prometheus for which one refusal is most of a feed."""
    rule = {"alert": "FeedMostlyRefused", "expr": "sum by (publisher) (tenglong_refused_total) > 0"}
    rules = tmp_path / "rules.yaml"
    rules.write_text(yaml.safe_dump({"groups": [{"name": "quick", "rules": [rule]}]}))
    jobs = {"tenglong": [f"{HOST}:{park.ports['parcels']}"]}
    server = Prometheus(jobs, rules, {"scrape_configs": [{"job_name": "tenglong"}]}).start()
    yield server
    server.discard()


def test_a_township_whose_feed_is_mostly_refused_is_told_where_it_subscribed(park, alarmed):
    story = Story(park)
    own = {"channel": "log", "address": "own", "townships": [story.township]}
    kinds = ["feed_mostly_refused"]
    subscribed = story.write("notify", "subscribe", name="its office", kinds=kinds, **own)
    story.publish("parcel.registered", {})
    eventually(lambda: alarmed.query(f'ALERTS{{publisher="{story.township}"}}'))

    for _ in range(2):
        command = ["township", "refused", "--tell", "--prometheus", alarmed.url]
        said = subprocess.run(
            [sys.executable, "-m", "cli", *command],
            env=park.env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert said.stdout == f"{story.township} mostly refused, told\n", said.stderr

    [alert] = eventually(
        lambda: park.call("notify", "list_alerts", filter={"kind": kinds[0]})["items"]
    )
    assert alert["township"] == story.township
    assert subscribed["subscription_id"] in alert["recipients"]


def test_who_asks_a_prometheus_that_is_not_there_hears_so(park):
    said = subprocess.run(
        [sys.executable, "-m", "cli", "township", "refused", "--prometheus", f"http://{HOST}:9"],
        env=park.env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (said.returncode, said.stdout) == (1, "")
    assert "Prometheus does not answer at" in said.stderr
