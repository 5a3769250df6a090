"""A process that decodes one HEIC photograph: ``python -m`` this file; nothing of the application is imported here.

The format is a box inside boxes around a film's frame, and its decoder is a large library in C++: whatever it does
with a stranger's bytes, it does in a process with limits of memory and of time. In: a line «side points» (most pixels
of a side, most points of the picture) and the bytes of the file. Out: the same picture as JPEG without its metadata,
turned as the camera says. The process ends with ``BOMB`` for too many points, with another code for a damaged file.
"""

import io
import resource
import sys

MEMORY = 1536 * 1024 * 1024
CPU_SECONDS = 20
BOMB = 3


def main() -> int:
    """Decode one picture; return the code of the end."""
    import pi_heif  # here only: the application itself never loads it

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source = sys.stdin.buffer
    side, points = (int(word) for word in source.readline().split())
    pi_heif.options.DECODE_THREADS = 1
    found = pi_heif.open_heif(
        io.BytesIO(source.read()), convert_hdr_to_8bit=True
    )  # reads the header; points come later
    width, height = found.size
    if width * height > points:
        return BOMB
    picture = found.to_pillow().convert("RGB")
    picture.thumbnail((side, side))
    picture.info.clear()
    picture.save(sys.stdout.buffer, "JPEG", quality=88, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
