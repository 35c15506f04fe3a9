import { describe, expect, test } from 'vitest';
import { firstApproach, type Approach } from '../../src/exchange/approach.ts';
import { firstKnowledge, knowledgeFrom, type TargetKnowledge } from '../../src/exchange/knowledge.ts';
import { afterSuccess, approachTo, lessAtOnce } from '../../src/exchange/lessons.ts';
import { parseJson } from '../../src/json/json.ts';

const day = 24 * 3600 * 1000;
const posting: Approach = { ...firstApproach, strategy: 'resolve-then-write' };

const after = (knowledge: TargetKnowledge, ended: Approach, more: { now?: number; created?: boolean } = {}) =>
  afterSuccess(knowledge, approachTo(knowledge, more.now ?? 0), ended, { now: 0, created: true, ...more });

describe('another way of writing', () => {
  test('is settled on when it was needed twice in a row', () => {
    const once = after(firstKnowledge, posting);
    expect(once).toMatchObject({ strategy: 'update-as-create', doubts: { strategy: 1 } });
    expect(after(once, posting)).toMatchObject({ strategy: 'resolve-then-write', doubts: {}, settledAt: 0 });
    expect(after(after(once, firstApproach), posting)).toMatchObject({ strategy: 'update-as-create' });
  });

  test('is not judged by what was there before', () => {
    const once = after(firstKnowledge, posting);
    expect(after(once, firstApproach, { created: false })).toMatchObject({ doubts: { strategy: 1 } });
  });

  test('is doubted again after a day, and taken back when it was not needed twice', () => {
    const settled = after(after(firstKnowledge, posting), posting);
    expect(approachTo(settled, day - 1).strategy).toBe('resolve-then-write');
    expect(approachTo(settled, day).strategy).toBe('update-as-create');
    expect(approachTo(settled, -day).strategy).toBe('update-as-create');
    // Tried in vain: it stands for another day.
    const again = after(settled, posting, { now: day });
    expect(approachTo(again, day + 1).strategy).toBe('resolve-then-write');
    const back = after(after(settled, firstApproach, { now: day }), firstApproach, { now: 2 * day });
    expect(back.strategy).toBe('update-as-create');
  });
});

describe('a limit', () => {
  const limited = (entries: number): Approach => ({ ...firstApproach, limits: { ...firstApproach.limits, entries } });

  test('is believed at once, and grows with every success until it is none', () => {
    let knowledge = after(firstKnowledge, limited(50));
    expect(knowledge.limits).toEqual({ entries: 50 });
    knowledge = after(knowledge, approachTo(knowledge, 0));
    expect(knowledge.limits.entries).toBe(55);
    for (let time = 0; time < 60; time += 1) knowledge = after(knowledge, approachTo(knowledge, 0));
    expect(knowledge.limits).toEqual({});
  });

  test('is half of what took too long, and never next to nothing', () => {
    expect(lessAtOnce(firstKnowledge, 300).limits).toEqual({ entries: 150 });
    expect(lessAtOnce(firstKnowledge, 12).limits).toEqual({ entries: 10 });
    expect(lessAtOnce({ ...firstKnowledge, limits: { entries: 20 } }, 300).limits).toEqual({ entries: 20 });
  });
});

test('knowledge is kept as JSON, and what is not understood is learnt again', () => {
  const knowledge: TargetKnowledge = {
    strategy: 'conditional-update',
    mode: 'batch',
    patientFirst: true,
    limits: { entries: 12, bytes: 900_000 },
    doubts: { mode: 1 },
    settledAt: 17,
    coverage: { notHeld: ['Observation'], identifiers: 'lost' },
  };
  const parsed = parseJson(JSON.stringify(knowledge));
  expect(parsed.ok && knowledgeFrom(parsed.value)).toEqual(knowledge);
  for (const json of [undefined, null, [], 'x', { strategy: 'x', mode: 1, limits: { entries: 0 }, doubts: 'x' }]) {
    expect(knowledgeFrom(json as Parameters<typeof knowledgeFrom>[0])).toEqual(firstKnowledge);
  }
});
