import { setImmediate as turn } from 'node:timers/promises';
import type { CaseResult } from '../../schemas/api/cases.ts';
import type { Case } from '../../schemas/case.ts';
import type { Email } from '../../schemas/email.ts';
import { coerceError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { EnginePorts } from '../engine/ports.ts';
import { readCaseMail, type StoredCase } from './case-files.ts';
import { differencesOf } from './expectation.ts';
import { runCase } from './run-case.ts';

/** Bytes to email; rejects with an error whose message is for people. */
export type ParseMail = (bytes: Uint8Array, envelope: Case['envelope']) => Promise<Email>;

/** How many mails are parsed ahead: enough to keep the workers busy, few enough for big ones. */
const ahead = 16;

interface RunDeps {
  /** Of the flow's cases. */
  folder: string;
  engine: EnginePorts;
  parse: ParseMail;
  /** Milliseconds of the engine's monotonic clock after which the rest is not run any more. */
  deadline?: number;
}

/** Runs the cases in order and yields each result. Never throws for one case: what is wrong with it is its result. */
export async function* runCases(
  flow: Flow,
  cases: readonly StoredCase[],
  deps: RunDeps,
): AsyncGenerator<CaseResult & { isRun: boolean }> {
  const pending: Promise<Email | Error>[] = [];
  const read = ({ name, case: document }: StoredCase): Promise<Email | Error> =>
    document === null
      ? Promise.resolve(new Error(''))
      : readCaseMail(deps.folder, name)
          .then((bytes) => deps.parse(bytes, document.envelope))
          .catch(coerceError);
  const late = () => deps.deadline !== undefined && deps.engine.clock.monotonic() > deps.deadline;
  for (const [index, stored] of cases.entries()) {
    if (late()) {
      yield { ...failed(stored.name, 'It was not run: the time for running cases was over.'), isRun: false };
      continue;
    }
    while (pending.length < Math.min(cases.length, index + ahead)) {
      const next = cases[pending.length];
      if (next !== undefined) pending.push(read(next));
    }
    const email = await pending[index];
    yield { ...(await resultOf(flow, stored, email, deps.engine)), isRun: true };
    // Runs are computed without a pause: mail that arrives meanwhile must get its turn.
    await turn();
  }
  await Promise.all(pending);
}

async function resultOf(
  flow: Flow,
  { name, case: document, problem }: StoredCase,
  email: Email | Error | undefined,
  engine: EnginePorts,
): Promise<CaseResult> {
  if (document === null) return failed(name, problem);
  if (email === undefined || email instanceof Error) return failed(name, email?.message ?? 'It has no mail.');
  return judge(name, flow, document, email, engine);
}

async function judge(name: string, flow: Flow, document: Case, email: Email, engine: EnginePorts): Promise<CaseResult> {
  const run = await runCase(flow, document, email, engine);
  const differences = differencesOf(document.expect, run);
  return { name, ok: differences.length === 0, differences, problem: '', ending: run.ending };
}

function failed(name: string, problem: string): CaseResult {
  return { name, ok: false, differences: [], problem, ending: null };
}
