"""The exports that a catalogue remembers; they are no records, so neither journal nor checksum knows them."""

from __future__ import annotations

import zlib
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, ForeignKey, LargeBinary, Text, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.models import Base
from storage.domain.exported import Export

QUICK = 1  # zlib's level: differences of ids are nearly all alike


class ExportRow(Base):
    """A workbook that was written: when, from which revision, of which view; with its stamp as JSON."""

    __tablename__ = "export"
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    revision_id: Mapped[int]
    at: Mapped[str] = mapped_column(Text)
    query: Mapped[str] = mapped_column(Text)
    stamp: Mapped[str] = mapped_column(Text)


class ExportedRow(Base):
    """The records of a kind that an export held: the differences of their ordered ids, packed."""

    __tablename__ = "exported"
    export_id: Mapped[str] = mapped_column(ForeignKey("export.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    ids: Mapped[bytes] = mapped_column(LargeBinary)


def remember_export(connection: Connection, export: Export) -> None:
    """Write down what was exported."""
    row = {"id": export.id, "revision_id": export.revision, "at": export.at, "query": export.query}
    connection.execute(insert(ExportRow), row | {"stamp": export.stamp})
    kinds = [{"export_id": export.id, "kind": kind, "ids": packed(ids)} for kind, ids in export.ids.items()]
    if kinds:
        connection.execute(insert(ExportedRow), kinds)


def known_export(connection: Connection, id: str) -> Export | None:
    """Return the export of that id, None when this file does not know it."""
    row = connection.execute(select(ExportRow.__table__).where(ExportRow.id == id)).one_or_none()
    if row is None:
        return None
    kinds = connection.execute(select(ExportedRow.kind, ExportedRow.ids).where(ExportedRow.export_id == id))
    return Export(row.id, row.revision_id, row.at, row.query, row.stamp, {kind: unpacked(ids) for kind, ids in kinds})


def packed(ids: Collection[int] | NDArray[np.int64]) -> bytes:
    """Return ids, in ascending order, as few bytes."""
    ordered = np.sort(np.asarray(ids, dtype="<i8"))
    return zlib.compress(np.diff(ordered, prepend=0).astype("<i8").tobytes(), QUICK)


def unpacked(data: bytes) -> NDArray[np.int64]:
    """Return the ids that were packed."""
    return np.cumsum(np.frombuffer(zlib.decompress(data), dtype="<i8"), dtype=np.int64)
