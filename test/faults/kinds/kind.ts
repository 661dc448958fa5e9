import type { Random } from '../random.ts';
import type { World } from '../world.ts';

/** What can be under only one blow at a time: who is dead cannot be frozen. */
export type Target = 'server' | 'dovecot' | 'outgoing' | 'microsoft' | 'service' | 'clock' | 'link' | 'load';

/** One kind of fault: how it strikes, and how that ends. */
export interface FaultKind {
  readonly name: string;
  readonly target: Target;
  /** Why it cannot strike here; undefined if it can. */
  impossible?(world: World): string | undefined;
  /** Strikes, and resolves when the blow is over. Says what it did, for the report. */
  strike(world: World, random: Random): Promise<string>;
}

export const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
