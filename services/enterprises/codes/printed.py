"""The printed code of a firm, which anybody can check, and the card that carries it.

    330604006-E9/G72

The id of the firm, a slash, the letter of the kind and two check digits. No public specification of
such a code is known; this one is ours, and it is found as the governance code of a plot is, which has
digits alone after its slash. It names a firm and a kind and no value, so that a card that hangs on a
gate for years leads to the code of the day.
"""

from __future__ import annotations

import re
from typing import Protocol

from backbone.errors import Reason
from park.codes import HALF_WIDTH

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-"
FORM = re.compile(r"([0-9]{9}-[A-Za-z0-9._-]{1,40})/([A-Z])([0-9]{2})")
MODULUS, BASE = 97, 5  # the powers of 5 run through all of 1 to 96
INK = {"green": "#1a7f37", "blue": "#0969da", "yellow": "#d4a72c", "orange": "#bc4c00"}
INK |= {"red": "#cf222e"}
GREY = "#6e7781"  # where there is no code, and for a colour that is not drawn yet


class AboutPeriod(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def period(self) -> str: ...


def code_id_of(enterprise_id: str, code: AboutPeriod) -> str:
    """The id of one code: the firm, the kind and the period."""
    return f"{enterprise_id}:{code.kind}:{code.period}"


def printed_code(enterprise_id: str, mark: str) -> str:
    """The printed code of a firm for the kind of that letter."""
    return f"{enterprise_id}/{mark}{_check(enterprise_id + mark)}"


def read(text: str) -> tuple[str, str]:
    """The firm and the letter of the kind that a printed code names. Ask `problem_of` first."""
    found = FORM.fullmatch(tidied(text))
    if not found:
        raise ValueError(text)
    return found[1], found[2]


def problem_of(text: str) -> Reason | None:
    """What is wrong with a printed code: its form, or a typing error. Of ours, no standard."""
    found = FORM.fullmatch(tidied(text))
    if not found:
        said = "A firm's code is its id, a slash, a letter and two digits: 330604006-E9/G72."
        return Reason("FIRM_CODE_FORM", said, field="text")
    if found[3] != _check(found[1] + found[2]):
        said = "The two digits at the end do not fit the rest of the code; look for a typing error."
        return Reason("FIRM_CODE_CHECK", said, field="text")
    return None


def tidied(text: str) -> str:
    """Half-width and without space around it. Letters stay: ids tell a from A."""
    return text.translate(HALF_WIDTH).strip()


def _check(text: str) -> str:
    """Two digits: every single wrong character, and every two that changed places, are noticed."""
    weighed = (ALPHABET.index(char) * pow(BASE, at, MODULUS) for at, char in enumerate(text))
    return f"{sum(weighed) % MODULUS:02d}"


def svg_card(printed: str, title: str, value: str | None, colour: str | None, on: str) -> str:
    """A card of 54 mm by 70 mm: the value on its colour, the QR code of the printed code, and the code
    and the day for people to read."""
    import segno  # late: a service at rest draws nothing
    from markupsafe import escape

    qr = segno.make(printed, error="q", micro=False)  # a quarter of it may be scratched
    side, _ = qr.symbol_size()
    scale, ink = 44 / side, INK.get(colour or "", GREY)
    text = '<text x="27" text-anchor="middle" font-family="sans-serif"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="54mm" height="70mm" viewBox="0 0 54 70">'
        f'<rect width="54" height="70" fill="#fff"/><rect width="54" height="16" fill="{ink}"/>'
        f'{text} y="11.5" font-size="10" fill="#fff">{escape(value or "–")}</text>'
        f'<g transform="translate(5 17) scale({scale:.4f})">{qr.svg_inline()}</g>'
        f'{text} y="63" font-size="2.6">{escape(title)} {escape(on)}</text>'
        f'{text} y="67" font-size="{min(3.2, 80 / len(printed)):.2f}">{escape(printed)}</text></svg>\n'
    )


def png_picture(printed: str) -> bytes:
    """The QR code of a printed code alone, for an office system to place."""
    import io

    import segno

    drawn = io.BytesIO()
    segno.make(printed, error="q", micro=False).save(drawn, kind="png", scale=8)
    return drawn.getvalue()
