"""What a prospect reads, in Chinese: a title, notes, and a card for each plot, unit and policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from park.time import PARK_TIME
from services.projects.commitments.indicators import FORMS

Row = tuple[str, str]
USES = {
    "industrial": "工业",
    "warehouse": "仓储",
    "commercial": "商业",
    "public": "公共",
    "residential": "住宅",
}
STATES = {"draft": "拟供地", "notice_published": "公告中", "unsold": "拟重新挂牌"}
TERMS = {"grant": "出让年限", "lease": "租赁年限"}
FIT_OUTS = {"shell": "毛坯", "basic": "简装", "full": "精装", "under_way": "装修中"}
CONDITIONS = {
    "plot_ratio": "容积率",
    "density_pct": "建筑密度（%）",
    "green_rate_pct": "绿地率（%）",
    "height_m": "建筑高度（米）",
    "building_coefficient_pct": "建筑系数（%）",
    "office_land_pct": "行政办公及生活服务设施用地比重（%）",
}
SIGNS = {">=": "≥", "<=": "≤", "=": "＝"}
REMARKS = {
    "NOTICE_NOT_OUT": "已具备供地条件，出让公告尚未发布",
    "APPLICATIONS_NOT_OPEN": "尚未开始报名",
    "HELD_FOR_YOU": "已为本项目预留",
}
SILENT = "部分信息暂时无法核实，未核实的地块和载体不在此列，请稍后再看。"
WAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Card:
    """One plot, unit or policy: its heading, and a name and what is known of it on each line."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Leaflet:
    title: str
    notes: tuple[str, ...]
    plots: tuple[Card, ...]
    units: tuple[Card, ...] = ()
    policies: tuple[Card, ...] = ()

    @property
    def cards(self) -> tuple[Card, ...]:
        return (*self.plots, *self.units, *self.policies)


def leaflet_of_handbook(book: dict[str, Any]) -> Leaflet:
    """The promotion handbook [招商手册], as `projects.promotion_handbook` answers."""
    area = f"{_m2(book['plots_area_m2'])}（{book['plots_area_mu']} 亩）"
    notes = [
        f"可供日期：{book['on']}。数据截至 {moment_in_park(book['known_at'])}。",
        f"可供地块 {len(book['plots'])} 宗，合计 {area}；可租载体 {len(book['units'] or ())} 处。",
    ]
    return Leaflet(
        title="招商手册",
        notes=(*notes, *([SILENT] if book["unreachable"] else [])),
        plots=tuple(
            _plot(number, plot, book["on"]) for number, plot in enumerate(book["plots"], 1)
        ),
        units=tuple(_unit(number, unit) for number, unit in enumerate(book["units"] or (), 1)),
        policies=tuple(_policy(number, each) for number, each in enumerate(book["policies"], 1)),
    )


def leaflet_of_page(page: dict[str, Any]) -> Leaflet:
    """A prospect's page, as `projects.prospect_page` answers."""
    moment = moment_in_park(page["seen_at"])
    on = moment.split()[0]
    notes = [f"数据截至 {moment}。本页有效期至 {page['ends_on']}，仅供受邀方查阅。"]
    if page["state"] != "open":
        notes = [f"本页已失效（有效期至 {page['ends_on']}）。"]
    elif not page["plots"]:
        notes.append("目前没有可供的地块。")
    return Leaflet(
        title="意向地块",
        notes=(*notes, *([SILENT] if page["unreachable"] else [])),
        plots=tuple(_plot(number, plot, on) for number, plot in enumerate(page["plots"], 1)),
    )


def _plot(number: int, plot: dict[str, Any], on: str) -> Card:
    """As the plot is on a day, YYYY-MM-DD."""
    place = plot["township_name"] or plot["township"]
    heading = f"地块 {number}　{place}　{plot['area_mu']} 亩"
    rows = (*_land(plot, on), *_price(plot), *_terms(plot), *_beside(plot))
    return Card(heading=heading, rows=rows)


def _land(plot: dict[str, Any], on: str) -> Iterator[Row]:
    yield "面积", f"{_m2(plot['area_m2'])}（{plot['area_mu']} 亩）"
    yield "用途", USES.get(plot["target_use"], plot["target_use"])
    if plot["industry_code"]:
        yield "产业", f"GB/T 4754-2017 {plot['industry_code']}"
    yield "状态", _state(plot, on)
    if plot["listing_number"]:
        yield "公告编号", plot["listing_number"]
        yield "报名截止", plot["application_end_on"]
    if plot["use_term_years"]:
        yield TERMS.get(plot["supply_form"], "使用年限"), f"{plot['use_term_years']} 年"


def _state(plot: dict[str, Any], on: str) -> str:
    """A notice may be published before the first of its days."""
    if plot["state"] == "notice_published" and plot["notice_start_on"] > on:
        return f"公告将于 {plot['notice_start_on']} 起发布"
    return STATES.get(plot["state"], str(plot["state"]))


def _price(plot: dict[str, Any]) -> Iterator[Row]:
    if plot["start_price_cny"]:
        yield "起始价", _wan(plot["start_price_cny"])
    if plot["bond_cny"]:
        yield "保证金", _wan(plot["bond_cny"])
    if plot["floor_price_cny"]:
        yield (
            "最低价标准",
            f"{_wan(plot['floor_price_cny'])}（{plot['floor_price_source']}，供参考）",
        )


def _terms(plot: dict[str, Any]) -> Iterator[Row]:
    for name, told in CONDITIONS.items():
        if bounds := (plot["plan_conditions"] or {}).get(name):
            low, high = bounds.get("minimum"), bounds.get("maximum")
            yield told, " ".join([f"≥ {low}"] * bool(low) + [f"≤ {high}"] * bool(high))
    for each in plot["indicators"]:
        sign = SIGNS.get(each["op"], each["op"])
        yield _indicator(each["code"]), f"{sign} {each['value']} {each['unit']}"


def _indicator(code: str) -> str:
    """How notices print the indicator; its code, where no name is known."""
    names = FORMS.on(date.max).names
    known = names.get(code, code)
    return next((printed for printed, name in names.items() if name == known), code)


def _beside(plot: dict[str, Any]) -> Iterator[Row]:
    if plot["platforms"]:
        yield "所在平台", "、".join(plot["platforms"])
    for each in plot["remarks"]:
        yield "说明", REMARKS.get(each["code"], each["sentence"])


def _unit(number: int, unit: dict[str, Any]) -> Card:
    place = unit["township_name"] or unit["township"]
    where = "　".join(filter(None, [place, unit["park_name"], unit["building_name"]]))
    rows: list[Row] = [("可租面积", f"{_m2(unit['free_area_m2'])}（{unit['area_mu']} 亩）")]
    if unit["floor"] is not None:
        rows.append(("楼层", f"{unit['floor']} 层"))
    if unit["fit_out"]:
        rows.append(("装修", FIT_OUTS.get(unit["fit_out"], unit["fit_out"])))
    if unit["asking_rent_cny_per_m2_month"]:
        rows.append(("租金", f"{unit['asking_rent_cny_per_m2_month']} 元/㎡·月"))
    if unit["free_until"]:
        rows.append(("可租至", unit["free_until"]))
    return Card(heading=f"载体 {number}　{where}", rows=tuple(rows))


def _policy(number: int, policy: dict[str, Any]) -> Card:
    rows = [("内容", policy["clause"]), ("文件", policy["document"])]
    if policy["ends_on"]:
        rows.append(("有效期至", policy["ends_on"]))
    return Card(heading=f"政策 {number}　{policy['title']}", rows=tuple(rows))


def _m2(area: str) -> str:
    return f"{Decimal(area):,.2f} ㎡"


def _wan(cny: str) -> str:
    return f"{(Decimal(cny) / WAN).normalize():f} 万元"


def moment_in_park(text: str) -> str:
    """A moment of an answer by the clock of the park (Asia/Shanghai)."""
    return f"{datetime.fromisoformat(text).astimezone(PARK_TIME):%Y-%m-%d %H:%M}"
