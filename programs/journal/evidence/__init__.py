"""Photographs and files that prove a meeting or a result: put, shown small, taken away and given back (п. 4.1)."""
