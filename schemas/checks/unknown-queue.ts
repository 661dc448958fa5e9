import { didYouMean } from '../nearest-name.ts';
import { mainSheet } from '../sheet.ts';
import type { Check } from './check.ts';
import { issue } from './check.ts';

/** A mail handed to a queue that nobody has would be seen by nobody. */
export const unknownQueue: Check = ({ flow, id: sheet, actions, known }) => {
  if (known.queues === undefined) return [];
  const queues = new Set(known.queues);
  const message = (queue: string): string =>
    `There is no queue "${queue}"${didYouMean(queue, queues) || ': choose another, or create it.'}`;

  // A module has no use for its fallback: what fails in it takes the fallback of the flow that called it.
  const needsFallback = sheet === mainSheet && flow.type !== 'module';
  const issues =
    !needsFallback || queues.has(flow.fallback.queue)
      ? []
      : [
          issue(
            'unknown-queue',
            'error',
            ['fallback', 'queue'],
            `${message(flow.fallback.queue)} The fallback needs one.`,
          ),
        ];
  for (const { id, fields } of actions.values()) {
    for (const { kind, value, at } of fields) {
      if (kind === 'queue' && typeof value === 'string' && !queues.has(value)) {
        issues.push(issue('unknown-queue', 'error', at, message(value), id));
      }
    }
  }
  return issues;
};
