"""Another teacher helps with one activity, with consent and never in the mentor's place (п. 4.1)."""
