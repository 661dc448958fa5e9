import { resolvePointer } from '../../../schemas/json-pointer.ts';
import { nearestName } from '../../../schemas/nearest-name.ts';
import type { Fixer } from './fix.ts';
import { setAt } from './set-at.ts';

/** Another task is called, the nearest by name first. */
export const unknownTask: Fixer = ({ flow, issue }) => {
  const called = resolvePointer(flow, issue.path);
  const tasks = Object.entries(flow.tasks ?? {}).filter(([id]) => id !== issue.task);
  if (typeof called !== 'string' || tasks.length === 0) return [];
  const use = (id: string) => setAt(issue.path, id, 'Choose the task');
  const nearest = tasks.find(([id]) => id === nearestName(called, Object.keys(flow.tasks ?? {})));
  const items = tasks.map(([id, { name }]) => ({ id, title: name || id, hint: id }));
  return [
    ...(nearest === undefined ? [] : [{ label: `Use ${nearest[1].name}`, command: use(nearest[0]) }]),
    { label: 'Choose…', choose: { title: 'Which task', items, command: use } },
  ];
};
