"""О создании методического объединения наставников: the particulars, the form and the kind of order."""
