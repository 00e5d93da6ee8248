"""Charts: plans (what is drawn, plain data), the canvas that draws them, and their pictures; never the Catalogue.

A new kind of chart is a member of `Shape` (plan.py), a function that makes its Plan (called in planning.py), a painter
(painters.py), its axes and range (panel_item.py), and a chip (option_bar.py).
"""
