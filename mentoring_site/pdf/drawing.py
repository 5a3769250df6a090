"""A process that draws pages of one PDF: ``python -m`` this file; nothing of the application is imported here.

A page of two kilobytes can name itself a billion times, and the library that draws it cannot be interrupted. So it
works in a process that can be ended. In: the length of the PDF and its bytes, then lines «index dpi grey». Out: for
each line «mode width height» and the points, or an empty line for a page that cannot be drawn.
"""

import resource
import sys

import pypdfium2

MAX_SIDE = 3600  # pixels of a drawn page
MEMORY = 1024 * 1024 * 1024


def main() -> None:
    """Serve until the input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, out = sys.stdin.buffer, sys.stdout.buffer
    document = pypdfium2.PdfDocument(source.read(int(source.readline())))
    for line in source:
        index, dpi, grey = (int(word) for word in line.split())
        try:
            page = document[index]
            scale = min(dpi / 72, MAX_SIDE / max(*page.get_size(), 1))
            picture = page.render(scale=scale, grayscale=bool(grey)).to_pil()
        except (pypdfium2.PdfiumError, MemoryError, IndexError):
            out.write(b"\n")
        else:
            picture = picture.convert("L" if grey else "RGB")
            out.write(f"{picture.mode} {picture.width} {picture.height}\n".encode())
            out.write(picture.tobytes())
        out.flush()


if __name__ == "__main__":
    main()
