"""When a person is away: on leave or absent for another reason. Nothing is asked of the person meanwhile.

Only the days are kept, never why: a diagnosis is nobody's business here (152-ФЗ, ст. 5, ч. 5; ст. 10).
"""
