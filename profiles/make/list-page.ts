import type { Artefact } from './artefacts.ts';
import { pageOf } from './page-of.ts';

/** The heading below which a page lists its artefacts; what stands above it is written by hand. */
const heading = '\n## The list\n';

/** A page with the list of the artefacts that it tells of; a page without that heading is as it was. */
export function withList(name: string, text: string, artefacts: readonly Artefact[]): string {
  const at = text.indexOf(heading);
  if (at < 0) return text;
  const rows = artefacts
    .filter((artefact) => pageOf(artefact) === name)
    .map(({ id, title, description }) => `| \`${id}\` | ${cell(title)} | ${cell(description)} |`);
  return `${text.slice(0, at)}${heading}\n| id | title | what it says |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

const cell = (text: string | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').replaceAll('|', String.raw`\|`);
