import { UserError } from '../../../schemas/errors.ts';
import { genericClient, grantedOf, loadClient } from '../generic-client.ts';
import type { GrantKind } from './grant-kind.ts';

/** After the sign-in (sign-ins.ts) tokens come by the refresh token, which many providers replace each time. */
export const authorizationCode: GrantKind<'authorization-code'> = {
  isInteractive: true,
  isPerUser: false,
  async request({ name, grant }, { exchange, open, now, refreshToken }) {
    if (refreshToken === undefined) {
      throw new UserError(
        'needs-authorising',
        `Nobody has signed in for "${name}" yet. Authorise it on the page Authorisations.`,
        {
          status: 422,
        },
      );
    }
    const { refreshTokenGrant } = await loadClient();
    const secret = grant.secret === undefined ? undefined : open(grant.secret);
    const client = await genericClient({ ...grant, secret }, exchange);
    return grantedOf(await exchange.during(() => refreshTokenGrant(client, refreshToken)), now());
  },
};
