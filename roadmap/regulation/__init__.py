"""The Положение in its versions, and the acts it rests on (п. 1.1, 3.1, 9.1)."""
