"""О назначении куратора: the particulars, the form and the kind of order."""
