"""The mentor reads named parts of the mentee's personal file for named days, every look written down (п. 4.1)."""
