"""`tenglong doctor` names what is none of ours and leads to us, or listens to us."""

from __future__ import annotations

from datetime import date

import pytest

from backbone.amqp.connection import connection
from backbone.amqp.management import Link, kinds_at
from backbone.amqp.rights import receipts_links
from backbone.settings import Settings
from cli.doctor.bindings import bindings
from cli.doctor.strangers import REMEDY, SHOWN, replaced, strangers
from cli.grant.broker import Broker
from services.installation import TOWNSHIPS, installation

OWN = "receipts-330604006-own"
THERE = installation(Settings())
USERS = frozenset({"system-gis", "township-330604006"})
QUEUES = (
    *("receipts-330604006", "rpc.reply-x", "gis.land", "gis", "evt-parcels-land_released--gis.x"),
    *("parcels.inbox.v1", "rpc-parcels", f"{OWN}.q"),
)


def found_of(*links: Link, sent_on: tuple[Link, ...] = (), users: frozenset[str] = USERS):
    there = [Link("", name, name) for name in QUEUES]
    return list(strangers(THERE, [*there, *links], sent_on, users))


def test_what_the_installation_declares_and_each_who_is_let_in_has_is_no_stranger():
    usual = (
        *THERE.bindings(),
        *receipts_links(TOWNSHIPS, "330604006"),
        Link("nameko-rpc", "rpc.reply-x", "rpc.reply-x"),
        Link("nameko-rpc", "rpc.reply-x", "0d9f7c52-8f43-4a7e-9d39-000000000000"),
        Link("parcels.events", "gis.land", "land_released"),
        Link("parcels.events", "evt-parcels-land_released--gis.x", "land_released"),
    )
    sends_on = (
        Link("township.intake", "township.strays", ""),
        Link("parcels.inbox.v1", "", "parcels.dead.v1"),
        Link("parcels.store", "parcels.store.0123", ""),
        Link("rpc.reply-x", "rpc.reply-others", ""),
    )

    assert found_of(*usual, sent_on=sends_on) == []


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (Link(OWN, "township.events", "k"), f"{OWN}, none of ours, leads on to township.events"),
        (Link(OWN, "township.intake", "k"), f"{OWN}, none of ours, leads on to township.intake"),
        (Link("rpc.reply-own", "nameko-rpc", "k"), "rpc.reply-own, none of ours, leads on to"),
        (Link("nameko-rpc", "rpc.reply-x", "parcels.*"), "gets what goes to nameko-rpc"),
        (Link(OWN, "parcels.inbox.v1", "k"), "leads on to parcels.inbox.v1"),
        (Link("parcels.events", OWN, "#"), f"{OWN}, none of ours, gets what goes to parcels"),
        (Link("township.receipts", OWN, "330604006"), "gets what goes to township.receipts"),
        (Link("township.events", "receipts-330604006", "#"), "receipts-330604006, none of ours"),
        (Link("parcels.events", "gis", "#"), "gis, none of ours, gets what goes to parcels"),
        (Link("parcels.events", f"{OWN}.q", "#"), "gets what goes to parcels.events"),
    ],
)
def test_what_leads_to_us_or_from_us_is_named(link, said):
    (found,) = found_of(link)

    assert (found.state, found.remedy) == ("look", REMEDY)
    assert said in found.said


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (Link(OWN, "township.events", ""), "leads on to township.events"),
        (Link(f"{OWN}.q", "tenglong_celery_delayed_delivery", "k"), "leads on to tenglong_"),
        (Link(f"{OWN}.q", "", "parcels.inbox.v1"), "leads on to parcels.inbox.v1"),
    ],
)
def test_an_alternate_exchange_and_dead_letters_lead_on_as_well(link, said):
    (found,) = found_of(sent_on=(link,))

    assert said in found.said


@pytest.mark.parametrize(
    ("link", "is_named"),
    [
        (Link("parcels.events", "gis", "#"), False),
        (Link("township.receipts", "gis", "#"), False),
        (Link("township.events", "gis", "#"), True),
        (Link("nameko-rpc", "gis", "parcels.*"), True),
        (Link("gis", "township.events", "#"), True),
    ],
)
def test_on_a_broker_that_is_open_to_all_any_queue_may_have_facts_and_receipts(link, is_named):
    assert bool(found_of(link, users=frozenset())) is is_named


def test_an_exchange_in_the_place_of_ours_that_holds_nobody_to_keys_is_broken(rabbitmq, amqp_uri):
    there = installation(Settings(amqp_uri=amqp_uri, management_url=rabbitmq.management_url))
    there.declare()
    assert list(replaced(there, kinds_at(rabbitmq.management_url, amqp_uri))) == []
    with connection(amqp_uri) as opened, opened.channel() as channel:
        channel.exchange_delete("parcels.events")
        channel.exchange_declare("parcels.events", "fanout", durable=True, auto_delete=False)

    found = [each for each in bindings(there, "", date(2026, 1, 1)) if "fanout" in each.said]

    (broken,) = found
    assert (broken.state, broken.said.split(",")[0]) == (
        "broken", "parcels.events is a fanout exchange",
    )  # fmt: skip
    assert "Delete parcels.events as the administrator" in broken.remedy


def test_many_are_counted():
    many = [Link(f"{OWN}-{number:02}", "township.events", "k") for number in range(SHOWN + 3)]
    *named, rest = found_of(*many)

    assert len(named) == SHOWN
    assert rest.said == "3 more lead to ours, or from it"


@pytest.mark.parametrize("way", ["bound", "alternate", "dead letter"])
def test_a_broker_tells_of_each_way(rabbitmq, amqp_uri, way):
    there = installation(Settings(amqp_uri=amqp_uri, management_url=rabbitmq.management_url))
    there.declare()
    Broker(rabbitmq.management_url, amqp_uri).keep(receipts_links(TOWNSHIPS, "330604006"))
    (found,) = bindings(there, "", date(2026, 1, 1))
    assert (found.subject, found.state) == ("bindings", "well")
    with connection(amqp_uri) as opened, opened.channel() as channel:
        if way == "dead letter":
            ends = {"x-dead-letter-exchange": "township.events"}
            channel.queue_declare(OWN, auto_delete=False, arguments=ends)
        else:
            other = {"alternate-exchange": "township.events"} if way == "alternate" else {}
            channel.exchange_declare(OWN, "direct", auto_delete=False, arguments=other)
        if way == "bound":
            channel.exchange_bind("township.events", OWN, "330604007.parcel.registered")

    well, stranger = bindings(there, "", date(2026, 1, 1))

    assert well.state == "well"
    assert stranger.said == f"{OWN}, none of ours, leads on to township.events"
