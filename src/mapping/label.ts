import { partIdentifier, type Identifier } from '../course/identity.ts';
import type { AssessmentLabel, SessionLabel } from '../definitions/schedule.ts';
import { ownExtension } from './canonicals.ts';
import { ownCoding } from './codings.ts';
import { listIn, type Elements } from './elements.ts';
import type { Scene } from './scene.ts';

/**
 * What the programme says of the sessions and assessments, all in the course summary: an inserted session gives every
 * later one another number, and only the summary another version. Labels are computed and never read back.
 */

const part = (url: string, value: Elements): Elements => ({ url, ...value });

/** Labels a reference to a session record. */
export function labelSession(member: Elements, label: SessionLabel): void {
  listIn(member, 'extension').push({
    url: ownExtension('session-label'),
    extension: [
      part('ordinal', { valuePositiveInt: label.ordinal }),
      ...(label.phase === undefined ? [] : [part('phase', { valueCoding: ownCoding('phase', label.phase) })]),
      ...(label.phaseOrdinal === undefined ? [] : [part('phaseOrdinal', { valuePositiveInt: label.phaseOrdinal })]),
      ...label.deviations.map((code) => part('deviation', { valueCoding: ownCoding('deviation', code) })),
    ],
  });
}

/** Labels an assessment, by the identifier of its answers: a reference to them would close a circle. */
export function labelAssessment(summary: Elements, scene: Scene, id: string, { kind, n }: AssessmentLabel): void {
  const { system, value }: Identifier = partIdentifier(scene.course, [['a', id]], 'answers');
  listIn(summary, 'extension').push({
    url: ownExtension('assessment-label'),
    extension: [
      part('assessment', { valueIdentifier: { system, value } }),
      part('timepoint', { valueCoding: ownCoding('timepoint', kind) }),
      ...(n === undefined ? [] : [part('n', { valueInteger: n })]),
    ],
  });
}
