"""Sheets of observation of an attended lesson: filled on the phone, part of an entry of the journal (п. 4.1, 4.2)."""
