"""Every route, and what each person gets from it. A route without a row fails the suite.

`nobody` is not signed in; `dag` is signed in and has no part in the project; rita reads, ada
codes (the assignment and the annotation are hers), ben codes too, cleo adjudicates, mia manages.
302 to nobody is the way to the sign-in page. What a body lacks is 400, 415, 422 or 428; that comes
after the question whether one may ask at all.
"""

from __future__ import annotations

PEOPLE = ("nobody", "dag", "rita", "ada", "ben", "cleo", "mia")

ROWS = """
GET    /healthz                                            200 200 200 200 200 200 200
GET    /readyz                                             503 503 503 503 503 503 503
GET    /metrics                                            404 404 404 404 404 404 404
POST   /policy-violations                                  400 400 400 400 400 400 400
GET    /                                                   302 200 200 200 200 200 200
GET    /favicon.ico                                        302 302 302 302 302 302 302
GET    /sign-in                                            200 302 302 302 302 302 302
GET    /sign-in/{token}                                    404 404 404 404 404 404 404
POST   /sign-in/{token}                                    404 404 404 404 404 404 404
GET    /tokens                                             302 200 200 200 200 200 200
POST   /tokens                                             302 422 422 422 422 422 422
POST   /sign-out                                           302 302 302 302 302 302 302
POST   /language                                           302 302 302 302 302 302 302
GET    /docs/                                              200 200 200 200 200 200 200
GET    /docs/{page}                                        200 200 200 200 200 200 200
GET    /docs/images/{picture}                              200 200 200 200 200 200 200
PUT    /sign-in                                            405 302 302 302 302 302 302
POST   /sign-in                                            200 302 302 302 302 302 302
GET    /sign-in/second-factor                              302 302 302 302 302 302 302
POST   /sign-in/second-factor                              302 302 302 302 302 302 302
GET    /sign-in/again                                      302 403 403 403 403 403 403
POST   /sign-in/again                                      302 403 403 403 403 403 403
PUT    /sign-in/again                                      302 403 403 403 403 403 403
GET    /sign-in/again/code                                 302 403 403 403 403 403 403
POST   /sign-in/again/code                                 302 403 403 403 403 403 403
PUT    /sign-in/again/code                                 302 403 403 403 403 403 403
GET    /sign-in/closed                                     200 200 200 200 200 200 200
POST   /sign-in/with/{provider}                            404 404 404 404 404 404 404
GET    /sign-in/with/{provider}/back                       404 404 404 404 404 404 404
POST   /sign-in/with/{provider}/back                       404 404 404 404 404 404 404
GET    /sign-in/refused                                    200 200 200 200 200 200 200
GET    /sign-in/failed                                     401 401 401 401 401 401 401
GET    /sign-in/new                                        302 302 302 302 302 302 302
POST   /sign-in/new                                        302 302 302 302 302 302 302
PUT    /sign-in/new                                        302 302 302 302 302 302 302
GET    /account                                            302 200 200 200 200 200 200
GET    /account/password                                   302 302 302 302 302 302 302
POST   /account/password                                   302 302 302 302 302 302 302
PUT    /account/password                                   302 302 302 302 302 302 302
GET    /account/password/first                             302 200 200 200 200 200 200
POST   /account/password/first                             302 200 200 200 200 200 200
PUT    /account/password/first                             302 200 200 200 200 200 200
GET    /account/second-factor                              302 200 200 200 200 200 200
POST   /account/second-factor                              302 200 200 200 200 200 200
PUT    /account/second-factor                              302 200 200 200 200 200 200
GET    /account/second-factor/off                          302 404 404 404 404 404 404
POST   /account/second-factor/off                          302 404 404 404 404 404 404
PUT    /account/second-factor/off                          302 404 404 404 404 404 404
GET    /account/codes                                      302 404 404 404 404 404 404
GET    /account/codes/new                                  302 200 200 200 200 200 200
POST   /account/codes/new                                  302 200 200 200 200 200 200
PUT    /account/codes/new                                  302 200 200 200 200 200 200
GET    /account/codes/file                                 302 404 404 404 404 404 404
GET    /account/identities                                 302 200 200 200 200 200 200
POST   /account/identities                                 302 200 200 200 200 200 200
PUT    /account/identities                                 302 200 200 200 200 200 200
POST   /account/sessions                                   302 302 302 302 302 302 302
GET    /account/data                                       302 200 200 200 200 200 200
GET    /account/erase                                      302 200 200 200 200 200 200
POST   /account/erase                                      302 200 200 200 200 200 200
GET    /projects/{slug}                                    302 404 200 200 200 200 200
POST   /projects/{slug}/next                               302 404 403 302 302 403 403
GET    /code/{assignment}                                  302 404 404 200 404 404 404

GET    /projects/{slug}/search                             302 404 403 200 200 200 200
GET    /projects/{slug}/coded                              302 404 403 200 200 200 200
GET    /projects/{slug}/documents                          302 404 403 403 403 403 200
GET    /projects/{slug}/attributes                         302 404 403 403 403 403 200
POST   /projects/{slug}/attributes                         302 404 403 403 403 403 422
GET    /documents/{document}                               302 404 403 403 403 200 200
POST   /documents/{document}                               302 404 403 403 403 403 422
GET    /documents/{document}/takedown                      302 404 403 403 403 403 200
POST   /documents/{document}/takedown                      302 404 403 403 403 403 422
GET    /projects/{slug}/documents/{document}/reading       302 404 403 403 403 403 200
POST   /projects/{slug}/documents/{document}/reading       302 404 403 403 403 403 422
GET    /projects/{slug}/stories                            302 404 403 403 403 403 200
POST   /projects/{slug}/stories                            302 404 403 403 403 403 302
GET    /projects/{slug}/stories/{pair}                     302 404 403 403 403 403 200
POST   /projects/{slug}/stories/{pair}                     302 404 403 403 403 403 422
GET    /projects/{slug}/imports                            302 404 403 403 403 403 200
POST   /projects/{slug}/imports                            302 404 403 403 403 403 302
GET    /imports/{import}                                   302 404 403 403 403 403 200
GET    /projects/{slug}/batches                            302 404 403 403 403 403 200
POST   /projects/{slug}/batches                            302 404 403 403 403 403 422
GET    /projects/{slug}/batches/new                        302 404 403 403 403 403 200
POST   /projects/{slug}/batches/new                        302 404 403 403 403 403 422
GET    /batches/{batch}/seats                              302 404 403 403 403 403 200
POST   /batches/{batch}/seats                              302 404 403 403 403 403 302
GET    /batches/{batch}                                    302 404 403 403 403 403 200
POST   /batches/{batch}                                    302 404 403 403 403 403 302
GET    /projects/{slug}/flags                              302 404 403 403 403 403 200
POST   /projects/{slug}/flags                              302 404 403 403 403 403 422
GET    /projects/{slug}/members                            302 404 403 403 403 403 200
POST   /projects/{slug}/members                            302 404 403 403 403 403 422
GET    /projects/{slug}/codebook                           302 404 200 200 200 200 200
GET    /projects/{slug}/codebook/draft                     302 404 403 403 403 403 200
POST   /projects/{slug}/codebook/draft                     302 404 403 403 403 403 422
GET    /projects/{slug}/codebook/{number}.json             302 404 200 200 200 200 200
GET    /projects/{slug}/codebook/{number}.csv              302 404 200 200 200 200 200
GET    /projects/{slug}/agreement                          302 404 403 403 403 200 200
GET    /projects/{slug}/agreement/passages                 302 404 403 403 403 200 200
GET    /projects/{slug}/agreement/methods                  302 404 403 403 403 200 200
GET    /projects/{slug}/matrix                             302 404 403 200 200 200 200
GET    /projects/{slug}/adjudication                       302 404 403 403 403 200 200
GET    /projects/{slug}/adjudication/next                  302 404 403 403 403 302 302
GET    /projects/{slug}/adjudication/sweeps                302 404 403 403 403 200 200
POST   /projects/{slug}/adjudication/sweeps                302 404 403 403 403 422 422
GET    /adjudication/{document}                            302 404 403 403 403 200 200
POST   /adjudication/{document}                            302 404 403 403 403 422 422
GET    /projects/{slug}/releases                           302 404 200 403 403 200 200
POST   /projects/{slug}/releases                           302 404 403 403 403 403 302
GET    /projects/{slug}/releases/{version}/retraction      302 404 403 403 403 403 404
POST   /projects/{slug}/releases/{version}/retraction      302 404 403 403 403 403 404
GET    /projects/{slug}/releases/{version}                 302 404 404 403 403 404 404
GET    /projects/{slug}/releases/{version}/diff/{other}    302 404 404 403 403 404 404
GET    /projects/{slug}/releases/{version}/labels          302 404 404 403 403 404 404
GET    /projects/{slug}/releases/{version}/labels/{label}  302 404 404 403 403 404 404

GET    /api/v1/schema                                      200 200 200 200 200 200 200
GET    /api/v1/docs                                        200 200 200 200 200 200 200
GET    /api/v1/projects                                    401 200 200 200 200 200 200
POST   /api/v1/projects                                    401 422 422 422 422 422 422
GET    /api/v1/projects/{slug}                             401 404 200 200 200 200 200
PATCH  /api/v1/projects/{slug}                             401 404 403 403 403 403 422
GET    /api/v1/projects/{slug}/imports                     401 404 403 403 403 403 200
POST   /api/v1/projects/{slug}/imports                     401 404 403 403 403 403 415
GET    /api/v1/imports/{import}                            401 404 403 403 403 403 200
PATCH  /api/v1/imports/{import}                            401 404 403 403 403 403 422
GET    /api/v1/imports/{import}/files                      401 404 403 403 403 403 200
POST   /api/v1/imports/{import}/files                      401 404 403 403 403 403 415
PATCH  /api/v1/imports/{import}/files/{position}           401 404 403 403 403 403 422
POST   /api/v1/projects/{slug}/annotations/import          401 404 403 403 403 403 415
GET    /api/v1/projects/{slug}/documents                   401 404 403 403 403 200 200
GET    /api/v1/projects/{slug}/batches                     401 404 403 403 403 403 200
POST   /api/v1/projects/{slug}/batches                     401 404 403 403 403 403 422
GET    /api/v1/csrf                                        401 200 200 200 200 200 200
GET    /api/v1/annotations/{annotation}                    401 404 404 200 404 404 404
PUT    /api/v1/annotations/{annotation}                    422 422 422 422 422 422 422
DELETE /api/v1/annotations/{annotation}                    422 422 422 422 422 422 422
GET    /api/v1/annotations/{annotation}/revisions          401 404 404 200 404 404 404
GET    /api/v1/assignments/{assignment}                    401 404 404 200 404 404 404
PATCH  /api/v1/assignments/{assignment}                    401 404 404 422 404 404 404
POST   /api/v1/projects/{slug}/assignments/next            401 404 403 200 200 403 403
GET    /api/v1/projects/{slug}/assignments                 401 404 403 200 200 403 403
GET    /api/v1/projects/{slug}/search                      401 404 403 422 422 422 422
GET    /api/v1/projects/{slug}/coded                       401 404 403 200 200 200 200
GET    /api/v1/me/preferences                              401 200 200 200 200 200 200
PUT    /api/v1/me/preferences                              401 200 200 200 200 200 200
PUT    /api/v1/comments/{comment}                          401 422 422 422 422 422 422
PATCH  /api/v1/comments/{comment}                          401 422 422 422 422 422 422
DELETE /api/v1/comments/{comment}                          401 422 422 422 422 422 422
PUT    /api/v1/flags/{flag}                                401 422 422 422 422 422 422
DELETE /api/v1/flags/{flag}                                401 422 422 422 422 422 422
GET    /api/v1/documents/{document}/comments               401 404 404 200 404 200 200
GET    /api/v1/documents/{document}/original               401 404 404 200 404 200 200
GET    /api/v1/documents/{document}/takedown               401 404 403 403 403 403 200
POST   /api/v1/documents/{document}/takedown               401 404 403 403 403 403 422
GET    /api/v1/documents/{document}                        401 404 404 200 404 200 200
GET    /api/v1/documents/{document}/adjudication           401 404 403 403 403 200 200
PUT    /api/v1/documents/{document}/adjudication           401 404 403 403 403 428 428
GET    /api/v1/projects/{slug}/codebook                    401 404 200 200 200 200 200
PUT    /api/v1/projects/{slug}/codebook                    401 404 403 403 403 403 422
GET    /api/v1/projects/{slug}/agreement                   401 404 403 403 403 200 200
GET    /api/v1/projects/{slug}/releases                    401 404 200 403 403 200 200
POST   /api/v1/projects/{slug}/releases                    401 404 403 403 403 403 409
POST   /api/v1/projects/{slug}/releases/{version}/retraction  401 404 403 403 403 403 404
GET    /api/v1/projects/{slug}/releases/freezings/{freezing}  401 404 403 403 403 403 200
GET    /api/v1/projects/{slug}/releases/{version}          401 404 404 403 403 404 404
GET    /api/v1/projects/{slug}/releases/{version}/documents.jsonl  401 404 404 403 403 404 404
GET    /api/v1/projects/{slug}/releases/{version}/labels/{label}  401 404 404 403 403 404 404
GET    /api/v1/projects/{slug}/releases/{version}/diff/{other}  401 404 404 403 403 404 404
GET    /api/v1/projects/{slug}/changes                     401 404 200 403 403 200 200
GET    /api/v1/projects/{slug}/releases/{version}/{file}   401 404 404 403 403 404 404
"""


def rows() -> list[tuple[str, str, dict[str, int]]]:
    """(method, path with placeholders, status by person)."""
    found = []
    for line in ROWS.strip().splitlines():
        if line.strip():
            method, path, *statuses = line.split()
            found.append((method, path, dict(zip(PEOPLE, map(int, statuses), strict=True))))
    return found
