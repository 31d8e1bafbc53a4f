"""Who is let in: what a call says of its caller, held against what the installation lets that one do."""

from __future__ import annotations

from typing import Any

from .. import metrics
from ..amqp.origin import came_by
from ..amqp.topology import RPC_EXCHANGE
from ..errors import Reason, Refused
from ..host.host import ServiceHost
from ..logs import digest, log
from .admin import FOR_EVERYBODY, OPERATIONS

CALLER_UNKNOWN = Reason(
    "CALLER_UNKNOWN",
    "This call does not say who calls. Send the broker's user with it, as the property user_id.",
)

CALL_NOT_DIRECT = Reason(
    "CALL_NOT_DIRECT",
    f"This call came by another exchange than {RPC_EXCHANGE}, as a dead letter, or as "
    "a copy of one to another service. Publish it there.",
)


def is_direct(message: Any, service: str) -> bool:
    """Whether it was published to the exchange of calls, where the broker holds each user to the methods that
    it was granted; and not to an exchange of its own that is bound there, or sent on as a dead letter, or to
    another service and copied to this one."""
    is_for_us = message.delivery_info["routing_key"].startswith(f"{service}.")
    return is_for_us and came_by(message, service) == RPC_EXCHANGE


def caller_of(message: Any) -> str:
    """The user who calls, if the message says it: the broker takes none that names another user."""
    found = message.properties.get("user_id")
    return found if isinstance(found, str) else ""


def let_in(host: ServiceHost, caller: str, method: str, *, direct: bool = True) -> None:
    """Raise `Refused` for a call that this caller may not make, or that did not come `direct`. One without a
    name is let in where CALLERS says so, but never to do what stays on record under a name; in memory there
    are no names."""
    settings = host.installation.settings
    in_memory = settings.amqp_uri.startswith("embedded:")
    reason: Reason | None = None
    if not direct:
        reason = CALL_NOT_DIRECT
    elif caller:
        reason = host.installation.refuses(caller, f"{host.service}.{method}", _kind(host, method))
    elif settings.callers == "named" or (_on_record(method) and not in_memory):
        reason = CALLER_UNKNOWN
    if reason:
        metrics.calls_refused.labels(host.service, reason.code).inc()
        said = {"method": method, "code": reason.code, "ref": digest(caller)}
        log.warning("call_refused", service=host.service, **said)
        raise Refused([reason])


def _on_record(method: str) -> bool:
    """Whether it is a deed of an operator, which is kept with who did it."""
    return method in OPERATIONS and "by" in OPERATIONS[method].call.contract.fields  # type: ignore[attr-defined]


def _kind(host: ServiceHost, method: str) -> str:
    """What a method does: it `reads`, `writes`, or `operates`, which is meant for operators."""
    if method in OPERATIONS:
        return "reads" if method == FOR_EVERYBODY else "operates"
    call = getattr(getattr(host.container.service_cls, method, None), "call", None)
    return "writes" if call and call.writes else "reads"
