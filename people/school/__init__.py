"""The school, its departments and partners, and the calendar of working days (ТК 112)."""
