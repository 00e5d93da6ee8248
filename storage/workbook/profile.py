"""What the cells of one column look like: enough to guess its role without reading every cell."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from storage.domain.number_grammar import says_missing
from storage.domain.periods import PeriodError, parse_period
from storage.domain.quantities import QuantityError, parse_quantity
from storage.workbook.sheet import CellValue, Sheet, kind_of, text_of
from storage.workbook.table import Table, is_period

_HEAD_ROWS, _LATER_ROWS = 3000, 1000
_CODE = re.compile(
    r"[A-Z]{2,3}|[A-Z]{1,3}[-_.]?\d[\dA-Z.]*|\d{2,}|[A-Z]{2,}[A-Z0-9_]{2,}|[a-z]{1,6}(?:_[a-z]+)*_?\d{2,}"
)
_NUMBERED = re.compile(r"[A-Za-z]+(?:[_.-][A-Za-z]+)*[_.-]?\d{1,4}")
_PROBED = 200


@dataclass(frozen=True)
class Profile:
    """A sample of one column; `values` and `texts` run parallel over the sampled rows."""

    index: int
    parts: tuple[str, ...]
    values: tuple[CellValue, ...]
    texts: tuple[str, ...]

    @property
    def header(self) -> str:
        """Header parts joined from top to bottom."""
        return " / ".join(self.parts)

    @cached_property
    def kinds(self) -> Counter[str]:
        """Cells by kind; texts that say "missing" count as such."""
        counts: Counter[str] = Counter()
        for value in self.values:
            kind = kind_of(value)
            missing = kind == "text" and says_missing(str(value))
            counts["missing" if missing else kind] += 1
        return counts

    @property
    def told(self) -> int:
        """Cells that say something."""
        return len(self.values) - self.kinds["blank"] - self.kinds["missing"]

    @cached_property
    def distinct(self) -> list[str]:
        """Different texts, blanks and missing marks left out, in order of appearance."""
        seen = dict.fromkeys(text for text in self.texts if text and not says_missing(text))
        return list(seen)

    @property
    def constant(self) -> bool:
        """Whether ten rows or more all say the same."""
        return len(self.distinct) == 1 and self.told >= 10

    @cached_property
    def numeric(self) -> bool:
        """Whether the column holds figures, also as text: "1,234", "≈ 70,000"."""
        if not self.told:
            return False
        numbers = self.kinds["number"] + self.kinds["error"]
        figures = numbers + self._share_of_texts(_is_quantity) * self.kinds["text"]
        # one slip in a short column leaves it a column of figures
        return figures >= 0.8 * self.told or figures >= max(2, self.told - 1)

    @cached_property
    def stored_numbers(self) -> bool:
        """Whether most cells are numbers already."""
        return self.told > 0 and self.kinds["number"] >= 0.8 * self.told

    @cached_property
    def periods(self) -> float:
        """Share of different texts that name a period."""
        probes = self.distinct[:_PROBED]
        return sum(map(is_period, probes)) / len(probes) if probes else 0.0

    @cached_property
    def years_only(self) -> bool:
        """Whether all cells are four-digit years."""
        return bool(self.distinct) and all(re.fullmatch(r"(19|20|21)\d\d", text) for text in self.distinct)

    @cached_property
    def codes(self) -> float:
        """Share of different texts that look like codes: AUS, UKC1, 11010, cp_bnu_001."""
        probes = self.distinct[:_PROBED]
        return sum(1 for text in probes if _CODE.fullmatch(text)) / len(probes) if probes else 0.0

    @cached_property
    def numbered(self) -> float:
        """Share of different texts that end in a running number: cp_bnu_001."""
        probes = self.distinct[:_PROBED]
        return sum(1 for text in probes if _NUMBERED.fullmatch(text)) / len(probes) if probes else 0.0

    @cached_property
    def whole_numbers(self) -> bool:
        """Whether every number is a whole one."""
        return all(value.is_integer() for value in self.values if isinstance(value, float))

    @cached_property
    def sequence(self) -> bool:
        """Whether the column counts its rows from 0 or 1."""
        numbers = [value for value in self.values[:_PROBED] if isinstance(value, float)]
        steps = {after - before for before, after in pairwise(numbers)}
        return len(numbers) > 2 and steps == {1.0} and numbers[0] in (0.0, 1.0)

    @property
    def longest(self) -> int:
        """Length of the longest text."""
        return max(map(len, self.distinct), default=0)

    def _share_of_texts(self, test: object) -> float:
        texts = [text for text, value in zip(self.texts, self.values, strict=True) if isinstance(value, str) and text]
        probes = [text for text in dict.fromkeys(texts) if not says_missing(text)][:_PROBED]
        return sum(1 for text in probes if test(text)) / len(probes) if probes and callable(test) else 0.0


@lru_cache(maxsize=16_384)  # columns repeat themselves
def _is_quantity(text: str) -> bool:
    for decimal in (".", ","):
        try:
            return not parse_quantity(text, decimal).missing
        except QuantityError:
            continue
    return False


def names_period(text: str) -> bool:
    """Whether a text is a period that can also be told as a range: "2005-07"."""
    try:
        return parse_period(text, prefer="range").frequency != "none"
    except PeriodError:
        return False


def profiles(sheet: Sheet, table: Table) -> list[Profile]:
    """Profile every column of a table from its first rows and a spread of the later ones."""
    rows = list(range(table.first_row, min(table.last_row, table.first_row + _HEAD_ROWS - 1) + 1))
    later = range(table.first_row + _HEAD_ROWS, table.last_row + 1)
    rows += later[:: max(1, len(later) // _LATER_ROWS)]
    found = []
    for column, parts in enumerate(table.headers):
        values = tuple(sheet.value(row, column) for row in rows)
        texts = (
            tuple(sheet.text(row, column) for row in rows)
            if sheet.texts or column in sheet.looks.columns
            else tuple(text_of(v).strip() for v in values)
        )
        found.append(Profile(column, parts, values, texts))
    return found
