"""Checks of figures before they are applied: each finds what is doubtful and says why; none keeps a figure out."""
