"""Every paper that a pair or a person needs, as one ZIP with a list of contents."""
