"""Qt item models; no widgets, and no records held for long."""
