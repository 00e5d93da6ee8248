"""The only place that knows spreadsheet libraries."""
