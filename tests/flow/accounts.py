"""What a window that failed has to say for itself: its sender, what waits, what it was answered, who it is."""

from __future__ import annotations

import json

from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.flow.windows import Window

PAGE = """async () => {
  const outbox = globalThis.workbench?.outbox;
  if (!outbox) return {address: location.href, text: document.body.innerText.slice(0, 2000)};
  const {pace, failures, running, again, stopped, timer, transport} = outbox.sender;
  const {held, pending} = await navigator.locks.query();
  const receipts = await new Promise((done, fail) => {
    const asked = outbox.db.transaction('receipts').objectStore('receipts').getAll();
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  return {
    address: location.href,
    words: document.getElementById('save').textContent,
    online: navigator.onLine,
    work: outbox.work,
    sender: {pace, failures, running, again, stopped, timer, hasToken: Boolean(transport.token)},
    locks: {held: held.map(({name}) => name), pending: pending.map(({name}) => name)},
    trouble: outbox.status.trouble,
    writing: outbox.writing,
    receipts: receipts.sort((one, other) => one.at - other.at).slice(-20),
    entries: outbox.operations.map(({subject}) => outbox.entries.get(subject)).filter(Boolean)
      .map(({id, revision, head, deleted, acked}) => ({id, revision, head, deleted, acked: acked !== null})),
    operations: outbox.operations.map(({seq, id, kind, subject, state, base, problem, at}) =>
      ({seq, id, kind, subject, state, base, problem, at: new Date(at).toISOString()})),
  };
}"""


def account_of(window: Window) -> str:
    """In lines to read; the server's own log is on its standard error."""
    said = window.run(PAGE)
    operations = said.pop("operations", [])
    key = window.cookies().get("sessionid", "")
    known = Session.objects.filter(session_key=key, expire_date__gt=timezone.now()).exists()
    lines = [json.dumps({name: each}, ensure_ascii=False) for name, each in said.items()]
    return "\n".join(
        [
            "The page:", *lines,
            "Its outbox:", *map(json.dumps, operations),
            "The last answers:", *(each for each in window.answers if "/static/" not in each),
            f"Its session: {'a cookie' if key else 'no cookie'}, {'' if known else 'not '}in force",
            "It complained of:", *window.complaints,
        ]
    )  # fmt: skip
