"""О поощрении наставников: the particulars, the form and the kind of order."""
