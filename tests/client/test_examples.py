"""The stories in examples/ are true."""

from __future__ import annotations

from decimal import Decimal

from examples import land_desk_week, township_year


def test_a_plot_gets_from_the_register_to_its_next_holder(park_uri, capsys):
    page = land_desk_week.main(park_uri)

    assert [each["name"] for each in page["holders"]] == ["a separator works"]
    said = capsys.readouterr().out
    assert "refused: " in said


def test_a_township_reports_for_a_year_and_reads_its_receipts(park_uri, capsys):
    plot = township_year.main(park_uri)

    told = [line for line in capsys.readouterr().out.splitlines() if " parcel.registered: " in line]
    assert plot["area_m2"] == Decimal("20010.5")
    assert [line.rpartition(": ")[2] for line in told] == ["refused", "accepted", "duplicate"]
