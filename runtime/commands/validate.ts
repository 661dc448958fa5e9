import type { Known } from '../../schemas/checks/check.ts';
import { describeModules } from '../../schemas/describe-modules.ts';
import { UserError } from '../../schemas/errors.ts';
import { hasErrors, type Issue } from '../../schemas/issue.ts';
import type { KnownModule } from '../../schemas/known-module.ts';
import { knownOf } from '../../schemas/known-of.ts';
import type { Command, CommandIo, ExitCode } from './command.ts';
import { neighbours } from './neighbours.ts';
import { knownSettings, problem, readFlow } from './read-flow.ts';

/** Prints the issues of each file; with --json one object a line: `{ file, ok, issues }`. */
export const validate: Command = {
  summary: 'check flow files and say everything that is wrong with them',
  usage: 'flow.json ...',
  async run({ files, json }, io) {
    if (files.length === 0) {
      io.err('sluice validate: name at least one flow file, such as flows/support.flow.json, or - for standard input');
      return 2;
    }
    const settings = await knownSettings(io);
    const known = { ...(settings === undefined ? {} : knownOf(settings)), modules: await modulesAround(files, io) };
    let worst: ExitCode = 0;
    for (const file of files) {
      const issues = await issuesOf(file, known, io);
      const ok = !hasErrors(issues);
      const isUnreadable = issues.some(({ code }) => code === 'file-unreadable');
      if (!ok && worst < 2) worst = isUnreadable ? 2 : 1;
      if (json) io.out(JSON.stringify({ file, ok, issues }));
      else print(file, issues, io);
    }
    return worst;
  },
};

/** The modules in the folders of the files and in the files themselves, of which the later ones count; undefined if only standard input is checked. */
async function modulesAround(files: readonly string[], io: CommandIo): Promise<KnownModule[] | undefined> {
  const named = files.filter((file) => file !== '-');
  if (named.length === 0) return undefined;
  const flows = new Map(await neighbours(named, io));
  for (const file of named) {
    const { flow } = await readFlow(file, {}, io).catch(() => ({ flow: null }));
    if (flow !== null) flows.set(flow.id, flow);
  }
  return describeModules([...flows.values()]);
}

/** A file that cannot be read does not keep the others from being checked. */
async function issuesOf(file: string, known: Known, io: CommandIo): Promise<Issue[]> {
  try {
    return (await readFlow(file, known, io)).issues;
  } catch (error) {
    if (error instanceof UserError) return [problem(error.code, error.message)];
    throw error;
  }
}

function print(file: string, issues: readonly Issue[], io: CommandIo): void {
  const verdict = hasErrors(issues) ? 'not fit to publish' : 'fine';
  const count = issues.length === 0 ? '' : `, ${issues.length} ${issues.length === 1 ? 'issue' : 'issues'}`;
  io.out(`${file}: ${verdict}${count}`);
  for (const issue of issues) {
    const place = [issue.task, issue.action].filter((part) => part !== undefined);
    const where = [...place, issue.path || '/'].join(' ');
    io.out(`  ${issue.severity} ${issue.code} at ${where}: ${issue.message}`);
  }
}
