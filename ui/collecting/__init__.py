"""Asking others for figures: what a template is to hold, and the way to the file."""
