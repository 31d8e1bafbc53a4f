"""An internal system with nameko's own client: it hears that a listing was published, and asks for it.

It is the user that `tenglong grant system atlas --calls "projects.get_*" --hears projects.listing_published`
made. The service bears the system's name, which its queues begin with.

nameko run --broker amqp://system-atlas:password@localhost/%2F examples.nameko_service
"""

from __future__ import annotations

from typing import Any

import kombu
from nameko.events import event_handler
from nameko.rpc import RpcProxy

# before nameko makes any: the park's exchanges are there, and nobody but its installer may declare them
kombu.Exchange.passive = True


class Atlas:
    name = "atlas"
    projects = RpcProxy("projects", user_id="system-atlas")  # who calls

    @event_handler("projects", "listing_published")  # type: ignore[untyped-decorator]  # nameko has no types
    def show(self, fact: dict[str, Any]) -> None:
        listing = self.projects.get_listing(listing_id=fact["data"]["listing_id"])
        print(f"{listing['listing_id']} is {listing['state']}", flush=True)
