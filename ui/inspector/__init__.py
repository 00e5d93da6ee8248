"""The inspector: everything about one record, to read and to edit in place."""

from __future__ import annotations

from ui.inspector.panel import RecordInspector

__all__ = ["RecordInspector"]
