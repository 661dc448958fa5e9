/** What has to happen before asking again can help. `later`: nothing, it passes. */
export type Remedy = 'authorise' | 'settings' | 'later';

/**
 * Entra's own numbers for what went wrong, with what to do. They serve for words: what Sluice does follows from OAuth's error, since Microsoft
 * warns that numbers change; only those that pass by themselves count here, too.
 */
export const entraErrors: Readonly<Record<number, { remedy: Remedy; words: string }>> = {
  7000222: {
    remedy: 'settings',
    words: 'The client secret has expired. Make a new one in Entra (Certificates & secrets) and enter its value here.',
  },
  7000215: {
    remedy: 'settings',
    words: 'The client secret is wrong. Copy the value of the secret, which is shown once, and not its id.',
  },
  700016: {
    remedy: 'settings',
    words: 'Entra does not know this application in this tenant. Check the client id and the tenant.',
  },
  700027: {
    remedy: 'settings',
    words:
      'Entra does not know this certificate. Upload it at the application (Certificates & secrets), or enter the one that is there.',
  },
  90002: { remedy: 'settings', words: 'There is no such tenant in this cloud. Check the tenant and the authority.' },
  90038: { remedy: 'settings', words: 'The tenant belongs to a national cloud. Choose that cloud.' },
  500011: {
    remedy: 'settings',
    words:
      'The tenant does not know the service in the scope. Check the scope, and grant admin consent to the application.',
  },
  65001: {
    remedy: 'authorise',
    words: 'Nobody has agreed to what the application asks for. Authorise it again, or grant admin consent.',
  },
  90094: {
    remedy: 'settings',
    words: 'An administrator of the tenant has to agree first: grant admin consent in Entra.',
  },
  9001023: { remedy: 'settings', words: 'This kind of sign-in needs the tenant itself, not "common" or "consumers".' },
  70011: { remedy: 'settings', words: 'The scope is wrong. Take it from the guide on this page.' },
  1002012: { remedy: 'settings', words: 'The scope of an application ends with "/.default".' },
  7000218: {
    remedy: 'settings',
    words: 'The application wants a client secret, or its switch "Allow public client flows" is off.',
  },
  50076: { remedy: 'authorise', words: 'The account needs a second factor: choose the sign-in in the browser.' },
  50079: { remedy: 'authorise', words: 'The account needs a second factor: choose the sign-in in the browser.' },
  53003: { remedy: 'authorise', words: 'A Conditional Access policy forbids it. Ask the administrator of the tenant.' },
  50126: {
    remedy: 'settings',
    words: 'The user name or password is wrong. It is not tried again, so that the account is not locked.',
  },
  50034: { remedy: 'settings', words: 'The tenant does not know this user.' },
  50053: {
    remedy: 'settings',
    words: 'The account is locked after too many wrong passwords. Wait, then enter the right one.',
  },
  70008: { remedy: 'authorise', words: 'The consent has expired. Authorise again.' },
  700082: { remedy: 'authorise', words: 'The consent ended because it was not used for long. Authorise again.' },
  50173: {
    remedy: 'authorise',
    words: 'The password of the account was changed, which ends the consent. Authorise again.',
  },
  90033: { remedy: 'later', words: 'Entra is in trouble for a moment.' },
  90024: { remedy: 'later', words: 'Entra is in trouble for a moment.' },
  90006: { remedy: 'later', words: 'Entra is in trouble for a moment.' },
  90055: { remedy: 'later', words: 'The tenant is called too often at the moment.' },
};
