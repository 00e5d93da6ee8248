"""Where a workbook comes from: an export that this catalogue remembers, another one of its own, or elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storage.catalogue import Catalogue
from storage.domain.exported import Export
from storage.domain.text import Text, msg
from storage.workbook.sheet import Workbook
from storage.workbook.stamp import Stamp, export_id
from storage.workbook.tidy_sheets import stamp_of

ELSEWHERE = msg("This workbook comes from another catalogue. It is compared with this one as it is now, record by "
                "record as their names say; what is missing in it is not looked for.")  # fmt: skip
UNKNOWN = msg("This catalogue does not know the export from which the workbook comes; perhaps a copy of the catalogue "
              "made it. It is compared with the catalogue as it is now, so that it cannot be told who changed "
              "what.")  # fmt: skip
STRIPPED = msg("The workbook no longer says from which export it comes. It is compared with the catalogue as it is "
               "now, so that it cannot be told who changed what.")  # fmt: skip


@dataclass(frozen=True)
class Origin:
    """What is known of a workbook's making; `own` says that its ids are those of this catalogue.

    Without `export` it can only be compared with the catalogue as it is now; `banner` says why.
    """

    stamp: Stamp | None
    own: bool
    export: Export | None = None
    banner: Text | None = None


def origin_of(catalogue: Catalogue, workbook: Workbook) -> Origin:
    """Return where the workbook comes from; a stripped stamp is taken from the export that is remembered."""
    stamp = stamp_of(workbook)
    if stamp is not None and stamp.catalogue != catalogue.identity:
        return Origin(stamp, own=False, banner=ELSEWHERE)
    id = stamp.export if stamp else export_id(workbook.properties)
    export = catalogue.known_export(id) if id else None
    if export is not None:
        return Origin(stamp or Stamp.from_json(export.stamp), own=True, export=export)
    return Origin(stamp, own=True, banner=UNKNOWN if id else STRIPPED)


def remembered(stamp: Stamp, ids: Mapping[str, Collection[int] | NDArray[np.int64]]) -> Export:
    """Return what a catalogue is to remember of a workbook with that stamp and these records, by kind."""
    found = {kind: np.asarray(of_kind, dtype=np.int64) for kind, of_kind in ids.items()}
    return Export(stamp.export, stamp.revision, stamp.at, stamp.query, stamp.to_json(), found)
