"""Browsing records: what all pages that list one kind of record have in common."""
