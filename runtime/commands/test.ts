import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Case } from '../../schemas/case.ts';
import { caseSchema } from '../../schemas/case.ts';
import { coerceError, OperationalError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Run } from '../../schemas/run.ts';
import { createValidator } from '../../schemas/validate.ts';
import type { HttpPort } from '../engine/ports.ts';
import type { Command, CommandIo } from './command.ts';
import { unreadable } from './read-file.ts';
import { readFlow } from './read-flow.ts';
import type { ReadMail } from './read-mails.ts';
import { inWords, readMails } from './read-mails.ts';
import { runOnce } from './run.ts';

const validateCase = createValidator(caseSchema);
const flowEnding = '.flow.json';
const caseEnding = '.case.json';
const mailEnding = '.eml';

interface CaseResult {
  flow: string;
  case: string;
  ok: boolean;
  differences: string[];
}

/** Runs the cases that stand beside each flow file; exit code 1 if one differs. */
export const test: Command = {
  summary: "run every flow's cases and say which differ",
  usage: '[flows/]',
  async run({ files, json }, io) {
    const flowFiles = (
      await Promise.all((files.length > 0 ? files : ['flows']).map((path) => findFlows(path, io)))
    ).flat();
    let ran = 0;
    let failed = 0;
    for (const file of flowFiles) {
      for await (const result of runCases(file, io)) {
        ran += 1;
        if (!result.ok) failed += 1;
        if (json) io.out(JSON.stringify(result));
        else
          io.out(
            `${result.ok ? 'ok  ' : 'FAIL'} ${result.flow} ${result.case}${result.differences.map((line) => `\n       ${line}`).join('')}`,
          );
      }
    }
    if (!json) io.out(`${ran} cases in ${flowFiles.length} flow files, ${failed} differ`);
    return failed === 0 ? 0 : 1;
  },
};

async function findFlows(path: string, io: CommandIo): Promise<string[]> {
  const full = resolve(io.cwd, path);
  const found = await stat(full).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (!found.isDirectory()) return [full];
  const names = await readdir(full);
  return names
    .filter((name) => name.endsWith(flowEnding))
    .sort()
    .map((name) => join(full, name));
}

async function* runCases(flowFile: string, io: CommandIo): AsyncGenerator<CaseResult> {
  const id = basename(flowFile).replace(/(\.flow)?\.json$/, '');
  const folder = join(dirname(flowFile), `${id}.cases`);
  const names = (await readdir(folder).catch(() => [])).sort();
  const cases = names.filter((name) => name.endsWith(caseEnding)).map((name) => name.slice(0, -caseEnding.length));
  for (const name of names) {
    const stem = name.slice(0, -mailEnding.length);
    // Somebody put a mail there and believes that it is tested.
    if (!name.endsWith(mailEnding) || cases.includes(stem)) continue;
    const differences = [`There is no ${stem}${caseEnding} that says what must happen to this mail.`];
    yield { flow: id, case: stem, ok: false, differences };
  }
  if (cases.length === 0) return;
  const { flow, issues } = await readFlow(flowFile, {}, io);
  if (flow === null) {
    yield {
      flow: id,
      case: '',
      ok: false,
      differences: issues.map((issue) => `${issue.path || '/'}: ${issue.message}`),
    };
    return;
  }
  const stems = cases.map((name) => join(folder, name));
  const mails = readMails(
    stems.map((stem) => `${stem}${mailEnding}`),
    io,
  );
  for (const stem of stems) {
    const { value: mail } = await mails.next();
    if (mail) yield { flow: id, case: basename(stem), ...(await judge(flow, `${stem}${caseEnding}`, mail)) };
  }
  await mails.return(undefined);
}

async function judge(flow: Flow, caseFile: string, mail: ReadMail): Promise<{ ok: boolean; differences: string[] }> {
  const wrong = (...differences: string[]) => ({ ok: false, differences });
  let document: unknown;
  try {
    document = JSON.parse(await readFile(caseFile, 'utf8'));
  } catch (error) {
    return wrong(`${basename(caseFile)} is not JSON: ${coerceError(error).message}.`);
  }
  const checked = validateCase(document);
  if (!checked.ok) {
    return wrong(...checked.issues.map((issue) => `${basename(caseFile)} at ${issue.path || '/'}: ${issue.message}`));
  }
  if ('error' in mail) return wrong(inWords({ ...mail, file: basename(mail.file) }));
  const run = await runOnce(flow, mail.email, answersOf(checked.value));
  const differences = differ(checked.value.expect, run);
  return { ok: differences.length === 0, differences };
}

/** Services answer as the case says; a call that it does not foresee fails like a service that is away. */
function answersOf({ answers = [] }: Case): HttpPort {
  const withoutQuery = (url: string): string => url.replace(/[?#].*$/, '');
  return async ({ url }) => {
    const answer = answers.find((each) => withoutQuery(each.url) === withoutQuery(url));
    if (answer === undefined) throw new OperationalError('http-failed', `The case gives no answer for ${url}.`);
    const headers = { 'content-type': 'application/json' };
    return { status: answer.status, headers, body: JSON.stringify(answer.body ?? null) };
  };
}

function differ(expect: Case['expect'], { ending, effects }: Run): string[] {
  const actual: Case['expect'] = {
    ending: ending.type,
    queue: ending.queue,
    priority: ending.priority,
    reason: ending.reason,
    fallback: ending.fallback ?? false,
    responses: effects.filter((effect) => effect.allowed).length,
  };
  return Object.entries(expect)
    .filter(([key, value]) => Reflect.get(actual, key) !== value)
    .map(
      ([key, value]) => `${key}: expected ${JSON.stringify(value)}, got ${JSON.stringify(Reflect.get(actual, key))}`,
    );
}
