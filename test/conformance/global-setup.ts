import type { TestProject } from 'vitest/node';
import { startJudge } from './judge.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the judge: `judgeAt(inject('judge'))`. */
    judge: string;
  }
}

/** One judge for all files: its start costs some ten seconds and a gigabyte. */
export default async function startOneJudge(project: TestProject): Promise<() => Promise<void>> {
  const judge = await startJudge();
  project.provide('judge', judge.base);
  return () => judge.stop();
}
