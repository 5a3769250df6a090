"""О снятии обязанностей наставника: the particulars, the form and the kind of order."""
