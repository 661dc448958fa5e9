import type { Authorisation, GrantType } from '../../../schemas/authorisation.ts';
import { authorizationCode } from './authorization-code.ts';
import { clientCredentials } from './client-credentials.ts';
import { entra } from './entra.ts';
import type { GrantKind } from './grant-kind.ts';
import { password } from './password.ts';
import { serviceAccount } from './service-account.ts';

/** Every way of being granted access, one line each. */
const grantKinds: { [T in GrantType]: GrantKind<T> } = {
  entra,
  'client-credentials': clientCredentials,
  'authorization-code': authorizationCode,
  password,
  'service-account': serviceAccount,
};

export function grantKindOf({ grant }: Pick<Authorisation, 'grant'>): GrantKind<GrantType> {
  // An entry takes the authorisations of its own kind only, and that is the kind it was found by.
  return grantKinds[grant.type] as GrantKind<GrantType>;
}
