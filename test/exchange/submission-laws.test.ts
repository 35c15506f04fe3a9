import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { coursesOf } from '../synthetic/courses.ts';
import { Ledger } from './submission-ledger.ts';
import { eventKinds, expectSameInEveryOrder, scenario } from './submission-scenarios.ts';

/** The laws of submissions, on a few courses; `npm run test:laws` tries many more. */
const courses = coursesOf('small', 2, 11);

it('snapshots and partials end in the same course, in whichever order they come, and however often', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...courses),
      fc.array(fc.constantFrom(...eventKinds), { minLength: 2, maxLength: 4 }),
      fc.nat(),
      (course, kinds, seed) => expectSameInEveryOrder(scenario(course, kinds, seed)),
    ),
    { numRuns: 15, seed: 5 },
  );
});

it('a snapshot with half its sessions missing is held, and is the course once it is released', async () => {
  for (const course of coursesOf('full', 1, 7)) {
    const sessions = course.sessions?.slice(0, Math.floor(course.sessions.length / 2)) ?? [];
    const left = new Set(sessions.map(({ id }) => id));
    const linked = <T extends { readonly sessionId?: string | undefined }>(list: readonly T[] | undefined) =>
      list?.filter(({ sessionId }) => sessionId === undefined || left.has(sessionId));
    const timed = <T extends { readonly timepoint?: { readonly sessionId?: string | undefined } | undefined }>(
      one: T,
    ): T =>
      one.timepoint?.sessionId === undefined || left.has(one.timepoint.sessionId)
        ? one
        : { ...one, timepoint: undefined };
    const half = {
      ...course,
      sessions,
      psychotherapySessions: linked(course.psychotherapySessions),
      adverseEvents: linked(course.adverseEvents),
      assessments: course.assessments?.map(timed),
      interviews: course.interviews?.map(timed),
    };
    const ledger = new Ledger();
    await ledger.submit({ ...course, version: 1 });
    ledger.send();
    const before = ledger.text;
    expect((await ledger.submit({ ...half, version: 2 })).state).toBe('held');
    expect(ledger.text).toBe(before);
    expect((await ledger.release()).state).toBe('accepted');
    expect(ledger.course?.sessions?.length).toBe(sessions.length);
  }
});
