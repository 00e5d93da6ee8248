"""An export as the catalogue remembers it: what it held, so that what comes back can be compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Export:
    """One export: the revision at which it was made, its stamp as text, and the exported ids of every kind."""

    id: str
    revision: int
    at: str
    query: str
    stamp: str
    ids: Mapping[str, NDArray[np.int64]]
