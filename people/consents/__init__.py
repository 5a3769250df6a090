"""Three consents (152-ФЗ): processing, duties, dissemination; withdrawals and destruction stand in sub-folders.

What else ends with a consent registers in ``endings``; what consents to duties are about, in ``matters``.
"""
