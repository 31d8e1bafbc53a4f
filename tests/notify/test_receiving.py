"""The page for receivers of webhooks: its program takes what notify sends, once and in time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from services.notify.channels import webhook

from .servers import website
from .test_webhook import MESSAGE, OK, SECRET, send

PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text("utf-8")
PROGRAM = PAGE.split("```python\n")[1].split("```")[0]
BODY = b'{"type": "alert.release_ready", "data": {}}'


@pytest.fixture
def started(tmp_path, monkeypatch) -> Iterator[Callable[[], Any]]:
    """Starts the page's program, again with what it kept the last time; answers with what it takes of a POST,
    or none."""
    monkeypatch.chdir(tmp_path)
    running: list[dict[str, Any]] = []

    def start() -> Any:
        running.append({})
        exec(compile(PROGRAM, "webhooks.md", "exec"), running[-1])  # noqa: S102 - our own page
        running[-1]["KEY"] = SECRET.encode()
        return partial(_alert_of, running[-1]["receive"])

    yield start
    for each in running:
        each["heard"].close()


def _alert_of(receive: Callable[..., None], headers: Any, body: bytes) -> Any:
    told: list[Any] = []
    receive(headers, body, told.append)
    return told[0] if told else None


def signed(seconds_ago: int, secret: str = SECRET, body: bytes = BODY) -> dict[str, str]:
    return webhook.signed(secret, "d-1", int(time.time()) - seconds_ago, body)


def test_a_receiver_acts_on_a_delivery_once_and_on_its_replay_never(started) -> None:
    alert_of = started()
    with website(OK) as site:
        send(site.url)
        send(site.url)  # notify's own second try has the same id
    first, again = [(headers, body) for _, headers, body in site.seen]

    assert alert_of(*first)["data"]["alert_id"] == MESSAGE.alert["alert_id"]
    assert alert_of(*first) is None
    assert alert_of(*again) is None
    assert started()(*first) is None, "also after it was started again"


def test_what_a_receiver_could_not_do_is_not_taken_for_heard(started) -> None:
    alert_of = started()
    receive, headers = alert_of.args[0], signed(0)
    with pytest.raises(OSError, match="the disk is full"):
        receive(headers, BODY, _full)
    assert alert_of(headers, BODY), "notify sends it again"


def _full(_alert: Any) -> None:
    raise OSError("the disk is full")


@pytest.mark.parametrize("seconds_ago", [310, 86_400, -310])
def test_a_receiver_refuses_a_delivery_of_another_time(started, seconds_ago: int) -> None:
    alert_of = started()
    with pytest.raises(ValueError, match="five minutes old"):
        alert_of(signed(seconds_ago), BODY)
    assert alert_of(signed(240), BODY), "and what was refused is not taken for heard"


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-id": "d-2"},
        {"webhook-timestamp": signed(60)["webhook-timestamp"]},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,é"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_receiver_refuses_another_id_or_time_under_the_same_signature(started, changed) -> None:
    with pytest.raises(ValueError, match="not signed"):
        started()(signed(0) | changed, BODY)


def test_a_receiver_refuses_what_was_signed_by_somebody_else_or_says_something_else(
    started,
) -> None:
    alert_of = started()
    for headers, body in ((signed(0, "x" * 24), BODY), (signed(0), BODY + b" "), ({}, BODY)):
        with pytest.raises(ValueError, match="not signed"):
            alert_of(headers, body)
