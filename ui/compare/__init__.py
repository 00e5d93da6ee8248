"""What the comparison page asks of the catalogue, and what goes out of it: pictures, tables, workbooks."""
