import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Runs one script of this folder in a process of its own, so that measurements do not share a heap, and returns the JSON it prints. */
export async function measureApart<T>(script: string, args: readonly string[]): Promise<T> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const status = await new Promise<number | null>((done) => child.once('exit', done));
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${out}`);
  // The scripts of this folder print what their callers name as T.
  return JSON.parse(out) as T;
}

/** Resident memory of a process in MB (10^6 bytes): now, and the most it ever had. Linux only. */
export async function residentMemory(pid: number): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name: string): number =>
    Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN);
  return { now: (kilobytes('VmRSS') * 1_024) / 1e6, peak: (kilobytes('VmHWM') * 1_024) / 1e6 };
}

/** Nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
