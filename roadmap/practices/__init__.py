"""Best practices: cases written from finished programs, reviewed by the council, shown on the site (п. 3.4, 3.5)."""
