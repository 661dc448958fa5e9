import type { AuthorisationBody, AuthorisationView } from '../../../schemas/api/authorisations.ts';
import type { GrantType } from '../../../schemas/authorisation.ts';

/** What stands in the fields, of every kind of grant: choosing another way and back loses nothing. */
export interface AuthorisationForm {
  name: string;
  provider: AuthorisationView['provider'];
  type: GrantType;
  authority: string;
  tenant: string;
  clientId: string;
  secret: string;
  certificate: string;
  key: string;
  scope: string;
  authUrl: string;
  tokenUrl: string;
  issuer: string;
  redirectUri: string;
  username: string;
  password: string;
  email: string;
  ca: string;
  secretExpiresOn: string;
  consentExpiresOn: string;
}

export const emptyAuthorisation: AuthorisationForm = {
  name: '',
  provider: 'google',
  type: 'authorization-code',
  authority: '',
  tenant: '',
  clientId: '',
  secret: '',
  certificate: '',
  key: '',
  scope: '',
  authUrl: '',
  tokenUrl: '',
  issuer: '',
  redirectUri: '',
  username: '',
  password: '',
  email: '',
  ca: '',
  secretExpiresOn: '',
  consentExpiresOn: '',
};

export function formOf({
  name,
  provider,
  grant,
  ca,
  secretExpiresOn,
  consentExpiresOn,
}: AuthorisationView): AuthorisationForm {
  const { stored: _, ...fields } = grant;
  const rest = { ca, secretExpiresOn, consentExpiresOn };
  const filled = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...emptyAuthorisation, name, provider, ...fields, ...filled };
}

/** Empty secrets are left out: the stored ones stay. */
export function bodyOf(form: AuthorisationForm): AuthorisationBody {
  const { name, provider, type, scope } = form;
  const some = (names: readonly (keyof AuthorisationForm)[]) =>
    Object.fromEntries(names.map((each) => [each, form[each].trim()]).filter(([, value]) => value !== ''));
  const grant = { type, scope: scope.trim(), ...some(fieldsOf[type]) };
  // What is required was asked for by the form; the server checks the whole again.
  return {
    name: name.trim(),
    provider,
    grant,
    ...some(['ca', 'secretExpiresOn', 'consentExpiresOn']),
  } as AuthorisationBody;
}

export const fieldsOf: Record<GrantType, readonly (keyof AuthorisationForm)[]> = {
  entra: ['authority', 'tenant', 'clientId', 'secret', 'certificate', 'key'],
  'client-credentials': ['tokenUrl', 'clientId', 'secret'],
  'authorization-code': ['authUrl', 'tokenUrl', 'issuer', 'clientId', 'secret', 'redirectUri'],
  password: ['tokenUrl', 'clientId', 'secret', 'username', 'password'],
  'service-account': ['tokenUrl', 'email', 'key'],
};
