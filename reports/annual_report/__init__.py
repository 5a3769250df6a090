"""The final analytical report of a school year: drafted from the data, frozen when the director signs (п. 3.4)."""
