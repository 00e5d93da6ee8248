"""The steps of an import: read, say what the columns mean, match names, review, apply."""
