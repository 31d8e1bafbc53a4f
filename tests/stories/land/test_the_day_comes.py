"""What nobody reports, because it is only that a day comes."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.parcels import reports
from tests.parcels.conftest import Parcels
from tests.parcels.reports import CASE, PARCEL


def test_land_is_released_on_the_day_after_its_seizure_ends():
    seized = {"kind": "seizure", "from_on": "2023-03-01", "document_number": "2023-12"}
    parcels = Parcels()
    first, *others = reports.whole_case()
    for type_, data in [
        (first[0], first[1] | {"encumbrances": [seized | {"to_on": "2023-09-10"}]}),
        *others,
    ]:
        parcels.report(type_, data)
    assert parcels.read("release_standing", parcel_id=PARCEL, case_id=CASE)["state"] == "blocked"

    parcels.clock = lambda: datetime(2023, 9, 10, 16, tzinfo=UTC)  # midnight in the park
    parcels.tick("look_at_encumbrances")

    assert parcels.read("release_standing", parcel_id=PARCEL, case_id=CASE)["state"] == "released"
