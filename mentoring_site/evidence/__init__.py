"""What proves that a thing was done: a file, a link or an object of the product, in revisions, with a term (п. 4.1)."""
