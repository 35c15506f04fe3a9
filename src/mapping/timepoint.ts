import type { Timepoint } from '../course/schema.ts';
import { ownExtension } from './canonicals.ts';
import { elementIn, textIn, type Elements } from './elements.ts';
import { integer, keywordCoding } from './leaves.ts';
import { extension } from './places.ts';
import { rowsOf, type Row } from './rows.ts';
import { partReference, type Scene } from './scene.ts';

/** When in the course something was meant to be asked, as an extension of the response. */

const url = ownExtension('timepoint');
const row = rowsOf<{ readonly timepoint?: Timepoint | undefined }>();

/** The session is a reference and no row: `writeTimepointSession`. */
export const timepointRows: readonly Row[] = [
  row('timepoint.kind', extension(url, 'kind'), keywordCoding('timepoint')),
  row('timepoint.n', extension(url, 'n'), integer),
];

const session = extension(url, 'session');
export const timepointSessionPath = session.path;

export function writeTimepointSession(scene: Scene, resource: Elements, timepoint: Timepoint | undefined): void {
  if (timepoint?.sessionId === undefined) return;
  const reference = partReference(scene, 'Observation', [['s', timepoint.sessionId]], 'record');
  session.open(resource)['valueReference'] = { reference };
}

/** The reference to the session record of a time point. */
export const timepointSession = (resource: Elements): string | undefined =>
  textIn(elementIn(session.find(resource), 'valueReference'), 'reference');
