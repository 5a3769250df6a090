"""Difficulties that a program works on: closed by both sides with evidence, flagged, new in mid-program (п. 1.2, 5.2).

A difficulty is a statement of a questionnaire; what has become of it in one program stands here.
"""
