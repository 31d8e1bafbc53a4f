"""How long a report takes from the township's publish to the alert in the second service, and beside
it over a bare chain of two nameko services.

`python -m bench.chain ours first|second` and `… naive first|second` are the services.
"""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402

if __name__ == "__main__":
    eventlet.monkey_patch()

import json  # noqa: E402
import os  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
from dataclasses import dataclass  # noqa: E402
from typing import Any  # noqa: E402

import kombu  # noqa: E402

from .work import FEED, NO_SHARE, QUORUM, ROOT, TOWNSHIP, event  # noqa: E402


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    alert_id: str
    plot_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRaised:
    alert_id: str


def ours(which: str) -> None:
    from marshmallow import EXCLUDE, Schema, fields

    from backbone import Collection, Store, hears, logs
    from backbone.host.entrypoints import bindings
    from backbone.host.installation import Installation
    from backbone.host.runner import run
    from backbone.settings import from_environment

    from .ours import PlotsService

    class Registered(Schema):
        class Meta:
            unknown = EXCLUDE

        plot_id = fields.Str(required=True)

    class AlertsService:
        name = "alerts"
        store = Store(Collection(Alert, key="alert_id"), emits=(AlertRaised,))

        @hears("plots", "plot_registered", Registered)
        def alarm(self, event: Any) -> None:
            plot_id = event.data["plot_id"]
            self.store.save(Alert(alert_id=plot_id, plot_id=plot_id))
            self.store.announce(AlertRaised(alert_id=plot_id))

    logs.configure("INFO", str)
    classes = {"first": PlotsService, "second": AlertsService}
    here = Installation(
        settings=from_environment(),
        feeds=(FEED,),
        services=("plots", "alerts"),
        heard=tuple(hearing for each in classes.values() for hearing in bindings(each)),
    )
    run([classes[which]], here, {classes[which].name: 0})


def naive(which: str) -> None:
    import redis
    from nameko.events import EventDispatcher
    from nameko.messaging import consume
    from nameko.runners import ServiceRunner

    from .naive import PlotsService

    store = redis.Redis.from_url(os.environ["REDIS_URL"])

    class AlertsService:
        name = "alerts"
        dispatch = EventDispatcher()

        @consume(kombu.Queue("alerts.inbox.v1", no_declare=True))
        def alarm(self, event: dict[str, Any]) -> None:
            store.set(f"alert:{event['plot_id']}", json.dumps(event))
            self.dispatch("alert_raised", {"alert_id": event["plot_id"]})

    runner = ServiceRunner({"AMQP_URI": os.environ["AMQP_URI"]})
    runner.add_service({"first": PlotsService, "second": AlertsService}[which])
    runner.start()
    runner.wait()


def latencies(
    uri: str, url: str, contestant: str, per_s: float, events: int
) -> tuple[float, float]:
    """p50 and p99 in ms of `events` reports at `per_s`, after a tenth for warming up."""
    sent, arrived = _times(uri, url, contestant, per_s, events)
    plots = [f"{TOWNSHIP}-{number:07}" for number in range(events // 10, events)]
    took = sorted((arrived[plot] - sent[plot]) * 1000 for plot in plots)
    return took[len(took) // 2], took[int(len(took) * 0.99)]


def holds_per_s(uri: str, url: str, contestant: str, events: int) -> float:
    """How many reports a second get through, sent as fast as they can be."""
    _, arrived = _times(uri, url, contestant, 1e9, events)
    ends = sorted(arrived.values())[events // 10 :]
    return len(ends) / (ends[-1] - ends[0])


def _times(
    uri: str, url: str, contestant: str, per_s: float, events: int
) -> tuple[dict[str, float], dict[str, float]]:
    """When each report was sent, and when its alert arrived."""
    _declare(uri)
    environment = {**os.environ, "AMQP_URI": uri, "REDIS_URL": url, **NO_SHARE}
    services = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "bench.chain", contestant, which],
            cwd=ROOT,
            env=environment,
        )
        for which in ("first", "second")
    ]
    try:
        arrived: dict[str, float] = {}
        sent: dict[str, float] = {}
        listener = threading.Thread(target=_listen, args=(uri, arrived, events + 1), daemon=True)
        listener.start()
        _send(uri, 10**6, sent)
        _wait_for(arrived, 1)
        began = time.perf_counter()
        with kombu.Connection(uri) as connection:
            producer = connection.Producer()
            for number in range(events):
                pause = began + number / per_s - time.perf_counter()
                if pause > 0:
                    time.sleep(pause)
                _send(uri, number, sent, producer)
            # nobody confirms these: the broker may drop the last ones if their channel is closed
            _wait_for(arrived, events + 1)
    finally:
        for service in services:
            service.kill()
            service.wait()
    return sent, arrived


def _declare(uri: str) -> None:
    from backbone.amqp import topology
    from backbone.amqp.topology import Binding

    heard = [
        Binding("plots", "township", "plot.reported", "inbox"),
        Binding("alerts", "plots", "plot_registered", "inbox"),
    ]
    with kombu.Connection(uri) as connection:
        topology.declare(connection, ["plots", "alerts"], [FEED], heard)
        channel = connection.channel()
        queue = kombu.Queue("bell", queue_arguments=QUORUM, channel=channel)
        queue.declare()
        queue.bind_to("alerts.events", routing_key="#")


def _send(uri: str, number: int, sent: dict[str, float], producer: Any = None) -> None:
    if producer is None:
        with kombu.Connection(uri) as connection:
            _send(uri, number, sent, connection.Producer())
        return
    sent[f"{TOWNSHIP}-{number:07}"] = time.perf_counter()
    producer.publish(
        event(number),
        exchange="township.events",
        routing_key=f"{TOWNSHIP}.plot.reported",
        content_type="application/json",
        content_encoding="utf-8",
        delivery_mode=2,
    )


def _listen(uri: str, arrived: dict[str, float], wanted: int) -> None:
    def on(message: Any) -> None:
        said = json.loads(message.body)
        data = said.get("data", said)
        arrived.setdefault(data["alert_id"], time.perf_counter())

    with kombu.Connection(uri) as connection:
        queue = kombu.Queue("bell", no_declare=True)
        with connection.Consumer([queue], on_message=on, no_ack=True):
            while len(arrived) < wanted:
                connection.drain_events()


def _wait_for(arrived: dict[str, float], count: int) -> None:
    """As long as some still arrive, however slow a busy machine is."""
    seen, until = -1, 0.0
    while (found := len(arrived)) < count:
        if found > seen:
            seen, until = found, time.monotonic() + 120
        if time.monotonic() > until:
            raise RuntimeError(f"{found} of {count} arrived, and none for two minutes")
        time.sleep(0.01)


if __name__ == "__main__":
    {"ours": ours, "naive": naive}[sys.argv[1]](sys.argv[2])
