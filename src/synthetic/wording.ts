import type { Code, Reason } from '../course/schema.ts';
import type { Random } from './random.ts';

const snomed = 'http://snomed.info/sct';

/** Free notes, in several languages and with what breaks careless text handling. */
export const notes = [
  'Tolerated well.',
  'Rested for 30 min; "floating" feeling, then calm.',
  'Urolig de første minuttene, deretter rolig.\nTok imot vann.',
  'Sem intercorrências; saiu acompanhado.',
  '过程平稳，无不适。',
  'IV line <left> & re-sited <right>; ok',
  'Müde, aber zufrieden 🙂',
  'Music changed at 14:10 | playlist #2',
] as const;

/** Why a dose was changed. */
export const doseChanges = [
  'Too intense last time',
  'No effect felt at the last dose',
  'Kraftig dissosiasjon ved forrige infusjon',
  'Peso alterado desde a última sessão',
] as const;

const stopReasons = [
  [4, { key: 'bloodPressureIncrease' }],
  [3, { key: 'anxiety' }],
  [2, { key: 'vomiting' }],
  [2, { key: 'patientChoice' }],
  [2, { text: 'Cannula slipped out' }],
  [1, { text: 'Perdeu-se o acesso venoso; sem nova punção' }],
  [2, { system: snomed, code: '422587007', display: 'Nausea' }],
  [1, { system: snomed, code: '24184005' }],
] as const satisfies readonly (readonly [number, Reason])[];

const notDoneReasons = [
  [3, { key: 'bloodPressureIncrease' }],
  [2, { key: 'patientChoice' }],
  [2, { key: 'clinicianChoice' }],
  [3, { text: 'Did not fast' }],
  [1, { text: 'Møtte ikke' }],
  [1, { system: snomed, code: '3424008', display: 'Tachycardia' }],
] as const satisfies readonly (readonly [number, Reason])[];

/** Why something was stopped. */
export const stopReason = (random: Random): Reason => ({ ...random.weighted<Reason>(stopReasons) });

/** Why something was not done. */
export const notDoneReason = (random: Random): Reason => ({ ...random.weighted<Reason>(notDoneReasons) });

/** A code with its display, which some sources leave out. */
export function coded(system: string, code: string, display: string, random: Random): Code {
  return random.chance(0.7) ? { system, code, display } : { system, code };
}
