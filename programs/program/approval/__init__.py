"""The way of a draft: submitted, endorsed, agreed by the council, approved by the order (п. 3.3–3.5)."""
