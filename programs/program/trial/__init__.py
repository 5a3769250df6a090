"""«Апробация»: the council tries a program and concludes whether its sample is worth repeating (п. 3.5)."""
