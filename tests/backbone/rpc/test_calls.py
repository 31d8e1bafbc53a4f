"""What a caller hears, however it names the place where it waits."""

from __future__ import annotations

import json
import uuid
from types import SimpleNamespace

import kombu
import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from backbone import tracing
from backbone.errors import TOLD, Damaged, NotFound, Reason, Refused, Unavailable
from backbone.host.runner import Running
from backbone.rpc.caller import Calls
from backbone.rpc.server import LARGEST_CALL, _payload
from backbone.settings import Settings
from tests.support.eventually import eventually
from tests.support.logged import NAME, logged
from tests.support.sample import CLASSES, installation


@pytest.fixture
def callers():
    """The setting CALLERS."""
    return "any"


@pytest.fixture
def shop(parts, callers, monkeypatch):
    """The shop, in this process; and a connection to its broker."""
    monkeypatch.setattr("backbone.watchdog.start", lambda: None)  # the alarm is pytest's here
    where = {"amqp_uri": parts.amqp_uri, "redis_url": parts.redis_url, "http_host": "127.0.0.1"}
    settings = Settings(**where, callers=callers)
    running = Running([CLASSES["shop"]], installation(settings), {"shop": 0})
    running.start()
    with kombu.Connection(parts.amqp_uri) as connection:
        yield connection
    running.stop()


def ask(shop, reply_to, correlation_id="c", **properties):
    shop.Producer().publish(
        {"args": [], "kwargs": {"kind": "rye", "loaves": 2}},
        exchange="nameko-rpc",
        routing_key="shop.price",
        reply_to=reply_to,
        correlation_id=correlation_id,
        serializer="json",
        retry=False,
        **properties,
    )


@pytest.mark.parametrize("levels", [40, 300, 100_000], ids="{} levels".format)
def test_a_call_whose_arguments_are_nested_too_deep_is_refused_and_the_next_one_answered(
    shop, levels
):
    queue, deep = mine(shop), "[" * levels + "]" * levels
    body = '{"args": [], "kwargs": {"kind": "rye", "loaves": ' + deep + "}}"
    shop.Producer().publish(
        body, exchange="nameko-rpc", routing_key="shop.price", reply_to=queue.name,
        content_type="application/json", content_encoding="utf-8", retry=False,
    )  # fmt: skip
    ask(shop, queue.name)

    answers = [json.loads(eventually(lambda: queue.get(no_ack=True)).body) for _ in range(2)]

    (refused,) = (each["error"] for each in answers if each["error"])
    (reason,) = refused["exc_args"][0]
    assert (refused["exc_type"], reason["code"], reason["field"]) == (
        "Invalid", "TOO_DEEP", "kwargs",
    )  # fmt: skip
    assert {"result": 6, "error": None} in answers


def test_a_call_that_is_too_large_is_refused_and_the_next_one_answered(shop):
    queue, most = (
        mine(shop),
        LARGEST_CALL - len('{"args": [], "kwargs": {"kind": "", "loaves": 1}}'),
    )
    for length in (most, most + 1):
        body = f'{{"args": [], "kwargs": {{"kind": "{"x" * length}", "loaves": 1}}}}'
        shop.Producer().publish(
            body, exchange="nameko-rpc", routing_key="shop.price", reply_to=queue.name,
            content_type="application/json", content_encoding="utf-8", retry=False,
        )  # fmt: skip
    ask(shop, queue.name)

    answers = [json.loads(eventually(lambda: queue.get(no_ack=True)).body) for _ in range(3)]

    (refused,) = (each["error"] for each in answers if each["error"])
    assert refused["exc_type"] == "Invalid"
    assert refused["exc_args"][0][0]["code"] == "CALL_TOO_LARGE"
    assert {each["result"] for each in answers} == {3, 6, None}


def mine(shop):
    queue = kombu.Queue(uuid.uuid4().hex, exclusive=True, channel=shop.channel())
    queue.declare()
    return queue


@pytest.mark.parametrize("correlation_id", ["c", "文" * 50, ""])
def test_a_caller_whose_reply_to_is_the_name_of_its_queue_is_answered(shop, correlation_id):
    queue = mine(shop)

    ask(shop, queue.name, correlation_id)

    answer = eventually(lambda: queue.get(no_ack=True))
    assert json.loads(answer.body) == {"result": 6, "error": None}
    assert answer.properties.get("correlation_id", "") == correlation_id


def test_a_caller_that_bound_its_queue_at_namekos_exchange_is_answered_once(shop):
    queue = mine(shop)
    queue.bind_to("nameko-rpc", routing_key=queue.name)

    ask(shop, queue.name)

    assert eventually(lambda: queue.get(no_ack=True))
    assert_answered_no_more(shop, queue)


@pytest.mark.parametrize("queue", ["bakery.dead.v1", "rpc-bakery"])
def test_no_caller_has_an_answer_put_into_a_queue_of_a_service(shop, queue):
    ask(shop, queue)

    assert_answered_no_more(shop, kombu.Queue(queue, channel=shop.channel()))


def test_no_caller_has_its_answer_sent_to_a_method_of_a_service(shop):
    ask(shop, "bakery.bake")

    assert_answered_no_more(shop, kombu.Queue("rpc-bakery", channel=shop.channel()))


@pytest.mark.parametrize("callers", ["named"])
def test_a_call_that_does_not_say_who_calls_is_refused_where_callers_are_named(shop, callers):
    queue = mine(shop)

    ask(shop, queue.name)
    refused = json.loads(eventually(lambda: queue.get(no_ack=True)).body)
    ask(shop, queue.name, user_id="guest")
    answered = json.loads(eventually(lambda: queue.get(no_ack=True)).body)

    assert refused["error"]["exc_type"] == "Refused"
    assert refused["error"]["exc_args"][0][0]["code"] == "CALLER_UNKNOWN"
    assert answered == {"result": 6, "error": None}


def assert_answered_no_more(shop, queue):
    """The answer to a later call is there, and nothing in `queue`: answers go out in order."""
    later = mine(shop)
    ask(shop, later.name)
    assert eventually(lambda: later.get(no_ack=True))
    assert queue.get(no_ack=True) is None


@pytest.mark.parametrize("parts", ["real"], indirect=True)  # in memory there is no direct reply-to
def test_a_caller_with_rabbitmqs_direct_reply_to_is_answered(shop):
    answers, channel = [], shop.channel()
    direct = kombu.Queue("amq.rabbitmq.reply-to", no_declare=True, channel=channel)
    with kombu.Consumer(channel, [direct], on_message=answers.append, no_ack=True):
        kombu.Producer(channel).publish(
            {"args": [], "kwargs": {"kind": "rye", "loaves": 2}},
            exchange="nameko-rpc",
            routing_key="shop.price",
            reply_to=direct.name,
            serializer="json",
        )
        shop.drain_events(timeout=60)

    assert json.loads(answers[0].body)["result"] == 6


def test_a_call_is_a_span_of_the_trace_that_its_caller_names(shop):
    kept, queue = InMemorySpanExporter(), mine(shop)
    tracing.use(SimpleSpanProcessor(kept), ["shop"])
    named = {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}

    ask(shop, queue.name, headers=named)
    ask(shop, queue.name, headers={"traceparent": 7})
    assert eventually(lambda: queue.get(no_ack=True))
    assert eventually(lambda: queue.get(no_ack=True))

    first, second = kept.get_finished_spans()
    assert (first.name, second.name) == ("shop price", "shop price")
    assert f"{first.parent.span_id:016x}" == "00f067aa0ba902b7"
    assert second.parent is None


def test_a_service_that_calls_another_passes_the_trace_on():
    named = {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
    calls = Calls("mill", "grind")
    calls.settings = Settings()

    assert (
        calls.get_dependency(SimpleNamespace(data={"trace": named})).headers().items()
        >= named.items()
    )


class SoldOut(Refused):
    """A kind of refusal that only the shop knows."""


class BadKey(Damaged):
    """A kind of damage that only the store knows."""

    def __init__(self) -> None:
        super().__init__("shelf", "rye", "shop:shelf:rye", ValueError("no JSON"))


class Shut(SoldOut, Unavailable):
    """Of two kinds the nearer one is told."""


REASONS = [Reason("SOLD_OUT", "Come again tomorrow.", "kind")]


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (SoldOut(REASONS), "Refused"),
        (NotFound(REASONS), "NotFound"),
        (Refused(REASONS), "Refused"),
        (BadKey(), "Damaged"),
        (Shut(REASONS), "Refused"),
    ],
)
def test_a_kind_of_a_listed_error_is_told_under_the_name_that_the_contracts_list(problem, told):
    error = json.loads(_payload(None, problem))["error"]
    assert (error["exc_type"], error["exc_path"]) == (told, f"backbone.errors.{told}")
    assert told in {each.__name__ for each in TOLD}
    if told != "Damaged":
        assert error["exc_args"] == [[REASONS[0].as_dict()]]


def test_an_error_that_is_no_kind_of_a_listed_one_keeps_its_name():
    error = json.loads(_payload(None, KeyError("k")))["error"]
    assert (error["exc_type"], error["exc_path"]) == ("KeyError", "builtins.KeyError")


def test_a_defect_of_a_call_names_nobody_in_the_log_nor_in_the_answer(shop, monkeypatch):
    def broken(*_):
        raise KeyError(NAME)

    monkeypatch.setattr("tests.support.sample.three_each", broken)
    queue = mine(shop)
    with logged() as written:
        ask(shop, queue.name)
        answer = eventually(lambda: queue.get(no_ack=True)).body

    [entry] = [each for each in written() if each["event"] == "call_failed"]
    assert (entry["service"], entry["method"]) == ("shop", "price")
    assert entry["exception"].endswith(", in broken\nKeyError")
    assert NAME not in str(written())
    error = json.loads(answer)["error"]
    assert (error["exc_type"], error["exc_args"]) == ("KeyError", [])
    assert error["value"].endswith("in the line call_failed.")


def test_what_comes_in_the_place_of_a_call_and_breaks_the_reading_names_nobody(shop, monkeypatch):
    def broken(*_):
        raise KeyError(NAME)

    monkeypatch.setattr("backbone.rpc.server.let_in", broken)
    queue = mine(shop)
    with logged() as written:
        ask(shop, queue.name)
        answer = eventually(lambda: queue.get(no_ack=True)).body

    assert [each["event"] for each in written() if "exception" in each] == ["call_failed"]
    assert NAME not in str(written()) + str(json.loads(answer))


def test_a_caller_hears_of_a_kind_of_refusal_as_a_refusal(shop, monkeypatch):
    def sold_out(*_):
        raise SoldOut(REASONS)

    monkeypatch.setattr("tests.support.sample.three_each", sold_out)
    queue = mine(shop)
    ask(shop, queue.name)
    answer = json.loads(eventually(lambda: queue.get(no_ack=True)).body)
    assert answer["error"]["exc_type"] == "Refused"
