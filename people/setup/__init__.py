"""The first start, step by step, and the particulars of the school."""
