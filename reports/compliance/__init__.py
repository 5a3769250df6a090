"""«Исполнение Положения»: what proves each clause in this school and this year, counted into rows (п. 3.3, 3.4)."""
