import { expect, it } from 'vitest';
import type { IssueCode } from '../../src/outcome/catalogue.ts';
import { writeJson } from '../../src/json/json.ts';
import { releaseSubmission, submitTexts, withdrawCourse } from '../../src/exchange/submit.ts';
import { beginDeliveries, submissionWorld } from './submissions.ts';

/** Issues go into answers and logs: whatever is received, none of it may be in one. */

const mark = 'CANARY-7f3a';
const head = { schemaVersion: '1', system: `https://${mark}.example/courses`, id: `${mark}-course` };
const patient = { system: `https://${mark}.example/patients`, id: `${mark}-patient` };
const answers = { instrument: 'phq9', statedTotal: 20 };
const retracted = { at: '2026-04-01', reason: mark };

const good = {
  ...head,
  version: 1,
  patient,
  status: 'active',
  sourceSystem: mark,
  sessions: Array.from({ length: 12 }, (_, index) => ({ id: `${mark}-${index}`, status: 'completed', note: mark })),
  assessments: [
    { id: `${mark}-a`, ...answers },
    { id: `${mark}-b`, ...answers },
  ],
  outcomes: [{ id: mark, instrument: 'phq9', baselineAssessmentId: `${mark}-a`, currentAssessmentId: `${mark}-b` }],
  adverseEvents: [{ id: mark, sessionId: `${mark}-11`, event: { key: 'nausea' }, note: mark }],
};

const sent: readonly (readonly ['snapshot' | 'partial', object])[] = [
  ['partial', { ...head, version: 2, setting: 'outpatient' }],
  ['snapshot', good],
  ['snapshot', { ...good, sessions: [] }],
  ['snapshot', { ...good, version: 3, patient: { ...patient, id: `${mark}-other` } }],
  ['snapshot', { ...good, version: 4, adverseEvents: [], sessions: good.sessions.slice(6) }],
  ['snapshot', { ...good, version: undefined }],
  ['snapshot', { ...good, version: 0 }],
  ['partial', { ...head, version: 5, assessments: [{ id: `${mark}-b`, retracted }] }],
  ['partial', { ...head, version: 6, sessions: [{ id: `${mark}-11`, retracted }] }],
  [
    'partial',
    { ...head, version: 7, adverseEvents: [{ id: `${mark}-2`, sessionId: `${mark}-x`, event: { key: 'nausea' } }] },
  ],
  ['partial', { ...head, version: 8, sessions: [{ id: `${mark}-y`, readings: [{ id: mark }] }] }],
  ['partial', { ...head, version: 2, setting: 'inpatient' }],
  [
    'partial',
    {
      ...head,
      [mark]: mark,
      status: mark,
      start: mark,
      sessions: [
        { id: mark, [mark]: 1 },
        { id: mark, retracted: mark, note: mark },
      ],
    },
  ],
  ['partial', { ...head, version: 9, patient: { ...patient, id: mark } }],
  ['partial', { ...head, version: 9, status: null, sessions: null, phases: mark, interviews: [mark] }],
  ['partial', { ...head, version: 1, setting: 'inpatient' }],
  ['partial', { ...head, version: 9, timeZone: mark, recordedAt: '2026-01-01T09:00' }],
  ['partial', { ...head, version: 9, start: '2026-05', end: '2026-04' }],
];

const expected: IssueCode[] = [
  'cannot-be-cleared',
  'retracted-with-content',
  'retracted-along',
  'link-cleared',
  'version-conflict',
  'would-retract',
  'patient-changed',
  'course-withdrawn',
  'order-unknown',
  'course-without-snapshot',
  'part-not-known',
  'older-submission',
];

it('nothing received stands in an issue', async () => {
  const world = await submissionWorld();
  const results = [];
  for (const [kind, json] of sent) {
    results.push(...(await submitTexts([{ kind, text: writeJson(json) }], world)));
    await beginDeliveries(world);
  }
  const id = results[0]?.id ?? '';
  const held = results.filter(({ state }) => state === 'held');
  for (const { submission = '' } of held) results.push(await releaseSubmission(submission, world));
  results.push(await withdrawCourse(id, `${mark}\u0000`, world), await withdrawCourse(id, mark, world));
  results.push(...(await submitTexts([{ kind: 'snapshot', text: writeJson({ ...good, version: 99 }) }], world)));

  expect(writeJson(results)).not.toContain(mark);
  const codes = new Set(results.flatMap(({ issues }) => issues.map(({ code }) => code)));
  expect([...codes].toSorted()).toEqual(expect.arrayContaining(expected));
});
