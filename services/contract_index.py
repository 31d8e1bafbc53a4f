"""The two ways into the contracts: one for townships, one for internal systems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from backbone.amqp.topology import Feed
from backbone.contracts.pages import WRITTEN, fields_table, table
from backbone.contracts.read import Json

RULES = """\
A field that the contract does not know is refused, so that a misspelt one is not lost; a required one \
that is missing is refused with `It is missing, and required.` A refusal names the first twenty things \
that are wrong. Days read `2023-08-01`, moments have their offset. Numbers may be text or numbers, are \
judged by their digits either way, and are never rounded. What the envelope must look like, and how a \
queue for receipts is declared, is in [services/README.md](../../services/README.md)."""


def township_page(
    services: Sequence[Json], receipt: Json, feed: Feed, beyond: Iterable[str], short_of: str
) -> str:
    """What a township publishes, and what it gets for it. `beyond` says what no JSON Schema can say,
    `short_of` what it refuses and we take."""
    heard = [
        (each, event)
        for each in services
        for event in each["hears"]
        if event["source"] == feed.name
    ]
    rows = (
        (
            _link(each, f"{feed.name}.{event['type']}", event["type"]),
            event["meaning"],
            each["service"],
        )
        for each, event in heard
    )
    parts = [
        WRITTEN,
        "# For townships",
        f"Publish to the topic exchange `{feed.exchange}` (durable; the services declare it), routing "
        f"key `<9-digit code>.<type>`, `source` `{feed.source}<code>`. The receipt comes on "
        f"`{feed.receipts}`, routing key the code. All of it for programs: [asyncapi.yaml](asyncapi.yaml).",
        table(("Event", "It says", "Heard by"), rows),
        RULES,
        "A JSON Schema takes more than we do in a few ways: "
        + "; ".join(dict.fromkeys(each for each in beyond if each != "likewise"))
        + f". It takes less in one: {short_of}.",
        "## The receipt",
        "`data` of the event `township.receipt`:",
        fields_table(receipt),
    ]
    return "\n\n".join(parts) + "\n"


def internal_page(services: Sequence[Json]) -> str:
    """What an internal system may hear and call."""
    facts = [(each, fact) for each in services for fact in each["announces"]]
    parts = [
        WRITTEN,
        "# For internal systems",
        "Everything for programs: [rpc.json](rpc.json) has each method with JSON Schema of request and "
        "reply, [asyncapi.yaml](asyncapi.yaml) each event. `<service>.describe()` answers the part of one "
        "service. From Python, [the typed client](../client.md) has each method with its types.",
        "## Facts",
        "On the topic exchange `<service>.events`, routing key the name behind the dot.",
        table(
            ("Fact", "It says", "Heard by"),
            (
                (
                    _link(each, fact["type"], fact["type"]),
                    fact["meaning"],
                    _listeners(services, fact),
                )
                for each, fact in facts
            ),
        ),
        "## Methods",
        "By nameko RPC, arguments by name. What writes takes a `request_id` besides.",
        table(
            ("Method", "It does", "Filters"), (row for each in services for row in _methods(each))
        ),
        "## For operators",
        "Every service answers these, too; they take no `request_id`.",
        table(("Method", "It does", "Takes"), _operations(services[0])),
    ]
    return "\n\n".join(parts) + "\n"


def _methods(service: Json) -> Iterator[Iterable[str]]:
    for method in service["methods"]:
        if not method["for_operators"]:
            name = f"{service['service']}.{method['name']}"
            filters = (
                method["request"].get("properties", {}).get("filter", {}).get("properties", {})
            )
            yield _link(service, name, name), method["meaning"], _names(filters)


def _operations(service: Json) -> Iterator[Iterable[str]]:
    for method in service["methods"]:
        if method["for_operators"]:
            taken = method["request"].get("properties", {})
            yield f"`{method['name']}`", method["meaning"], _names(taken)


def _names(fields: Iterable[str]) -> str:
    return ", ".join(f"`{each}`" for each in fields)


def _listeners(services: Sequence[Json], fact: Json) -> str:
    source, _, short = fact["type"].partition(".")
    found = {
        each["service"]
        for each in services
        for heard in each["hears"]
        if heard["source"] == source and heard["type"] in (short, "#")
    }
    return ", ".join(each["service"] for each in services if each["service"] in found) or "–"


def _link(service: Json, title: str, shown: str) -> str:
    """A link to a headline of the page of a service."""
    return f"[`{shown}`]({service['service']}.md#{title.lower().replace('.', '')})"
