"""The pages, in the order of the rail; this is the one list of them."""

from __future__ import annotations

from ui.page import Page
from ui.pages.history import HistoryPage

PAGES: tuple[type[Page], ...] = (HistoryPage,)
