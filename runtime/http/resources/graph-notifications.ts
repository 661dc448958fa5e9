import type { ServerResponse } from 'node:http';
import { graphHandshakeSchema, graphNotificationsSchema } from '../../../schemas/api/graph-notifications.ts';
import { UserError } from '../../../schemas/errors.ts';
import { notificationsPath } from '../../graph/notifications.ts';
import { route } from '../route.ts';

/** Some hundred items come in one call; each is below a kilobyte. */
const maxBytes = 524_288;

/**
 * Where Microsoft tells of new mail. Anybody may call: nothing is read from a call but that it is time to look, and only where the secret of
 * the subscription stands in it. A stranger learns no more than which of the addresses that he makes up are awaited.
 */
export const graphNotificationsRoutes = [
  route({
    method: 'post',
    path: `${notificationsPath}/:key`,
    summary: 'Where Microsoft Graph tells of new mail; not for others',
    isReading: true,
    access: 'public',
    query: graphHandshakeSchema,
    body: graphNotificationsSchema,
    rawBody: { media: 'text/plain', maxBytes: 1_024, description: 'Empty: the handshake of a new subscription' },
    maxBytes,
    status: 202,
    response: { media: 'text/plain', description: 'Taken; a handshake is answered by 200 and its token' },
    handler({ params, query, body, services }) {
      const { graphNotifications } = services;
      if (query.validationToken !== undefined) {
        if (!graphNotifications.isAwaited(params.key)) {
          throw new UserError('not-found', 'Nobody waits for notifications here.', { status: 404 });
        }
        return handshake(query.validationToken);
      }
      const items = body instanceof Uint8Array ? [] : (body.value ?? []);
      graphNotifications.take(
        params.key,
        items.map(({ clientState, resourceData, lifecycleEvent }) => ({
          ...(clientState !== undefined && { clientState }),
          ...(resourceData?.id !== undefined && { messageId: resourceData.id }),
          ...(lifecycleEvent !== undefined && { lifecycleEvent }),
        })),
      );
      return { headers: {}, content: '' };
    },
  }),
];

/** Whatever a caller writes into the token comes back as plain text, which no browser runs. */
function handshake(token: string) {
  return {
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    content(response: ServerResponse) {
      response.statusCode = 200;
      response.end(token);
    },
  };
}
