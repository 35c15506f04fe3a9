export interface Instruction {
  readonly keyword: string;
  readonly text: string;
}

export interface Stage {
  readonly image: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile, with continued lines joined and comments left out. */
export function stages(dockerfile: string): Stage[] {
  const found: { image: string; instructions: Instruction[] }[] = [];
  const lines = dockerfile
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  for (const line of lines.filter((text) => text.trim() !== '')) {
    const [keyword = '', ...rest] = line.split(' ');
    const text = rest.join(' ').trim();
    if (keyword === 'FROM') found.push({ image: text.split(' ')[0] ?? '', instructions: [] });
    else found.at(-1)?.instructions.push({ keyword, text });
  }
  return found;
}

export function textsOf(stage: Stage | undefined, keyword: string): string[] {
  return (stage?.instructions ?? []).filter((one) => one.keyword === keyword).map(({ text }) => text);
}

/** What a stage copies out of the repository, not out of another stage. */
export function copiedFiles(stage: Stage | undefined): string[] {
  return textsOf(stage, 'COPY')
    .filter((text) => !text.startsWith('--from='))
    .flatMap((text) => text.split(/\s+/).slice(0, -1));
}

/** The words of a command in its JSON form. */
export function wordsOf(text: string | undefined): string[] {
  const json = text?.slice(text.indexOf('[')) ?? '[]';
  return JSON.parse(json) as string[];
}
