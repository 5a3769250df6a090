"""The end of a program for one mentee, its report and review, publication of results (п. 5.2, 7.1, 8.1)."""
