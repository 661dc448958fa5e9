import type { FaultKind } from './kinds/kind.ts';
import { between, type Random, seeded, shuffled } from './random.ts';

/** One blow: what, when, and the numbers that it takes from. */
export interface Strike {
  /** Milliseconds after the load begins. */
  at: number;
  kind: FaultKind;
  random: Random;
}

/**
 * What strikes when: the same list for the same seed, kinds, number and length. Every kind comes once before one comes again; the strikes are
 * spread over the load, none in the last tenth of it.
 */
export function planOf(options: { seed: number; kinds: readonly FaultKind[]; strikes: number; ms: number }): Strike[] {
  const { seed, kinds, strikes, ms } = options;
  const random = seeded(seed);
  const drawn: FaultKind[] = [];
  while (drawn.length < strikes && kinds.length > 0) drawn.push(...shuffled(kinds, random));
  const gap = (ms * 0.9) / strikes;
  return drawn.slice(0, strikes).map((kind, index) => ({
    at: Math.round(gap * (index + random())),
    kind,
    random: seeded(between(random, 0, 0xffff_ffff)),
  }));
}

export function planLines(plan: readonly Strike[]): string[] {
  return plan.map(({ at, kind }) => `${seconds(at)}  ${kind.name}`);
}

/** Milliseconds as seconds, set in a column. */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1).padStart(7)} s`;
}
