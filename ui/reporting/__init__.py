"""What the page of report workbooks is made of."""
