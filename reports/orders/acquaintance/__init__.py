"""Who has read an order, reminders, the sheet (ТК 22, 68)."""
