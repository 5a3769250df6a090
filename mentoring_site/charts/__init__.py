"""Pictures of numbers and terms as inline SVG made on the server: bars, columns, lines, a timeline, a funnel,
small fields beside each other.

A chart is a frozen value (``Bars``, ``Columns``, ``Lines``, ``Timeline``, ``Funnel``,
``Panels``) of words and numbers.
``Figure`` puts it beside its table for a page, ``pack`` and ``unpack`` carry it through the facts of a paper. Colours
are named tones, which the stylesheet redefines; what a tone means is said by its shape and in words too.
"""
