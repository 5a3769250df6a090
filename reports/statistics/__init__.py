"""How many people take part, by role, form, gender, age, service, employment, state: a note of the school (п. 3.4)."""
