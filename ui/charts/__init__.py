"""Charts: plans (what is drawn, plain data), the canvas that draws them, and their pictures; never the Catalogue.

A new kind of chart is one module that makes a Plan, one painter in `painters.py`, and one line in `planning.py`.
"""
