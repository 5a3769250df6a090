"""A running program: activities and their results, meetings, the talk, hours (п. 2.3, 4.1, 4.2, 5.1)."""
