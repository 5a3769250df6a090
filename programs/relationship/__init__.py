"""How a mentor and a mentee get on: one question after the first meeting and then monthly (п. 5.2).

Each side answers for oneself, in confidence: only the author and the curator who takes no part in the pair read it
(``readers``). Nothing of it is a paper of the program, and a year after its end nothing is left.
"""
