"""«Показатели»: passports of indicators, their values for a period, the list behind each number (п. 3.4)."""
