"""Papers of an order: frozen facts, PDF with its hash, DOCX draft."""
