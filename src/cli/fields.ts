import { writeJson } from '../json/json.ts';
import { fieldPlaces } from '../mapping/maps.ts';
import { columns } from './columns.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Prints where every field of the course format stands in FHIR: below its resource, or as one JSON list. */
export async function fieldsCommand(asJson: boolean, terminal: Terminal): Promise<ExitCode> {
  await terminal.out(asJson ? writeJson(fieldPlaces, 2) : grouped().join('\n'));
  return exitCodes.good;
}

/** The paths are long, so they stand last, and what all fields of a resource share is said once. */
function grouped(): string[] {
  const lines = columns(fieldPlaces.map(({ field, element }) => [`  ${field}`, element]));
  return lines.flatMap((line, index) => {
    const resource = fieldPlaces[index]?.resource ?? '';
    if (resource === fieldPlaces[index - 1]?.resource) return [line];
    return index === 0 ? [resource, line] : ['', resource, line];
  });
}
