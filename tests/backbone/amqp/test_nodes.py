"""A broker of several nodes: whoever is told of all of them reaches one that is there."""

from __future__ import annotations

import pytest

from backbone.amqp import topology
from backbone.amqp.connection import CONNECTION_ERRORS, connection, nodes
from backbone.amqp.management import links_at, url_of
from client import line
from client.calls import Caller
from tests.support.children import free_ports


@pytest.fixture
def with_a_dead_one(amqp_uri):
    """The URI of this test's virtual host, with a node before and behind it that nobody runs."""
    first, last = free_ports(2)
    return amqp_uri.replace("@", f"@127.0.0.1:{first},").replace(
        "/test-", f",127.0.0.1:{last}/test-"
    )


@pytest.mark.parametrize("read", [nodes, line.nodes])
def test_each_node_has_the_user_and_the_virtual_host(read):
    one, two = (f"amqps://mill:a,b@{host}/%2F?ssl_ca_certs=/ca" for host in ("one:5671", "[::1]"))

    assert read("amqps://mill:a,b@one:5671,[::1]/%2F?ssl_ca_certs=/ca") == [one, two]
    assert read("amqp://localhost//") == ["amqp://localhost//"]
    assert read("embedded://here") == ["embedded://here"]


def test_a_node_that_is_gone_holds_nobody_up(with_a_dead_one):
    for _ in range(6):  # whichever is tried first
        with connection(with_a_dead_one) as opened:
            assert opened.connected


def test_when_all_are_gone_it_is_told():
    with pytest.raises(CONNECTION_ERRORS):
        connection("amqp://127.0.0.1:1,127.0.0.1:2/").__enter__()


def test_the_client_reaches_a_service_by_the_node_that_is_there(with_a_dead_one, start_services):
    start_services("notify", AMQP_URI=with_a_dead_one).wait_ready()
    for _ in range(3):
        caller = Caller(with_a_dead_one, 10)
        assert caller.call("notify.list_parked", {"limit": 1}) == []
        caller.close()


def test_the_management_api_is_asked_at_each_node_until_one_answers(rabbitmq, amqp_uri):
    assert url_of("amqp://mill:pw@one:5672,two:5672/") == "http://mill:pw@one:15672"
    assert links_at(rabbitmq.management_url, amqp_uri) == frozenset()


@pytest.mark.parametrize(("replicated", "kind"), [(False, "classic"), (True, "quorum")])
def test_calls_outlive_a_node_where_there_are_several_and_a_queue_that_is_there_stays(
    rabbitmq, amqp_uri, replicated, kind
):
    with connection(amqp_uri) as opened:
        for each in (replicated, not replicated):
            topology.declare(opened, ["mill"], [], [], replicated=each)

    found = {each["name"]: each["type"] for each in rabbitmq.listed("queues", amqp_uri)}
    assert found["rpc-mill"] == kind
