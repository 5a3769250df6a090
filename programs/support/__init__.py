"""What the council does for a program at work: tasks of methodical support, marks in monitoring (п. 3.5)."""
