"""What a project of 100,000 documents is filled with: statements, `{…}` of which `filling` fills in."""

from __future__ import annotations

CORPUS = """
INSERT INTO annotations_source (project_id, sha256, size, name, content, received_at, takedown_reason)
SELECT {project}, encode(sha256(n::text::bytea), 'hex'), length(n::text), 'day-' || n || '.txt',
       n::text::bytea, now(), '' FROM generate_series(1, {documents}) n;
INSERT INTO annotations_document (uuid, project_id, source_id, part, version, story_relation, external_id,
       title, source_url, language, languages, attributes, encoding, repairs, warnings, text,
       text_sha256, length, created_at)
SELECT md5('document-' || s.id)::uuid, {project}, s.id, '', 1, '', '', 'A day in the lab, ' || s.id,
       'https://example.org/' || s.id, CASE WHEN s.id % 500 = 0 THEN 'fr' ELSE 'en' END, '["en"]', '[]',
       'utf-8', '[]', '[]', said.text, encode(sha256(convert_to(said.text, 'UTF8')), 'hex'), 912, now()
  FROM annotations_source s, (SELECT repeat('The pay is good, the nights are long. ', 24) AS text) said
 WHERE s.project_id = {project} ORDER BY s.id;
INSERT INTO annotations_textblock (index, text, document_id, project_id)
SELECT 0, text, id, project_id FROM annotations_document;
INSERT INTO annotations_passage (project_id, document_id, index, start, "end", paragraph, sentence,
       language, zone, zone_reason)
SELECT {project}, d.id, n, n * 228, n * 228 + 227, n + 1, 1, 'en', 'body', ''
  FROM annotations_document d, generate_series(0, 3) n ORDER BY d.id, n;
INSERT INTO annotations_foldedpassage (passage_id, project_id, document_id, text, run)
SELECT p.id, {project}, d.id, folded.text, CASE WHEN p.index = 0 THEN lower(d.text) || folded.own END
  FROM annotations_passage p JOIN annotations_document d ON d.id = p.document_id
 CROSS JOIN LATERAL (SELECT CASE WHEN d.id % 500 = 0 THEN ' the rarest' ELSE '' END AS own) f
 CROSS JOIN LATERAL (SELECT lower(substr(d.text, p.start + 1, 227)) || f.own AS text, f.own) folded;
INSERT INTO annotations_import (uuid, project_id, by_id, created_at)
SELECT gen_random_uuid(), {project}, {mia}, now() FROM generate_series(1, 1000);
INSERT INTO annotations_importfile (delivery_id, position, name, size, sha256, reading, attempts, outcome, reason)
SELECT i.id, n, 'day.txt', 900, '', '{{}}', 0, 'added', ''
  FROM (SELECT id FROM annotations_import ORDER BY id OFFSET 1) i, generate_series(1, 100) n;
INSERT INTO annotations_importfile (delivery_id, position, name, size, sha256, reading, attempts, outcome, reason)
SELECT (SELECT min(id) FROM annotations_import), n, 'day-' || n || '.txt', 900, '', '{{}}', 0, 'added', ''
  FROM generate_series(1, {documents}) n;
INSERT INTO annotations_storycandidate (uuid, project_id, first_id, second_id, relation, score, evidence,
       found_at, decision)
SELECT md5('pair-' || d.id)::uuid, {project}, d.id, d.id + 1, 'reprint', 0.9, '{{}}', now(), ''
  FROM annotations_document d WHERE d.id % 10 = 0
   AND EXISTS (SELECT 1 FROM annotations_document n WHERE n.id = d.id + 1);
"""
CODED = """
INSERT INTO annotations_batchdocument (project_id, batch_id, document_id, position)
SELECT {project}, {batch}, d.id, d.id FROM annotations_document d;
INSERT INTO annotations_batchdocument (project_id, batch_id, document_id, position)
SELECT {project}, {empty}, d.id, d.id FROM annotations_document d;
INSERT INTO annotations_assignment (uuid, project_id, batch_id, document_id, coder_id, slot, state,
       claimed_at, last_activity_at, submitted_at)
SELECT md5('assignment-' || c.slot || '-' || d.id)::uuid, {project}, {batch}, d.id, c.coder, c.slot,
       s.state, now(), now(), CASE s.state WHEN 'submitted' THEN now() - d.id % 60 * interval '1 day' END
  FROM annotations_document d
 CROSS JOIN (VALUES (1, {mia}), (2, {ada})) AS c (slot, coder)
 CROSS JOIN LATERAL (SELECT CASE WHEN d.id % 500 = 0 AND c.slot = 1 THEN 'claimed' ELSE 'submitted' END) s (state)
 ORDER BY d.id, c.slot;
INSERT INTO annotations_tally (batch_id, coder_id, state, number)
SELECT batch_id, coder_id, state, count(*) FROM annotations_assignment GROUP BY 1, 2, 3;
INSERT INTO annotations_annotation (id, project_id, assignment_id, document_id, coder_id, start, "end",
       quote, theme_id, stance_id, holder_kind, memo, revision, deleted, created_at, updated_at)
SELECT md5('annotation-' || a.id)::uuid, {project}, a.id, a.document_id, a.coder_id, 4, 7, 'pay',
       CASE WHEN a.document_id % 500 = 7 THEN {rare} ELSE {common} END,
       CASE WHEN a.slot = 2 AND a.document_id % 50 = 3 THEN {against} ELSE {favor} END, 'author',
       '', 1, false, now(), now()
  FROM annotations_assignment a;
INSERT INTO annotations_revision (annotation_id, operation, fingerprint, number, deleted, start, "end", quote,
       holder_kind, memo, late, after_discussion, created_at, assignment_id, coder_id, document_id,
       project_id, stance_id, theme_id)
SELECT n.id, gen_random_uuid(), '', 1, false, 4, 7, 'pay', 'author', '', false, false, now(), n.assignment_id,
       n.coder_id, n.document_id, {project}, n.stance_id, n.theme_id
  FROM annotations_annotation n;
INSERT INTO annotations_snapshot (number, spans, judged, mark_passage, mark_span, reason, after_discussion,
       taken_at, assignment_id, batch_id, coder_id, document_id, edition_id, project_id)
SELECT 1, jsonb_build_array(jsonb_build_object('annotation', n.id, 'revision', r.id, 'start', 4, 'end', 7,
       'theme', t.key, 'stance', s.key, 'holder_kind', 'author', 'holder_name', NULL, 'certainty', NULL)),
       '{{0,1,2,3}}', '{{0}}', '{{0}}', '', false, a.submitted_at, a.id, {batch}, a.coder_id, a.document_id,
       {edition}, {project}
  FROM annotations_assignment a JOIN annotations_annotation n ON n.assignment_id = a.id
  JOIN annotations_revision r ON r.annotation_id = n.id JOIN annotations_theme t ON t.id = n.theme_id
  JOIN annotations_stancevalue s ON s.id = n.stance_id
 WHERE a.state = 'submitted';
UPDATE annotations_batchdocument SET "full" = "full" WHERE batch_id = {batch};
INSERT INTO annotations_saying (batch_id, document_id, said)
SELECT t.batch_id, t.document_id, s FROM (SELECT DISTINCT batch_id, document_id FROM annotations_snapshot) t
 CROSS JOIN LATERAL workbench_sayings(t.batch_id, t.document_id) s;
INSERT INTO annotations_flag (id, project_id, batch_id, document_id, assignment_id, by_id, kind, passage,
       proposed, note, operation, fingerprint, created_at, settlement, settlement_reason)
SELECT gen_random_uuid(), {project}, {batch}, a.document_id, a.id, a.coder_id, 'discuss', 0, '', 'odd',
       gen_random_uuid(), '', now(), '', ''
  FROM annotations_assignment a WHERE a.document_id % 50 = 11 AND a.slot = 1;
"""
REVIEWED = """
INSERT INTO annotations_standing (project_id, document_id, changes, derived)
SELECT {project}, d.id, 1, 1 FROM annotations_document d ON CONFLICT DO NOTHING;
UPDATE annotations_standing SET derived = changes;
INSERT INTO annotations_point (project_id, standing_id, kind, result, key, place, family, pairs)
SELECT {project}, s.id, CASE WHEN s.document_id % 50 = 3 THEN 'dispute' ELSE 'unanimous' END, 'open',
       md5(s.id::text), ARRAY[{batch}, s.document_id, 4], 'compensation',
       CASE WHEN s.document_id % 50 = 3 THEN '{{"00c0ffee"}}'::text[] ELSE '{{}}' END
  FROM annotations_standing s
 WHERE s.document_id % 500 > 0 AND (s.document_id % 50 = 3 OR s.document_id % 20 = 1);
"""
RELEASED = """
INSERT INTO annotations_release (uuid, number, schema_version, sha256, size, documents_total, spans_total,
       manifest, notes, at, transaction, by_id, project_id)
SELECT gen_random_uuid(), n, 'v1', encode(sha256(('v' || n)::bytea), 'hex'), 150000000, {documents}, {documents},
       jsonb_build_object('version', 'v' || n, 'project', '{slug}', 'documents', {documents}, 'spans', {documents},
         'spans_by_label', jsonb_build_object(
           'compensation', {documents} - {documents} / 500, 'secrecy', {documents} / 500),
         'spans_by_stance', jsonb_build_object('favor', {documents}),
         'spans_by_origin', jsonb_build_object('unanimous', {documents}),
         'documents_by_language', jsonb_build_object('en', {documents} - {documents} / 500, 'fr', {documents} / 500),
         'documents_by_split', '{{}}'::jsonb, 'editions', jsonb_build_array(jsonb_build_object('number', 1)),
         'files', jsonb_build_object('documents.jsonl', jsonb_build_object('sha256', 'a', 'size', 150000000))),
       '', now(), 0, {mia}, {project}
  FROM generate_series(1, 300) n;
INSERT INTO annotations_releasedocument (position, sha256, text_sha256, raw_sha256, line, document_id, edition_id,
       project_id, release_id)
SELECT row_number() OVER (PARTITION BY r.id ORDER BY d.uuid) - 1, '', d.text_sha256, '',
       jsonb_build_object('id', d.uuid, 'title', d.title, 'language', d.language, 'split', NULL),
       d.id, {edition}, {project}, r.id
  FROM annotations_release r, annotations_document d WHERE r.number = 300;
INSERT INTO annotations_releasespan (uuid, start, "end", quote, label, stance, holder_kind, origin, votes_for,
       votes_total, revisions, document_id, project_id, release_id, released_id)
SELECT md5(d.id || '-' || d.release_id)::uuid, 4, 7, 'pay',
       CASE WHEN d.document_id % 500 = 7 THEN 'secrecy' ELSE 'compensation' END, 'favor', 'author', 'unanimous', 2,
       2, '{{}}', d.document_id, {project}, d.release_id, d.id
  FROM annotations_releasedocument d ORDER BY d.release_id, d.position;
INSERT INTO annotations_apitoken (uuid, name, token_hash, scopes, created_at, expires_at, user_id)
SELECT gen_random_uuid(), 'notebook ' || n, encode(sha256(('token-' || n)::bytea), 'hex'), '{{releases}}', now(),
       now() + interval '30 days', {user}
  FROM generate_series(1, 500) n;
INSERT INTO annotations_user (password, is_superuser, username, is_staff, is_active, date_joined, name, email, language)
SELECT '', false, 'coder' || n, false, true, now(), 'Coder ' || n, '', 'en' FROM generate_series(1, 200) n;
INSERT INTO annotations_membership (role, since, user_id, project_id)
SELECT 'annotator', now(), u.id, {project} FROM annotations_user u WHERE u.username LIKE 'coder%';
INSERT INTO annotations_coder (pseudonym, user_id, project_id)
SELECT 'crowd-' || u.id, u.id, {project} FROM annotations_user u WHERE u.username LIKE 'coder%';
"""
