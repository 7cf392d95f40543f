"""Everything that depends on how Textual works inside, in one place.

Outside this package nothing uses a private name of Textual, and a test sees to that. What is here answers a failure
that was measured, or makes keys faster by an amount that is felt; each entry says which. Each has a test in
``tests/tui/framework`` that fails by name when a new version of Textual has it otherwise.

Figures are calls of functions of Textual's drawing code (layout, compositor, styles) for one key at 120x40 in the
sample workspace, which are the same in each run; the milliseconds behind them are CPU time on the machine on which
it was measured.
"""
