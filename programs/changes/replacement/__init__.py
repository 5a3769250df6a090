"""Replacement of a mentor, for good or for a time (п. 4.1, 5.1). From request to papers:

1. ``petitions.acts.file``: somebody asks; or the curator begins alone.
2. ``acts.propose``: the curator names the new mentor, the ground and the days; a petition is accepted by it.
3. ``changes.acts.submit_for_order``: ready for an order when ``rules.py`` misses nothing.
4. ``reports/orders/order_kinds/replacement.py``: the order's text; its registration calls ``acts.enact``.
5. ``acts._begin``, at once or on its day by ``acts.begin_and_end_due``: the parts in the pair change, agreements end.
6. ``agreement_steps.papers_left``: the papers of ТК 351.8 still to make, mailed to those who keep them.
7. A temporary one ends by itself, or earlier by ``acts.bring_back``.
"""
