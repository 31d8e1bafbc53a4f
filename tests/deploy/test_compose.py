"""The compose file and the image's recipe, as far as they can be checked without an engine."""

from __future__ import annotations

import re
import shlex
import threading
from dataclasses import fields
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import yaml
from typer.testing import CliRunner

from backbone.host.health import Health
from backbone.rpc.server import LARGEST_ANSWER
from backbone.settings import Settings
from cli.alarms.command import PORT
from cli.app import app
from cli.heartbeat.command import heartbeat
from deploy import ready
from services import callers
from services.installation import HOMES
from tests.support.authority import Authority
from tests.support.brokers import LARGEST_TAKEN
from tests.support.eventually import eventually
from tests.support.processes import ServiceProcess

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PARTS = ("rabbitmq", "redis")
WATCHES, EXPORTER, SHOWS, BEATS = "prometheus", "redis-exporter", "grafana", "heartbeat"
WAKES, TAKES = "alertmanager", "alarms"
ONCE, PEOPLE = ("secrets", "topology"), ("operator", "administrator")
LETS_IN, PLAYS = "guests", "demo"
MAJORS = {"rabbitmq": "4", "redis": "8"}
TOLD_WITHIN_S = 10
CHANNELS = {"SMTP_URL", "CHANNEL_TIMEOUT_S", "WEBHOOK_HTTP", "WEBHOOK_NETWORKS"}
GRANTS = "./deploy/k8s/base/grants"
KNOWN = (
    {setting.name.upper() for setting in fields(Settings)}
    | CHANNELS
    | {"CALENDAR_FOLDER", "GRANTS"}
)

services = pytest.mark.parametrize("name", HOMES)


def _service(name: str) -> dict[str, Any]:
    service: dict[str, Any] = COMPOSE["services"][name]
    return service


def test_it_runs_the_four_services_their_two_parts_and_what_watches_them() -> None:
    everything = {*HOMES, *PARTS, WATCHES, EXPORTER, SHOWS, BEATS, WAKES, TAKES, *ONCE, *PEOPLE}
    everything |= {LETS_IN, PLAYS}
    assert set(COMPOSE["services"]) == everything


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
    assert waits_for == {
        "topology": {"condition": "service_completed_successfully"},
        "redis": {"condition": "service_healthy"},
    }
    assert _service("topology")["depends_on"] == {"rabbitmq": {"condition": "service_healthy"}}
    assert all("test" in _service(part)["healthcheck"] for part in PARTS)


@services
def test_a_service_is_healthy_when_it_says_that_it_is_ready(name: str) -> None:
    check = _service(name)["healthcheck"]
    assert check["test"] == ["CMD", "python", "deploy/ready.py", str(HOMES[name][2])]
    assert "!deploy/ready.py" in (ROOT / ".dockerignore").read_text().splitlines()
    assert "COPY deploy/ready.py deploy/ready.py" in (ROOT / "Dockerfile").read_text()


@services
def test_what_a_service_cannot_do_without_is_said_within_ten_seconds(name: str) -> None:
    check = _service(name)["healthcheck"]
    assert check["retries"] == 1
    assert "start_period" not in check  # in which no failure counts
    assert _seconds(check["interval"]) + ready.READY_WITHIN_S <= TOLD_WITHIN_S
    assert _seconds(check["timeout"]) > ready.STARTS_WITHIN_S + ready.READY_WITHIN_S


def _seconds(text: str) -> float:
    assert text.endswith("s")
    return float(text[:-1])


def test_a_probe_waits_for_a_process_that_starts_and_says_what_one_that_answers_lacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = iter(range(1000))
    monkeypatch.setattr(ready.time, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(ready.time, "sleep", lambda _: None)
    lacks = {"redis": "wrong password"}

    def said(*answers: dict[str, str] | None) -> str | None:
        told = iter(answers)
        monkeypatch.setattr(ready, "waits_for", lambda _: next(told, answers[-1]))
        return ready.main(8001)

    assert said({}) is None
    assert said(*[None] * 20, lacks, {}) is None
    assert said(None, lacks) == f"waits for {lacks}"
    assert said(lacks, None) == "it has ended"
    assert said(None) == "nobody answers at port 8001"


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nobody reads along."""


def test_a_probe_hears_what_a_service_says_of_itself() -> None:
    health = Health("parcels")
    server = make_server("127.0.0.1", 0, health.answer, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        health.reporter("start")("ACCESS_REFUSED")
        assert ready.waits_for(server.server_port) == {"start": "ACCESS_REFUSED"}
        health.reporter("start")(None)
        assert ready.waits_for(server.server_port) == {}
    finally:
        server.shutdown()
        server.server_close()
    assert ready.waits_for(server.server_port) is None


@pytest.mark.parametrize("asks_for_ours", [False, True], ids=["of nobody", "of whoever asks"])
def test_a_probe_asks_over_tls_where_the_service_answers_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asks_for_ours: bool
) -> None:
    authority = Authority(tmp_path)
    shown, key = authority.certify("server")
    given = {"HTTP_CERT_FILE": str(shown), "HTTP_KEY_FILE": str(key)}
    if asks_for_ours:
        given["HTTP_CA_FILE"] = str(authority.ca)
    parcels = ServiceProcess(
        ["parcels"], "amqp://guest:guest@127.0.0.1:9/", "redis://127.0.0.1:9/0", **given
    )
    port = parcels.ports["parcels"]
    try:
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        told = eventually(lambda: (ready.waits_for(port) or {}).get("broker"), 60)
        assert "no connection to the broker" in told
        monkeypatch.delenv("HTTP_CA_FILE", raising=False)
        if not asks_for_ours:
            monkeypatch.delenv("HTTP_CERT_FILE")
        assert "broker" not in (ready.waits_for(port) or {})  # to whom it does not answer
    finally:
        parcels.discard()


@services
def test_a_service_is_given_settings_that_there_are(name: str) -> None:
    given = {each.removesuffix("_FILE") for each in _service(name)["environment"]}
    assert given <= KNOWN


@services
def test_a_year_of_the_calendar_is_added_without_a_new_image(name: str) -> None:
    folder = _service(name)["environment"]["CALENDAR_FOLDER"]
    assert f"${{CALENDAR_FOLDER:-./park/holidays}}:{folder}:ro" in _service(name)["volumes"]
    assert (ROOT / "park" / "holidays").is_dir()


@services
def test_who_may_call_on_which_days_is_said_without_a_new_image(name: str) -> None:
    file = Path(_service(name)["environment"]["GRANTS_FILE"])
    assert f"${{GRANTS_FOLDER:-{GRANTS}}}:{file.parent}:ro" in _service(name)["volumes"]
    assert callers.lines_of((ROOT / GRANTS / file.name).read_text("utf-8")) == {}


def _mounted(name: str) -> dict[str, str]:
    """The part of the secrets that a container sees, by where it sees it."""
    volumes = [each for each in _service(name)["volumes"] if isinstance(each, dict)]
    assert all(each["source"] == "secrets" and each["read_only"] for each in volumes)
    return {each["target"]: each["volume"]["subpath"] for each in volumes}


def test_everybody_logs_in_as_a_user_that_the_first_start_made(tmp_path: Path) -> None:
    command = _service("secrets")["command"]
    assert command == ["grant", "installation", "/secrets", "--once"]
    assert "secrets:/secrets" in _service("secrets")["volumes"]
    made = CliRunner().invoke(app, [*command[:2], str(tmp_path / "s"), *command[3:]])
    assert made.exit_code == 0
    users = {**{name: name for name in HOMES}, "topology": "installer", BEATS: BEATS}
    users[TAKES] = TAKES
    users |= {"operator": "operator-first", "administrator": "administrator"}
    for name, user in users.items():
        assert _mounted(name) == {"/run/secrets/tenglong": user}
        for setting, file in _service(name)["environment"].items():
            if setting.endswith("_FILE") and file.startswith("/run/secrets/"):
                assert (tmp_path / "s" / user / Path(file).name).exists(), (name, setting)
        uri = (tmp_path / "s" / user / "amqp-uri").read_text()
        assert uri.strip().endswith("@rabbitmq:5672/%2F")
    for name, user in {SHOWS: "grafana", EXPORTER: "watcher"}.items():
        [(at, subpath)] = _mounted(name).items()
        assert subpath == user
        files = [v for k, v in _service(name)["environment"].items() if k.endswith("_FILE")]
        assert [Path(each).parent for each in files] == [Path(at)]
        assert (tmp_path / "s" / user / Path(files[0]).name).read_text().strip()
    assert _mounted("rabbitmq") == {"/etc/tenglong": "rabbitmq"}
    assert "--aclfile /data/users.acl" in " ".join(_service("redis")["command"])
    assert "cp /etc/tenglong/users.acl /data/" in " ".join(_service("redis")["entrypoint"])
    assert (tmp_path / "s" / _mounted("redis")["/etc/tenglong"] / "users.acl").exists()


def test_the_users_are_made_once(tmp_path: Path) -> None:
    command = ["grant", "installation", str(tmp_path / "s"), "--once"]
    assert CliRunner().invoke(app, command).exit_code == 0
    before = (tmp_path / "s" / "parcels" / "amqp-uri").read_text()
    assert CliRunner().invoke(app, command).exit_code == 0
    assert (tmp_path / "s" / "parcels" / "amqp-uri").read_text() == before


def test_the_password_of_the_mail_server_is_in_a_file() -> None:
    given = _service("notify")["environment"]
    assert "SMTP_URL" not in given
    assert (
        f"${{SMTP_URL_FILE:-/dev/null}}:{given['SMTP_URL_FILE']}:ro"
        in _service("notify")["volumes"]
    )


def test_no_container_makes_a_user_with_a_password_that_is_written_here() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert "RABBITMQ_DEFAULT" not in text
    assert not re.search(r"://[^/\s]*:[^/\s]*@", text)


def test_nobody_can_send_what_a_service_could_not_take_and_live() -> None:
    settings = (ROOT / "deploy/rabbitmq.conf").read_text().splitlines()
    mounted = "./deploy/rabbitmq.conf:/etc/rabbitmq/conf.d/20-tenglong.conf:ro"
    assert mounted in _service("rabbitmq")["volumes"]
    assert (
        f"definitions.local.path = {next(iter(_mounted('rabbitmq')))}/definitions.json" in settings
    )
    assert (
        "definitions.skip_if_unchanged = true" in settings
    )  # else each start undoes `grant rotate`
    assert f"max_message_size = {LARGEST_TAKEN}" in settings
    assert LARGEST_ANSWER < LARGEST_TAKEN  # for which tests/chaos measures the memory


def test_what_was_confirmed_outlives_the_containers() -> None:
    assert "rabbitmq:/var/lib/rabbitmq" in _service("rabbitmq")["volumes"]
    assert _service("rabbitmq")["hostname"]  # the broker keeps its data under its host's name
    assert "redis:/data" in _service("redis")["volumes"]
    kept = {"--appendonly yes", "--appendfsync always", "--maxmemory-policy noeviction"}
    assert {each for each in kept if each in " ".join(_service("redis")["command"])} == kept
    assert "--save '' " in shlex.join(_service("redis")["command"])  # that file keeps it, once
    assert set(COMPOSE["volumes"]) == {*PARTS, WATCHES, SHOWS, WAKES, "secrets", LETS_IN}


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
    assert beats["depends_on"] == {"parcels": {"condition": "service_healthy"}}


def test_what_prometheus_raises_reaches_notify_with_a_token_that_both_ends_were_given(
    tmp_path: Path,
) -> None:
    watched = _read("deploy/monitoring/prometheus.yml")["alerting"]["alertmanagers"]
    assert watched == [{"static_configs": [{"targets": [f"{WAKES}:9093"]}]}]
    told = _read("deploy/monitoring/alertmanager.yml")
    (receiver,) = told["receivers"]
    (webhook,) = receiver["webhook_configs"]
    assert told["route"]["receiver"] == receiver["name"]
    assert webhook["url"] == f"http://{TAKES}:{PORT}/alarms"
    assert _service(TAKES)["command"] == [TAKES, "--host", "0.0.0.0"]
    command = ["grant", "installation", str(tmp_path / "s")]
    assert CliRunner().invoke(app, command).exit_code == 0
    shown = webhook["http_config"]["authorization"]["credentials_file"]
    asked = _service(TAKES)["environment"]["ALARMS_TOKEN_FILE"]
    tokens = [
        (tmp_path / "s" / _mounted(name)[str(Path(file).parent)] / Path(file).name).read_text()
        for name, file in ((WAKES, shown), (TAKES, asked))
    ]
    assert tokens[0]
    assert tokens[0] == tokens[1]


def test_grafana_shows_the_dashboards_to_whoever_has_the_password_and_to_nobody_else() -> None:
    given = _service(SHOWS)["environment"]
    assert given["GF_AUTH_ANONYMOUS_ENABLED"] == given["GF_USERS_ALLOW_SIGN_UP"] == "false"


def test_grafana_asks_the_prometheus_beside_it_and_reads_the_dashboards_where_they_lie() -> None:
    texts = (each for each in _service(SHOWS)["volumes"] if isinstance(each, str))
    mounted = dict(each.split(":")[:2] for each in texts)
    places = {path: folder for folder, path in mounted.items()}
    home = "/etc/grafana/provisioning"
    (source,) = _read(places[f"{home}/datasources/tenglong.yaml"])["datasources"]
    (provider,) = _read(places[f"{home}/dashboards/tenglong.yaml"])["providers"]
    assert source["url"] == f"http://{WATCHES}:9090"
    assert source["isDefault"]
    assert list((ROOT / places[provider["options"]["path"]]).glob("*.json"))


def _read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text())


def test_nothing_takes_the_whole_machine() -> None:
    for name, service in COMPOSE["services"].items():
        limits = service["deploy"]["resources"]["limits"]
        assert float(limits["cpus"]) > 0, name
        assert re.fullmatch(r"\d+[MG]", limits["memory"]), name


def test_a_part_knows_what_it_may_take() -> None:
    limits = {name: _service(name)["deploy"]["resources"]["limits"]["memory"] for name in PARTS}
    broker = (ROOT / "deploy/rabbitmq.conf").read_text().splitlines()
    assert f"total_memory_available_override_value = {limits['rabbitmq']}B" in broker
    (most,) = re.findall(r"--maxmemory (\d+)mb", " ".join(_service("redis")["command"]))
    # it forks when it writes its file anew
    assert 2 * int(most) < int(limits["redis"].removesuffix("M"))


def test_what_is_logged_does_not_fill_the_disk() -> None:
    drivers = {name: each["logging"]["driver"] for name, each in COMPOSE["services"].items()}
    assert set(drivers.values()) == {"local"}, drivers  # the engine's own keeps all of it


def test_no_process_gains_a_right_and_few_may_write_beside_their_volumes() -> None:
    for name, service in COMPOSE["services"].items():
        assert service["security_opt"] == ["no-new-privileges:true"], name
    may = {name for name, each in COMPOSE["services"].items() if not each.get("read_only")}
    assert may == {*PARTS, SHOWS}
    keep = {name for name, each in COMPOSE["services"].items() if each.get("cap_drop") != ["ALL"]}
    assert keep == {*PARTS}  # which begin as root, to own their volumes, and go on as their users


def test_what_prometheus_has_seen_outlives_its_container() -> None:
    (path,) = re.findall(r"--storage\.tsdb\.path=(\S+)", " ".join(_service(WATCHES)["command"]))
    assert any(
        each.startswith("prometheus:") and path.startswith(f"{each.partition(':')[2]}/")
        for each in _service(WATCHES)["volumes"]
    )


def test_the_story_is_played_by_guests_that_are_let_in_for_it() -> None:
    lets_in, plays = _service(LETS_IN), _service(PLAYS)
    assert lets_in["profiles"] == plays["profiles"] == ["demo"]
    assert _mounted(LETS_IN) == _mounted("administrator")
    assert lets_in["environment"] == _service("administrator")["environment"]
    shell, script, folder = lets_in["entrypoint"]
    assert (shell, plays["entrypoint"]) == ("sh", ["python", "-m", "demo.visit", folder])
    assert (ROOT / script).exists()
    assert f"guests:{folder}" in lets_in["volumes"]
    assert plays["volumes"] == [f"guests:{folder}:ro"]  # and no user of the first start
    assert plays["environment"] == {}
    healthy = {name: {"condition": "service_healthy"} for name in HOMES}
    let_in = {LETS_IN: {"condition": "service_completed_successfully"}}
    assert plays["depends_on"] == let_in | healthy


@services
def test_a_call_that_does_not_say_who_calls_is_refused(name: str) -> None:
    assert _service(name)["environment"]["CALLERS"] == "named"


def test_nothing_answers_beyond_this_machine() -> None:
    published = [port for each in COMPOSE["services"].values() for port in each.get("ports", [])]
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_every_image_has_a_version() -> None:
    for part in (*PARTS, WATCHES, EXPORTER, SHOWS, WAKES):
        assert re.search(r":v?\d+\.\d+", _service(part)["image"])
    for part, major in MAJORS.items():
        assert _service(part)["image"].partition(":")[2].partition(".")[0] == major


def test_the_image_runs_as_nobody_in_particular_and_asks_no_registry_for_its_syntax() -> None:
    recipe = (ROOT / "Dockerfile").read_text()
    assert not recipe.startswith("# syntax")
    assert re.search(r"^USER \d+:\d+$", recipe, re.MULTILINE)
    assert '\nENTRYPOINT ["python", "-m", "services"]\n' in recipe


def test_the_image_holds_every_package_that_services_and_operators_import() -> None:
    recipe = (ROOT / "Dockerfile").read_text()
    let_in = (ROOT / ".dockerignore").read_text().splitlines()
    for name in ("backbone", "park", "services", "cli", "client", "demo"):
        assert f"COPY {name} {name}" in recipe
        assert f"!{name}" in let_in
