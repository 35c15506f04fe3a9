// count.cjs REPORT STATUS: prints "passed failed" of a vitest report. Plain JavaScript, for the system's Node.
const { existsSync, readFileSync } = require('fs');

const [report, status] = process.argv.slice(2);
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = existsSync(report)
  ? JSON.parse(readFileSync(report, 'utf8'))
  : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
// What could have run and did not is no success.
const failed = numFailedTests + numPendingTests + numTodoTests;
// A suite may also fail outside its tests: a file that does not load, a server that does not start, no test at all.
const crashed = failed === 0 && (status !== '0' || numPassedTests === 0) ? 1 : 0;
console.log(`${numPassedTests} ${failed + crashed}`);
