"""How long documents are kept: an editable table by kind of document (приказ Росархива от 20.12.2019 № 236).

Nothing is deleted by this table: what may be destroyed is said, an act or the expert commission decides.
"""
