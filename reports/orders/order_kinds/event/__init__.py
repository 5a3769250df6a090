"""О проведении мероприятия: the particulars, the form and the kind of order."""
