"""Events of the school and of its people elsewhere: planned, announced, attended, their results (п. 3.3, 3.4, 2.3)."""
