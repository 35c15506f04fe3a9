import { entry, field, root } from '../course/path.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Issue } from '../outcome/issue.ts';
import { instrumentCanonical, type PlannedAssessment, type Programme } from './programme.ts';
import { closedAfter, momentsOf, type DatedPart } from './schedule-moments.ts';
import type { Timeline } from './schedule-timeline.ts';
import { dayIn } from './schedule-treatments.ts';
import { base } from './terminology.ts';

/**
 * The moments at which the programme asks for an instrument and the course has no answers, and required psychotherapy
 * that it does not have. A moment is lacking only once its own time has come in the course; what is still to come never
 * is, and where a part of unknown time may be the one, nothing is said.
 */
export function checkAssessments(course: TreatmentCourse, programme: Programme, timeline: Timeline): Issue[] {
  const answered = new Map<string, Answered>();
  const answersOf = (canonical: string): Answered => {
    const known = answered.get(canonical) ?? answeredBy(canonical, course, programme, timeline);
    answered.set(canonical, known);
    return known;
  };
  return programme.assessments.flatMap((moment) => {
    if (!moment.asked) return [];
    const answers = moment.instruments.map(answersOf);
    if (answers.some(({ vague }) => vague)) return [];
    const [list = 'assessments'] = moment.instruments.map(listOf);
    return dueAt(moment, course, timeline)
      .filter((n) => !answers.some(({ moments }) => moments.has(nameOf(moment.kind, n))))
      .map((n) => ({
        code: 'programme-assessment-lacking' as const,
        at: placeOf(moment, n, list, timeline),
        facts: {
          instrument: moment.instruments.map(shortName).join(', '),
          timepoint: moment.kind,
          ...(n !== undefined && { n }),
        },
      }));
  });
}

/** What answers to the moments of one instrument. */
interface Answered {
  readonly moments: ReadonlySet<string>;
  /** There is a part of which nobody can say when it was. */
  readonly vague: boolean;
}

const nameOf = (kind: string, n: number | undefined): string => `${kind} ${n ?? ''}`;

function answeredBy(canonical: string, course: TreatmentCourse, programme: Programme, timeline: Timeline): Answered {
  const parts = partsOf(canonical, course);
  const moments = programme.assessments.filter(({ instruments }) => instruments.includes(canonical));
  const labels = momentsOf(parts, moments, timeline);
  const isVague = ({ at, timepoint }: DatedPart): boolean => dayIn(at) === undefined && timepoint === undefined;
  const seen = new Set([...labels.values()].map(({ kind, n }) => nameOf(kind, n)));
  // Who was asked at a follow-up was interviewed.
  if (canonical === forms.interviews && (course.followUps ?? []).length > 0) seen.add(nameOf('followUp', undefined));
  return { moments: seen, vague: parts.some((part) => !labels.has(part.id) && isVague(part)) };
}

/** The parts of a course that have a list, and a form, of their own. */
const forms = {
  suicideRisk: `${base}/Questionnaire/suicide-risk`,
  interviews: `${base}/Questionnaire/interview`,
} as const;

const listOf = (canonical: string): 'suicideRisk' | 'interviews' | 'assessments' => {
  if (canonical === forms.suicideRisk) return 'suicideRisk';
  return canonical === forms.interviews ? 'interviews' : 'assessments';
};

function partsOf(canonical: string, course: TreatmentCourse): readonly DatedPart[] {
  const list = listOf(canonical);
  if (list !== 'assessments') return course[list] ?? [];
  return (course.assessments ?? []).filter(({ instrument }) => instrumentCanonical(instrument) === canonical);
}

// Our own are said by their keys, as courses say them.
const shortName = (canonical: string): string => canonical.replace(`${base}/Questionnaire/`, '');

/** The occasions of a moment that have come: its `n`, each treatment's where it names none, nothing where none has. */
function dueAt(
  moment: PlannedAssessment,
  { status, endReason }: TreatmentCourse,
  timeline: Timeline,
): readonly (number | undefined)[] {
  const { treatments, over, allGiven, knownUntil } = timeline;
  const { kind, n } = moment;
  if (treatments.length === 0 || endReason === 'death') return [];
  if (kind === 'baseline') return [n];
  if (kind === 'endOfTreatment') return over ? [n] : [];
  if (kind === 'followUp') return status === 'completed' ? [n] : [];
  if (kind === 'afterSession') {
    const ordinals = treatments.flatMap(({ ordinal }) => ordinal ?? []);
    return ordinals.filter((ordinal) => (n ?? ordinal) === ordinal);
  }
  const closed = closedAfter(moment, timeline);
  if (closed === undefined || allGiven === false) return [];
  // Where nobody says how many treatments there are, one that was stopped may have ended before the day came.
  const ended = allGiven === true ? over : status === 'completed';
  return ended || (knownUntil() ?? '') > closed ? [n] : [];
}

function placeOf({ kind }: PlannedAssessment, n: number | undefined, list: string, { treatment }: Timeline): string {
  const index = kind === 'afterSession' && n !== undefined ? treatment(n)?.index : undefined;
  return index === undefined ? field(root, list) : entry(field(root, 'sessions'), index);
}

/** Psychotherapy that the programme requires: planned once treatment has begun, and held once the course is over. */
export function checkPsychotherapy(course: TreatmentCourse, programme: Programme, timeline: Timeline): Issue[] {
  if (!programme.psychotherapy || timeline.treatments.length === 0) return [];
  const held = (course.psychotherapySessions ?? []).some(({ attended }) => attended !== false);
  const planned = course.psychotherapyPlan !== undefined && course.psychotherapyPlan.required !== false;
  if (held || (planned && !timeline.over)) return [];
  return [{ code: 'programme-psychotherapy-lacking', at: field(root, 'psychotherapySessions') }];
}
