"""Small real papers for uploads: a PDF that opens, with as many pages as wanted."""

import io
from functools import cache

from PIL import Image


@cache
def pdf(mark: int = 0, *, pages: int = 1) -> bytes:
    """Return a PDF of blank pages; another ``mark`` makes other bytes."""
    out = io.BytesIO()
    sheets = [Image.new("L", (60, 85), 255 - mark) for _ in range(pages)]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()
