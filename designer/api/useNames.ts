import { useFlows } from './flows.ts';
import { useMailboxes } from './mailboxes.ts';
import { usePeople } from './people.ts';
import { useQueues } from './queues.ts';

interface Names {
  /** The name of a queue, or its id where it is unknown or not loaded yet. */
  queue(id: string): string;
  /** The name of a flow, likewise. */
  flow(id: string): string;
  /** Of a mailbox, likewise; of one that was deleted the id is all that is known. */
  mailbox(id: string): string;
  /** Of a user or a token, likewise; empty stands for Sluice itself. */
  person(id: string): string;
}

/** Names for the ids that mails and runs and what was done with them refer to. */
export function useNames(): Names {
  const queues = useQueues().data?.items;
  const flows = useFlows().data?.items;
  const mailboxes = useMailboxes().data?.items;
  const people = usePeople().data?.items;
  const nameIn = (items: readonly { id: string; name: string }[] | undefined, id: string) =>
    items?.find((each) => each.id === id)?.name ?? id;
  return {
    queue: (id) => nameIn(queues, id),
    flow: (id) => nameIn(flows, id),
    mailbox: (id) => nameIn(mailboxes, id),
    person: (id) => (id === '' ? 'Sluice' : nameIn(people, id)),
  };
}
