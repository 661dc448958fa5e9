import { hasErrors } from '../../schemas/issue.ts';
import type { Command } from './command.ts';
import { knownQueues, readFlow } from './read-flow.ts';

/** Prints the issues of each file; with --json one object a line: `{ file, ok, issues }`. */
export const validate: Command = {
  summary: 'check flow files and say everything that is wrong with them',
  usage: 'flow.json ...',
  async run({ files, json }, io) {
    if (files.length === 0) {
      io.err('sluice validate: name at least one flow file, such as flows/support.flow.json');
      return 2;
    }
    const queues = await knownQueues(io);
    let allFine = true;
    for (const file of files) {
      const { issues } = await readFlow(file, queues === undefined ? {} : { queues }, io);
      const ok = !hasErrors(issues);
      allFine &&= ok;
      if (json) {
        io.out(JSON.stringify({ file, ok, issues }));
        continue;
      }
      io.out(
        `${file}: ${ok ? 'fine' : 'not fit to publish'}${issues.length === 0 ? '' : `, ${issues.length} issue(s)`}`,
      );
      for (const issue of issues) {
        const where = issue.action === undefined ? issue.path || '/' : `${issue.action} ${issue.path}`;
        io.out(`  ${issue.severity} ${issue.code} at ${where}: ${issue.message}`);
      }
    }
    return allFine ? 0 : 1;
  },
};
