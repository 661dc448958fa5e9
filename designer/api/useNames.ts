import { useFlows } from './flows.ts';
import { useQueues } from './queues.ts';

interface Names {
  /** The name of a queue, or its id where it is unknown or not loaded yet. */
  queue(id: string): string;
  /** The name of a flow, likewise. */
  flow(id: string): string;
}

/** Names for the ids that mails and runs refer to. */
export function useNames(): Names {
  const queues = useQueues().data?.items;
  const flows = useFlows().data?.items;
  const nameIn = (items: readonly { id: string; name: string }[] | undefined, id: string) =>
    items?.find((each) => each.id === id)?.name ?? id;
  return { queue: (id) => nameIn(queues, id), flow: (id) => nameIn(flows, id) };
}
