"""The learning log of a mentee: skills, how both sides rate them at the start, in the middle and at the end, and one
line a week about what was learnt (п. 5.2). At the end both rate without seeing the other's answer (п. 4.1, 5.2).
"""
