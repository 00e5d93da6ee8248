"""Reusable widgets; they know domain types, never the Catalogue."""
