"""The union's reasoned opinion on drafts: asked, the term of the law, what was answered (ТК 372)."""
