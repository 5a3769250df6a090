"""Об утверждении Положения: the particulars, the form and the kind of order."""
