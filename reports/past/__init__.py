"""Bringing in the past: a workbook of orders, pairs and programs made on paper, so that a school starts in the middle.

``sheets`` reads the workbook, ``plan`` compares it with what is here and asks what is in doubt, ``writing`` writes all
of it in one transaction, ``taking_back`` undoes that. Nothing that happened on paper is played again (п. 3.1–3.5, 7.1).
"""
