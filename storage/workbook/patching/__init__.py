"""Changes cells of a workbook in a copy of its package: parts that no change concerns are copied byte for byte.

`WorkbookPatch` in `book.py` is the door. Cached results of formulas are kept and the copy asks to be recalculated when
it is opened, except where a formula reads a cell that was written: see `stale.py`.
"""
