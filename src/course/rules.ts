import { numberValue, type JsonNumber } from '../json/json.ts';
import type { IssueCode } from '../outcome/catalogue.ts';
import type { Issue } from '../outcome/issue.ts';
import { looksLikeNationalIdentityNumber } from './national-identity-number.ts';
import { field, placeOf, root } from './path.ts';
import type { TreatmentCourse } from './schema.ts';
import { earliest, isLocalText, isTimeZone, latest, readLocal } from './time.ts';
import { visitCourse } from './visit.ts';

/** A course of which any field may be absent: what is left of one when the fields with faults are taken out. */
export type Draft = DeepPartial<TreatmentCourse>;

type DeepPartial<T> = T extends JsonNumber | string | boolean
  ? T
  : T extends readonly (infer E)[]
    ? readonly (DeepPartial<E> | undefined)[]
    : { readonly [K in keyof T]?: DeepPartial<Exclude<T[K], undefined>> | undefined };

type List<T> = readonly (T | undefined)[] | undefined;

/** What holds between the fields of a course, beyond the shape of each: every fault at its path. */
export function checkRules(draft: Draft | undefined): Issue[] {
  if (draft === undefined) return [];
  const issues: Issue[] = [];
  const report = (code: IssueCode, at: string): void => void issues.push({ code, at });
  const zone = draft.timeZone !== undefined && isTimeZone(draft.timeZone) ? draft.timeZone : undefined;
  if (draft.timeZone !== undefined && zone === undefined) report('unknown-time-zone', field(root, 'timeZone'));
  checkEveryField(draft, zone, report);
  checkPeriods(draft, zone, report);
  checkLinks(draft, report);
  checkSessions(draft, zone, report);
  return issues;
}

type Report = (code: IssueCode, at: string) => void;

/** What a field may be asked wherever it stands: is the time one of the zone, the code not ours, the id no person's. */
function checkEveryField(draft: Draft, zone: string | undefined, report: Report): void {
  if (draft.id !== undefined && looksLikeNationalIdentityNumber(draft.id)) {
    report('national-identity-number', field(root, 'id'));
  }
  visitCourse(draft, {
    time: (text, way) => {
      if (!isLocalText(text)) return;
      if (zone === undefined) {
        if (draft.timeZone === undefined) report('time-without-zone', placeOf(way));
        return;
      }
      const { occurs } = readLocal(text, zone);
      if (occurs === 'never') report('nonexistent-local-time', placeOf(way));
      if (occurs === 'twice') report('ambiguous-local-time', placeOf(way));
    },
    code: (system, way) => {
      if (system.startsWith('https://w3id.org/coursebridge/'))
        report('code-in-own-system', placeOf([...way, 'system']));
    },
    alternatives: (good, way) => {
      if (!good) report('one-of-needed', placeOf(way));
    },
    parts: (ids, way) => {
      const seen = new Set<string>();
      ids.forEach((id, index) => {
        if (id === undefined) return;
        const place = (): string => placeOf([...way, index, 'id']);
        if (seen.has(id)) report('duplicate-id', place());
        seen.add(id);
        if (looksLikeNationalIdentityNumber(id)) report('national-identity-number', place());
      });
    },
  });
}

function checkPeriods(draft: Draft, zone: string | undefined, report: Report): void {
  const check = (start: string | undefined, end: string | undefined, at: string, name = 'end'): void => {
    if (start === undefined || end === undefined || !isReadable(start, zone) || !isReadable(end, zone)) return;
    // What comes after a day is no part of it any more.
    const after = latest(end, zone);
    const begin = earliest(start, zone);
    if (after < begin || (after === begin && end.length <= 10)) report('end-before-start', field(at, name));
  };
  check(draft.start, draft.end, root);
  each(draft.sessions, 'sessions', (session, at) => {
    check(session.at, session.end, at);
    each(session.administrations, 'administrations', (a, place) => check(a.start, a.end, place), at);
    each(session.sideEffects, 'sideEffects', (e, place) => check(e.onset, e.resolved, place, 'resolved'), at);
  });
  each(draft.phases, 'phases', (phase, at) => check(phase.from, phase.to, at, 'to'));
  each(draft.concomitantMedications, 'concomitantMedications', (m, at) => check(m.start, m.end, at));
}

// A local time that cannot be placed has its own issue; comparing it would only add a false one.
function isReadable(text: string, zone: string | undefined): boolean {
  return !isLocalText(text) || (zone !== undefined && readLocal(text, zone).occurs !== 'never');
}

function checkLinks(draft: Draft, report: Report): void {
  const sessions = idsOf(draft.sessions);
  const phases = idsOf(draft.phases);
  const assessments = idsOf(draft.assessments);
  const check = (link: string | undefined, ids: ReadonlySet<string>, at: string): void => {
    if (link !== undefined && !ids.has(link)) report('dangling-link', at);
  };
  each(draft.sessions, 'sessions', (s, at) => check(s.phaseId, phases, field(at, 'phaseId')));
  each(draft.phaseTransitions, 'phaseTransitions', (t, at) => {
    check(t.fromPhaseId, phases, field(at, 'fromPhaseId'));
    check(t.toPhaseId, phases, field(at, 'toPhaseId'));
    check(t.baselineAssessmentId, assessments, field(at, 'baselineAssessmentId'));
    check(t.currentAssessmentId, assessments, field(at, 'currentAssessmentId'));
  });
  each(draft.psychotherapySessions, 'psychotherapySessions', (p, at) =>
    check(p.sessionId, sessions, field(at, 'sessionId')),
  );
  each(draft.assessments, 'assessments', (a, at) =>
    check(a.timepoint?.sessionId, sessions, field(field(at, 'timepoint'), 'sessionId')),
  );
  each(draft.interviews, 'interviews', (i, at) =>
    check(i.timepoint?.sessionId, sessions, field(field(at, 'timepoint'), 'sessionId')),
  );
  each(draft.outcomes, 'outcomes', (o, at) => {
    check(o.baselineAssessmentId, assessments, field(at, 'baselineAssessmentId'));
    check(o.currentAssessmentId, assessments, field(at, 'currentAssessmentId'));
  });
  each(draft.adverseEvents, 'adverseEvents', (e, at) => check(e.sessionId, sessions, field(at, 'sessionId')));
}

// Within five per cent (course format, "Administration") and one minute a difference is rounding.
const doseTolerance = 0.05;
const minutesTolerance = 1;
const kilograms: Readonly<Record<string, number>> = { kg: 1, g: 0.001, '[lb_av]': 0.45359237 };

function checkSessions(draft: Draft, zone: string | undefined, report: Report): void {
  each(draft.sessions, 'sessions', (session, at) => {
    const firstDose = firstStart(session.administrations, zone);
    const weight =
      session.weight?.value === undefined
        ? undefined
        : numberValue(session.weight.value) * (kilograms[session.weight.unit ?? ''] ?? Number.NaN);
    each(
      session.administrations,
      'administrations',
      (a, place) => {
        if (session.status === 'notDone' && a.status !== undefined && a.status !== 'notDone') {
          report('dose-in-session-not-done', field(place, 'status'));
        }
        if (a.status === 'notDone') {
          for (const name of ['amount', 'rate', 'end'] as const) {
            if (a[name] !== undefined) report('dose-on-not-done', field(place, name));
          }
        }
        const [amount, perWeight] = [a.amount?.value, a.perWeight?.value];
        if (amount === undefined || perWeight === undefined || weight === undefined) return;
        const expected = numberValue(perWeight) * weight;
        if (Math.abs(numberValue(amount) - expected) > (doseTolerance + 1e-9) * expected) {
          report('dose-weight-mismatch', field(place, 'amount'));
        }
      },
      at,
    );
    const checkMinutes = (part: { at?: string | undefined; statedMinutes?: unknown }, place: string): void => {
      if (part.statedMinutes === undefined) return;
      if (firstDose === undefined) return report('minutes-without-dose', field(place, 'statedMinutes'));
      if (part.at === undefined || part.at.length <= 10 || !isReadable(part.at, zone)) return;
      const minutes = (earliest(part.at, zone) - firstDose) / 60_000;
      if (Math.abs(numberValue(part.statedMinutes as JsonNumber) - minutes) > minutesTolerance) {
        report('stated-minutes-differ', field(place, 'statedMinutes'));
      }
    };
    each(session.readings, 'readings', checkMinutes, at);
    each(session.dissociation, 'dissociation', checkMinutes, at);
    each(
      session.dissociation,
      'dissociation',
      ({ scale, score }, place) => {
        if (scale === 'numeric0to10' && score !== undefined && numberValue(score) > 10) {
          report('out-of-range', field(place, 'score'));
        }
      },
      at,
    );
  });
}

function firstStart(
  administrations: List<{ readonly start?: string | undefined; readonly status?: string | undefined }>,
  zone: string | undefined,
): number | undefined {
  const starts = (administrations ?? [])
    .filter((a) => a?.status !== 'notDone')
    .flatMap((a) => (a?.start !== undefined && a.start.length > 10 && isReadable(a.start, zone) ? [a.start] : []));
  return starts.length === 0 ? undefined : Math.min(...starts.map((start) => earliest(start, zone)));
}

function each<T>(list: List<T>, name: string, look: (value: T, at: string) => void, above: string = root): void {
  list?.forEach((value, index) => {
    if (value !== undefined) look(value, `${above}.${name}[${index}]`);
  });
}

function idsOf(list: List<{ readonly id?: string | undefined }>): ReadonlySet<string> {
  return new Set((list ?? []).flatMap((part) => (part?.id === undefined ? [] : [part.id])));
}
