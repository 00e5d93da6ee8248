"""Everything on the screen; reaches the data only through storage."""
