"""Catalogues of nasty texts, doubles and periods, drawn by hypothesis."""

import struct

from hypothesis import strategies as st

from storage.domain.changes import Change, ChangeSet, insert
from storage.domain.keepable import ILLEGAL, clean_text
from storage.domain.vocabulary import CLUSTER_TYPES, PRECISION_OPTIONS, SCENARIOS, STATUSES

NASTY = (
    "=1+1", "+1", "-1", "@x", "#N/A", "#DIV/0!", "00123", "1.5", "1e5", "TRUE", "_x0041_", "_x005F_x0041_", "a\nb",
    "a\tb", "<a&b>\"'", "]]>", "시화 국가산업단지", "\U0001f600", "'=1", "2015-12", "6-15", "id", "a [12]", "{field}",
    "%", "\x85a", "a\u2028b", "e\u0301", "NULL", "\ufeffb",
)  # fmt: skip
PERIODS = (
    (None, None, None), ("2015", "2015-01-01", "2016-01-01"), ("mid-2000s", "2004-01-01", "2007-01-01"),
    ("last year", "2014-01-01", "2015-01-01"), ("some time", None, None), ("1868", "1868-01-01", "1869-01-01"),
)  # fmt: skip

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=30)).map(
    lambda text: clean_text(ILLEGAL.sub("", text.replace("\x1e", "")))
)
names = texts.filter(bool)
doubles = st.one_of(
    st.binary(min_size=8, max_size=8).map(lambda bits: struct.unpack("<d", bits)[0]).filter(lambda n: abs(n) < 1e300),
    st.integers(-(10**9), 10**9).map(float),
    st.floats(-1e6, 1e6),
)


def choices(options: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(st.none(), options)


@st.composite
def catalogues(draw: st.DrawFn) -> ChangeSet:
    """Return what makes some clusters, an organisation, a metric, relations and observations."""
    clusters = [_cluster(draw, -place) for place in range(1, draw(st.integers(1, 4)) + 1)]
    firm = insert("organisation", {"name": draw(names), "helix": "industry"}, -20)
    unit = insert("unit", {"code": draw(names), "name": draw(names), "factor": draw(doubles)}, -21)
    metric = insert("metric", {"name": draw(names), "unit_id": -21, "definition": draw(texts) or None}, -22)
    source = insert("source", {"title": draw(names)}, -23)
    passage = insert("passage", {"source_id": -23, "locator": draw(names), "quote": draw(texts) or None}, -24)
    relation = insert(
        "relation", {"subject_id": -20, "type": "located in", "object_id": -1, "role": draw(texts) or None}
    )
    figures = [_observation(draw, place) for place in range(draw(st.integers(0, 5)))]
    return ChangeSet.of([*clusters, firm, unit, metric, source, passage, relation, *figures])


def _cluster(draw: st.DrawFn, id: int) -> Change:
    period, start, end = draw(st.sampled_from(PERIODS))
    values = {
        "name": draw(names), "name_ko": draw(texts) or None, "note": draw(texts) or None,
        "type": draw(choices(st.sampled_from([o.key for o in CLUSTER_TYPES.options]))),
        "latitude": draw(choices(st.floats(-90, 90))), "since": period, "since_start": start, "since_end": end,
    }  # fmt: skip
    return insert("cluster", values, id)


def _observation(draw: st.DrawFn, place: int) -> Change:
    low, high = sorted([draw(doubles), draw(doubles)])
    period, start, end = draw(st.sampled_from(PERIODS))
    values = {
        "entity_id": draw(st.sampled_from([-1, -20])), "metric_id": -22, "unit_id": draw(st.sampled_from([None, -21])),
        "period": period, "period_start": start, "period_end": end, "value": draw(choices(doubles)),
        "low": draw(st.sampled_from([None, low])), "high": draw(st.sampled_from([None, high])),
        "precision": draw(st.sampled_from([o.key for o in PRECISION_OPTIONS.options])),
        "multiplier": draw(st.sampled_from([1.0, 1e4, 1e8, 1234.5])), "value_text": draw(texts) or None,
        "scope": f"{place} {draw(texts)}".strip(),
        "scenario": draw(st.sampled_from([o.key for o in SCENARIOS.options])),
        "status": draw(st.sampled_from([o.key for o in STATUSES.options])), "preferred": draw(st.booleans()),
        "passage_id": draw(st.sampled_from([None, -24])), "note": draw(texts) or None,
    }  # fmt: skip
    return insert("observation", values, -100 - place)
