// Which files of a test run deserve a second try, and what two tries come to. `node second-try.js files first.json`,
// `node second-try.js count status first.json second.json`. Plain JavaScript: it also runs where nothing could be installed.
import { readFileSync } from 'node:fs';

/** A server that starves for a minute makes a file or two fail; more than that is no accident. */
const maxFiles = 3;

const [command, ...rest] = process.argv.slice(2);
if (command === 'files') process.stdout.write(filesOf(resultsIn(rest[0])).join('\n'));
else count(rest[0], resultsIn(rest[1]), resultsIn(rest[2]));

/** By file. Empty where the run came to no report. */
function resultsIn(path) {
  try {
    return new Map(JSON.parse(readFileSync(path, 'utf8')).testResults.map((result) => [result.name, result]));
  } catch {
    return new Map();
  }
}

function filesOf(results) {
  const failed = [...results.values()].filter(({ status }) => status === 'failed');
  return failed.length > maxFiles || failed.some(isCounterexample) ? [] : failed.map(({ name }) => name);
}

/** It was found by chance, and other chances would hide it. */
function isCounterexample({ message = '', assertionResults }) {
  return [message, ...assertionResults.flatMap(({ failureMessages }) => failureMessages)].some((text) =>
    text.includes('Counterexample'),
  );
}

function count(status, first, second) {
  const tests = [...new Map([...first, ...second]).values()].flatMap(({ assertionResults }) => assertionResults);
  const those = (wanted) => tests.filter((test) => wanted.includes(test.status)).length;
  const failed = those(['failed']) || (status === '0' ? 0 : 1);
  const skipped = those(['pending', 'skipped', 'todo']);
  const again = [...second.keys()].map((name) => name.replace(/^.*\/test\//, 'test/'));
  if (again.length > 0) console.log(`Tried twice, to be looked into: ${again.join(', ')}`);
  console.log(`${those(['passed'])} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}
