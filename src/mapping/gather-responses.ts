import type { PartKind } from '../course/identity.ts';
import type { FormId } from '../definitions/definitions.ts';
import { readAnswers } from './assessment.ts';
import { readEligibility } from './eligibility.ts';
import { elementsIn, textIn, type Elements } from './elements.ts';
import { readFollowUp } from './follow-up.ts';
import { claim, ofKind, ownId, type Gathering } from './gathering.ts';
import { readInterview } from './interview.ts';
import { readPsychotherapySession } from './psychotherapy-session.ts';
import type { Recognised } from './recognise.ts';
import { readSubscore, readTotal, subscoreFacet } from './score.ts';
import { readSuicideRisk } from './suicide-risk.ts';
import { timepointSession } from './timepoint.ts';

/** The id of the session that a member is the record of. */
export type SessionIds = ReadonlyMap<Recognised, string>;

/** A form of ours that holds one part of the course. */
interface PartForm {
  readonly form: FormId;
  /** The list of the course. */
  readonly list: string;
  readonly kind: PartKind;
  readonly read: (resource: Elements) => Elements;
}

export const partForms: readonly PartForm[] = [
  { form: 'eligibility', list: 'eligibility', kind: 'e', read: readEligibility },
  { form: 'psychotherapy-session', list: 'psychotherapySessions', kind: 'pt', read: readPsychotherapySession },
  { form: 'suicide-risk', list: 'suicideRisk', kind: 'sr', read: readSuicideRisk },
  { form: 'interview', list: 'interviews', kind: 'i', read: readInterview },
  { form: 'follow-up', list: 'followUps', kind: 'f', read: readFollowUp },
];

/** The lists of parts that stand in forms of ours. */
export function gatherForms(
  gathering: Gathering,
  responses: readonly Recognised[],
  sessions: SessionIds,
): Readonly<Record<string, readonly Elements[]>> {
  return Object.fromEntries(
    partForms.map(({ form, list, kind, read }) => [
      list,
      ofKind(responses, form).flatMap((one): Elements[] => {
        const id = ownId(gathering, one, (own) => [[kind, own]], 'answers');
        if (id === undefined) return [];
        const part = withTimepointSession(gathering, one, read(one.elements), sessions);
        const sessionId = kind === 'pt' ? sessionAmong(gathering, one, sessions) : undefined;
        return [{ id, ...part, ...(sessionId !== undefined && { sessionId }) }];
      }),
    ]),
  );
}

/** The session that a response is part of, beside the course summary. */
function sessionAmong(gathering: Gathering, one: Recognised, sessions: SessionIds): string | undefined {
  return elementsIn(one.elements, 'partOf')
    .map((part) => gathering.member(textIn(part, 'reference')))
    .map((member) => (member === undefined ? undefined : sessions.get(member)))
    .find((id) => id !== undefined);
}

function withTimepointSession(gathering: Gathering, one: Recognised, part: Elements, sessions: SessionIds): Elements {
  const record = gathering.member(timepointSession(one.elements));
  const sessionId = record && sessions.get(record);
  if (sessionId === undefined) return part;
  return { ...part, timepoint: { ...(part['timepoint'] as Elements | undefined), sessionId } };
}

/** The assessments, and which assessment a total is of: evaluations name totals. */
export interface GatheredAssessments {
  readonly assessments: readonly Elements[];
  readonly ofTotal: ReadonlyMap<Recognised, string>;
}

export function gatherAssessments(
  gathering: Gathering,
  responses: readonly Recognised[],
  sessions: SessionIds,
): GatheredAssessments {
  const ofTotal = new Map<Recognised, string>();
  const assessments = ofKind(responses, 'answers').flatMap((one): Elements[] => {
    const { instrument, elements } = one;
    const id = instrument && ownId(gathering, one, (own) => [['a', own]], 'answers');
    if (instrument === undefined || id === undefined) return [];
    const part = withTimepointSession(gathering, one, readAnswers(elements, instrument), sessions);
    const scores = gathering.scoresOf(one);
    // A second total of one response is left unclaimed, and so is reported.
    const [total] = ofKind(scores, 'total');
    if (total !== undefined && claim(gathering, total, [['a', id]], 'total')) ofTotal.set(total, id);
    const subscores = gatherSubscores(gathering, ofKind(scores, 'subscore'), id);
    return [
      {
        id,
        ...part,
        ...(total !== undefined && readTotal(total.elements)),
        ...(subscores.length > 0 && { statedSubscores: subscores }),
      },
    ];
  });
  return { assessments, ofTotal };
}

/** The subscores that the clinic stated, in its order. */
function gatherSubscores(gathering: Gathering, scores: readonly Recognised[], id: string): Elements[] {
  return scores
    .map((one) => ({ one, ...readSubscore(one.elements) }))
    .filter(({ one, key }) => key !== undefined && claim(gathering, one, [['a', id]], subscoreFacet(key)))
    .filter(({ value }) => value !== undefined)
    .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map(({ key, value }) => ({ key, value }));
}
