import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { CaseResult } from '../../schemas/api/cases.ts';
import { executors } from '../actions/index.ts';
import { caseFolder, readCases } from '../cases/case-files.ts';
import { differenceInWords } from '../cases/expectation.ts';
import { type ParseMail, runCases } from '../cases/run-cases.ts';
import type { EnginePorts } from '../engine/ports.ts';
import { createMailParser, type MailParser } from '../mail/mail-parser.ts';
import type { Command, CommandIo } from './command.ts';
import { asPublished, neighbours } from './neighbours.ts';
import { unreadable } from './read-file.ts';
import { readFlow } from './read-flow.ts';
import { knownExpressions } from './run.ts';

const flowEnding = '.flow.json';

/** A case's result as it is printed; `case` is empty where the flow itself cannot be run. */
interface Printed {
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
    const engine = engineWithoutServices(await knownExpressions(io));
    const parser = createMailParser();
    let ran = 0;
    let failed = 0;
    try {
      for (const file of flowFiles) {
        for await (const result of casesOf(file, parser, engine, io)) {
          ran += 1;
          if (!result.ok) failed += 1;
          io.out(json ? JSON.stringify(result) : inWords(result));
        }
      }
    } finally {
      await parser.close();
    }
    if (!json) io.out(`${ran} cases in ${flowFiles.length} flow files, ${failed} differ`);
    return failed === 0 ? 0 : 1;
  },
};

function inWords({ flow, case: name, ok, differences }: Printed): string {
  return `${ok ? 'ok  ' : 'FAIL'} ${flow} ${name}${differences.map((line) => `\n       ${line}`).join('')}`;
}

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

async function* casesOf(
  flowFile: string,
  parser: MailParser,
  services: Omit<EnginePorts, 'flows'>,
  io: CommandIo,
): AsyncGenerator<Printed> {
  const id = basename(flowFile).replace(/(\.flow)?\.json$/, '');
  const folder = join(dirname(flowFile), caseFolder(id));
  const cases = await readCases(folder);
  if (cases.length === 0) return;
  const { flow, issues } = await readFlow(flowFile, {}, io);
  if (flow === null) {
    const differences = issues.map((issue) => `${issue.path || '/'}: ${issue.message}`);
    yield { flow: id, case: '', ok: false, differences };
    return;
  }
  const own = { addresses: [], installation: '' };
  const parse: ParseMail = (bytes, envelope) => parser.parse(bytes, { own, ...(envelope && { envelope }) });
  const engine = { ...services, flows: asPublished(await neighbours([flowFile], io)) };
  for await (const result of runCases(flow, cases, { folder, engine, parse })) {
    yield { flow: id, case: result.name, ok: result.ok, differences: linesOf(result) };
  }
}

function linesOf({ problem, differences }: CaseResult): string[] {
  return problem === '' ? differences.map(differenceInWords) : [problem];
}

function engineWithoutServices(expressions: EnginePorts['expressions']): Omit<EnginePorts, 'flows'> {
  return {
    clock: { now: Date.now, monotonic: () => performance.now() },
    executors,
    expressions,
    http: () => Promise.reject(new Error('A case answers for the services itself.')),
  };
}
