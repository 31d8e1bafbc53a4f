"""What is printed: Chinese that can be read and found, and only what can be had."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from cli import ask
from cli.app import app
from cli.prospect.html import html_of
from cli.prospect.leaflet import leaflet_of_handbook, leaflet_of_page
from cli.prospect.pdf import pdf_of

from .desk import Desk, listing_of


@pytest.fixture
def desk():
    desk = Desk("a", "b")
    desk.publish("a")
    return desk


@pytest.fixture
def tenglong(desk, monkeypatch):
    def asked(service, method, wait_s=10, **arguments):
        assert (service, wait_s > 0) == ("projects", True)
        return desk.read(method, **arguments)

    monkeypatch.setattr(ask, "ask", asked)
    return lambda *words, **more: CliRunner().invoke(app, list(words), **more)


def text_of(pdf: bytes) -> str:
    """The text without spaces, and without the noughts that this reader sees before each character."""
    text = "".join(each.extract_text() for each in PdfReader(BytesIO(pdf)).pages)
    return "".join(text.replace("\x00", "").split())


def test_the_handbook_is_a_pdf_whose_chinese_text_can_be_found(desk):
    printed = pdf_of(leaflet_of_handbook(desk.handbook()))
    text = text_of(printed)
    for told in (
        "招商手册",
        "可供地块2宗",
        "17.67亩",
        "11,781.00㎡",
        "容积率≥1.2",
        "470万元",
        "5号楼",
    ):
        assert told in text, told


def test_the_handbook_prints_the_policies_in_force_and_none_without_its_review(desk):
    terms = {"title": "装备补助", "gives_kind": "subsidy", "document": "notice 7", "condition": []}
    reviewed = {"review": {"conclusion": "keeps_the_rules", "reviewed_on": "2023-05-20"}}
    for policy_id, more in (
        ("in-force", {"clause": "按设备投资额补助", **reviewed}),
        ("over", {"clause": "按面积补助", "valid_to": "2023-06-30", **reviewed}),
        ("later", {"clause": "按产值补助", "valid_from": "2030-01-01", **reviewed}),
    ):
        desk.call(
            "record_policy", policy_id=policy_id, **{"valid_from": "2023-06-01", **terms, **more}
        )

    assert [each["policy_id"] for each in desk.handbook()["policies"]] == ["in-force"]
    text = text_of(pdf_of(leaflet_of_handbook(desk.handbook())))
    assert "政策1装备补助" in text
    assert "按设备投资额补助" in text
    assert "按面积补助" not in text
    unreviewed = {**terms, "clause": "按用工补助", "valid_from": "2024-09-01"}
    desk.call("record_policy", policy_id="unreviewed", **unreviewed)
    told = [each["policy_id"] for each in desk.handbook(on="2025-01-02")["policies"]]
    assert told == ["in-force"]


def test_the_font_is_in_the_pdf_with_a_glyph_for_each_character_and_no_more(desk):
    printed = pdf_of(leaflet_of_handbook(desk.handbook()))
    font = PdfReader(BytesIO(printed)).pages[0]["/Resources"]["/Font"]
    [only] = [each.get_object() for each in font.values()]
    inside = only["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    assert "NotoSansSC" in only["/BaseFont"]
    assert 5_000 < len(inside["/FontFile3"].get_object().get_data()) < 200_000
    assert len(printed) < 100_000


def test_a_page_reads_alike_as_html_and_pdf(desk):
    leaflet = leaflet_of_page(desk.page(desk.open_page("a", "b")["token"]))
    html, text = html_of(leaflet), text_of(pdf_of(leaflet))
    for told in ("有效期至2023-09-30", "公告编号", "已具备供地条件"):
        assert told in "".join(html.split())
        assert told in text


def test_what_people_wrote_is_no_markup_in_html(desk):
    leaflet = leaflet_of_handbook(desk.handbook())
    desk.call("record_platform", platform_id="p", name="<b>谷", township="330604006", document="d")
    assert "&lt;b&gt;谷" in html_of(leaflet_of_handbook(desk.handbook()))
    assert "<script" not in html_of(leaflet)


def test_an_indicator_is_named_as_notices_print_it(desk):
    tax = {
        "code": "tax_per_mu",
        "op": ">=",
        "value": "30",
        "unit": "万元/亩",
        "check_stage": "annual",
    }
    own = tax | {"code": "own_code", "value": "2"}
    desk.publish("b", listing_number="虞土工告[2023]13号", indicators=[tax, own])
    [card] = [
        each
        for each in leaflet_of_handbook(desk.handbook()).plots
        if ("公告编号", "虞土工告[2023]13号") in each.rows
    ]
    assert ("亩均税收", "≥ 30 万元/亩") in card.rows
    assert ("own_code", "≥ 2 万元/亩") in card.rows


def under_notice(leaflet) -> dict[str, str]:
    [rows] = [dict(each.rows) for each in leaflet.plots if "公告编号" in dict(each.rows)]
    return rows


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("07-31 23:59", "公告将于 2023-08-01 起发布"),
        ("08-01 00:00", "公告中"),
        ("08-28 12:00", "公告中"),
    ],
)
def test_a_notice_is_out_from_its_first_day_on(desk, moment, state):
    token = desk.open_page("a")["token"]
    desk.on(moment)
    assert under_notice(leaflet_of_page(desk.page(token)))["状态"] == state
    assert under_notice(leaflet_of_handbook(desk.handbook()))["状态"] == state


def test_a_handbook_of_a_later_day_has_the_state_of_that_day(desk):
    book = desk.on("07-25 12:00").handbook(on="2023-08-01")
    assert under_notice(leaflet_of_handbook(book))["状态"] == "公告中"


def test_a_notice_that_is_to_come_is_not_called_published(desk):
    printed = html_of(leaflet_of_handbook(desk.on("07-31 12:00").handbook()))
    assert "尚未开始报名" in printed
    assert "公告已发布" not in printed


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "出让年限"),
        ({"supply_form": "lease", "use_term_years": 20}, "租赁年限"),
    ],
)
def test_a_card_has_the_bond_and_the_term_of_the_notice(changes, name):
    desk = Desk("a")
    desk.publish("a", **changes)
    card = under_notice(leaflet_of_handbook(desk.handbook()))
    assert (card["保证金"], card[name]) == ("470 万元", f"{changes.get('use_term_years', 50)} 年")


def test_land_without_a_notice_has_no_bond_and_no_term(desk):
    [rows] = [
        dict(each.rows)
        for each in leaflet_of_handbook(desk.handbook()).plots
        if "公告编号" not in dict(each.rows)
    ]
    assert not {"保证金", "出让年限", "使用年限"} & rows.keys()


def test_the_table_of_lowest_prices_is_named_in_chinese(desk):
    told = under_notice(leaflet_of_handbook(desk.handbook()))["最低价标准"]
    assert "依据国土资发〔2006〕307号" in told
    assert not re.search("[A-Za-z]", told)


def test_whoever_reads_is_told_that_the_land_register_was_silent(desk):
    desk.register.away = True
    assert "暂时无法核实" in html_of(leaflet_of_handbook(desk.handbook()))


def test_a_handbook_or_page_without_what_the_land_register_knows_is_written_and_ends_with_3(
    tenglong, desk, tmp_path
):
    token, file = desk.open_page("a")["token"], tmp_path / "book.html"
    desk.register.away = True
    for asked in (["handbook"], ["prospect", "page", token]):
        shown = tenglong(*asked, "--html", str(file))
        assert (shown.exit_code, file.exists()) == (3, True), shown.output
        assert "parcels does not answer" in shown.stderr
        file.unlink()


def test_the_command_shows_the_handbook_and_writes_it(tenglong, desk, tmp_path):
    desk.hold("b")
    pdf, html = tmp_path / "book.pdf", tmp_path / "book.html"
    shown = tenglong("handbook", "--pdf", str(pdf), "--html", str(html))
    assert shown.exit_code == 0, shown.output
    assert "reserved for another project" in shown.output
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "招商手册" in html.read_text("utf-8")


def test_a_page_is_opened_looked_at_and_closed_by_commands(tenglong, tmp_path):
    opened = tenglong(
        "prospect", "open", "--lead", "lead-1", "--ends-on", "2023-09-30", "--plot", listing_of("a")
    )
    page_id, token = (line.split()[1].strip(",") for line in opened.output.splitlines()[:2])
    html = tmp_path / "page.html"
    assert listing_of("a") in tenglong("prospect", "page", token, "--html", str(html)).output
    assert "虞土工告[2023]12号" in html.read_text("utf-8")
    assert '"open"' in tenglong("prospect", "page", "-", "--json", input=token).output
    looks = tenglong("prospect", "seen", page_id).output
    assert listing_of("a") in looks
    assert "2023-08-10 12:00" in looks, "the time of the park"

    assert "closed on 2023-08-10" in tenglong("prospect", "close", page_id).output
    html.unlink()
    over = tenglong("prospect", "page", token, "--html", str(html))
    assert (over.exit_code, html.exists()) == (1, False)


def test_an_open_page_without_plots_says_so_and_how_many_are_not_shown(tenglong, desk):
    token = desk.open_page("a", "b")["token"]
    assert "No plot can be had" not in tenglong("prospect", "page", token).output
    desk.hold("a", "lead-2")
    desk.hold("b", "lead-2")
    shown = tenglong("prospect", "page", token)
    assert (shown.exit_code, shown.output) == (0, "No plot can be had now; 2 not shown.\n")


def test_looks_at_a_page_that_there_is_not_are_no_empty_answer(tenglong, desk):
    seen = tenglong("prospect", "seen", "nopage")
    assert seen.exit_code == 1
    assert "There is no prospect page of that id." in seen.output
    assert tenglong("prospect", "seen", desk.open_page("a")["page_id"]).exit_code == 0


def test_older_looks_that_are_left_out_are_not_passed_over_in_silence(tenglong, desk):
    opened = desk.open_page("a")
    for _ in range(2):
        tenglong("prospect", "page", opened["token"])
    seen = ("prospect", "seen", opened["page_id"])

    assert "there are more (--limit)" in tenglong(*seen, "--limit", "1").stderr
    assert tenglong(*seen, "--limit", "2").stderr == ""


def test_a_page_for_a_wish_that_nothing_fits_is_opened_with_a_warning(tenglong, desk):
    wish = {"min_area_m2": "500000"}
    desk.call("register_lead", lead_id="lead-3", name="n", source="fund_led", wish=wish)
    opened = tenglong("prospect", "open", "--lead", "lead-3")
    assert (opened.exit_code, "token" in opened.stdout) == (0, True)
    assert "warning: No land on offer fits the wish today" in " ".join(opened.stderr.split())
    assert "warning" not in tenglong("prospect", "open", "--lead", "lead-1").output


def test_a_file_that_cannot_be_written_is_named(tenglong, tmp_path):
    shown = tenglong("handbook", "--html", str(tmp_path))
    said = " ".join(shown.output.replace("│", " ").split())
    assert (shown.exit_code, "cannot be written" in said) == (2, True)
