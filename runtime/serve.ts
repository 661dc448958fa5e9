import { join } from 'node:path';
import { pino } from 'pino';
import packageJson from '../package.json' with { type: 'json' };
import { createRuntime, type Runtime } from './create-runtime.ts';
import { readEnvironment } from './environment.ts';

/** Mail under way may wait for a data action (30 s at most); whoever stops Sluice should not wait much longer. */
const stopWithinMs = 45_000;

/** Starts the server and says where it is; stops in order at SIGTERM and SIGINT, at once at a second one. */
export async function startServer(env: Readonly<Record<string, string | undefined>>): Promise<Runtime> {
  const { logLevel, ...environment } = readEnvironment(env);
  const transport = process.stdout.isTTY ? { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } : undefined;
  const log = pino({ level: logLevel, transport, serializers: { error: pino.stdSerializers.errWithCause } });
  const runtime = await createRuntime({
    ...environment,
    version: packageJson.version,
    designerFolder: join(import.meta.dirname, '../dist'),
    sampleFlow: join(import.meta.dirname, '../flows/support.flow.json'),
    log,
  });

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'Stopping: mail under way is finished first');
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    await runtime.stop();
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));

  log.info({}, `Sluice is at ${runtime.url}`);
  if (runtime.smtpPort !== undefined)
    log.info({}, `It takes mail by SMTP on ${environment.smtpHost}:${runtime.smtpPort}`);
  return runtime;
}
