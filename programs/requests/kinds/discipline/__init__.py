"""A proposal of a disciplinary measure (п. 4.2): private, never a penalty by itself (ТК 192, 193)."""
