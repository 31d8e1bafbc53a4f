"""Which releases another law of soil, or of use rights, would bar or grant: asked, and never done."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from services.parcels.register.rights.rights import RIGHTS_LAW
from services.parcels.rulebook import SOIL_LAW
from tests.support.rulebooks import compared, in_force, turned

from .. import reports
from ..conftest import Parcels
from ..transfers.test_transfers import AWARDED, SIGNED, tell
from .test_release import play, releases, standing

TODAY = date(2023, 9, 1)
BARS = "registered_soil_bars_release"


def vacated(**soil) -> Parcels:
    parcels = Parcels()
    play(parcels, reports.survey(soil=reports.soil(**soil)), *reports.whole_case()[1:])
    return parcels


def test_registered_land_would_be_released_where_the_registry_is_no_bar():
    parcels = vacated(on_registry=True)
    sides, facts = compared(parcels, "soil", {BARS: False})

    assert turned(sides) == {
        "release": ("blocked", "released"),
        "barred_by": ("ART66_NOT_REMOVED", "nothing"),
    }
    [fact] = facts
    assert (fact["type"], fact["data"]["release_no"]) == ("parcels.land_released", 2)
    assert standing(parcels)["state"] == "blocked"


def test_a_mortgage_that_bars_no_release_says_whom_it_would_free():
    parcels = vacated()
    lien = {
        "kind": "mortgage",
        "creditor_kind": "bank",
        "from_on": "2023-08-01",
        "document_number": "2023-12",
    }
    parcels.call(
        "record_encumbrances",
        parcel_id=reports.PARCEL,
        recorded_on="2023-08-01",
        encumbrances=[lien],
    )
    sides, facts = compared(parcels, "rights", {"mortgage_bars_release": False})

    [(verdict, says), _] = sorted(turned(sides).items(), reverse=True)
    assert (verdict, says) == ("release", ("revoked", "released"))
    assert [each["type"] for each in facts] == ["parcels.land_released"]
    assert compared(parcels, "rights", {"mortgage_bars_release": True}) == ({}, [])


USES = st.lists(st.sampled_from(["industrial", "residential", "public"]), unique=True)


@settings(max_examples=12, deadline=None)
@given(st.booleans(), st.booleans(), st.booleans(), USES)
def test_what_is_foretold_is_what_a_look_at_the_land_says_once_the_law_is_there(
    on_registry, reviewed, bars, uses
):
    soil, changes = {"on_registry": on_registry, "survey_reviewed": reviewed}, {
        BARS: bars,
        "sensitive_uses": uses,
    }  # fmt: skip
    parcels = vacated(**soil)
    was, told = standing(parcels), len(releases(parcels))
    sides, facts = compared(parcels, "soil", changes)
    with in_force(SOIL_LAW, TODAY, changes):
        parcels.report(*reports.survey(soil=reports.soil(**soil)))
        now = standing(parcels)
    says = turned(sides)

    assert says.get("release", (was["state"],) * 2) == (was["state"], now["state"])
    codes = ", ".join(each["code"] for each in now["reasons"]) or "nothing"
    assert says.get("barred_by", (None, codes))[1] == codes
    new = releases(parcels)[told:]
    assert [(e["type"].removeprefix("parcels."), e["data"]["release_no"]) for e in facts] == [
        (name, number) for name, number, _ in new
    ]


def encumber(parcels: Parcels, kinds: list[str]) -> None:
    """On the land lies one of each of these kinds."""
    more = {"mortgage": {"creditor_kind": "bank"}, "seizure": {}}
    entries = [
        {"kind": kind, "from_on": "2023-08-01", "document_number": "2023-12"} | more[kind]
        for kind in kinds
    ]
    parcels.call(
        "record_encumbrances",
        parcel_id=reports.PARCEL,
        recorded_on="2023-08-01",
        encumbrances=entries,
    )


LIENS = st.lists(st.sampled_from(["mortgage", "seizure"]), unique=True)


@settings(max_examples=12, deadline=None)
@given(LIENS, st.booleans(), st.booleans(), st.integers(1, 70))
def test_which_rights_would_bar_a_release_is_what_a_look_says_once_the_law_of_rights_is_there(
    liens, seizure_bars, mortgage_bars, years
):
    changes = {
        "seizure_bars_release": seizure_bars,
        "mortgage_bars_release": mortgage_bars,
        "longest_years.industrial": years,  # how long a right lasts bars no release
    }
    parcels = vacated()
    encumber(parcels, liens)
    was, told = standing(parcels), len(releases(parcels))
    sides, facts = compared(parcels, "rights", changes)
    with in_force(RIGHTS_LAW, TODAY, changes):
        parcels.report(*reports.survey(soil=reports.soil()))
        now = standing(parcels)
        assert compared(parcels, "rights", changes) == ({}, [])

    states, reasons = (was["state"], now["state"]), (was["reasons"], now["reasons"])
    stood, stands = ((each["state"], each["reasons"][:1]) for each in (was, now))
    assert turned(sides) == {
        **({"release": states} if stood != stands else {}),
        **({"barred_by": (_codes(was), _codes(now))} if reasons[0] != reasons[1] else {}),
    }
    new = releases(parcels)[told:]
    assert [(e["type"].removeprefix("parcels."), e["data"]["release_no"]) for e in facts] == [
        (name, number) for name, number, _ in new
    ]


def _codes(release) -> str:
    return ", ".join(each["code"] for each in release["reasons"]) or "nothing"


def test_the_law_as_it_is_turns_nothing():
    parcels = vacated(on_registry=True)
    for topic, rulebook in (("soil", SOIL_LAW), ("rights", RIGHTS_LAW)):
        written = rulebook.written(rulebook.first_day(TODAY))
        asked = {"topic": topic, "after": {"edition": written}}
        found = parcels.read("compare_rules", **asked)
        assert (found["things_judged"], found["verdict_changes"]) == (1, [])


def test_of_land_that_has_a_holder_only_the_registry_is_looked_at():
    parcels, changes = vacated(survey_reviewed=False), {"sensitive_uses": ["industrial"]}
    free, [fact] = compared(parcels, "soil", changes)
    tell(parcels, AWARDED, SIGNED)

    assert turned(free)["release"] == ("released", "revoked")
    assert fact["type"] == "parcels.release_revoked"
    assert compared(parcels, "soil", changes) == ({}, [])
