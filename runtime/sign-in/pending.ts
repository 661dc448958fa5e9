import { createHash, timingSafeEqual } from 'node:crypto';
import type { ProviderMetadata } from './discover-provider.ts';
import { refusal } from './refusal.ts';

const patienceMs = 10 * 60_000;
const maxPending = 1_000;

/** A sign-in that somebody has begun. */
export interface Pending {
  /** Id, issuer and client of the provider as it was set then. */
  provider: string;
  issuer: string;
  clientId: string;
  metadata: ProviderMetadata;
  verifier: string;
  nonce: string;
  redirectUri: string;
  /** A path of ours. */
  to: string;
  /** The session that the browser had before. */
  formerSession: string | undefined;
  /** Takes the attempt back that was counted at the beginning. */
  succeeded: () => void;
}

export interface PendingSignIns {
  /** @param browser what only the browser knows that began. */
  add(state: string, browser: string, pending: Pending): void;
  /**
   * Of one use. The wrong browser does not use it up, so that nobody can end the sign-in of somebody else.
   *
   * @throws UserError `sign-in-unknown`, `sign-in-other-browser`.
   */
  take(state: string, browser: string | undefined): Pending;
}

export function createPendingSignIns(now: () => number): PendingSignIns {
  const entries = new Map<string, { browser: Buffer; until: number; pending: Pending }>();
  return {
    add(state, browser, pending) {
      for (const [key, { until }] of entries) if (until < now() || entries.size >= maxPending) entries.delete(key);
      entries.set(state, { browser: digest(browser), until: now() + patienceMs, pending });
    },
    take(state, browser) {
      const entry = entries.get(state);
      if (entry === undefined || entry.until < now()) throw refusal('sign-in-unknown');
      if (browser === undefined || !timingSafeEqual(entry.browser, digest(browser))) {
        throw refusal('sign-in-other-browser');
      }
      entries.delete(state);
      return entry.pending;
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
