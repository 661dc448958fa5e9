import { genericClient, grantedOf, loadClient } from '../generic-client.ts';
import type { GrantKind } from './grant-kind.ts';

/** The password itself is always at hand, so a refresh token would only be one more secret to keep. */
export const password: GrantKind<'password'> = {
  isInteractive: false,
  isPerUser: false,
  async request({ grant }, { exchange, open, now }) {
    const { genericGrantRequest } = await loadClient();
    const secret = grant.secret === undefined ? undefined : open(grant.secret);
    const client = await genericClient({ ...grant, secret }, exchange);
    const form = { username: grant.username, password: open(grant.password), scope: grant.scope };
    const { refreshToken: _, ...granted } = grantedOf(
      await exchange.during(() => genericGrantRequest(client, 'password', form)),
      now(),
    );
    return granted;
  },
};
