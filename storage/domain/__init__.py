"""The vocabulary of the catalogue in pure Python."""
