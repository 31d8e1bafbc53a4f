"""What Prometheus raises reaches people by notify: a real Alertmanager, `tenglong alarms` and a park."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import socket
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import requests
import yaml

from backbone.errors import Reason, Refused, Unavailable
from backbone.rpc.caller import Caller
from cli.alarms import runbooks
from cli.alarms.command import token
from cli.alarms.reading import calls_of
from cli.alarms.receiver import LARGEST, Receiver
from tests.access.conftest import tenglong
from tests.support.children import HOST, Child, free_ports
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.server import NotInstalled, Server

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-of-this-test"
BEGAN = "2023-09-11T09:30:00.123456789Z"
ALERT = {
    "status": "firing",
    "labels": {"alertname": "QueueGrows", "severity": "critical", "queue": "parcels.inbox.v1"},
    "annotations": {
        "summary": "Reports wait.",
        "runbook_url": "http://localhost:8005/runbooks/queue-grows.md",
    },
    "startsAt": BEGAN,
    "endsAt": "0001-01-01T00:00:00Z",
    "fingerprint": "b2f5a0c1d3e4f567",
}


class Alertmanager(Server):
    """It sends what it is told to `url`, with our token, as the installation's does."""

    name = "alertmanager"
    ports_needed = 1
    starts_within_s = 60

    def __init__(self, url: str) -> None:
        super().__init__()
        told = yaml.safe_load((ROOT / "deploy/monitoring/alertmanager.yml").read_text())
        told["route"] |= {"group_wait": "0s", "group_interval": "1s"}
        (webhook,) = told["receivers"][0]["webhook_configs"]
        (self.home / "token").write_text(TOKEN)
        webhook["url"] = url
        webhook["http_config"]["authorization"]["credentials_file"] = str(self.home / "token")
        self.config = self.home / "alertmanager.yml"
        self.config.write_text(yaml.safe_dump(told))

    def launch(self) -> list[Child]:
        program = shutil.which("prometheus-alertmanager")
        if program is None:
            raise NotInstalled("prometheus-alertmanager")
        given = [
            f"--config.file={self.config}",
            f"--storage.path={self.home / 'data'}",
            f"--web.listen-address={HOST}:{self.ports[0]}",
            "--cluster.listen-address=",
        ]
        return [Child([program, *given], os.environ, self.home / "output")]

    def answers(self) -> bool:
        try:
            return self._ask("GET", "/-/ready").ok
        except requests.RequestException:
            return False

    def tell(self, ended_at: datetime | None = None) -> None:
        """As Prometheus does: an alarm that fires, or, with `ended_at`, that is over."""
        alert = {name: ALERT[name] for name in ("labels", "annotations")}
        ends = ended_at or datetime.now(UTC) + timedelta(minutes=5)
        told = alert | {"startsAt": BEGAN, "endsAt": ends.isoformat()}
        self._ask("POST", "/api/v2/alerts", json=[told]).raise_for_status()

    def _ask(self, method: str, path: str, **more: Any) -> requests.Response:
        with requests.Session() as session:
            session.trust_env = False  # no proxy stands between us and ourselves
            return session.request(
                method, f"http://{HOST}:{self.ports[0]}{path}", timeout=30, **more
            )


@pytest.fixture
def taken_at(park: Host, tmp_path: Path) -> Iterator[str]:
    """Where `tenglong alarms` takes them."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "cli", "alarms", "--host", HOST, "--port", str(port)]
    output = tmp_path / "output"
    env = {"ALARMS_TOKEN": TOKEN, "RUNBOOKS_URL": f"http://{HOST}:{port}/runbooks"}
    child = Child(command, {**park.env, **env}, output, cwd=ROOT)
    found = eventually(lambda: re.search(r"http://\S+/alarms", output.read_text()))
    yield found.group()
    child.kill()


def test_an_alarm_of_prometheus_reaches_whoever_subscribed_and_so_does_its_end(park, taken_at):
    night = {"name": "night", "channel": "log", "address": "night", "kinds": ["alarm_raised"]}
    subscribed = park.call("notify", "subscribe", request_id="night", **night)
    alertmanager = Alertmanager(taken_at).start()

    def alert(kind: str) -> dict[str, Any]:
        found = park.call("notify", "list_alerts", filter={"kind": kind})
        return found["items"][0] if found["items"] else {}

    alertmanager.tell()
    raised = eventually(lambda: alert("alarm_raised"))
    alertmanager.tell(ended_at=datetime.now(UTC))
    over = eventually(lambda: alert("alarm_over"))
    alertmanager.discard()

    assert (raised["severity"], over["severity"]) == ("critical", "info")
    assert raised["data"]["alarm"] == over["data"]["alarm"] == "QueueGrows"
    opened = requests.get(raised["data"]["runbook"], timeout=30)
    assert opened.headers["Content-Type"] == "text/html; charset=utf-8"
    assert '<h1 id="queuegrows">QueueGrows</h1>' in opened.text
    assert raised["recipients"] == over["recipients"]
    assert subscribed["subscription_id"] in over["recipients"]


def test_nobody_raises_an_alarm_without_the_token(taken_at):
    sent = {"alerts": [ALERT]}
    for header in ({}, {"Authorization": "Bearer another"}):
        assert requests.post(taken_at, json=sent, headers=header, timeout=30).status_code == 401


def test_whoever_looks_for_a_page_finds_the_list_of_them_and_nothing_else_of_the_installation():
    assert runbooks.page("/runbooks/") == (ROOT / "docs/runbooks/README.md").read_bytes()
    linked = {
        name
        for each in runbooks.PAGES.glob("*.md")
        for name in re.findall(r"\]\(\.\./([a-z-]+\.md)", each.read_text())
    }
    assert linked == {*runbooks.BESIDE}
    assert all(runbooks.page(f"/{name}") for name in linked)
    for path in ("/", "/runbooks", "/runbooks/none.md", "/runbooks/../domain.md", "/etc/passwd"):
        assert runbooks.page(path) is None


PATHS = [*(f"/runbooks/{each.name}" for each in runbooks.PAGES.glob("*.md")), "/runbooks/"]
PATHS += [f"/{name}" for name in runbooks.BESIDE]


@pytest.mark.parametrize("path", PATHS)
def test_a_browser_shows_a_page_and_each_link_of_it_to_another_leads_to_a_heading(path):
    shown = runbooks.html(path).decode()

    assert re.search(r"<title>[^<]+</title>", shown)
    assert "<script" not in shown
    for link in re.findall(r'href="([^"]+)"', shown):
        where, _, anchor = link.partition("#")
        if "//" in where:
            continue
        there = runbooks.html(urljoin(path, where))
        assert there, f"{path} leads to {link}, which is not there"
        if anchor:
            assert f' id="{anchor}"' in there.decode(), f"{path} leads to {link}"


def test_the_list_of_pages_is_a_table_of_links_and_commands_stand_in_blocks_of_code():
    assert (
        '<td><a href="queue-grows.md">QueueGrows</a></td>' in runbooks.html("/runbooks/").decode()
    )
    assert (
        "each alert of deploy/monitoring/rules.yaml: what" in runbooks.html("/runbooks/").decode()
    )
    assert '<pre><code class="language-sh">' in runbooks.html("/runbooks/queue-grows.md").decode()


def test_what_is_html_in_a_page_is_shown_as_text():
    shown = runbooks._written("# A & B\n\n<script>x</script> [y](javascript:x)", "/").decode()

    assert "<title>A &amp; B</title>" in shown
    assert "&lt;script&gt;x&lt;/script&gt;" in shown
    assert "href" not in shown


def test_a_page_is_kept_from_running_anything():
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/runbooks/"}
    said = {}
    Receiver(lambda: TOKEN, None)(asked, lambda status, headers: said.update(headers))

    assert said["Content-Security-Policy"].startswith("default-src 'none'")
    assert said["X-Content-Type-Options"] == "nosniff"


def test_runbooks_at_no_address_are_refused_before_anything_is_taken():
    env = {"ALARMS_TOKEN": TOKEN, "AMQP_URI": "memory://", "RUNBOOKS_URL": "docs/runbooks"}
    said = tenglong("alarms", **env)

    assert said.returncode == 2
    assert "begin it with http:// or https://" in said.stderr


def test_a_port_that_another_has_is_named_with_what_to_do():
    with socket.create_server((HOST, 0)) as other:
        port = str(other.getsockname()[1])
        said = tenglong(
            "alarms", "--port", port, ALARMS_TOKEN=TOKEN, AMQP_URI="amqp://localhost:9/"
        )

    assert said.returncode == 1
    told = f"Nobody can listen at {HOST}:{port}: Address already in use. Give another --port."
    assert told in " ".join(said.stderr.split())


# --- what is read, without a server


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("http://localhost:8005/runbooks/x.md", "https://desk.example/pages/x.md"),
        ("https://wiki.example/mine", "https://wiki.example/mine"),
        ("https://wiki.example/" + "x" * 180, None),
        (None, None),
    ],
)
def test_the_address_of_a_page_is_where_the_installation_has_it(named, told):
    annotations = {"runbook_url": named} if named else {}
    sent = {"alerts": [ALERT | {"annotations": annotations}]}
    [(_, given)] = calls_of(sent, "https://desk.example/pages/")

    assert given["runbook"] == told


def test_another_token_holds_from_the_next_alarm_on(tmp_path, monkeypatch):
    file = tmp_path / "token"
    monkeypatch.setenv("ALARMS_TOKEN_FILE", str(file))
    receiver = Receiver(token, lambda method, **given: None)
    statuses = []
    for written in ("", "another", f"{TOKEN}\n", "another"):
        file.write_text(written)
        statuses.append(receiver.answer(environ(b'{"alerts": []}'))[0].partition(" ")[0])
    file.unlink()
    statuses.append(receiver.answer(environ(b""))[0].partition(" ")[0])

    assert statuses == ["503", "401", "200", "401", "503"]


def posted(body: bytes, tell: Any = None) -> tuple[str, dict[str, Any]]:
    """The status and what is said, when this is sent."""
    told = tell or (lambda method, **given: None)
    return Receiver(lambda: TOKEN, told).answer(environ(body))


def environ(body: bytes) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/alarms",
        "HTTP_AUTHORIZATION": f"Bearer {TOKEN}",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }


def test_what_alertmanager_sends_again_is_told_under_the_same_id():
    [(method, given)] = calls_of({"alerts": [ALERT]})
    repeated = calls_of({"alerts": [{**ALERT, "annotations": {}}]})[0][1]
    over = calls_of({"alerts": [{**ALERT, "status": "resolved", "endsAt": BEGAN}]})[0]

    assert (method, given["level"], given["summary"]) == (
        "raise_alarm",
        "critical",
        "Reports wait.",
    )
    assert given["started_at"] == "2023-09-11T09:30:00.123456+00:00"
    assert given["where"] == "queue=parcels.inbox.v1"
    assert repeated["request_id"] == given["request_id"] != over[1]["request_id"]
    assert over[0] == "end_alarm"


def test_the_end_of_a_broken_chain_is_told_of_the_alarm_that_told_of_it():
    labels = {"alertname": "HeartbeatLate", "severity": "critical", "passed_by": "projects"}
    raised = ALERT | {"labels": labels}
    over = raised | {"status": "resolved", "endsAt": "2023-09-11T10:00:00Z"}
    [(_, began), (method, ended)] = calls_of({"alerts": [raised, over]})

    assert method == "end_alarm"
    same = ("alarm_id", "alarm", "where", "started_at")
    assert [ended[name] for name in same] == [began[name] for name in same]


def test_a_level_that_notify_does_not_know_is_a_warning_and_a_long_sentence_is_cut():
    labels = {"alertname": "Mine", "severity": "page"}
    [(_, given)] = calls_of(
        {"alerts": [ALERT | {"labels": labels, "annotations": {"summary": "x" * 900}}]}
    )

    assert given["level"] == "warning"
    assert given["where"] == "everywhere"
    assert len(given["summary"]) == 500


def test_a_feed_that_is_mostly_refused_is_told_to_its_township_as_well():
    labels = {"alertname": "FeedMostlyRefused", "publisher": "330604006"}
    calls = calls_of({"alerts": [ALERT | {"labels": labels}]})

    assert [method for method, _ in calls] == ["raise_alarm", "tell_mostly_refused"]
    assert calls[1][1] == {
        "township": "330604006",
        "request_id": "mostly-refused-330604006-2023-09-11",
    }


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "alerts"),
        ([], "alerts"),
        ({"alerts": ["x"]}, "alerts.0.labels.alertname"),
        ({"alerts": [ALERT | {"labels": {"alertname": 1}}]}, "alerts.0.labels"),
        ({"alerts": [ALERT | {"startsAt": "soon"}]}, "alerts.0.startsAt"),
        ({"alerts": [ALERT | {"fingerprint": ""}]}, "alerts.0.fingerprint"),
    ],
)
def test_what_is_not_of_alertmanager_is_refused_with_the_field(sent, field):
    status, said = posted(json.dumps(sent).encode())

    assert status.startswith("422")
    assert [each["field"] for each in said["reasons"]] == [field]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_cannot_be_read_is_refused(body):
    assert posted(body)[0].startswith("422")


def test_what_is_too_long_is_not_read():
    assert posted(b" " * (LARGEST + 1))[0].startswith("413")


def test_while_notify_is_away_alertmanager_is_asked_to_send_again():
    def away(method: str, **given: Any) -> None:
        raise Unavailable("notify waits for its store")

    status, said = posted(json.dumps({"alerts": [ALERT]}).encode(), away)
    assert (status[:3], said) == ("503", {"reasons": ["notify waits for its store"]})


def test_while_the_broker_is_away_it_is_named_and_no_password_with_it(monkeypatch):
    uri = f"amqp://alarms:secret@{HOST}:9/"
    monkeypatch.setenv("AMQP_URI", uri)

    def tell(method: str, **given: Any) -> None:
        getattr(Caller(uri, "notify", 10), method)(**given)

    status, said = posted(json.dumps({"alerts": [ALERT]}).encode(), tell)
    assert status.startswith("503")
    assert f"the broker is away: no connection to amqp://alarms:***@{HOST}:9/" in str(said)


def test_what_notify_refuses_is_not_sent_again_and_holds_up_no_other():
    told = []

    def refusing(method: str, **given: Any) -> None:
        told.append(given["alarm_id"])
        if given["alarm_id"] == "1":
            raise Refused([Reason("NO", "No.", "alarm_id")])

    alerts = [ALERT | {"fingerprint": "1"}, ALERT | {"fingerprint": "2"}]
    assert posted(json.dumps({"alerts": alerts}).encode(), refusing)[0].startswith("422")
    assert told == ["1", "2"]
