import type { SignInProviderBody, SignInProviderView } from '../../../schemas/api/sign-in.ts';
import type { Role } from '../../../schemas/role.ts';
import { guides } from './guides.ts';

/** What stands in the fields. */
export interface ProviderForm extends Omit<SignInProviderBody, 'ca' | 'roleClaim' | 'secret'> {
  ca: string;
  roleClaim: string;
  /** Empty: the stored one stays. */
  secret: string;
  isPublic: boolean;
}

export const emptyProvider: ProviderForm = {
  kind: 'entra',
  clientId: '',
  secret: '',
  isPublic: false,
  enabled: true,
  ca: '',
  trustsEmail: false,
  createUsers: false,
  domains: [],
  defaultRole: null,
  roles: [],
  signsOutThere: true,
  ...guides.entra.fields,
};

export function formOf({ id: _, hasSecret, users: __, lastRefusal: ___, ...view }: SignInProviderView): ProviderForm {
  return { ...emptyProvider, ca: '', roleClaim: '', ...view, secret: '', isPublic: !hasSecret };
}

export function bodyOf({ secret, isPublic, ca, roleClaim, ...form }: ProviderForm): SignInProviderBody {
  return {
    ...form,
    name: form.name.trim(),
    issuer: form.issuer.trim(),
    clientId: form.clientId.trim(),
    scope: form.scope.trim().replace(/\s+/g, ' '),
    roles: form.roles.map(({ value, role }) => ({ value: value.trim(), role })).filter(({ value }) => value !== ''),
    ...(ca.trim() !== '' && { ca: ca.trim() }),
    ...(roleClaim.trim() !== '' && { roleClaim: roleClaim.trim() }),
    ...(isPublic ? { secret: null } : secret !== '' && { secret }),
  };
}

/** What happens to whoever gets no role by the claim, as people choose it. */
export const refuseChoice = 'refuse';

export function defaultRoleOf(choice: string | null, roles: readonly { value: Role }[]): Role | null {
  return roles.find(({ value }) => value === choice)?.value ?? null;
}
