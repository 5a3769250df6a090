"""A fact that changed names the signed papers that it touches: a name, a post, a term, a mentor, the director."""
