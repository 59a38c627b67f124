"""The faces of the fake boards. A skin is a module with list_path(board) and route(site, visit) -> Route | None."""

from __future__ import annotations

from types import ModuleType

from scraper.fakeboard.skins import (
    egov,
    gnuboard4,
    gnuboard5,
    k2web,
    kboard,
    korcham,
    legacy,
    mediaon,
    ndsoft,
    rhymix,
    siiru,
    strange,
    sub_read,
    ybscript,
    zeroboard4,
)

SKINS: dict[str, ModuleType] = {
    "legacy": legacy,
    "gnuboard5": gnuboard5,
    "gnuboard4": gnuboard4,
    "zeroboard4": zeroboard4,
    "rhymix": rhymix,
    "rhymix_mobile": rhymix,
    "xe": rhymix,
    "kboard": kboard,
    "ndsoft": ndsoft,
    "egov": egov,
    "k2web": k2web,
    "siiru": siiru,
    "strange": strange,
    "ybscript": ybscript,
    "korcham": korcham,
    "sub_read": sub_read,
    "mediaon": mediaon,
}
