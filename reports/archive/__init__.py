"""«Опись файлов за год»: every stored file of a school year, what it belongs to, its hash, until when it is kept.

What is destroyed by an act is here no more; the act names it (``people/consents/destruction``).
"""
