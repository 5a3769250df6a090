"""How each kind and form of mentoring behaves (п. 1.2, 2.3): one module declares its words, fields and requirements.

``registry`` collects them; a kind or a form that the school adds itself asks for nothing.
"""
