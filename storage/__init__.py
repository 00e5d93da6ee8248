"""Everything about the data; imports no Qt."""
