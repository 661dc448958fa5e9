import { ulid } from 'ulid';
import type { Email } from '../../schemas/email.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Run } from '../../schemas/run.ts';
import { executors } from '../actions/index.ts';
import { createExpressions } from '../conditions/expressions.ts';
import { createHttpPort } from '../egress/http.ts';
import type { EnginePorts } from '../engine/ports.ts';
import { runFlow } from '../engine/run-flow.ts';
import { createDirectory } from '../settings/directory.ts';
import type { Command, CommandIo, ExitCode } from './command.ts';
import { asPublished, neighbours } from './neighbours.ts';
import { knownSettings, readFlow } from './read-flow.ts';
import { exitCodeOf, inWords, readMails } from './read-mails.ts';

/**
 * Runs a flow file on mails and prints how each ended: `{ ending, steps, effects, email, … }`, one a line for many files or --json.
 * Nothing is sent and nothing is stored; data actions do call their services.
 */
export const run: Command = {
  summary: 'run a flow on mails and show where each ends, and why',
  usage: 'flow.json mail.eml ...',
  options: { allow: 'host:port, … in private networks that data actions may call' },
  async run({ files: [flowFile, ...mails], json, options }, io) {
    if (flowFile === undefined || mails.length === 0) {
      io.err('sluice run: name a flow file and at least one mail, or - for standard input');
      return 2;
    }
    if (flowFile === '-' && mails.includes('-')) {
      io.err('sluice run: flow and mail cannot both come from standard input');
      return 2;
    }
    const { flow, issues } = await readFlow(flowFile, {}, io);
    if (flow === null) {
      for (const issue of issues) io.err(`${flowFile}: ${issue.path || '/'}: ${issue.message}`);
      if (json) io.out(JSON.stringify({ file: flowFile, issues }));
      return 1;
    }
    const allow = (options.allow ?? io.env.SLUICE_OUTGOING_ALLOW ?? '').split(',').map((entry) => entry.trim());
    const http = createHttpPort({ allow: () => allow });
    const ports = {
      http,
      flows: asPublished(await neighbours([flowFile], io)),
      expressions: await knownExpressions(io),
    };
    const lines = json || mails.length > 1;
    let worst: ExitCode = 0;
    for await (const mail of readMails(mails, io)) {
      if ('error' in mail) {
        if (worst < 2) worst = exitCodeOf(mail);
        io.err(`sluice run: ${inWords(mail)}`);
        if (lines) io.out(JSON.stringify({ file: mail.file, error: mail.error }));
        continue;
      }
      const result = { file: mail.file, ...(await runOnce(flow, mail.email, ports)), email: mail.email };
      io.out(lines ? JSON.stringify(result) : JSON.stringify(result, null, 2));
    }
    return worst;
  },
};

/** Rules look up the lists and schedules of the installation whose data folder is here; where there is none there are none. */
export async function knownExpressions(io: CommandIo): Promise<EnginePorts['expressions']> {
  const settings = await knownSettings(io);
  return createExpressions(settings === undefined ? undefined : createDirectory({ read: () => settings }));
}

/** One run outside a server: a made-up interaction, and the mail's own recipient as route and mailbox. */
async function runOnce(
  flow: Flow,
  email: Email,
  ports: Pick<EnginePorts, 'http' | 'flows' | 'expressions'>,
): Promise<Run> {
  const address = email.to[0]?.address ?? '';
  const clock = { now: Date.now, monotonic: () => performance.now() };
  const context = {
    interactionId: ulid(),
    receivedAt: email.date ?? new Date().toISOString(),
    route: { id: '', address },
    mailbox: { id: '', name: '', address },
    version: null,
  };
  return runFlow(flow, email, context, { clock, executors, ...ports });
}
