"""The library of methodical materials: reviewed by the council, attached to forms, kinds and programs (п. 3.5)."""
