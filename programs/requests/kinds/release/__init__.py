"""A participant is released from duties for an activity, and teaching goes on (п. 1.4)."""
