"""Every method that services answer, with JSON Schema of request and reply."""

from __future__ import annotations

from collections.abc import Iterable

from .. import errors
from .read import Json
from .service import first_words

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def rpc(title: str, version: str, services: Iterable[Json]) -> Json:
    """The document. A method's queue is `rpc-<service>`, its routing key `<service>.<method>` on
    nameko's exchange. What every service answers to operators stands once."""
    services = list(services)
    return {
        "title": title,
        "version": version,
        "jsonSchemaDialect": DIALECT,
        "protocol": (
            "nameko RPC over AMQP 0.9.1: publish to the exchange nameko-rpc, routing key "
            "<service>.<method>, arguments by name; docs/rpc.md describes message and answer"
        ),
        "errors": {each.__name__: first_words(each) for each in errors.TOLD},
        "services": {
            each["service"]: {
                "meaning": each["meaning"],
                "methods": _methods(each, operators=False),
            }
            for each in services
        },
        "every_service": {"methods": _methods(services[0], operators=True)},
    }


def _methods(service: Json, *, operators: bool) -> Json:
    left_out = ("name", "for_operators")
    return {
        method["name"]: {name: said for name, said in method.items() if name not in left_out}
        for method in service["methods"]
        if method["for_operators"] == operators
    }
