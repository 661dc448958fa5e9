import { resolvePointer } from '../../../schemas/json-pointer.ts';
import { nearestName } from '../../../schemas/nearest-name.ts';
import type { Fix, Fixer } from './fix.ts';
import { setAt } from './set-at.ts';

/** The queue of nearly that name, another one, or a new one of just that name. */
export const unknownQueue: Fixer = ({ flow, issue, known }) => {
  const wrong = resolvePointer(flow, issue.path);
  if (typeof wrong !== 'string') return [];
  const use = (queue: string) => setAt(issue.path, queue, 'Choose the queue');
  const ids = known.queues.map(({ id }) => id);
  const nearest = known.queues.find(({ id }) => id === nearestName(wrong, ids));
  const fixes: Fix[] = nearest === undefined ? [] : [{ label: `Use ${nearest.name}`, command: use(nearest.id) }];
  if (wrong !== '') fixes.push({ label: `Create “${wrong}”`, createQueue: wrong });
  if (known.queues.length > 0) {
    const items = known.queues.map(({ id, name }) => ({ id, title: name, hint: id }));
    fixes.push({ label: 'Choose…', choose: { title: 'The queue that takes the mail', items, command: use } });
  }
  return fixes;
};
