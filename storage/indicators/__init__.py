"""Formulas of regional economics in pure numpy, one file a family; each tells its formula, edge rules and source."""
