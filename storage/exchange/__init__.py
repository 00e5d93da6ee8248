"""Whole steps over files: propose, apply, export; joins workbooks and the catalogue."""
