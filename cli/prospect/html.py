"""A leaflet as one HTML file: nothing is loaded from elsewhere, and no search engine is to list it."""

from __future__ import annotations

from html import escape

from .leaflet import Card, Leaflet

STYLE = (
    "body{font-family:'Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif;max-width:52rem;"
    "margin:2rem auto;padding:0 1rem;color:#222}h1{font-size:1.6rem}h2{font-size:1.1rem;margin-top:2rem}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #ccc;padding:.3rem .6rem;"
    "text-align:left;vertical-align:top}th{width:11rem;font-weight:normal;background:#f4f4f4}"
)


def html_of(leaflet: Leaflet) -> str:
    notes = "".join(f"<p>{escape(note)}</p>" for note in leaflet.notes)
    cards = "".join(_card(each) for each in leaflet.cards)
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<title>{escape(leaflet.title)}</title><style>{STYLE}</style></head>"
        f"<body><h1>{escape(leaflet.title)}</h1>{notes}{cards}</body></html>\n"
    )


def _card(card: Card) -> str:
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in card.rows
    )
    return f"<h2>{escape(card.heading)}</h2><table>{rows}</table>"
