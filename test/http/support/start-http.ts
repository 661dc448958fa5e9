import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRuntime, type RuntimeOptions } from '../../../runtime/create-runtime.ts';
import { freePort } from '../../support/free-port.ts';
import { createClient, type HttpClient } from './http-client.ts';
import { createResponseCheck } from './response-check.ts';

const root = resolve(import.meta.dirname, '../../..');

/** The bearer token of the server under test. */
export const adminToken = 'a-token-for-tests-only';

interface LogLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  data: object;
  message: string;
}

export interface HttpUnderTest {
  readonly url: string;
  readonly folder: string;
  readonly smtpPort: number;
  readonly log: readonly LogLine[];
  /** With the bearer token of the administrator. */
  readonly admin: HttpClient;
  /** A browser that has just come: its own cookies, none yet. */
  browser(): HttpClient;
  withToken(token: string): HttpClient;
  stop(): Promise<void>;
}

/**
 * The whole runtime in this process, listening on a free port with its own data and its own copy of `flows/` (its cases only where they are
 * wanted: they would gate whatever else a test publishes). Each JSON answer that a
 * client gets is checked against the server's own OpenAPI document.
 */
export async function startHttp(
  options: Partial<RuntimeOptions> = {},
  { cases = false }: { cases?: boolean } = {},
): Promise<HttpUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-http-'));
  const filter = (path: string) => cases || !path.endsWith('.cases');
  await cp(join(root, 'flows'), join(folder, 'flows'), { recursive: true, filter });
  const smtpPort = await freePort();
  const log: LogLine[] = [];
  const note = (level: LogLine['level']) => (data: object, message: string) => void log.push({ level, data, message });
  const runtime = await createRuntime({
    dataFolder: join(folder, 'data'),
    flowsFolder: join(folder, 'flows'),
    host: '127.0.0.1',
    port: 0,
    smtpHost: '127.0.0.1',
    smtpPort,
    adminToken,
    outgoingAllow: [],
    version: '0.0.0-test',
    designerFolder: join(folder, 'dist'),
    sampleFlow: join(import.meta.dirname, '../../../flows/support.flow.json'),
    log: { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') },
    ...options,
  });
  const { url } = runtime;
  const check = await createResponseCheck(url);

  return {
    url,
    folder,
    smtpPort,
    log,
    admin: createClient(url, check, { token: adminToken }),
    browser: () => createClient(url, check),
    withToken: (token) => createClient(url, check, { token }),
    async stop() {
      await runtime.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
