import type { Flow } from '../flow.ts';
import validateFlow from '../json/flow-validator.js';
import { pointerSegments, toPointer } from '../json-pointer.ts';
import { actionAt } from './compare-flows.ts';
import { type Conflict, mergeParts, type Side } from './merge-parts.ts';
import { flowPlan } from './plan.ts';
import { dropLost, isNewlyUsed } from './references.ts';
import { type Renaming, tellApart } from './tell-apart.ts';

interface ThreeFlows {
  /** The document that both began from; null where there was none. */
  base: Flow | null;
  mine: Flow;
  theirs: Flow;
}

export interface FlowMerge {
  /** What comes of both. Where nobody chose yet, it holds mine. */
  flow: Flow;
  /** Each has to be chosen before the merge is done; in the order of the document. */
  conflicts: Conflict[];
  /** Mine with the ids that its actions have in the merge. */
  mine: Flow;
  /** Actions of mine under another id, because theirs has another action by that id. */
  renamed: Renaming[];
}

/**
 * Merges two documents that began as the same one. What only one side changed is taken over; what both changed differently is a
 * conflict, part by part. If both sides have the shape of a flow, so has the result, whatever is chosen.
 */
export function mergeFlows(
  { base, mine, theirs }: ThreeFlows,
  choices: ReadonlyMap<string, Side> = new Map(),
): FlowMerge {
  const apart = tellApart(base, mine, theirs);
  const versions = { base: base ?? {}, mine: apart.flow, theirs };
  const areSound = validateFlow(mine) && validateFlow(theirs);
  const asWhole = new Set<string>();
  for (;;) {
    const { merged, conflicts } = mergeParts(flowPlan, versions, {
      choices,
      asWhole,
      isNewlyUsed: (side, path) => isNewlyUsed(versions.base, versions[side], path),
    });
    // Both are objects with the keys of a flow, and so is what was put together of their keys.
    const flow = dropLost(merged as Flow, apart.flow, theirs);
    if (!areSound || validateFlow(flow)) return { flow, conflicts, mine: apart.flow, renamed: apart.renamed };
    const fresh = (validateFlow.errors ?? []).flatMap(
      ({ instancePath }) => wholesAround(instancePath).find((pointer) => !asWhole.has(pointer)) ?? [],
    );
    // Parts that are right by themselves can be wrong together, such as two lists that are too long as one.
    if (fresh.length === 0) return { flow, conflicts, mine: apart.flow, renamed: apart.renamed };
    for (const pointer of fresh) asWhole.add(pointer);
  }
}

/** What could be taken as a whole so that the place is right, the smallest first. */
function wholesAround(instancePath: string): string[] {
  const path = pointerSegments(instancePath) ?? [];
  const action = actionAt(path);
  if (action === null) return [toPointer(...path.slice(0, path[0] === 'tasks' ? 2 : 1))];
  const whole = path.slice(0, path.length - action.inside.length);
  const [container, setting] = action.inside;
  const isSetting = container === 'settings' && setting !== undefined;
  return [...(isSetting ? [toPointer(...whole, container, setting)] : []), toPointer(...whole)];
}
