"""The label of a plot, to be printed and put up there."""

from __future__ import annotations


def label_of(land_code: str) -> str:
    """An SVG of 50 mm: the QR code of a governance code, and below it the code for people to read."""
    import segno  # late: most commands print no label

    qr = segno.make(land_code, error="q", micro=False)  # a quarter of it may be scratched
    side, _ = qr.symbol_size()
    size = min(4.0, 1.5 * side / len(land_code))  # so that the text is no wider than the symbol
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="50mm" height="{50 * (side + 4) / side:.1f}mm" '
        f'viewBox="0 0 {side} {side + 4}">'
        f'<rect width="100%" height="100%" fill="#fff"/>{qr.svg_inline()}'
        f'<text x="{side / 2}" y="{side + 1}" font-family="monospace" font-size="{size:.2f}" '
        f'text-anchor="middle">{land_code}</text></svg>\n'
    )
