"""The school year as a whole: the page «Новый учебный год», and «Учебные годы», by which an earlier one is read.

The steps of the new year belong to the features that close them (``journey.py``, ``year_journey.py``).
"""
