"""Charts: plans (what is drawn, plain data), the canvas that draws them, and their pictures; never the Catalogue.

A kind of chart is one file in `kinds/`: what it offers to choose, how it plans, paints and tells its figures. The
modules here are what kinds are made with (`building`, `looks`, `wording`, `ranges`, `surface`, `overlay`, `aim`,
`walking`, `description`) and what asks a kind, whichever it is (`planning`, `canvas`, `panel_item`, `option_bar`).
"""
