import { existsSync, readFileSync } from 'node:fs';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

const nothing: Report = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };

// count.ts REPORT STATUS prints "passed failed" of a vitest report and of the status it ended with.
const [, , report = '', status] = process.argv;
const counts = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : nothing;
// What could have run and did not is no success.
const failed = counts.numFailedTests + counts.numPendingTests + counts.numTodoTests;
// A suite may also fail outside its tests: a file that does not load, a server that does not start, no test at all.
const crashed = failed === 0 && (status !== '0' || counts.numPassedTests === 0) ? 1 : 0;
console.log(`${counts.numPassedTests} ${failed + crashed}`);
