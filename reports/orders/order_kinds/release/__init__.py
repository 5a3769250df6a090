"""Об освобождении от обязанностей и о замене: the particulars, the form and the kind of order."""
