import threading, time
import pytest
from django.db import connection, transaction
from credentials.agreements import versions, invitations, signing
from credentials.agreements.invitations import invite
from credentials.models import *
from credentials.models import Agreement, AgreementParty, SigningInvitation
from tests.credentials.agreements.papers import *

pytestmark = pytest.mark.django_db(transaction=True)

def run(*jobs):
    errors = []
    def wrap(job):
        try: job()
        except Exception as e: errors.append(repr(e)[:120])
        finally: connection.close()
    ts = [threading.Thread(target=wrap, args=(j,)) for j in jobs]
    [t.start() for t in ts]; [t.join(30) for t in ts]
    return errors

def test_deadlock(agreement, employer, people, monkeypatch):
    invitation = invite(employer, people["editor"])
    real_sign, real_rev = invitations.sign, versions.revoke_invitations
    monkeypatch.setattr(invitations, "sign", lambda *a: (time.sleep(1), real_sign(*a))[1])
    monkeypatch.setattr(versions, "revoke_invitations", lambda **k: (time.sleep(1), real_rev(**k))[1])
    h = agreement.terms_hash
    e = run(lambda: invitations.sign_by_link(invitation, "Élodie Roy", h), lambda: versions.cancel(agreement, people["editor"]))
    print("ERR", e)
    assert not any("deadlock" in x for x in e)

def test_two_live_links(agreement, employer, people, monkeypatch):
    real = invitations.revoke_invitations
    monkeypatch.setattr(invitations, "revoke_invitations", lambda **k: (real(**k), time.sleep(1))[0])
    e = run(lambda: invite(employer, people["editor"]), lambda: invite(employer, people["editor"]))
    from django.utils import timezone
    n = SigningInvitation.objects.filter(party=employer, used_at=None, expires_at__gt=timezone.now()).count()
    print("LIVE LINKS", n, e)
    assert n == 1
