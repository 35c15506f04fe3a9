import type { Migration } from './migration.ts';

/** Courses, what was submitted of them, what they became, and what became of that on each target. */
export const coursesAndDeliveries: Migration = {
  number: 1,
  name: 'courses-and-deliveries',
  // Every index is one more page to write for each course, and one is enough for what waits. Large texts stand last in a row, so that nobody who asks for the rest reads them.
  statements: `
    create table patient (
      id integer primary key,
      system text not null,
      value text not null,
      unique (system, value)
    ) strict;

    create table course (
      id text primary key,
      source_system text not null,
      source_id text not null,
      patient_id integer not null references patient (id),
      version_seq integer
    ) strict, without rowid;

    create table submission (
      seq integer primary key,
      id text not null unique,
      course_id text not null references course (id),
      kind text not null check (kind in ('snapshot', 'partial', 'withdrawal')),
      state text not null check (state in ('in-force', 'superseded', 'held', 'pending')),
      order_version integer,
      order_recorded_at integer,
      hash text not null,
      issues text not null,
      reason text,
      received_at integer not null,
      text text not null
    ) strict;
    create index submission_of_course on submission (course_id);
    create index submission_held on submission (seq) where state = 'held';

    create table version (
      seq integer primary key,
      course_id text not null references course (id),
      submission_seq integer not null references submission (seq),
      hash text not null,
      at integer not null,
      text text
    ) strict;

    create table target (
      id text primary key,
      base text not null,
      knowledge text
    ) strict, without rowid;

    create table delivery (
      seq integer primary key,
      id text not null unique,
      course_id text not null references course (id),
      version_seq integer not null references version (seq),
      target text not null references target (id),
      patient_id integer not null references patient (id),
      mode text not null check (mode in ('changes', 'repair')),
      state text not null check (state in
        ('waiting', 'in-flight', 'delivered', 'in-part', 'refused', 'unresolved', 'given-up', 'superseded')),
      notification text not null check (notification in ('none', 'pending', 'told')),
      attempts integer not null,
      begun integer not null check (begun in (0, 1)),
      due_at integer not null,
      created_at integer not null,
      ended_at integer,
      lease text,
      issues text not null,
      unique (course_id, target, version_seq),
      check ((state = 'in-flight') = (lease is not null))
    ) strict;
    create index delivery_due on delivery (target, due_at, created_at) where state = 'waiting';
    create index delivery_in_flight on delivery (target, patient_id) where state = 'in-flight';
    create index delivery_by_state on delivery (state) where state <> 'waiting';

    create table receipt (
      target text not null references target (id),
      course_id text not null references course (id),
      version_seq integer not null references version (seq),
      mapping text not null,
      at integer not null,
      resources text not null,
      primary key (target, course_id)
    ) strict;

    create table open_attempt (
      target text not null references target (id),
      course_id text not null references course (id),
      lease text not null,
      since integer not null,
      primary key (target, course_id)
    ) strict, without rowid;

    create table audit (
      seq integer primary key,
      at integer not null,
      actor text not null,
      action text not null check (action in ('submitted', 'replayed', 'released', 'withdrawn', 'rejected')),
      subject text not null
    ) strict;
    create trigger audit_is_not_changed before update on audit
      begin select raise(abort, 'the audit trail is only ever added to'); end;
    create trigger audit_is_not_shortened before delete on audit
      begin select raise(abort, 'the audit trail is only ever added to'); end;
  `,
};
