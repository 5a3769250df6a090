import pytest
from tests.factories import make_program
from tests.running_kit import make_completion, make_running, meet
pytestmark=[pytest.mark.django_db]
def test_all(cast, as_user, tmp_path):
    program,_=make_running(cast)
    meet(program, cast.mentor)
    meet(program, cast.mentor, minutes=60)
    from programs.models import MeetingAttendance
    from programs import running
    for a in MeetingAttendance.objects.filter(confirmed_at=None, meeting__minutes=45): running.confirm_meeting(a, by=cast.mentee)
    c=make_completion(cast, program)
    cl=as_user(cast.curator)
    import pathlib; out=pathlib.Path("/tmp/pp"); out.mkdir(exist_ok=True)
    p=program.pk
    for name,url in {"papers":f"/programs/{p}/papers/","changes":f"/programs/{p}/papers/changes/","program":f"/programs/{p}/papers/program.pdf","hours":"/programs/hours/","memo":"/programs/hours/memo.pdf","xlsx":"/programs/hours/?format=xlsx","comp":f"/completions/{c.pk}/","report":f"/completions/{c.pk}/report.pdf","report0":f"/completions/{c.pk}/report.pdf?blank=1","review":f"/completions/{c.pk}/review.pdf","review0":f"/completions/{c.pk}/review.pdf?blank=1","blank":f"/programs/{p}/papers/report/{c.participation_id}/"}.items():
        r=cl.get(url)
        assert r.status_code==200,(name,r.status_code)
        data=b"".join(r.streaming_content) if r.streaming else r.content
        (out/(name+(".pdf" if "pdf" in r["Content-Type"] else ".html"))).write_bytes(data)
        print(name, r.get("Content-Disposition"))
