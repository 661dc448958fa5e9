import { OperationalError, UserError } from '../../schemas/errors.ts';
import { entraErrors, type Remedy } from './entra-errors.ts';

interface About {
  provider: string;
  host: string;
  /** The form that was sent: nothing secret of it may come back in words. */
  sent: string;
}

/** OAuth's own errors (RFC 6749 5.2, and those that OpenID Connect adds). */
const errors: Readonly<Record<string, { remedy: Remedy; words: string }>> = {
  invalid_grant: {
    remedy: 'authorise',
    words: 'The consent has ended: it was withdrawn, it expired, or the password of the account was changed.',
  },
  invalid_client: {
    remedy: 'settings',
    words: 'The client id or the client secret is wrong, or the secret has expired.',
  },
  unauthorized_client: {
    remedy: 'settings',
    words:
      'The application may not sign in this way. Allow it at the provider; a service account needs domain-wide delegation for this scope.',
  },
  invalid_scope: { remedy: 'settings', words: 'The scope is wrong, or not allowed to this application.' },
  invalid_request: {
    remedy: 'settings',
    words: 'The provider does not understand what was asked. Check addresses, client id and scope.',
  },
  invalid_target: { remedy: 'settings', words: 'The provider does not know the service that the scope names.' },
  unsupported_grant_type: { remedy: 'settings', words: 'The provider does not offer this kind of sign-in.' },
  access_denied: { remedy: 'authorise', words: 'The sign-in was declined.' },
  interaction_required: { remedy: 'authorise', words: 'The provider wants the person to sign in again.' },
  login_required: { remedy: 'authorise', words: 'The provider wants the person to sign in again.' },
  consent_required: { remedy: 'authorise', words: 'The provider wants the person to agree again.' },
  temporarily_unavailable: { remedy: 'later', words: 'The provider is in trouble for a moment.' },
  server_error: { remedy: 'later', words: 'The provider is in trouble for a moment.' },
};

/**
 * A provider's refusal in words. UserError `needs-authorising` where a person has to sign in again, `authorisation-refused` where the settings
 * are to be mended; OperationalError `provider-busy` where it may pass.
 */
export function explainRefusal(answer: Record<string, unknown>, about: About): UserError | OperationalError {
  const error = typeof answer.error === 'string' ? plain(answer.error, 60) : 'unknown';
  const numbers = Array.isArray(answer.error_codes) ? answer.error_codes : [];
  const number = numbers.find((each): each is number => typeof each === 'number' && Object.hasOwn(entraErrors, each));
  const known = Object.hasOwn(errors, error) ? errors[error] : undefined;
  const precise = number === undefined ? undefined : entraErrors[number];
  const { remedy, words } = precise ?? known ?? { remedy: 'settings', words: 'The provider refuses.' };
  const said = typeof answer.error_description === 'string' ? scrub(answer.error_description, about.sent) : '';
  const message = `${about.provider}: ${words}${precise || said === '' ? '' : ` It says: "${said}".`} (${error}${number === undefined ? '' : `, AADSTS${number}`})`;
  const options = { data: { host: about.host, error, ...(number !== undefined && { number }) } };
  if (remedy === 'later') return new OperationalError('provider-busy', message, options);
  return new UserError(remedy === 'authorise' ? 'needs-authorising' : 'authorisation-refused', message, {
    ...options,
    status: 422,
  });
}

const harmless = new Set(['grant_type', 'scope', 'client_id', 'redirect_uri', 'client_info', 'x-client-SKU']);

/** What the provider says, without what we sent it: a hostile one could have the secret shown on a page or in a log. */
function scrub(text: string, sent: string): string {
  let rest = text;
  for (const [name, value] of new URLSearchParams(sent)) {
    if (!harmless.has(name) && value.length >= 4) rest = rest.replaceAll(value, '…');
  }
  return plain(rest, 200).replace(/\.$/, '');
}

function plain(text: string, length: number): string {
  return text
    .replace(/[^\x20-\x7e\u00a0-\u024f…]+/g, ' ')
    .trim()
    .slice(0, length);
}
