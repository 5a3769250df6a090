"""Who may ask which address: the answers that tests/test_access.py expects, a row for every address of the site.

``sees`` are the roles to whom the object is known (to all others it is absent: 404), ``may`` those who may open or
press (those who see it and may not get 403). Roles stand here by name and not by right: the table proves
people/rights.py too. ``mentor`` and ``mentee`` take part in the object; ``outsider`` is the mentor of another pair.
"""

from dataclasses import dataclass

ROLES = (
    "director",
    "curator",
    "chair",
    "council",
    "clerk",
    "sysadmin",
    "mentor",
    "mentee",
    "outsider",
    "stranger",
)
ALL = " ".join(ROLES)
WHO_SEE_PEOPLE = "director curator chair council clerk sysadmin mentee"
WHO_SEE_BANKS = "director curator chair council sysadmin mentee"
INSIDE = "director curator chair council mentor mentee"
COUNCIL = "director curator chair council"
KEEPERS = "director curator clerk"
READERS = "director curator chair clerk mentor mentee"
ACT_READERS = "director curator clerk mentee"
DRAFTING = "curator chair council mentor mentee"
# Objects of tests/access_world.py have names; these are words that stand in an address themselves
WORDS = {
    "mentees",
    "topics",
    "goal",
    "forms",
    "answer",
    "report",
    "worker",
    "scan",
    "assignment",
    "amendment",
    0,
}
WHO_SEE_AGREEMENTS = "director curator clerk mentor"


@dataclass(frozen=True)
class Row:
    """The answer of one address. ``post`` differs from ``may`` where reading is open to more than pressing."""

    objects: tuple = ()
    sees: str = ALL
    may: str | None = None
    only: str = ""
    post: str | None = None
    query: str = ""

    def answer(self, role: str, method: str) -> str:
        """Return «ok», «forbidden», «absent» or «no such method»."""
        if self.only and method != self.only:
            return "no such method"
        if role not in self.sees.split():
            return "absent"
        return "ok" if role in self.allowed(method) else "forbidden"

    def allowed(self, method: str) -> list[str]:
        """Return the roles that get through."""
        may = self.sees if self.may is None else self.may
        return (self.post if method == "post" and self.post is not None else may).split()

    def key(self) -> str:
        """Return which object of the school the address is about, or an empty string."""
        return next((word for word in self.objects if word not in WORDS), "")


ROWS = {
    # accounts and health
    "health_details": Row(may="curator sysadmin", only="get"),
    "account_reauthenticate": Row(),
    "mfa_reauthenticate": Row(),
    "account_change_password": Row(),
    "mfa_index": Row(only="get"),
    "mfa_activate_totp": Row(),
    "mfa_deactivate_totp": Row(sees="director curator clerk sysadmin"),
    "mfa_view_recovery_codes": Row(sees="", only="get"),
    "mfa_generate_recovery_codes": Row(),
    "mfa_download_recovery_codes": Row(sees=""),
    # people
    "people:register": Row(),
    "people:person_new": Row(may="curator clerk"),
    "people:organisations": Row(may="curator clerk"),
    "people:organisation_new": Row(may="curator clerk"),
    "people:organisation": Row(("organisation",), may="curator clerk"),
    "people:department_new": Row(may="curator clerk"),
    "people:department": Row(("department",), may="curator clerk"),
    "people:employment_edit": Row(("employment",), sees=WHO_SEE_PEOPLE, may="curator clerk"),
    "people:person": Row(("person",), sees=WHO_SEE_PEOPLE),
    "people:person_edit": Row(("person",), sees=WHO_SEE_PEOPLE, may="curator clerk"),
    "people:person_history": Row(("person",), sees=WHO_SEE_PEOPLE, may="director curator clerk sysadmin mentee"),
    "people:person_names": Row(("person",), sees=WHO_SEE_PEOPLE, may="director curator clerk sysadmin mentee"),
    "people:employment_new": Row(("person",), sees=WHO_SEE_PEOPLE, may="curator clerk"),
    "people:imports": Row(may="curator clerk"),
    "people:import_check": Row(("upload",), may="curator clerk"),
    "people:import_columns": Row(("upload",), may="curator clerk"),
    "people:import_confirm": Row(("upload",), may="curator clerk"),
    "people:import_result": Row(("upload",), may="curator clerk", only="get"),
    "people:import_again": Row(("upload",), may="curator clerk", only="post"),
    "people:import_corrections": Row(("upload",), may="curator clerk", only="get"),
    "people:import_file": Row(("upload",), may="curator clerk", only="get"),
    "people:consents": Row(),
    "people:my_consents": Row(),
    "people:consent": Row(("consent",), sees="director curator clerk mentee"),
    "people:consent_withdraw": Row(("consent",), sees="director curator clerk mentee", may="curator clerk mentee"),
    "people:consent_attach": Row(("consent",), sees="director curator clerk mentee", may="curator clerk"),
    "people:consent_scan": Row(("consent",), sees="director curator clerk mentee"),
    "people:consent_words": Row(("consent",), sees="director curator clerk mentee"),
    "people:person_consents": Row(("person",), sees=WHO_SEE_PEOPLE, may="director curator clerk mentee"),
    "people:consent_new": Row(("person",), sees=WHO_SEE_PEOPLE, may="curator clerk mentee"),
    "people:consent_blank": Row(
        ("person",), sees=WHO_SEE_PEOPLE, may="curator clerk mentee", query="purpose=processing"
    ),
    "people:consent_ask": Row(("person",), sees=WHO_SEE_PEOPLE, may="curator clerk", only="post"),
    "programs:agreements": Row(only="get"),
    "programs:person_agreements": Row(
        ("person",), sees=WHO_SEE_PEOPLE, may="director curator clerk mentee", only="get"
    ),
    "programs:agreement_new": Row(("person",), sees=WHO_SEE_PEOPLE, may=KEEPERS),
    "programs:agreement": Row(("agreement",), sees=WHO_SEE_AGREEMENTS, only="get"),
    "programs:agreement_assign": Row(("agreement",), sees=WHO_SEE_AGREEMENTS, may=KEEPERS),
    "programs:agreement_terms": Row(("agreement",), sees=WHO_SEE_AGREEMENTS, may=KEEPERS),
    "programs:agreement_exempt": Row(("agreement",), sees=WHO_SEE_AGREEMENTS, may=KEEPERS),
    "programs:agreement_sign": Row(("agreement",), sees=WHO_SEE_AGREEMENTS, may=KEEPERS),
    "programs:agreement_order": Row(("agreement",), sees=WHO_SEE_AGREEMENTS, may=KEEPERS),
    "programs:agreement_stop": Row(("agreement",), sees=WHO_SEE_AGREEMENTS, may=KEEPERS),
    "programs:agreement_close": Row(("agreement",), sees=WHO_SEE_AGREEMENTS, may=KEEPERS),
    "programs:agreement_drop": Row(("agreement",), sees=WHO_SEE_AGREEMENTS, may=KEEPERS),
    "programs:agreement_attach": Row(("agreement", "scan"), sees=WHO_SEE_AGREEMENTS, may=KEEPERS),
    "programs:agreement_scan": Row(("agreement", "scan"), sees=WHO_SEE_AGREEMENTS, only="get"),
    "programs:agreement_paper": Row(("agreement", "assignment"), sees=WHO_SEE_AGREEMENTS, only="get"),
    "programs:notice_new": Row(("person", "worker"), sees=WHO_SEE_PEOPLE, may="director curator clerk mentee"),
    "programs:notice_blank": Row(
        ("person", "worker"), sees=WHO_SEE_PEOPLE, may="director curator clerk mentee", only="get"
    ),
    "programs:notices": Row(only="get"),
    "programs:notice": Row(("notice",), sees=WHO_SEE_AGREEMENTS, only="get"),
    "programs:notice_pdf": Row(("notice",), sees=WHO_SEE_AGREEMENTS, only="get"),
    "programs:notice_scan": Row(("notice",), sees=WHO_SEE_AGREEMENTS, only="get"),
    "programs:notice_paper": Row(("notice",), sees=WHO_SEE_AGREEMENTS, may=KEEPERS),
    "programs:notice_withdraw": Row(("notice",), sees=WHO_SEE_AGREEMENTS, post="mentor"),
    "programs:notice_order": Row(("notice",), sees=WHO_SEE_AGREEMENTS, may=KEEPERS),
    "people:workdays": Row(may="curator clerk"),
    "people:workday_new": Row(may="curator clerk"),
    "people:workday_remove": Row(("day_off",), may="curator clerk"),
    "people:consent_editions": Row(may="director curator clerk"),
    "people:consent_editions_ask": Row(may="curator clerk", only="post"),
    "people:consent_edition": Row(("consent",), sees="director curator clerk mentee", may="curator clerk", only="post"),
    "people:consent_form": Row(query="purpose=processing"),
    "people:consent_withdrawal_form": Row(("consent",), sees="director curator clerk mentee"),
    "people:withdrawals": Row(may="director curator clerk"),
    "people:withdrawal_done": Row(("duty",), sees="director curator clerk mentee", may="curator clerk"),
    "people:destructions": Row(may="director curator clerk"),
    "people:destruction": Row(("destruction",), sees="director curator clerk"),
    "people:destruction_approve": Row(("destruction",), sees="director curator clerk", may="director"),
    "people:destruction_decline": Row(("destruction",), sees="director curator clerk", may="director clerk"),
    "people:destruction_paper": Row(("destroyed",), sees="director curator clerk"),
    "people:destruction_log": Row(("destroyed",), sees="director curator clerk"),
    "people:destruction_new": Row(("person",), sees=WHO_SEE_PEOPLE, may="curator clerk"),
    "people:banks": Row(),
    "people:my_banks": Row(),
    "people:bank_mentees": Row(may="director curator chair council sysadmin"),
    "people:bank_mentors": Row(may="director curator chair council sysadmin"),
    "people:bank_approve": Row(may="director"),
    "people:bank_review": Row(("mentees",), may="curator"),
    "people:find": Row(("mentees",)),
    "people:propose": Row(("mentees", "person"), may="curator chair council mentee"),
    "people:bank_lists": Row(may="curator"),
    "people:bank_list_new": Row(("topics",), may="curator"),
    "people:bank_list_item": Row(("topics", "topic"), may="curator"),
    "people:candidate": Row(("candidate",), sees=WHO_SEE_BANKS),
    "people:candidate_fill": Row(("candidate",), sees=WHO_SEE_BANKS, may="curator mentee"),
    "people:candidate_comment": Row(("candidate",), sees=WHO_SEE_BANKS, may="director"),
    "people:candidate_approve": Row(("candidate",), sees=WHO_SEE_BANKS, may="director"),
    "people:candidate_decline": Row(("candidate",), sees=WHO_SEE_BANKS, may="director"),
    "people:candidate_withdraw": Row(("candidate",), sees=WHO_SEE_BANKS, may="curator chair council mentee"),
    "people:candidate_remind": Row(("candidate",), sees=WHO_SEE_BANKS, may="curator chair council", only="post"),
    "people:account": Row(),
    "people:kept": Row(),
    "people:accounts": Row(may="curator clerk sysadmin"),
    "people:accounts_new": Row(may="curator clerk sysadmin"),
    "people:accounts_invite": Row(may="curator clerk sysadmin", only="post"),
    "people:account_one": Row(("user",), may="curator clerk sysadmin"),
    # who has a password gets a new one from those who run accounts
    "people:account_letter": Row(("user",), may="curator clerk sysadmin", post="curator sysadmin"),
    "people:account_slip": Row(("user",), may="curator clerk sysadmin", post="curator sysadmin"),
    "people:account_edit": Row(("user",), may="curator sysadmin"),
    "people:account_disable": Row(("user",), may="curator sysadmin"),
    "people:account_enable": Row(("user",), may="curator sysadmin"),
    "people:account_codes": Row(("user",), may="curator sysadmin"),
    "people:school": Row(may="director curator"),
    "people:roles": Row(may="director curator sysadmin"),
    "people:role_give": Row(may="director curator"),
    "people:acting": Row(may="director curator"),
    "people:role_end": Row(("grant",), may="director curator"),
    "people:setup": Row(sees=""),
    "people:setup_step": Row(("goal",), sees=""),
    "people:setup_finish": Row(sees=""),
    # programs
    "programs:pairings": Row(only="get"),
    "programs:pairings_xlsx": Row(only="get"),
    "programs:pairing_new": Row(may="curator chair council", only="get"),
    "programs:pairing_mentor": Row(may="curator chair council", only="get"),
    "programs:pairing_propose": Row(sees="director clerk sysadmin mentor mentee outsider stranger", may=""),
    "programs:pairing": Row(("proposed",), sees=INSIDE, only="get"),
    "programs:pairing_answer": Row(("proposed",), sees="mentor mentee"),
    "programs:pairing_answer_for": Row(("proposed", "proposed_mentee"), sees=INSIDE, may="curator mentee"),
    "programs:pairing_topics": Row(("proposed",), sees=INSIDE, may="chair"),
    "programs:pairing_recommend": Row(("proposed",), sees=INSIDE, may="chair"),
    "programs:pairing_decline": Row(("proposed",), sees=INSIDE, may="director chair"),
    "programs:pairing_withdraw": Row(("proposed",), sees=INSIDE, may="curator"),
    "programs:pairing_remind": Row(
        ("proposed", "proposed_mentee", "answer"), sees=INSIDE, may="director curator chair council", only="post"
    ),
    "programs:pairing_remind_council": Row(
        ("proposed",), sees=INSIDE, may="director curator chair council", only="post"
    ),
    "programs:programs": Row(only="get"),
    "programs:program_new": Row(("assigned",), sees=INSIDE, may=DRAFTING),
    "programs:program": Row(("running",), sees=INSIDE, only="get"),
    "programs:program_people": Row(("running",), sees=INSIDE, only="get"),
    "programs:program_papers": Row(("running",), sees=INSIDE, only="get"),
    "programs:program_pdf": Row(("running",), sees=INSIDE, only="get"),
    "programs:program_versions": Row(("running",), sees=INSIDE, only="get"),
    "programs:program_blank": Row(("running", "report", "running_mentee"), sees=INSIDE, only="get"),
    "programs:hours": Row(only="get"),
    "programs:hours_pdf": Row(only="get"),
    "programs:history": Row(("running",), sees=INSIDE, only="get"),
    "programs:program_edit": Row(("draft",), sees=INSIDE, may=DRAFTING),
    "programs:program_plan": Row(("draft",), sees=INSIDE, may=DRAFTING),
    "programs:program_step": Row(("draft", "goal"), sees=INSIDE, may=DRAFTING),
    "programs:activity_new": Row(("draft",), sees=INSIDE, may=DRAFTING),
    "programs:activity_edit": Row(("draft", "draft_activity"), sees=INSIDE, may=DRAFTING),
    "programs:activity_drop": Row(("draft", "draft_activity"), sees=INSIDE, may=DRAFTING),
    "programs:program_confirm": Row(("draft",), sees="mentee"),
    "programs:program_confirm_for": Row(("draft", "draft_mentee"), sees=INSIDE, may="curator mentee"),
    "programs:program_ask": Row(("draft",), sees=INSIDE, may=DRAFTING, only="post"),
    "programs:program_submit": Row(("draft",), sees=INSIDE, may=DRAFTING),
    "programs:program_endorse": Row(("submitted",), sees=INSIDE, may="curator"),
    "programs:program_agree": Row(("submitted",), sees=INSIDE, may="chair"),
    "programs:program_grif": Row(("agreed",), sees=INSIDE, may="director curator"),
    "programs:program_grif_scan": Row(("agreed",), sees="", only="get"),  # approved by order: no scan
    "programs:program_send_back": Row(("submitted",), sees=INSIDE, may="director curator chair"),
    "programs:program_term": Row(("draft",), sees=INSIDE, may="curator"),
    "programs:program_remark": Row(("draft",), sees=INSIDE, may="curator chair council"),
    "programs:remark_resolve": Row(("draft", "remark"), sees=INSIDE, may=DRAFTING, only="post"),
    "programs:activity": Row(("todo",), sees=INSIDE, only="get"),
    "programs:activity_do": Row(("todo", "running_mentee"), sees=INSIDE, may="curator mentee"),
    "programs:result_check": Row(("result",), sees=INSIDE, may="curator mentor"),
    "programs:result_file": Row(("result", "file"), sees=INSIDE, only="get"),
    "programs:journal": Row(("running",), sees=INSIDE, only="get"),
    "programs:meeting_new": Row(("running",), sees=INSIDE, may="curator mentor mentee"),
    "programs:message_post": Row(("running",), sees=INSIDE, only="post"),
    "programs:meeting_confirm": Row(("attendance",), sees=INSIDE, may="curator mentee", only="post"),
    "programs:meeting_drop": Row(("meeting",), sees=INSIDE, may="curator mentor"),
    "programs:completion": Row(("running",), sees=INSIDE, only="get"),
    "programs:completion_new": Row(("running",), sees=INSIDE, may="curator mentor mentee"),
    "programs:completion_of": Row(("completion",), sees=INSIDE, only="get"),
    "programs:completion_report_pdf": Row(("completion",), sees=INSIDE, only="get"),
    "programs:completion_review_pdf": Row(("completion",), sees=INSIDE, only="get"),
    "programs:completion_conclude": Row(("completion",), sees=INSIDE, may="curator mentor"),
    "programs:completion_review": Row(("completion",), sees=INSIDE, may="curator mentee"),
    "programs:completion_public": Row(("completion",), sees=INSIDE, may="curator mentor"),
    "programs:completion_agree": Row(("completion",), sees=INSIDE, may="curator mentor mentee", post="mentor mentee"),
    "programs:completion_approve": Row(("completion",), sees=INSIDE, may="curator mentee"),
    "programs:completion_ready": Row(("completion",), sees=INSIDE, may="curator"),
    "programs:completion_reopen": Row(("completion",), sees=INSIDE, may="curator"),
    "programs:completion_withdraw": Row(("completion",), sees=INSIDE, may="curator"),
    "programs:program_changes": Row(("running",), sees=INSIDE, only="get"),
    "programs:amendment_new": Row(("running",), sees=INSIDE, may="curator mentor mentee"),
    "programs:pause_new": Row(("running",), sees=INSIDE, may="curator"),
    "programs:replacement_new": Row(("assigned",), sees=INSIDE, may="curator"),
    "programs:dissolution_new": Row(("assigned",), sees=INSIDE, may="curator"),
    "programs:petition_new": Row(("assigned",), sees=INSIDE, may="curator mentor mentee"),
    "programs:resume_new": Row(("pause",), sees=INSIDE, may="curator"),
    "programs:amendment_edit": Row(("change",), sees=INSIDE, may="curator mentor mentee"),
    "programs:amendment_line_new": Row(("change",), sees=INSIDE, may="curator mentor mentee"),
    "programs:amendment_line": Row(("change", 0), sees=INSIDE, may="curator mentor mentee"),
    "programs:amendment_line_drop": Row(("change", 0), sees=INSIDE, may="curator mentor mentee"),
    "programs:amendment_agree": Row(("change", "change_mentee"), sees=INSIDE, may="curator mentee"),
    "programs:replacement_edit": Row(("replacement",), sees=INSIDE, may="curator"),
    "programs:replacement_return": Row(("replacement",), sees=INSIDE, may="curator"),
    "programs:change": Row(("amendment", "change"), sees=INSIDE, only="get"),
    "programs:change_ready": Row(("amendment", "change"), sees=INSIDE, may="curator"),
    "programs:change_reopen": Row(("amendment", "change"), sees=INSIDE, may="curator"),
    "programs:change_withdraw": Row(("amendment", "change"), sees=INSIDE, may="curator"),
    "programs:petition": Row(("petition",), sees="director curator mentee", only="get"),
    "programs:petition_accept": Row(("petition",), sees="director curator mentee", may="curator"),
    "programs:petition_decline": Row(("petition",), sees="director curator mentee", may="curator"),
    "programs:petition_withdraw": Row(("petition",), sees="director curator mentee", may="curator mentee"),
    "programs:paper_new": Row(may="curator"),
    "programs:lists": Row(may="curator", only="get"),
    "programs:lists_new": Row(("forms",), may="curator"),
    "programs:lists_edit": Row(("forms", "template"), may="curator"),
    # roadmap
    "roadmap:roadmaps": Row(only="get"),
    "roadmap:new": Row(may="curator"),
    "roadmap:regulation": Row(only="get"),
    "roadmap:roadmap": Row(("plan",), sees="director curator chair council", only="get"),
    "roadmap:pdf": Row(("plan",), sees="director curator chair council", only="get"),
    "roadmap:submit": Row(("plan",), sees="director curator chair council", may="curator"),
    "roadmap:send_back": Row(("plan",), sees="director curator chair council", may="director curator"),
    "roadmap:task_new": Row(("plan", "stage"), sees="director curator chair council", may="curator"),
    "roadmap:task": Row(("plan", "task"), sees="director curator chair council", only="get"),
    "roadmap:task_edit": Row(("plan", "task"), sees="director curator chair council", may="curator"),
    "roadmap:task_drop": Row(("plan", "task"), sees="director curator chair council", may="curator"),
    "roadmap:task_done": Row(("year", "year_task"), may="curator"),
    "roadmap:task_unmark": Row(("plan", "task"), sees="director curator chair council", may="curator"),
    "roadmap:minutes_list": Row(only="get"),
    "roadmap:minutes_new": Row(may="curator chair"),
    "roadmap:minutes": Row(("minutes",), sees=COUNCIL, only="get"),
    "roadmap:minutes_pdf": Row(("minutes",), sees=COUNCIL, only="get"),
    "roadmap:minutes_extract": Row(("signed_minutes",), sees=COUNCIL, only="get"),
    "roadmap:minutes_scan_file": Row(("signed_minutes",), sees=COUNCIL, only="get"),
    "roadmap:minutes_edit": Row(("minutes",), sees=COUNCIL, may="curator chair"),
    "roadmap:minutes_sign": Row(("minutes",), sees=COUNCIL, may="curator chair"),
    "roadmap:minutes_scan": Row(("signed_minutes",), sees=COUNCIL, may="curator chair"),
    "roadmap:minutes_discard": Row(("minutes",), sees=COUNCIL, may="curator chair"),
    "roadmap:item_new": Row(("minutes",), sees=COUNCIL, may="curator chair"),
    "roadmap:item_edit": Row(("minutes", "minutes_item"), sees=COUNCIL, may="curator chair"),
    "roadmap:item_drop": Row(("minutes", "minutes_item"), sees=COUNCIL, may="curator chair"),
    # reports
    "reports:home": Row(only="get"),
    "reports:search": Row(only="get"),
    "reports:orders": Row(only="get"),
    "reports:orders_xlsx": Row(only="get"),
    "reports:orders_journal": Row(may=KEEPERS, only="get"),
    "reports:orders_journal_pdf": Row(may=KEEPERS, only="get"),
    "reports:number_new": Row(may=KEEPERS),
    "reports:order_new": Row(may=KEEPERS),
    "reports:order": Row(("order",), sees=KEEPERS, only="get"),
    "reports:order_edit": Row(("order",), sees=KEEPERS),
    "reports:pairing_package": Row(("assigned",), may=KEEPERS, only="get"),
    "reports:pairing_package_zip": Row(("assigned",), may=KEEPERS, only="get"),
    "reports:person_package": Row(("person",), sees=WHO_SEE_PEOPLE, may="director curator clerk mentee", only="get"),
    "reports:person_package_zip": Row(
        ("person",), sees=WHO_SEE_PEOPLE, may="director curator clerk mentee", only="get"
    ),
    "reports:packages": Row(may=KEEPERS),
    "reports:package": Row(("package",), sees="curator", only="get"),
    "reports:package_progress": Row(("package",), sees="curator", only="get"),
    "reports:package_file": Row(("package",), sees="curator", only="get"),
    "reports:order_recompose": Row(("order",), sees=KEEPERS),
    "reports:order_restate": Row(("typed",), sees=KEEPERS),
    "reports:order_agree": Row(("order",), sees=KEEPERS),
    "reports:order_send": Row(("order",), sees=KEEPERS),
    "reports:order_back": Row(("at_signature",), sees=KEEPERS),
    "reports:order_discard": Row(("order",), sees=KEEPERS),
    "reports:order_register": Row(("at_signature",), sees=KEEPERS),
    "reports:order_scan": Row(("registered",), sees="director curator chair clerk mentor mentee", may=KEEPERS),
    "reports:order_scan_file": Row(("registered",), sees="director curator chair clerk mentor mentee", only="get"),
    "reports:order_preview": Row(("order",), sees=KEEPERS, only="get"),
    "reports:order_docx": Row(("order",), sees=KEEPERS, only="get"),
    "reports:order_pdf": Row(("registered",), sees="director curator chair clerk mentor mentee", only="get"),
    "reports:order_document": Row(("registered",), sees="director curator chair clerk mentor mentee", only="get"),
    "reports:order_print": Row(
        ("registered",), sees="director curator chair clerk mentor mentee", may=KEEPERS, only="post"
    ),
    "reports:order_item_drop": Row(("item",), sees=KEEPERS),
    "reports:visa_give": Row(("visa",), sees=KEEPERS, only="post"),
    "reports:visa_pass": Row(("visa",), sees=KEEPERS),
    "reports:visa_remind": Row(("visa",), sees=KEEPERS, only="post"),
    "reports:acquaintance_read": Row(
        ("acquaintance",), sees="director curator chair clerk mentor mentee", may="mentee", only="post"
    ),
    "reports:acquaintance_sheet": Row(
        ("acquaintance",),
        sees="director curator chair clerk mentor mentee",
        may="director curator clerk mentee",
        only="post",
    ),
    "reports:acquaintance_remind": Row(
        ("acquaintance",), sees="director curator chair clerk mentor mentee", may=KEEPERS, only="post"
    ),
    "reports:order_remind": Row(("registered",), sees=READERS, may=KEEPERS, only="post"),
    "reports:order_sheet": Row(("registered",), sees=READERS, may=KEEPERS, only="get"),
    "reports:acquaintance_sign": Row(("acquaintance",), sees=READERS, may="mentee"),
    "reports:acquaintance": Row(only="get"),
    "reports:protocol": Row(("signature",), sees="director curator clerk mentee", only="get"),
    "reports:local_act_new": Row(may=KEEPERS),
    "reports:local_act": Row(("local_act",), sees=ACT_READERS, only="get"),
    "reports:local_act_file": Row(("local_act",), sees=ACT_READERS, only="get"),
    "reports:local_act_extend": Row(("local_act",), sees=ACT_READERS, may=KEEPERS),
    "reports:local_act_remind": Row(("local_act",), sees=ACT_READERS, may=KEEPERS, only="post"),
    "reports:local_act_sheet": Row(("local_act",), sees=ACT_READERS, may=KEEPERS, only="get"),
    "reports:act_reader_read": Row(("act_reader",), sees=ACT_READERS, may="mentee", only="post"),
    "reports:act_reader_sign": Row(("act_reader",), sees=ACT_READERS, may="mentee"),
    "reports:act_reader_sheet": Row(
        ("act_reader",), sees=ACT_READERS, may="director curator clerk mentee", only="post"
    ),
    "reports:act_reader_remind": Row(("act_reader",), sees=ACT_READERS, may=KEEPERS, only="post"),
    "reports:scans_new": Row(may=KEEPERS),
    "reports:scans": Row(("stack",), may=KEEPERS, only="get"),
    "reports:scans_progress": Row(("stack",), may=KEEPERS, only="get"),
    "reports:scans_correct": Row(("stack",), may=KEEPERS, only="post"),
    "reports:scans_attach": Row(("stack",), may=KEEPERS),
    "reports:scans_drop": Row(("stack",), may=KEEPERS),
    "reports:scan_page": Row(("scan_page",), may=KEEPERS, only="get"),
    "reports:scan_paper_drop": Row(("scan_page",), may=KEEPERS, only="post"),
    "reports:order_signatures": Row(("registered",), sees=READERS, may=KEEPERS, only="get"),
    "reports:order_signature_prepare": Row(("registered",), sees=READERS, may=KEEPERS, only="post"),
    "reports:signature_attach": Row(("detached",), sees=READERS, may=KEEPERS),
    "reports:signature_paper": Row(("detached",), sees=READERS, may=KEEPERS, only="get"),
    "reports:signature_file": Row(("detached",), sees=READERS, may=KEEPERS, only="get"),
    "reports:site": Row(may="director curator", only="get"),
    "reports:site_preview": Row(("ended",), may="director curator", only="get"),
    "reports:site_publish": Row(("ended",), may="curator"),
    "reports:site_unpublish": Row(("ended",), may="curator"),
    "reports:news_new": Row(may="curator"),
    "reports:news_edit": Row(("news",), may="curator"),
}

# Open to a visitor without a login: exactly these
PUBLIC = {
    "health": (),
    "account_login": (),
    "mfa_authenticate": (),
    "account_logout": (),
    "account_inactive": (),
    "account_reset_password": (),
    "account_reset_password_done": (),
    "account_reset_password_from_key": ("1", "1-2"),
    "account_reset_password_from_key_done": (),
    "people:invitation_code": (),
    "people:invitation": ("НЕТ",),
    "people:setup_begin": ("нет",),
    "public:home": (),
    "public:programmes": (),
    "public:results": (),
    "public:people": (),
    "public:documents": (),
    "public:regulation": (),
    "public:roadmap": (2025,),
    "public:news": (),
    "public:news_item": ("news",),
    "public:accessibility": (),
    "public:robots": (),
    "public:verify": ("НЕТ",),
}
