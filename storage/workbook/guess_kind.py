"""Whether a table is about clusters, organisations or regions, by the words that it uses."""

from __future__ import annotations

import re

from storage.workbook.mapping import Mapping
from storage.workbook.sheet import Workbook

CLUSTER = r"cluster|techno ?valley|science park|technopark|complex|단지|클러스터|밸리|테크노|특구|^dan_"
ORGANISATION = r"compan|\bfirms?\b|organi[sz]ation|institut|universit|agency|기업|업체|회사|대학|기관|연구소"
REGION = (
    r"region|country|countries|nation|state|provin|city|cities|district|municipal|county|location|territor|metro|area"
    r"|\bmsa\b|cbsa|nuts|\bgeo\b|시도|시군구|지역|국가|행정|도시|구분"
)
# By the header of the name column first, then by what file and sheet are called; the first that fits decides.
WORDS = (("cluster", CLUSTER), ("organisation", ORGANISATION), ("region", REGION))
ENTITY_ROLES = ("entity", "entity.code", "entity.ko")


def guess_entity_kind(workbook: Workbook, mapping: Mapping) -> str:
    """Return cluster, organisation or region; a region where nothing tells."""
    headers = [column.header for column in mapping.columns if column.role in ENTITY_ROLES]
    for said in (" ".join(headers), f"{mapping.sheet} {workbook.path.stem}"):
        for kind, pattern in WORDS:
            if re.search(pattern, said.casefold()):
                return kind
    return "region"
