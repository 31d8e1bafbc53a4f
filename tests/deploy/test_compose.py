"""The compose file and the image's recipe, as far as they can be checked without an engine."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from backbone.rpc.server import LARGEST_ANSWER
from backbone.settings import Settings
from cli.heartbeat.command import heartbeat
from services.installation import HOMES
from tests.support.brokers import LARGEST_TAKEN

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PARTS = ("rabbitmq", "redis")
WATCHES, EXPORTER, SHOWS, BEATS = "prometheus", "redis-exporter", "grafana", "heartbeat"
CHANNELS = {"SMTP_URL", "CHANNEL_TIMEOUT_S", "WEBHOOK_HTTP", "WEBHOOK_NETWORKS"}
KNOWN = {setting.name.upper() for setting in fields(Settings)} | CHANNELS | {"CALENDAR_FOLDER"}

services = pytest.mark.parametrize("name", HOMES)


def _service(name: str) -> dict[str, Any]:
    service: dict[str, Any] = COMPOSE["services"][name]
    return service


def test_it_runs_the_four_services_their_two_parts_and_what_watches_them() -> None:
    assert set(COMPOSE["services"]) == {*HOMES, *PARTS, WATCHES, EXPORTER, SHOWS, BEATS}


@services
def test_a_container_runs_its_own_service_where_the_host_finds_it(name: str) -> None:
    port = HOMES[name][2]
    assert _service(name)["command"] == [name]
    assert _service(name)["ports"] == [f"127.0.0.1:{port}:{port}"]


def test_one_image_is_built_once_and_never_looked_for_elsewhere() -> None:
    images = {(_service(name)["image"], name == "parcels") for name in HOMES}
    assert len({image for image, _ in images}) == 1
    assert [name for name in HOMES if "build" in _service(name)] == ["parcels"]
    policies = {name: _service(name)["pull_policy"] for name in HOMES}
    assert policies == {**dict.fromkeys(HOMES, "never"), "parcels": "build"}


@services
def test_a_service_starts_when_its_parts_are_healthy(name: str) -> None:
    waits_for = _service(name)["depends_on"]
    assert waits_for == {part: {"condition": "service_healthy"} for part in PARTS}
    assert all("test" in _service(part)["healthcheck"] for part in PARTS)


@services
def test_a_service_is_healthy_when_it_says_that_it_is_ready(name: str) -> None:
    check = _service(name)["healthcheck"]["test"]
    assert check[:3] == ["CMD", "python", "-c"]
    compile(check[3], "healthcheck", "exec")
    assert f"127.0.0.1:{HOMES[name][2]}/readyz" in check[3]


@services
def test_a_service_is_given_settings_that_there_are(name: str) -> None:
    environment = _service(name)["environment"]
    assert set(environment) <= KNOWN
    assert environment["AMQP_URI"].endswith("@rabbitmq:5672/")
    assert environment["REDIS_URL"] == "redis://redis:6379/0"


@services
def test_a_year_of_the_calendar_is_added_without_a_new_image(name: str) -> None:
    folder = _service(name)["environment"]["CALENDAR_FOLDER"]
    assert f"${{CALENDAR_FOLDER:-./park/holidays}}:{folder}:ro" in _service(name)["volumes"]
    assert (ROOT / "park" / "holidays").is_dir()


def test_the_services_log_in_as_the_user_that_the_broker_makes() -> None:
    broker = _service("rabbitmq")["environment"]
    user = f"{broker['RABBITMQ_DEFAULT_USER']}:{broker['RABBITMQ_DEFAULT_PASS']}"
    assert f"amqp://{user}@" in _service("parcels")["environment"]["AMQP_URI"]


def test_nobody_can_send_what_a_service_could_not_take_and_live() -> None:
    given = _service("rabbitmq")["environment"]["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"]
    limit = int(re.fullmatch(r"-rabbit max_message_size (\d+)", given)[1])  # type: ignore[index]
    assert LARGEST_ANSWER < limit == LARGEST_TAKEN  # for which tests/chaos measures the memory


def test_what_was_confirmed_outlives_the_containers() -> None:
    assert _service("rabbitmq")["volumes"] == ["rabbitmq:/var/lib/rabbitmq"]
    assert _service("rabbitmq")["hostname"]  # the broker keeps its data under its host's name
    assert _service("redis")["volumes"] == ["redis:/data"]
    assert "--appendonly yes" in " ".join(_service("redis")["command"])
    assert set(COMPOSE["volumes"]) == {*PARTS, WATCHES, SHOWS}


def test_prometheus_watches_each_service_and_the_broker_by_the_rules_of_the_alerts() -> None:
    watched = yaml.safe_load((ROOT / "deploy/monitoring/prometheus.yml").read_text())
    targets = {
        job["job_name"]: job["static_configs"][0]["targets"] for job in watched["scrape_configs"]
    }
    assert targets["tenglong"] == [f"{name}:{HOMES[name][2]}" for name in HOMES]
    assert targets["rabbitmq"] == ["rabbitmq:15692"]  # the port of its plug-in, which its image has
    assert targets["rabbitmq-node"] == targets["rabbitmq"]
    assert targets["redis"] == [f"{EXPORTER}:9121"]
    assert _service(EXPORTER)["environment"]["REDIS_ADDR"] == "redis://redis:6379"
    assert watched["rule_files"] == ["rules.yaml"]
    assert "./deploy/monitoring:/etc/tenglong:ro" in _service(WATCHES)["volumes"]


def test_a_heartbeat_is_sent_once_there_is_somebody_to_hear_it() -> None:
    beats = _service(BEATS)
    assert beats["command"] == [BEATS] == [heartbeat.__name__]
    assert beats["image"] == _service("parcels")["image"]
    assert beats["environment"]["AMQP_URI"] == _service("parcels")["environment"]["AMQP_URI"]
    assert beats["depends_on"] == {"parcels": {"condition": "service_healthy"}}


def test_grafana_shows_the_dashboards_to_whoever_has_the_password_and_to_nobody_else() -> None:
    grafana = _service(SHOWS)
    given = grafana["environment"]
    assert given["GF_AUTH_ANONYMOUS_ENABLED"] == given["GF_USERS_ALLOW_SIGN_UP"] == "false"
    (secret,) = grafana["secrets"]
    assert given["GF_SECURITY_ADMIN_PASSWORD__FILE"] == f"/run/secrets/{secret}"
    usual = re.fullmatch(r"\$\{GRAFANA_PASSWORD_FILE:-(.+)\}", COMPOSE["secrets"][secret]["file"])
    assert usual
    assert (ROOT / usual[1]).read_text().strip()


def test_grafana_asks_the_prometheus_beside_it_and_reads_the_dashboards_where_they_lie() -> None:
    mounted = dict(each.split(":")[:2] for each in _service(SHOWS)["volumes"])
    places = {path: folder for folder, path in mounted.items()}
    home = "/etc/grafana/provisioning"
    (source,) = _read(places[f"{home}/datasources/tenglong.yaml"])["datasources"]
    (provider,) = _read(places[f"{home}/dashboards/tenglong.yaml"])["providers"]
    assert source["url"] == f"http://{WATCHES}:9090"
    assert source["isDefault"]
    assert list((ROOT / places[provider["options"]["path"]]).glob("*.json"))


def _read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text())


def test_nothing_answers_beyond_this_machine() -> None:
    published = [port for each in COMPOSE["services"].values() for port in each.get("ports", [])]
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_every_image_has_a_version() -> None:
    for part in (*PARTS, WATCHES, EXPORTER, SHOWS):
        assert re.search(r":v?\d+\.\d+", _service(part)["image"])


def test_the_image_runs_as_nobody_in_particular_and_asks_no_registry_for_its_syntax() -> None:
    recipe = (ROOT / "Dockerfile").read_text()
    assert not recipe.startswith("# syntax")
    assert re.search(r"^USER \d+:\d+$", recipe, re.MULTILINE)
    assert '\nENTRYPOINT ["python", "-m", "services"]\n' in recipe


def test_the_image_holds_every_package_that_services_and_operators_import() -> None:
    recipe = (ROOT / "Dockerfile").read_text()
    let_in = (ROOT / ".dockerignore").read_text().splitlines()
    for name in ("backbone", "park", "services", "cli"):
        assert f"COPY {name} {name}" in recipe
        assert f"!{name}" in let_in
