"""Handing over what is open: one page from one person to another, one act, one letter to each (п. 3.3–3.5).

Each feature that keeps somebody responsible for something registers a ``Part``. Roles are not handed over here: they
are given by their own rules, some of them by an order.
"""
