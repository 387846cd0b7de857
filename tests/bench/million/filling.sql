-- What fills the database, a step after each line like this. $names are numbers of filling.py.
-- Days are told so that the order of keys is the order of time.

-- step: people
INSERT INTO accounts_user (password, is_superuser, is_staff, is_active, date_joined, email, name, language,
  shortcuts, last_login)
SELECT '!', false, false, true, now() - interval '800 days', 'learner' || n || '@bench.example',
  'Learner ' || n, '', true, now() - (n % 900) * interval '1 day'
FROM generate_series(1, $learners) n
UNION ALL
SELECT '!', false, false, true, now() - interval '800 days', 'teacher' || n || '@bench.example',
  'Teacher ' || n, '', true, now() FROM generate_series(1, $cohorts) n

-- step: addresses
INSERT INTO account_emailaddress (email, verified, "primary", user_id)
SELECT email, true, true, id FROM accounts_user

-- step: cohorts
INSERT INTO cohorts_cohort (name, slug, created_at, course_id)
SELECT 'Cohort ' || n, 'cohort-' || n, now(), (SELECT min(id) FROM lessons_course)
FROM generate_series(1, $cohorts) n

-- step: courses of cohorts
INSERT INTO cohorts_cohort_courses (cohort_id, course_id)
SELECT id, course_id FROM cohorts_cohort WHERE slug LIKE 'cohort-%'

-- step: memberships
INSERT INTO cohorts_membership (role, joined_at, cohort_id, user_id)
SELECT CASE WHEN u.email LIKE 'teacher%' THEN 'instructor' ELSE 'learner' END, now(), c.id, u.id
FROM accounts_user u
JOIN cohorts_cohort c ON c.slug = 'cohort-' || (1 + regexp_replace(u.email, '\D', '', 'g')::int % $cohorts)
WHERE u.email LIKE '%@bench.example'

-- step: submissions
INSERT INTO labs_submission (id, grade_id, text, key, state, created_at, finished_at, fault, tries, next_publish, publishes,
  lab_id, user_id, variant_id, request_id)
SELECT k * $learners + n, CASE WHEN (n * 31 + k) % 200 > 0 THEN k * $learners + n END,
  '{"Version":"2012-10-17","Statement":[' || repeat('{"Effect":"Allow","Action":"s3:Get*"},', 10) || k,
  gen_random_uuid(),
  CASE WHEN (n * 31 + k) % 200 = 0 THEN 'faulted' ELSE 'graded' END, at, at, '', 1, at, 1,
  lab.id, u.id, lab.variant, ''
FROM generate_series(0, $each - 1) k
CROSS JOIN generate_series(1, $learners) n
JOIN accounts_user u ON u.email = 'learner' || n || '@bench.example'
JOIN (SELECT l.id, min(v.id) AS variant, row_number() OVER (ORDER BY l.id) AS nth FROM labs_lab l
      JOIN labs_variant v ON v.lab_id = l.id GROUP BY l.id) lab
  ON lab.nth = 1 + (k + n) % (SELECT count(*) FROM labs_lab)
CROSS JOIN LATERAL (SELECT now() - ($each - k) * interval '7 days' + n * interval '10 seconds' AS at) time
WHERE k < $each / 10 OR 1 + n % $cohorts <> $ended
ORDER BY k, n

-- step: grades
INSERT INTO labs_grade (id, points, max_points, passed, report, unpacked_report, engine_version, content_hash,
  made_by, reason, created_at, submission_id)
SELECT s.id, s.id % 5, 4, s.id % 5 >= 4, r.data, '{}', 'bench-1', repeat('a', 64),
  CASE WHEN s.id % 50000 = 1 THEN 'instructor' ELSE 'task' END, '', s.finished_at, s.id
FROM labs_submission s JOIN bench_report r ON r.n = s.id % (SELECT count(*) FROM bench_report)
WHERE s.state = 'graded' ORDER BY s.id

-- step: sequences
SELECT setval('labs_submission_id_seq', $learners * $each), setval('labs_grade_id_seq', $learners * $each)

-- step: waiting
UPDATE labs_submission SET state = 'queued', grade_id = NULL, finished_at = NULL, tries = 0,
  created_at = now(), next_publish = now() + interval '1 hour'
WHERE id IN (SELECT id FROM labs_submission ORDER BY id DESC LIMIT $waiting)

-- step: efforts
INSERT INTO labs_effort (user_id, lab_id, failed, since, last_at, passed_at, latest_id, best)
SELECT s.user_id, s.lab_id, count(*) FILTER (WHERE NOT g.passed), min(s.created_at) FILTER (WHERE NOT g.passed),
  max(s.created_at), min(s.created_at) FILTER (WHERE g.passed), max(s.id), max(100 * g.points / g.max_points)
FROM labs_submission s JOIN labs_grade g ON g.id = s.grade_id GROUP BY s.user_id, s.lab_id

-- step: drafts
INSERT INTO labs_draft (text, revision, saved_at, user_id, lab_id, variant_id)
SELECT repeat('typed ', 100), 3, max(created_at), user_id, lab_id, min(variant_id)
FROM labs_submission GROUP BY user_id, lab_id

-- step: kept texts
INSERT INTO labs_kepttext (text, kept_at, user_id, lab_id, variant_id)
SELECT repeat('kept ', 100), saved_at, user_id, lab_id, variant_id FROM labs_draft WHERE id % 2 = 0

-- step: completions
INSERT INTO lessons_completion (completed_at, user_id, lesson_id)
SELECT now() - (u.id + l.id) % 700 * interval '1 day', u.id, l.id FROM accounts_user u
CROSS JOIN lessons_lesson l WHERE u.email LIKE 'learner%' AND (u.id + l.id) % 2 = 0

-- step: places
INSERT INTO lessons_place (seen_at, user_id, course_id, lesson_id)
SELECT now() - (u.id % 900) * interval '1 day', u.id, c.id, (SELECT min(id) FROM lessons_lesson)
FROM accounts_user u CROSS JOIN lessons_course c WHERE u.email LIKE 'learner%'

-- step: sessions
INSERT INTO accounts_session (session_key, session_data, expire_date, browser, since, seen, user_id)
SELECT md5(n::text), repeat('x', 300), now() + (n % 28 - 14) * interval '1 day', 'Firefox on Linux',
  now() - interval '20 days', now() - interval '1 day', (SELECT min(id) FROM accounts_user) + n % $learners
FROM generate_series(1, 2 * $learners) n

-- step: audit
INSERT INTO audit_entry (at, what, about, network, cohort_id, actor_id, person_id)
SELECT now() - interval '700 days' + n * interval '3 minutes',
  CASE WHEN n % 10000 = 0 THEN 'erased' ELSE 'signed-in' END, '',
  CASE WHEN n % 20000 = 0 THEN '198.51.100.0/24' ELSE '192.0.2.0/24' END,
  CASE WHEN n % 3 = 0 THEN (SELECT min(id) FROM cohorts_cohort) + n % $cohorts END,
  (SELECT min(id) FROM accounts_user) + n % $learners, (SELECT min(id) FROM accounts_user) + n % $learners
FROM generate_series(1, 30 * $learners) n

-- step: invitations
INSERT INTO cohorts_invitation (code, role, uses, used, cohort_id)
SELECT 'code-' || c.id || '-' || n, 'learner', 30, 0, c.id FROM cohorts_cohort c CROSS JOIN generate_series(1, 20) n

-- step: past memberships
INSERT INTO cohorts_pastmembership (role, joined_at, ended_at, cohort_id, user_id)
SELECT role, joined_at, now(), cohort_id, user_id FROM cohorts_membership WHERE id % 2 = 0

-- step: people who left
UPDATE accounts_user SET is_active = false WHERE id % 1000 = 0 AND email LIKE 'learner%'
