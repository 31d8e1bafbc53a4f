"""Every method that services answer, with JSON Schema of request and reply."""

from __future__ import annotations

from collections.abc import Iterable

from .. import errors
from .read import Json
from .service import first_words

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TOLD = (errors.Invalid, errors.Refused, errors.NotFound, errors.Unavailable)


def rpc(title: str, version: str, services: Iterable[Json]) -> Json:
    """The document. A method's queue is `rpc-<service>`, its routing key `<service>.<method>` on
    nameko's exchange."""
    return {
        "title": title,
        "version": version,
        "jsonSchemaDialect": DIALECT,
        "protocol": "nameko RPC over AMQP 0.9.1, arguments by name",
        "errors": {each.__name__: first_words(each) for each in TOLD},
        "services": {
            service["service"]: {
                "meaning": service["meaning"],
                "methods": {
                    method["name"]: {name: said for name, said in method.items() if name != "name"}
                    for method in service["methods"]
                },
            }
            for service in services
        },
    }
