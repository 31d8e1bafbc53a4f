"""What an operator reads: metrics that are sentences, logs that name nobody."""

from __future__ import annotations

import json
import logging
import re
import uuid
from pathlib import Path

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import generate_latest
from prometheus_client.metrics import MetricWrapperBase

from backbone import logs, metrics
from backbone.host.health import Health
from tests.support.logged import logged

KNOWN_LABELS = {
    "cause",
    "channel",
    "code",
    "exchange",
    "method",
    "passed_by",
    "publisher",
    "queue",
    "result",
    "service",
    "state",
    "timer",
    "to",
    "type",
    "what",
    "whose",
}
METRICS = {
    name: each for name, each in vars(metrics).items() if isinstance(each, MetricWrapperBase)
}
BACKBONE = Path(metrics.__file__).parent


# --- metrics


@pytest.mark.parametrize("name", sorted(METRICS))
def test_a_metric_is_a_sentence_and_its_labels_have_few_values(name):
    metric = METRICS[name]

    assert metric._name.startswith("tenglong_")
    assert re.fullmatch(r"(?s)[A-Z0-9].*\.", metric._documentation)
    assert set(metric._labelnames) <= KNOWN_LABELS


def test_every_metric_is_used_somewhere():
    files = [
        path
        for folder in (BACKBONE, BACKBONE.parent / "services")
        for path in folder.rglob("*.py")
        if path != BACKBONE / "metrics.py"
    ]
    code = "".join(path.read_text() for path in files)

    assert [
        name for name in METRICS if not re.search(rf"\bmetrics\.{name}\b|\b{name}\.labels", code)
    ] == []


def test_the_metrics_of_a_service_are_its_own():
    metrics.clashes.labels("weaver").inc()
    metrics.clashes.labels("dyer").inc()

    page = generate_latest(Health("weaver")).decode()

    assert 'tenglong_clashes_total{service="weaver"}' in page
    assert "dyer" not in page


def answer(health, path):
    said = {}
    body = health.answer({"PATH_INFO": path}, lambda status, _: said.update(status=status))
    return said["status"], b"".join(body)


def test_a_service_is_ready_when_no_part_of_it_has_a_problem():
    health = Health("tanner")
    report = health.reporter("redis")
    report("gone")

    status, body = answer(health, "/readyz")
    assert status.startswith("503")
    assert json.loads(body)["waits_for"] == {"start": "starting", "redis": "gone"}

    report(None)
    health.reporter("start")(None)
    assert answer(health, "/readyz")[0].startswith("200")
    assert b'tenglong_ready{service="tanner"} 1.0' in answer(health, "/metrics")[1]


def test_the_cause_comes_first_and_once_and_whoever_waits_for_it_shares_a_line():
    health = Health("tanner")
    health.reporter("start")(None)
    for part in ("hides 1", "hides 0", "dead"):
        health.reporter(part)("waiting: the store has not been looked at yet")
    health.reporter("relay")("the outbox waits: Redis refuses our login")
    health.reporter("redis")("Redis refuses our login")

    said = json.loads(answer(health, "/readyz")[1])["waits_for"]

    assert list(said.items()) == [
        ("redis", "Redis refuses our login"),
        ("dead, hides 0 and 1 more", "waiting: the store has not been looked at yet"),
        ("relay", "the outbox waits: see redis"),
    ]


def test_a_service_with_a_problem_is_alive():
    assert answer(Health("tanner"), "/livez")[0].startswith("200")


def test_a_wrong_path_is_told_the_right_ones():
    status, body = answer(Health("tanner"), "/")

    assert status.startswith("404")
    assert "/readyz" in json.loads(body)["try"]


# --- logs

SECRET = "330604006-0231"


def mask(text):
    return text.replace(SECRET, "***")


@pytest.fixture
def written():
    """The entries that were logged since, once configured as a service does."""
    with logged(mask) as entries:
        yield entries


def test_a_log_entry_is_one_line_of_json_with_its_level_and_moment(written):
    structlog.get_logger().info("done", service="parcels", note="地\nline")

    (entry,) = written()
    assert (entry["event"], entry["level"], entry["service"]) == ("done", "info", "parcels")
    assert entry["note"] == "地\nline"
    assert entry["timestamp"].endswith("Z")


def test_what_libraries_log_is_the_same_json(written):
    logging.getLogger("some.library").warning("lost %s", "connection")

    (entry,) = written()
    assert (entry["event"], entry["logger"]) == ("lost connection", "some.library")


def test_what_is_below_the_level_is_not_written(written):
    structlog.get_logger().debug("noise")
    logging.getLogger("amqp").info("frames")

    assert written() == []


def fail():
    raise ValueError(f"no parcel {SECRET}")


@pytest.mark.parametrize(
    "said",
    [
        {"note": f"parcel {SECRET}"},
        {"deep": {"list": [{"x": SECRET}], "tuple": (SECRET,)}},
        {"problem": ValueError(SECRET)},
        {"ids": {SECRET}},
        {"body": SECRET.encode()},
        {"path": Path(SECRET)},
    ],
    ids=["text", "nested", "exception", "set", "bytes", "object"],
)
def test_no_code_gets_into_the_logs_whatever_it_is_wrapped_in(written, said):
    structlog.get_logger().info("done", **said)

    (entry,) = written()
    assert SECRET not in json.dumps(entry)


def test_no_password_of_a_uri_gets_into_the_logs(written):
    uri = "amqp://service-parcels:s3cret@broker:5672/%2F"
    structlog.get_logger().warning("start_waits", problem=f"no connection to {uri}; try later@once")
    logging.getLogger("some.library").error("lost %s", uri)
    structlog.get_logger().error("failed", problem=ValueError("redis://:s3cret@store/0"))

    assert len(written()) == 3
    assert "s3cret" not in json.dumps(written())
    assert "amqp://service-parcels:***@broker:5672/%2F; try later@once" in written()[0]["problem"]


def test_no_code_gets_into_the_logs_with_a_traceback(written):
    try:
        fail()
    except ValueError as problem:
        structlog.get_logger().info("try_failed", exc_info=problem)
        structlog.get_logger().exception("failed")
        logging.getLogger("some.library").exception("failed for %s", SECRET)

    entries = written()
    assert len(entries) == 3
    assert all("ValueError" in entry["exception"] for entry in entries)
    assert SECRET not in json.dumps(entries)


def test_the_names_of_fields_are_left_alone():
    process = logs.masking(lambda _: "***")

    assert process(None, "info", {"event": "x", "n": 1, "b": True}) == {
        "event": "***",
        "n": 1,
        "b": True,
    }


@given(st.text())
def test_an_id_is_logged_as_the_same_ten_digits_everywhere_and_cannot_be_read_back(identifier):
    assert re.fullmatch(r"[0-9a-f]{10}", logs.digest(identifier))
    assert logs.digest(identifier) == logs.digest(identifier)


def test_ids_that_differ_have_digests_that_differ():
    names = [str(uuid.uuid4()) for _ in range(1000)]

    assert len({logs.digest(name) for name in names}) == 1000
