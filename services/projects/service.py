"""projects: land that is offered, and investment that looks for land."""

from __future__ import annotations

from backbone import Store

from .leads import entrypoints as leads
from .listings import entrypoints as listings
from .matching import entrypoints as matching


class ProjectsService(listings.Listings, leads.Leads, matching.Matching):
    """Drafts a listing for released land, holds its notice to the law, and finds leads for it."""

    name = "projects"

    store = Store(
        *listings.KEPT,
        *leads.KEPT,
        *matching.KEPT,
        emits=(*listings.EMITTED, *leads.EMITTED, *matching.EMITTED),
    )
