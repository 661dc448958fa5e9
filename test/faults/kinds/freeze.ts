import { between, type Random } from '../random.ts';
import { delay } from './kind.ts';

/** SIGSTOP: every connection stays open, and nobody answers. */
export async function freeze(process: { signal(name: 'SIGSTOP' | 'SIGCONT'): void }, random: Random): Promise<string> {
  const ms = between(random, 500, 2_500);
  process.signal('SIGSTOP');
  await delay(ms);
  process.signal('SIGCONT');
  return `frozen for ${ms} ms`;
}
