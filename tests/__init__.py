"""Tests, path by path as the code; `python3 -m tests` runs them."""
