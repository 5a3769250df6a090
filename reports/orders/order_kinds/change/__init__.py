"""О внесении изменений в приказ: the particulars, the form and the kind of order."""
