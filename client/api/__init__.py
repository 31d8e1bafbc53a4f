"""The services of a park.

Written by `tenglong contracts write`; change the contracts, not this file.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..calls import Caller

if TYPE_CHECKING:
    from .parcels import Parcels
    from .enterprises import Enterprises
    from .projects import Projects
    from .notify import Notify


class Services:
    """Each service as an attribute."""

    _caller: Caller

    @cached_property
    def parcels(self) -> Parcels:
        """Keeps every parcel and its remediation cases, and releases the land that they vacate."""
        from .parcels import Parcels

        return Parcels(self._caller)

    @cached_property
    def enterprises(self) -> Enterprises:
        """Keeps the firms as townships report them, and what remediation makes of each."""
        from .enterprises import Enterprises

        return Enterprises(self._caller)

    @cached_property
    def projects(self) -> Projects:
        """Drafts a listing for released land, holds its notice to the law, finds leads for it, and follows the land from its award to what was promised of it."""
        from .projects import Projects

        return Projects(self._caller)

    @cached_property
    def notify(self) -> Notify:
        """"""
        from .notify import Notify

        return Notify(self._caller)
