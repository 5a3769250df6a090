"""Many papers at once: a pool of processes as large as the machine, because one paper uses one core.

The processes are spawned (not forked from a server with threads and open connections) and ask no database: a
paper is drawn from its facts alone. Few papers are drawn here at once; so are the rest when the pool dies.
"""

import logging
import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from mentoring_site import heavy
from mentoring_site.pdf.render import render_pdf
from mentoring_site.pdf.resources import PdfError

logger = logging.getLogger(__name__)

FEW = 8  # a new process takes as long to start as some ten papers take to draw


def render_many(papers: Iterable[tuple], *, workers: int | None = None) -> Iterator[bytes | PdfError]:
    """Draw papers given as ``(template, facts)`` or ``(template, facts, title)``; yield their bytes in the same order.

    A paper that cannot be drawn yields its ``PdfError``, so that one bad text does not spoil the other papers.
    ``workers`` is the number of processes, by default that of the processors.
    """
    heavy.note()
    papers = list(papers)
    workers = min(workers or os.cpu_count() or 1, len(papers))
    alone = workers < 2 or len(papers) < FEW or multiprocessing.current_process().daemon
    done = 0
    if not alone:
        try:
            for drawn in _in_processes(papers, workers):
                yield drawn
                done += 1
        except BrokenProcessPool:  # killed for want of memory
            logger.exception("the pool of processes died after %s papers of %s", done, len(papers))
    for paper in papers[done:]:
        yield draw(paper)


def _in_processes(papers, workers):
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin) as pool:
        yield from pool.map(draw, papers)


def _begin():
    """Make Django ready in a new process."""
    import django

    django.setup()


def draw(paper: tuple) -> bytes | PdfError:
    """Draw one paper, or return why it cannot be drawn."""
    template, facts, *title = paper
    try:
        return render_pdf(template, facts, title=title[0] if title else None)
    except PdfError as error:
        return error
