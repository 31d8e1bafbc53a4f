"""Profiles: townships report registration, capital and revenue; what is due of capital is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from backbone import Collection, hears, query, reads
from backbone.messages.envelope import Event
from park.rules import refuse

from ..figures.rules import year_not_over
from ..firms.enterprise import Enterprise
from ..firms.entrypoints import LATER_STANDS, Reporting
from . import schemas
from .firm_profile import Capital, FirmProfile, Registration, Revenue
from .rulebook import SCALE_BARS
from .rules import capital_due, capital_standing, scale_differs
from .scale import judging_revenue, scale_by_revenue

MOST = 100_000  # firms: far more than a district has
KEPT = (Collection(FirmProfile, key="enterprise_id", filters=("township",)),)


class Profiles(Reporting):
    """Keeps what is registered of firms, and says what their capital and revenue come to."""

    get_firm_profile, list_firm_profiles, firm_profile_history = reads(FirmProfile)

    @hears("township", "enterprise.registration_reported", schemas.RegistrationReported)
    def report_registration(self, event: Event) -> str | None:
        """A township reported the days and the persons of a firm; the persons are masked."""
        profile, data = self._profile_and_data(event)
        registration = Registration(**data)
        after = profile.with_registration(registration)
        return self._kept_profile(after, after.registration == registration)

    @hears("township", "enterprise.capital_reported", schemas.CapitalReported)
    def report_capital(self, event: Event) -> str | None:
        """A township reported registered, subscribed or paid-in capital. What is due is in the receipt."""
        profile, data = self._profile_and_data(event)
        capital = Capital(**data)
        after = profile.with_capital(capital)
        due = capital_due(capital_standing(after, self.store.today))
        stale = self._kept_profile(after, capital in after.capital)
        return stale or " ".join(each.sentence for each in due) or None

    @hears("township", "enterprise.revenue_reported", schemas.RevenueReported)
    def report_revenue(self, event: Event) -> str | None:
        """A township reported the main revenue of a firm's year."""
        refuse(year_not_over(event.data["data_year"], self.store.today))
        profile, data = self._profile_and_data(event)
        revenue = Revenue(**data)
        after = profile.with_revenue(revenue)
        return self._kept_profile(after, revenue in after.revenues)

    @query(schemas.ProfileAsked, answers=schemas.CapitalOf)
    def capital_of(self, request: dict[str, Any]) -> Any:
        """The capital of a firm on a day, and what is due of it by the law of that day."""
        on = request["on"] or self.store.today
        profile = self.store.require(FirmProfile, request["enterprise_id"], "enterprise_id")
        standing = capital_standing(profile, on)
        answer = {
            "enterprise_id": profile.enterprise_id,
            "on": on,
            "registered": standing.registered,
            "subscribed": standing.subscribed,
            "paid_in": standing.paid_in,
            "unpaid": standing.unpaid,
            "capital_due": capital_due(standing),
        }
        return self.store.dump(answer)

    @query(schemas.CapitalDueAsked, answers=schemas.CapitalDue)
    def capital_due_within(self, request: dict[str, Any]) -> Any:
        """Whose capital has to be paid, or whose term adjusted, within so many days, or already had to."""
        on = request["on"] or self.store.today
        until = on + timedelta(days=request["within_days"])
        where = {"township": request["township"]} if request["township"] else {}
        found = [
            {"enterprise_id": each.enterprise_id, "township": each.township, "due": due}
            for each in self.store.find(FirmProfile, MOST, **where)
            for due in capital_due(capital_standing(each, on))
            if due.due_on is not None and due.due_on <= until
        ]
        found.sort(key=lambda each: (each["due"].due_on, each["enterprise_id"]))
        return self.store.dump({"on": on, "until": until, "firms_due": found})

    @query(schemas.ProfileAsked, answers=schemas.ScaleOf)
    def scale_of(self, request: dict[str, Any]) -> Any:
        """Whether a firm is above scale on a day, as it was reported and by its revenue."""
        enterprise_id, on = request["enterprise_id"], request["on"] or self.store.today
        firm = self.store.get(Enterprise, enterprise_id)
        known = self.store.get(FirmProfile, enterprise_id)
        if firm is None:
            known = self.store.require(FirmProfile, enterprise_id, "enterprise_id")
        revenue = judging_revenue(known, on) if known else None
        scale, bar = scale_by_revenue(revenue, on), SCALE_BARS.on(on)
        warning = scale_differs(firm.scale if firm else None, scale)
        answer = {
            "enterprise_id": enterprise_id,
            "on": on,
            "declared_scale": firm.scale if firm else None,
            "scale_by_revenue": scale,
            "revenue_year": revenue.data_year if revenue else None,
            "threshold_cny": bar.main_revenue_cny,
            "source": bar.source,
            "warning": warning.sentence if warning else None,
        }
        return self.store.dump(answer)

    def _profile_and_data(self, event: Event) -> tuple[FirmProfile, dict[str, Any]]:
        """The profile as it is kept, and the fields of the report with `said`."""
        said = self._said_of_firm(event)
        given = {name: value for name, value in event.data.items() if name != "on"}
        enterprise_id = given.pop("enterprise_id")
        known = self.store.get(FirmProfile, enterprise_id)
        new = FirmProfile(enterprise_id=enterprise_id, township=event.publisher)
        return known or new, given | {"said": said}

    def _kept_profile(self, profile: FirmProfile, stands: bool) -> str | None:
        self.store.save(profile)
        self.deadlines_concerned(profile.enterprise_id)
        return None if stands else LATER_STANDS
