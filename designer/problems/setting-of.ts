import type { Issue } from '../../schemas/issue.ts';
import { pointerSegments } from '../../schemas/json-pointer.ts';

/** Which setting of its action an issue is about; undefined if it is about the action as a whole. */
export function settingOf({ path }: Issue): string | undefined {
  const segments = pointerSegments(path) ?? [];
  const [root, , part, setting] = segments[0] === 'tasks' ? segments.slice(2) : segments;
  if (root !== 'actions') return undefined;
  return part === 'settings' ? setting : part === 'name' ? 'name' : undefined;
}
