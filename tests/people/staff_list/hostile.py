"""Nasty cells of a staff list: formulas, mark-up, endless words, numbers out of any range."""

from datetime import datetime

HOSTILE = [
    '=HYPERLINK("http://a.example","x")',
    "<script>alert(1)</script>",
    "'; DROP TABLE people; --",
    "\u202eанвонавИ",
    "{{ 7*7 }}",
    "я" * 1999,
    "Иванова\nАнна\tПетровна",
    "+79990000000",
    "@",
    "../../etc/passwd",
    "0",
    "NaN",
    "1e308",
    "\u200b",
    "Ӏ" * 50,
    10**14,
    -1,
    1e300,
    0.1,
    True,
    datetime(1900, 1, 1),
    datetime(9999, 12, 31),
    "№№№",
    "((((((((",
    "(" * 900,
    "а" * 300 + "@" + "б" * 300,
]
