"""No act writes or deletes what it has only looked at: it claims that first (docs/architecture.md)."""

from tests.claims import Source

REASONS = {
    "new": "the row was made by this call: nobody else knows it yet",
    "own": "rows of its holder alone, who is claimed by the acts that call this",
    "mark": "when something was last seen, tried or sent: no decision rests on it",
    "inside": "part of an act that has claimed the whole",
    "ends": "it only closes what is open: closing twice is closing once",
    "last": "a name in a list: whoever saves last is right",
    "job": "a task of the worker or the clock that may be repeated",
}
KNOWN = {
    "mentoring_site.files.store_bytes": "new",
    "mentoring_site.files.store_file": "new",
    "mentoring_site.files.delete_stored": "inside",
    "mentoring_site.holds.release": "own",
    "mentoring_site.mail.deliver_outbox": "mark",
    "mentoring_site.mail.send_now": "mark",
    "mentoring_site.mail.take_back": "ends",
    "mentoring_site.middleware.last_seen": "mark",
    "mentoring_site.scans.forget_replaced": "inside",
    "mentoring_site.retention.prune": "job",
    "mentoring_site.backups.restoring.end_what_was_under_way": "job",
    "people.staff_list.uploads._waiting": "new",
    "people.register.acts.drop_name_forms": "inside",
    "people.access.acts._asked": "new",
    "people.accounts.acts._close_invitations": "ends",
    "people.accounts.acts.close": "ends",
    "people.accounts.acts.renew": "ends",
    "people.access.acts.forget_old_invitations": "job",
    "people.accounts.acts.end_ways_of_before": "ends",
    "people.accounts.acts.mark_changed": "mark",
    "people.accounts.acts.letter_of_invitation": "job",
    "people.accounts.throttling.remember_device": "mark",
    "people.consents.destruction.erasure.mask_history": "inside",
    "programs.catalogs.acts.save": "last",
    "mentoring_site.evidence.acts.destroy": "inside",
    "roadmap.council.acts.set_people": "new",
    "roadmap.council.acts.write_agenda": "new",
    "roadmap.plan.acts._copy": "new",
    "mentoring_site.exports.acts._forget": "job",
    "mentoring_site.exports.acts.build_export": "job",
    "mentoring_site.exports.acts.opened": "mark",
    "reports.inspection.acts.build_folder": "job",
    "reports.documents.packages.acts._forget": "job",
    "reports.documents.packages.acts.build_package": "job",
    "reports.orders.printing.pdf.print_order": "job",
    "reports.orders.scans.acts.read_stack": "job",
    "reports.surveys.acts.prepare": "new",
    "reports.surveys.anonymity.forget": "inside",
    "reports.surveys.anonymity.put": "inside",
}


def test_every_write_rests_on_a_claim():
    found = list(Source().unclaimed())
    assert {f"{w.begun_by}: {w.code}" for w in found if w.function not in KNOWN} == set()
    assert KNOWN.keys() - {w.function for w in found} == set(), "no longer so: take it out of the list"
    assert set(KNOWN.values()) == REASONS.keys()


def test_a_write_without_a_claim_is_found(tmp_path):
    """The switch: what is only looked at before it is deleted or written, also behind a helper, is found."""
    for app in ("mentoring_site", "people", "programs", "roadmap", "reports"):
        (tmp_path / app).mkdir()
    (tmp_path / "people" / "acts.py").write_text(
        """
from people.help import drop, take, moved
def looks(row):
    if row.parts.exists():
        raise ValueError
    row.delete()
def looks_first(row):
    drop(row)
    take(row)
def claims(row):
    take(row)
    drop(row)
def claims_behind(row):
    moved(row)
    drop(row)
"""
    )
    (tmp_path / "people" / "help.py").write_text(
        """
def drop(row):
    row.delete()
def take(row):
    return locked(row)
def moved(row):
    if not type(row).objects.filter(pk=row.pk, state="draft").update(state="done"):
        raise ValueError
"""
    )
    found = {w.begun_by.rpartition(".")[2] for w in Source(tmp_path).unclaimed()}
    assert found == {"looks", "looks_first", "drop"}
