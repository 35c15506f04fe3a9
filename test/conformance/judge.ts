import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, startInBackground } from '../servers/background.ts';
import { ourPackage } from './our-package.ts';

export interface Issue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information';
  /** A place like `Observation.component[0].value.ofType(Quantity).code`; what is missing is reported at its parent. */
  readonly at: string;
  readonly id: string;
  readonly text: string;
}

export interface Verdict {
  readonly errors: number;
  readonly warnings: number;
  readonly issues: readonly Issue[];
}

export interface Judge {
  /** One verdict a resource, in their order. NDJSON as text keeps the digits of numbers, which objects do not. */
  readonly judge: (resources: readonly unknown[] | string) => Promise<Verdict[]>;
}

const script = fileURLToPath(new URL('judge/judge', import.meta.url));

/** Small enough that no answer lets an HTTP time-out pass. */
const AT_ONCE = 500;

/**
 * HL7's validator behind HTTP, with our FHIR package loaded and nothing else of ours: what it names, it holds. `also`
 * are folders of further definitions.
 */
export async function startJudge(
  also: readonly string[] = [],
): Promise<Judge & { readonly base: string; readonly stop: () => Promise<void> }> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const tgz = ourPackage();
  try {
    const { stop } = await startInBackground({
      name: 'judge',
      script,
      args: () => [
        '--best',
        'Hint',
        '--serve',
        String(port),
        '--package',
        tgz,
        ...also.flatMap((folder) => ['--also', folder]),
      ],
      ready: base,
    });
    return { ...judgeAt(base), base, stop };
  } finally {
    // It has read the package by now.
    rmSync(dirname(tgz), { recursive: true });
  }
}

/** The judge that another process started. */
export function judgeAt(base: string): Judge {
  return {
    async judge(resources) {
      const lines =
        typeof resources === 'string'
          ? resources.split('\n').filter((line) => line.trim() !== '')
          : resources.map((resource) => JSON.stringify(resource));
      const verdicts: Verdict[] = [];
      for (let from = 0; from < lines.length; from += AT_ONCE) {
        verdicts.push(...(await ask(base, lines.slice(from, from + AT_ONCE))));
      }
      return verdicts;
    },
  };
}

async function ask(base: string, lines: readonly string[]): Promise<Verdict[]> {
  const response = await fetch(base, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`the judge answered ${response.status}: ${text}`);
  const verdicts = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Verdict);
  if (verdicts.length !== lines.length) {
    throw new Error(`the judge gave ${verdicts.length} verdicts for ${lines.length} resources`);
  }
  return verdicts;
}
