/**
 * `npm test [-- --no-setup]`: set-up, types, lint, unit and kernel tests, build, end-to-end tests in both browsers.
 * Stops at the first failure. The last line states how many tests passed.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { npm, root, setup } from './setup.mjs';

const unknown = process.argv.slice(2).filter((arg) => arg !== '--no-setup');
if (unknown.length > 0) {
  console.error(`npm test: ${unknown[0]} is unknown; allowed: --no-setup`);
  process.exit(2);
}

const reports = `${root}.cache/test/`;
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

// Mesa complains on every device without it.
process.env.XDG_RUNTIME_DIR ??= '/tmp';
process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = `${reports}e2e.json`;

const counts = { passed: 0, failed: 0, skipped: 0 };

/** Adds what a JSON report says, if the run came far enough to write one. */
function count(report, read) {
  try {
    const [passed, failed, skipped] = read(JSON.parse(readFileSync(reports + report, 'utf8')));
    counts.passed += passed;
    counts.failed += failed;
    counts.skipped += skipped;
  } catch {
    console.log(`no report in ${reports}${report}`);
  }
}

function end(failedStep) {
  console.log('');
  if (failedStep) console.log(`stopped: ${failedStep} failed`);
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
  process.exit(failedStep ? 1 : 0);
}

async function step(name, work) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const ok = await work();
  console.log(
    `== ${name}: ${ok ? 'done' : 'FAILED'} in ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
  return ok;
}

/** A step that is one of the package's scripts. */
const script = (...args) => {
  const [command, line] = npm('run', ...args);
  const { status, error } = spawnSync(command, line, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) console.log(error.message);
  return status === 0;
};

const setUp = () =>
  setup().then(
    () => true,
    (error) => console.log(error.message),
  );
if (!process.argv.includes('--no-setup') && !(await step('set-up', setUp))) end('set-up');

if (!(await step('types', () => script('types')))) end('types');
if (!(await step('lint', () => script('lint')))) end('lint');

const unit = ['--reporter=default', '--reporter=json', `--outputFile.json=${reports}unit.json`];
const unitPassed = await step('unit and kernel tests', () => script('test:unit', '--', ...unit));
count('unit.json', (r) => [r.numPassedTests, r.numFailedTests, r.numPendingTests + r.numTodoTests]);
if (!unitPassed) end('unit and kernel tests');

if (!(await step('build', () => script('build')))) end('build');

const e2ePassed = await step('end-to-end tests', () => script('test:e2e', '--', '--reporter=list,json'));
count('e2e.json', ({ stats }) => [stats.expected + stats.flaky, stats.unexpected, stats.skipped]);
end(e2ePassed ? undefined : 'end-to-end tests');
