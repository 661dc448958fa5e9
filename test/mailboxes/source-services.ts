import { createHttpDoor } from '../../runtime/egress/http-door.ts';
import { createGraph } from '../../runtime/graph/client.ts';
import type { GraphClock } from '../../runtime/graph/gate.ts';
import { createGraphNotifications } from '../../runtime/graph/notifications.ts';
import type { SourceServices } from '../../runtime/mailboxes/source.ts';

/** What sources use of the rest of the house, the real thing; only this machine can be reached. */
export function createSourceServices(options: { publicUrl?: string; clock?: GraphClock } = {}): SourceServices {
  return {
    graph: createGraph({
      door: createHttpDoor({ allow: () => ['127.0.0.1'] }),
      ...(options.clock && { clock: options.clock }),
    }),
    notifications: createGraphNotifications(options.publicUrl),
  };
}
