import type { Code, Reason } from '../course/schema.ts';
import type { Random } from './random.ts';

/** SNOMED CT, of which only verified codes are used. */
export const snomed = 'http://snomed.info/sct';

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

/** What was done about an effect. */
export const interventions = [
  'Rate halved',
  'Ondansetron 4 mg IV',
  'Hånd holdt; roligere etter 10 min',
  'Repouso, luz reduzida',
  '暂停输注五分钟',
] as const;

/** What was done about an adverse event. */
export const eventActions = [
  'Next session postponed',
  'ECG the day after; cardiologist asked',
  'Infusjonen stoppet, observert 2 t',
  'Encaminhado à urgência',
] as const;

/** Why a course went on although the scale said no, or the other way round. */
export const overrides = [
  'Patient sleeps and works again: the scale does not show it',
  'Wish of the patient; "one more round"',
  'Tydelig bedring hos pårørende & behandler',
] as const;

/** What was noted of a criterion. */
export const criterionNotes = ['Test negative', 'By history only', 'Sist brukt > 12 mnd siden', 'ECG normal'] as const;

/** What was said in and of psychotherapy. */
export const therapyNotes = [
  'Intention: "let go".',
  'Images of the sea; wrote a letter afterwards\nto be read next time',
  'Faltou por motivo de trabalho',
  'Hjemmelekse: gå tur × 3 / uke',
] as const;

/** What was heard at a follow-up. */
export const followUpNotes = [
  'By telephone.',
  'Back at work 50 %',
  'Iniciou mirtazapina; sono melhor',
  '家属代述',
] as const;

const stopReasons = [
  [4, { key: 'bloodPressureIncrease' }],
  [3, { key: 'anxiety' }],
  [2, { key: 'vomiting' }],
  [2, { key: 'patientChoice' }],
  [2, { text: 'Cannula slipped out' }],
  [1, { text: 'Perdeu-se o acesso venoso; sem nova punção' }],
  [4, { system: snomed, code: '422587007', display: 'Nausea' }],
  [1, { system: snomed, code: '24184005' }],
] as const satisfies readonly (readonly [number, Reason])[];

const notDoneReasons = [
  [3, { key: 'bloodPressureIncrease' }],
  [2, { key: 'patientChoice' }],
  [2, { key: 'clinicianChoice' }],
  [3, { text: 'Did not fast' }],
  [1, { text: 'Møtte ikke' }],
  [4, { system: snomed, code: '3424008', display: 'Tachycardia' }],
] as const satisfies readonly (readonly [number, Reason])[];

/** Why something was stopped. */
export const stopReason = (random: Random): Reason => ({ ...random.weighted<Reason>(stopReasons) });

/** Why something was not done. */
export const notDoneReason = (random: Random): Reason => ({ ...random.weighted<Reason>(notDoneReasons) });

/** A code with its display, which some sources leave out. */
export function coded(system: string, code: string, display: string, random: Random): Code {
  return random.chance(0.7) ? { system, code, display } : { system, code };
}
