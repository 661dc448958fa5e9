import { genericClient, grantedOf, loadClient } from '../generic-client.ts';
import type { GrantKind } from './grant-kind.ts';

export const clientCredentials: GrantKind<'client-credentials'> = {
  isInteractive: false,
  isPerUser: false,
  async request({ grant }, { exchange, open, now }) {
    const { clientCredentialsGrant } = await loadClient();
    const client = await genericClient({ ...grant, secret: open(grant.secret) }, exchange);
    return grantedOf(await exchange.during(() => clientCredentialsGrant(client, { scope: grant.scope })), now());
  },
};
