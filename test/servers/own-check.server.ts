import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownCheck } from '../../src/exchange/own-check.ts';
import { fhirServer } from '../../src/fhir-client/fhir-server.ts';
import type { Issue } from '../../src/outcome/issue.ts';
import { shippedChecker } from '../../src/validation/shipped.ts';
import { asServersSay, brokenCourses, marker } from '../exchange/broken-courses.ts';
import { course } from '../exchange/courses.ts';
import { senderTo } from '../exchange/deliveries.ts';
import { freePort, NotBuilt, startInBackground, type Background } from './background.ts';

/** What our own check refuses, and a target that looks as closely: both name the same places. */

let base = '';
let running: Background | undefined;
beforeAll(async () => {
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  try {
    running = await startInBackground({
      name: 'helios',
      script: fileURLToPath(new URL('helios/start-enforcing', import.meta.url)),
      args: (scratch) => [String(port), scratch],
      ready: `${base}/metadata`,
    });
  } catch (error) {
    if (!(error instanceof NotBuilt)) throw error;
  }
});
afterAll(() => running?.stop());

const check = { check: ownCheck(shippedChecker(), 'ours') };
const server = () => fhirServer({ base, authentication: { kind: 'none' } });

/** `place element`, as the target writes elements. */
const places = (issues: readonly Issue[]): string[] =>
  issues.flatMap(({ at, facts = {} }) => {
    const { element } = facts;
    return typeof element === 'string' ? [`${at} ${asServersSay(element)}`] : [];
  });

describe('a target that validates', () => {
  test('takes what we take', async ({ skip }) => {
    if (running === undefined) skip();
    expect(await senderTo(server(), check).deliver(course)).toMatchObject({ ended: 'delivered', issues: [] });
  });

  test.each(brokenCourses('V'))('refuses $what where we do', async ({ course: broken, at, element }) => {
    if (running === undefined) return;
    const ours = await senderTo(server(), check).deliver(broken);
    expect(ours).toMatchObject({ ended: 'refused', byUs: true, requests: 0 });
    const theirs = await senderTo(server()).deliver(broken);
    expect(theirs).toMatchObject({ ended: 'refused', status: 422 });
    expect(places(ours.issues)).toContain(`${at} ${element}`);
    // It stops at its first finding in a resource.
    expect(places(theirs.issues)).toEqual([`${at} ${element}`]);
    expect(JSON.stringify([ours.issues, theirs.issues])).not.toContain(marker);
  });
});
