"""The controlled words of the field: what a choice may be, with its label."""

from __future__ import annotations

from storage.domain.fields import Choice, Option
from storage.domain.text import msg

CLUSTER_TYPES = Choice((
    Option("techno valley", msg("Techno valley")),
    Option("science park", msg("Science park")),
    Option("industrial complex", msg("Industrial complex")),
    Option("mini-cluster", msg("Mini-cluster")),
    Option("special R&D zone", msg("Special R&D zone")),
    Option("national innovation cluster", msg("National innovation cluster")),
    Option("corridor", msg("Corridor")),
    Option("cluster category", msg("Cluster category")),
    Option("group of clusters", msg("Group of clusters")),
    Option("other", msg("Other")),
))  # fmt: skip

CLUSTER_STATUSES = Choice((
    Option("candidate", msg("Candidate")),
    Option("planned", msg("Planned")),
    Option("operating", msg("Operating")),
    Option("former", msg("Former")),
))  # fmt: skip

ORGANISATION_TYPES = Choice((
    Option("firm", msg("Firm")),
    Option("university", msg("University")),
    Option("institute", msg("Research institute")),
    Option("agency", msg("Agency")),
    Option("government", msg("Government")),
    Option("technopark", msg("Technopark")),
    Option("finance", msg("Financial institution")),
    Option("association", msg("Association or forum")),
    Option("body", msg("Council, committee or task force")),
    Option("facility", msg("Facility or centre")),
    Option("programme", msg("Programme or project")),
    Option("person", msg("Person")),
    Option("other", msg("Other")),
))  # fmt: skip

HELIX_ROLES = Choice((
    Option("industry", msg("Industry")),
    Option("university", msg("University")),
    Option("research", msg("Research")),
    Option("government", msg("Government")),
    Option("support", msg("Support")),
))  # fmt: skip

REGION_LEVELS = Choice((
    Option("world", msg("World region")),
    Option("country", msg("Country")),
    Option("province", msg("Province or state")),
    Option("municipality", msg("Municipality")),
    Option("district", msg("District")),
    Option("metropolitan area", msg("Metropolitan area")),
    Option("statistical region", msg("Statistical region")),
    Option("other", msg("Other")),
))  # fmt: skip

RELATION_TYPES = Choice((
    Option("located in", msg("located in")),
    Option("part of", msg("part of")),
    Option("operates", msg("operates")),
    Option("leads", msg("leads")),
    Option("promotes", msg("promotes")),
    Option("hosts", msg("hosts")),
    Option("links", msg("links")),
    Option("serves", msg("serves")),
    Option("supports", msg("supports")),
    Option("member of", msg("member of")),
    Option("participates in", msg("participates in")),
    Option("affiliated with", msg("affiliated with")),
    Option("works for", msg("works for")),
    Option("cooperates with", msg("cooperates with")),
    Option("agreement with", msg("has an agreement with")),
    Option("succeeds", msg("succeeds")),
    Option("follows up", msg("follows up")),
    Option("candidate for", msg("candidate for")),
    Option("designates", msg("designates")),
    Option("funds", msg("funds")),
    Option("compares with", msg("compares with")),
    Option("may be", msg("may be the same as")),
    Option("other", msg("other")),
))  # fmt: skip

LANGUAGES = Choice((
    Option("en", msg("English")),
    Option("ko", msg("Korean")),
    Option("other", msg("Other")),
))  # fmt: skip

SCRIPTS = Choice((
    Option("Latn", msg("Latin")),
    Option("Hang", msg("Hangul")),
    Option("Hani", msg("Han")),
    Option("Cyrl", msg("Cyrillic")),
    Option("other", msg("Other")),
))  # fmt: skip

ALIAS_TYPES = Choice((
    Option("official", msg("Official name")),
    Option("short", msg("Short name")),
    Option("abbreviation", msg("Abbreviation")),
    Option("romanisation", msg("Romanisation")),
    Option("translation", msg("Translation")),
    Option("former", msg("Former name")),
    Option("nickname", msg("Nickname")),
    Option("code", msg("Code")),
))  # fmt: skip

METRIC_NATURES = Choice((
    Option("stock", msg("Stock")),
    Option("flow", msg("Flow")),
    Option("cumulative", msg("Cumulative")),
    Option("ratio", msg("Ratio")),
    Option("rank", msg("Rank")),
    Option("event", msg("Event")),
    Option("target", msg("Target")),
))  # fmt: skip

AGGREGATIONS = Choice((
    Option("sum", msg("Sum")),
    Option("ratio of sums", msg("Ratio of sums")),
    Option("mean", msg("Mean")),
    Option("none", msg("None")),
))  # fmt: skip

SCENARIOS = Choice((
    Option("actual", msg("Actual")),
    Option("estimate", msg("Estimate")),
    Option("forecast", msg("Forecast")),
    Option("target", msg("Target")),
    Option("baseline", msg("Baseline")),
    Option("planned", msg("Planned")),
))  # fmt: skip

PRECISION_OPTIONS = Choice((
    Option("exact", msg("exact")),
    Option("about", msg("about")),
    Option("at least", msg("at least")),
    Option("more than", msg("more than")),
    Option("up to", msg("up to")),
    Option("at most", msg("at most")),
))  # fmt: skip

STATUSES = Choice((
    Option("A", msg("Normal")),
    Option("B", msg("Break in series")),
    Option("E", msg("Estimated")),
    Option("F", msg("Forecast")),
    Option("I", msg("Imputed")),
    Option("M", msg("Missing")),
    Option("P", msg("Provisional")),
))  # fmt: skip

MEASURES = Choice((
    Option("level", msg("Level")),
    Option("ratio to base", msg("Ratio to base period")),
    Option("change", msg("Change on base period")),
))  # fmt: skip

SOURCE_TYPES = Choice((
    Option("article", msg("News article")),
    Option("press release", msg("Press release")),
    Option("paper", msg("Paper")),
    Option("report", msg("Report")),
    Option("web page", msg("Web page")),
    Option("workbook", msg("Workbook")),
    Option("statistics", msg("Statistical table")),
    Option("own", msg("Own estimate")),
    Option("other", msg("Other")),
))  # fmt: skip

SECTOR_ROLES = Choice((
    Option("active", msg("Active")),
    Option("target", msg("Target industry")),
    Option("origin", msg("Original industry")),
))  # fmt: skip
