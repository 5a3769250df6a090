"""Acts of destruction of personal data (приказ РКН № 179).

What a feature keeps about a person it registers in ``retention``: what is destroyed, what stays and why.
"""
