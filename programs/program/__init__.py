"""The personalised program: content, term, versions, document.

``drafting`` by its people, ``approval`` by the council and the order.
"""
