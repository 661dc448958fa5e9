import type { Flow } from '../../schemas/flow.ts';

/** The flow before anything was drawn: a first version is compared with nothing, not with its own settings. */
export function emptyLike(flow: Flow): Flow {
  const { tasks: _, variables: __, ...rest } = flow;
  return { ...rest, entry: '', actions: {}, layout: {} };
}
