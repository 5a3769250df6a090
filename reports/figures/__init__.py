"""«Обзор»: the school's mentoring in pictures for curator, director and council (п. 3.3, 3.4)."""
