"""What every service of a process is given, and how it waits for the broker at start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import eventlet
from amqp.exceptions import AccessRefused

from ..amqp import topology
from ..amqp.connection import CONNECTION_ERRORS, connection, nodes, pauses, refusal
from ..amqp.management import Link, links_at
from ..amqp.topology import Binding, Feed
from ..errors import Reason
from ..logs import log, said
from ..plain import snake
from ..settings import Settings
from . import health as probes


@dataclass(frozen=True)
class Installation:
    """What every service of a process is given: settings, the feeds, and who hears what."""

    settings: Settings = field(default_factory=Settings)
    feeds: tuple[Feed, ...] = ()
    services: tuple[str, ...] = ()
    heard: tuple[Binding, ...] = ()
    announced: Mapping[str, Sequence[str]] = field(default_factory=dict)  # facts of each service
    dictionary: tuple[Path, ...] = ()  # the files of the data dictionary
    version: str = ""  # of the code
    # why a caller may not call a method (`parcels.get_parcel`), which `reads`, `writes` or `operates`
    refuses: Callable[[str, str, str], Reason | None] = lambda *_: None
    # why what `refuses` goes by cannot be read now, or nothing
    rights_problem: Callable[[], str] = str
    health: probes.Health | None = None

    def declare(self) -> list[str]:
        """Declare every exchange, queue and binding of the installation: harmless when they are there.

        A user of the broker who may configure nothing looks whether all of it is there, and makes the
        bindings that lead to its own service, or to all of them where a process is not of one.
        """
        late = TimeoutError("the broker does not finish the declarations")
        with connection(self.settings.amqp_uri) as opened, eventlet.Timeout(60, late):
            try:
                return topology.declare(
                    opened,
                    self.services,
                    self.feeds,
                    self.heard,
                    replicated=len(nodes(self.settings.amqp_uri)) > 1,
                )
            except AccessRefused:
                names = topology.look_for(opened, self.services, self.feeds, self.heard)
            of = [self.health.service] if self.health else self.services
            topology.bind(opened, self.services, self.feeds, self.heard, of)
            return names

    def exchanges(self) -> list[str]:
        """The exchanges of the installation."""
        return topology.exchanges(self.services, self.feeds)

    def missing_exchanges(self) -> list[str]:
        """Those of the installation's exchanges that the broker does not have."""
        with connection(self.settings.amqp_uri) as opened:
            return [name for name in self.exchanges() if not topology.has_exchange(opened, name)]

    def bindings(self) -> frozenset[Link]:
        """The bindings of the installation."""
        of_queues = topology.of_queues([*self.services], [*self.feeds], [*self.heard])
        return frozenset({*of_queues, *topology.of_entrances(self.services, self.feeds)})

    def missing_bindings(self) -> list[Link]:
        """Those of the installation's bindings that the broker does not have. Raises `Unreachable`
        when RabbitMQ's management API cannot be asked. The broker in memory loses none."""
        if self.settings.amqp_uri.startswith("embedded:"):
            return []
        return sorted(
            self.bindings() - links_at(self.settings.management_url, self.settings.amqp_uri)
        )

    def types(self) -> dict[str, Sequence[str]]:
        """The types that services hear of each feed, and those that each service announces."""
        feeds = (feed.name for feed in self.feeds)
        return dict(self.announced) | {
            name: sorted({each.type for each in self.heard if each.source == name})
            for name in feeds
        }

    def listened_to(self, service: str, facts: Iterable[type]) -> frozenset[str]:
        """The facts of a service that some service hears. Nobody has to hear the others."""
        types = {each.type for each in self.heard if each.source == service}
        names = (snake(fact.__name__) for fact in facts)
        return frozenset(name for name in names if name in types or "#" in types)


def wait_for_parts(installation: Installation, health: Mapping[str, probes.Health]) -> None:
    """Declare the topology, waiting for the broker and saying so on /readyz."""
    for pause in pauses():
        try:
            installation.declare()
        except CONNECTION_ERRORS as problem:
            refused = refusal(problem, installation.settings.amqp_uri)
            why = refused or f"no connection to the broker: {said(problem)}"
            for each in health.values():
                each.reporter("broker")(why)
            log.warning("start_waits_for_broker", problem=why)
            eventlet.sleep(pause)
        else:
            break
    for each in health.values():
        each.reporter("broker")(None)
