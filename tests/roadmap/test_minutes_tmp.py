import pytest, pathlib
from tests.factories import make_program, make_pairing
from roadmap.models import Minutes
pytestmark=[pytest.mark.django_db]
def test_all(cast, as_user):
    from programs import programmes, pairings
    program=make_program(cast,"submitted")
    programmes.endorse(program, by=cast.curator)
    program2=make_program(cast,"submitted")
    programmes.endorse(program2, by=cast.curator)
    pr=make_pairing(cast,"proposed", mentees=2)
    for p in pr.participations.all(): pairings.answer(p,"yes",by=cast.curator)
    pairings.confirm_topics(pr, by=cast.chair)
    cl=as_user(cast.secretary)
    out=pathlib.Path("/tmp/pm"); out.mkdir(exist_ok=True)
    def save(name,r):
        assert r.status_code==200,(name,r.status_code)
        data=b"".join(r.streaming_content) if r.streaming else r.content
        (out/(name+(".pdf" if "pdf" in r["Content-Type"] else ".html"))).write_bytes(data)
    save("list0",cl.get("/council/minutes/"))
    r=cl.get("/council/minutes/new/"); save("new",r)
    f=r.context["form"]
    data={"known":"методический совет","held_on":str(f.initial["held_on"]),"place":"г. Элиста","chair":cast.chair.person_id,"secretary":cast.secretary.person_id,
      "present":f.initial["present"],"programs":[program.pk,program2.pk],"pairings":[pr.pk],"request_key":str(f.initial["request_key"])}
    r=cl.post("/council/minutes/new/",data)
    assert r.status_code==302, r.context["form"].errors
    m=Minutes.objects.get()
    save("page",cl.get(r.url)); save("pdf",cl.get(f"/council/minutes/{m.pk}/minutes.pdf"))
    for n in ("edit","sign","discard","items/new",f"items/{m.items.first().pk}/edit",f"items/{m.items.first().pk}/drop"): save(n.replace("/","_"),cl.get(f"/council/minutes/{m.pk}/{n}/"))
    it=m.items.first()
    r=cl.post(f"/council/minutes/{m.pk}/items/{it.pk}/edit/",{"title":it.title,"heard":it.heard,"spoke":"Хара-Даван Э. С.: программа отвечает запросу, поддержать.","decided":it.decided,"votes_for":3,"version":m.version})
    assert r.status_code==302
    r=cl.post(f"/council/minutes/{m.pk}/sign/",{"signed_on":str(m.held_on)}); assert r.status_code==302
    m.refresh_from_db(); assert m.state=="signed"
    save("signed",cl.get(f"/council/minutes/{m.pk}/"))
    save("extract",cl.get(f"/council/minutes/{m.pk}/extract.pdf?item=1"))
    save("list1",cl.get("/council/minutes/"))
    save("xlsx",cl.get("/council/minutes/?format=xlsx"))
    r=cl.get(f"/programs/{program.pk}/agree/"); save("agree",r)
    r=cl.post(f"/programs/{program.pk}/agree/",{"minutes":r.context["form"].initial["minutes"]}); assert r.status_code==302
    program.refresh_from_db(); assert program.minutes_number=="1"
