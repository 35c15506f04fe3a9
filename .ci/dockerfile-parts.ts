import { readFileSync } from 'node:fs';
import { copiedFiles, stages, textsOf, wordsOf } from '../test/dockerfile.ts';

// dockerfile-parts.ts copied|start|health: one word a line, for check-image.
const all = stages(readFileSync(new URL('../Dockerfile', import.meta.url), 'utf8'));
const last = all.at(-1);
const parts: Record<string, () => readonly string[]> = {
  copied: () => [...new Set(all.flatMap(copiedFiles))],
  start: () => wordsOf(textsOf(last, 'CMD').at(-1)),
  health: () => wordsOf(textsOf(last, 'HEALTHCHECK')[0]),
};
const part = parts[process.argv[2] ?? ''];
if (part === undefined) throw new Error('dockerfile-parts.ts copied|start|health');
console.log(part().join('\n'));
