"""The land of sites that splits and merges connect: what a parcel is on a day by the id of another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from backbone.records import record

from ..case import Case
from .site import Site


@record
class Land:
    """`sites` by their parcels: some, and all that are connected with them."""

    sites: Mapping[str, Site]

    @property
    def enterprise_ids(self) -> tuple[str, ...]:
        """The firms that ever reported premises on any of it."""
        found = {each for site in self.sites.values() for each in site.enterprise_ids}
        return tuple(sorted(found))

    @property
    def cases(self) -> tuple[Case, ...]:
        return tuple(case for site in self.sites.values() for case in site.cases.values())

    @property
    def ending_days(self) -> tuple[date, ...]:
        """The days on which something took the place of something else."""
        return tuple(sorted(s.became.on for s in self.sites.values() if s.became))

    def with_cases_as_on(self, day: date) -> Land:
        """The same land, its cases as they were on that day."""
        sites = {
            key: replace(site, cases={e.case_id: e.as_on(day) for e in site.cases.values()})
            for key, site in self.sites.items()
        }
        return Land(sites=sites)

    def on(self, parcel_id: str, day: date) -> frozenset[str]:
        """The parcels that the land of this one belonged to on that day. After a split, or before a
        merge, there are several, and a firm on that land is on one or more of them."""
        return self._on(parcel_id, day, frozenset())

    def is_gone(self, parcel_id: str, day: date) -> bool:
        """Whether others had taken its place by that day, or it is a part of a split that was undone."""
        site = self.sites[parcel_id]
        ended = site.became is not None and site.became.on <= day
        return ended or bool(site.origin_ids and not self._makers(site))

    def is_one(self, reported_id: str, parcel_id: str, day: date) -> bool:
        """Whether what was reported of the one parcel is certainly so of the other on that day."""
        return reported_id == parcel_id or self.on(reported_id, day) == {parcel_id}

    def _on(self, parcel_id: str, day: date, seen: frozenset[str]) -> frozenset[str]:
        if parcel_id in seen or parcel_id not in self.sites:
            return frozenset({parcel_id})
        nearest = self._nearest(self.sites[parcel_id], day)
        found = (self._on(each, day, seen | {parcel_id}) for each in nearest)
        return frozenset().union(*found) if nearest else frozenset({parcel_id})

    def _nearest(self, site: Site, day: date) -> tuple[str, ...]:
        """Those that took its place by that day, or that it was made of later. A part of a split that
        was undone is the whole again."""
        if site.became and site.became.on <= day:
            return site.became.parcel_ids
        makers = self._makers(site)
        if site.origin_ids and not makers:
            return (max(site.origin_ids, key=self._last_said),)
        later = [maker for maker in makers if maker.became and day < maker.became.on]
        return tuple(maker.parcel_id for maker in later)

    def _makers(self, site: Site) -> list[Site]:
        """Those whose place it holds, as the last words have it."""
        origins = (self.sites[each] for each in site.origin_ids)
        return [o for o in origins if o.became and site.parcel_id in o.became.parcel_ids]

    def _last_said(self, parcel_id: str) -> tuple[str, str]:
        endings = self.sites[parcel_id].endings
        return (endings[-1].said_at.isoformat() if endings else "", parcel_id)


def land_around(parcel_ids: Iterable[str], read: Callable[[str], Site]) -> Land:
    """The land of these parcels and of all that splits and merges connect with them."""
    sites: dict[str, Site] = {}
    waiting = [*parcel_ids]
    for parcel_id in waiting:  # it grows meanwhile
        if parcel_id not in sites:
            sites[parcel_id] = read(parcel_id)
            waiting += sites[parcel_id].kin
    return Land(sites=sites)
