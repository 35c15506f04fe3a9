import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compiled } from '../../../profiles/make/compile.ts';

/**
 * `node test/conformance/corpus/make-guide.ts` compiles `fsh/` to `guide/`, and leaves what is written by hand there
 * (Questionnaires). The canonicals are another guide's, so that nothing of ours is meant.
 */
const folder = fileURLToPath(new URL('.', import.meta.url));
const sources = readdirSync(`${folder}fsh`).map((name) => readFileSync(`${folder}fsh/${name}`, 'utf8'));

const artefacts = compiled(sources.join('\n'));
mkdirSync(`${folder}guide`, { recursive: true });
for (const name of readdirSync(`${folder}guide`)) {
  if (name.startsWith('small-')) rmSync(`${folder}guide/${name}`);
}
for (const [name, text] of artefacts) {
  if (!name.startsWith('small-')) continue;
  const foreign = text.replaceAll(
    /https:\/\/w3id\.org\/coursebridge\/(\w+)\/small-/g,
    'https://small.example.org/$1/small-',
  );
  writeFileSync(`${folder}guide/${name}`, `${JSON.stringify(JSON.parse(foreign))}\n`);
}
