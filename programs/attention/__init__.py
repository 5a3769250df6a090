"""Whom to help today: a state of each running program with its reasons in words, and the next step (п. 1.2, 3.4).

``facts`` reads what is known, ``rules`` is the table of weights and sentences, ``nudges`` writes to those concerned.
"""
