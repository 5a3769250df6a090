"""Papers and workbooks: our PDF, export and import compared with the bare library that they stand on, interleaved."""

import os

from benching.numbers import median, say
from benching.run import Run
from benching.school import School, Worker


def paper_worker(school: School) -> Worker:
    """Return a process that draws papers and writes workbooks on a school."""
    return Worker(school, "benching.paper_worker")


def interleaved(worker: Worker, ours: str, bare: str, rounds: int, **details) -> tuple[float, float, float]:
    """Return (median ratio, median seconds of ours, of the bare library), asked in turns."""
    ratios, mine, theirs = [], [], []
    for turn in range(rounds):
        order = (ours, bare) if turn % 2 else (bare, ours)
        cost = {what: worker.ask(what, **details)["cpu"] for what in order}
        ratios.append(cost[ours] / cost[bare])
        mine.append(cost[ours])
        theirs.append(cost[bare])
    return median(ratios), median(mine), median(theirs)


def measure_pdf(run: Run):
    """An order as PDF against a bare WeasyPrint render of the same HTML with cached fonts; tables, batches, memory."""
    renders = 30 if run.quick else 100
    with paper_worker(run.schools.demo) as worker:
        worker.ask("pdf", times=3)
        worker.ask("bare_pdf", times=3)
        ratio, ours, bare = interleaved(worker, "pdf", "bare_pdf", run.rounds, times=5)
        run.table.add("PDF приказа к голому WeasyPrint", ratio, 1.15, note=f"{ours * 1000:.0f} и {bare * 1000:.0f} мс")
        ratio, five, one = interleaved(worker, "tables_pdf", "plain_pdf", run.rounds, times=3)
        run.table.add(
            "пять страниц таблиц к приказу на странице", ratio, 5.5, note=f"{five * 1000:.0f} и {one * 1000:.0f} мс"
        )
        _measure_batch(run, worker)
        grown = worker.ask("pdf_memory", times=renders)
        words = f"{grown['before']:.0f} → {grown['after']:.0f} МБ"
        run.table.add(f"память за {renders} приказов", grown["after"] / grown["before"], 1.05, note=words)


def _measure_batch(run: Run, worker: Worker):
    """50 papers by all cores against the same papers one after another by the clock; and how evenly the processes work.

    The clock is judged only while nobody else is at the cores; the division of the work between processes always.
    """
    shares, spread, waited = [], [], os.getloadavg()[0]
    for _ in range(max(2, run.rounds // 2)):
        alone, batch = worker.ask("papers_alone", times=50), worker.ask("papers_batch", times=50)
        shares.append(batch["wall"] / alone["wall"])
        spread.append(batch["workers"])
    many, calm = batch["cores"] > 1, waited <= 0.75 * batch["cores"]  # one core is ours
    words = f"{batch['wall']:.1f} и {alone['wall']:.1f} с{'' if calm else f', машина занята ({waited:.1f}): не в счёт'}"
    run.table.add(
        "пачка из 50 бумаг к печати по одной, по часам", median(shares), 0.8 if many and calm else None, note=words
    )
    words = f"поровну работали процессов {median(spread):.2f}, ядер {batch['cores']}"
    run.table.add("простой ядер за пачку", batch["cores"] / median(spread), 1.3 if many else None, note=words)


def measure_xlsx(run: Run):
    """Export of 50,000 rows against bare openpyxl in write-only mode; how much memory the rows add."""
    rows = 10_000 if run.quick else 50_000
    with paper_worker(run.schools.demo) as worker:
        ratio, ours, bare = interleaved(worker, "export", "bare_export", run.rounds, rows=rows)
        run.table.add(f"выгрузка {rows} строк к голому openpyxl", ratio, 1.25, note=f"{ours:.1f} и {bare:.1f} с")
    peaks = {}
    for count in (1_000, rows):
        with paper_worker(run.schools.demo) as worker:
            worker.ask("export", rows=count)
            peaks[count] = worker.ask("peak")["mb"]
    words = f"{peaks[1_000]:.0f} → {peaks[rows]:.0f} МБ"
    run.table.add(f"память на {rows} строк против 1000", peaks[rows] / peaks[1_000], 1.1, note=words)


def measure_folder(run: Run):
    """A folder for an inspection of a large school against that of one: memory, and time a document."""
    scope, peaks, each, made = ["orders", "consents", "agreements"], {}, {}, {}
    for name, school in (("one", run.schools.demo), ("many", run.schools.large)):
        with paper_worker(school) as worker:
            told = worker.ask("folder", scope=scope)
            peaks[name], each[name] = worker.ask("peak")["mb"], told["cpu"] / told["files"]
            made[name] = told["files"]
    words = f"{peaks['one']:.0f} → {peaks['many']:.0f} МБ, документов {made['one']} → {made['many']}"
    run.table.add("папка для проверки: память большой школы к одной", peaks["many"] / peaks["one"], 1.3, note=words)
    words = f"{each['one'] * 1000:.1f} и {each['many'] * 1000:.1f} мс"
    run.table.add("папка для проверки: время на документ", each["many"] / each["one"], 1.5, note=words)


def measure_import(run: Run):
    """A staff list of 5,000 rows against a bare read-only pass of openpyxl over the same file."""
    rows = 1_000 if run.quick else 5_000
    with paper_worker(run.schools.copy("import")) as worker:
        made = worker.ask("make_list", rows=rows)
        say(f"список на {rows} строк, {made['kb']} КБ")
        for what, name, goal in (
            ("read_list", "прочесть и проверить", None),
            ("plan_list", "и сравнить с реестром", None),
            ("write_list", "и внести в реестр", 3),
        ):
            ratio, ours, bare = interleaved(worker, what, "bare_list", run.rounds)
            run.table.add(f"список на {rows} строк: {name}", ratio, goal, note=f"{ours:.2f} и {bare:.2f} с")
