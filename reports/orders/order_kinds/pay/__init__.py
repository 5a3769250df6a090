"""О выплате за наставничество: the particulars, the form and the kind of order."""
