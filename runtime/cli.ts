import { parseArgs } from 'node:util';
import { coerceError, UserError } from '../schemas/errors.ts';
import { backup } from './commands/backup.ts';
import type { Command, CommandIo, ExitCode } from './commands/command.ts';
import { inspect } from './commands/inspect.ts';
import { publish } from './commands/publish.ts';
import { readOnce } from './commands/read-file.ts';
import { recoverAccess } from './commands/recover-access.ts';
import { restore } from './commands/restore.ts';
import { retention } from './commands/retention.ts';
import { rotateKey } from './commands/rotate-key.ts';
import { run } from './commands/run.ts';
import { start } from './commands/start.ts';
import { test } from './commands/test.ts';
import { validate } from './commands/validate.ts';

const commands: Readonly<Record<string, Command>> = {
  start,
  validate,
  inspect,
  run,
  test,
  publish,
  backup,
  restore,
  'rotate-key': rotateKey,
  retention,
  'recover-access': recoverAccess,
};

const io: CommandIo = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  input: readOnce(process.stdin),
  env: process.env,
  cwd: process.cwd(),
};

// Whoever reads our output may stop early, as `head` does: then there is nobody left to write to.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

function help(): void {
  io.out('Sluice: a visual designer and runtime for inbound email flows\n\nsluice <command> [--json] ...');
  for (const [name, command] of Object.entries(commands)) {
    io.out(`\n  sluice ${name} ${command.usage}\n      ${command.summary}`);
    for (const [option, meaning] of Object.entries(command.options ?? {})) io.out(`      --${option} …  ${meaning}`);
  }
  io.out('\nExit code 0: fine; 1: the answer is no; 2: wrong use.');
}

async function main(): Promise<ExitCode | undefined> {
  const [name, ...rest] = process.argv.slice(2);
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    help();
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    io.err(`sluice: there is no command "${name}". There are ${Object.keys(commands).join(', ')}.`);
    return 2;
  }
  const values = Object.keys(command.options ?? {}).map((option) => [option, { type: 'string' }] as const);
  try {
    const { values: given, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, ...Object.fromEntries(values) },
    });
    if (given.help === true) {
      help();
      return 0;
    }
    const options = Object.fromEntries(
      Object.entries(given).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
    );
    return await command.run({ files: positionals, json: given.json === true, options }, io);
  } catch (thrown) {
    const error = coerceError(thrown);
    io.err(`sluice ${name}: ${error.message}`);
    const wrongUse = error instanceof UserError || ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
    return wrongUse ? 2 : 1;
  }
}

// Not process.exit(): output that goes into a pipe must be written to its end. A server goes on running.
const exitCode = await main();
if (exitCode !== undefined) process.exitCode = exitCode;
