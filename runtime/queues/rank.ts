const minuteMs = 60_000;

/**
 * Place in the queue, lowest first: a point of priority is worth a minute of waiting. Ties go by arrival, then by ledger id.
 * Exact: 25 million points are 1.5e12 ms, far inside the integers that a number holds exactly.
 */
export function rank(receivedAt: number, priority: number): number {
  return receivedAt - priority * minuteMs;
}
