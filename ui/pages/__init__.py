"""The pages, in the order of the rail; this is the one list of them."""

from __future__ import annotations

from ui.page import Page
from ui.pages.clusters import ClustersPage
from ui.pages.compare import ComparePage
from ui.pages.data import DataPage
from ui.pages.history import HistoryPage
from ui.pages.import_ import ImportPage
from ui.pages.metrics import MetricsPage
from ui.pages.organisations import OrganisationsPage
from ui.pages.regions import RegionsPage
from ui.pages.report import ReportPage
from ui.pages.sources import SourcesPage

PAGES: tuple[type[Page], ...] = (
    ClustersPage,
    OrganisationsPage,
    RegionsPage,
    MetricsPage,
    DataPage,
    ComparePage,
    SourcesPage,
    HistoryPage,
    ImportPage,
    ReportPage,
)
