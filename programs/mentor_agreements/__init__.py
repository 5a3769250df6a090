"""Agreements with mentors: assignment, consent, agreement, pay (ТК 351.8); notices stand in a sub-folder."""
