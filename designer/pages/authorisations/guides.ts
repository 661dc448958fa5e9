import type { AuthorisationForm } from './authorisation-form.ts';

/** One way to be authorised, as people choose it: what is filled in for them, and what they have to do at the provider. */
export interface Guide {
  id: string;
  label: string;
  hint: string;
  fields: Partial<AuthorisationForm>;
  steps: readonly string[];
  /** A sentence of warning, where there is one. */
  caution?: string;
}

const entra = 'https://login.microsoftonline.com';
const outlookScopes =
  'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/POP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access';

export const guides: readonly Guide[] = [
  {
    id: 'google',
    label: 'Google: one account',
    hint: 'Somebody signs in as the mailbox',
    fields: {
      provider: 'google',
      type: 'authorization-code',
      authUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      issuer: 'https://accounts.google.com',
      scope: 'https://mail.google.com/ openid email',
    },
    steps: [
      'In the Google Cloud console, choose or make a project and open "APIs & Services" → "OAuth consent screen". Take "Internal" if the account belongs to your Workspace.',
      'Under "Credentials", create an "OAuth client ID" of the type "Web application" and enter the redirect address below.',
      'Copy client id and client secret into this form, save, then authorise and sign in as the mailbox.',
      'The server is imap.gmail.com for IMAP (993), pop.gmail.com for POP3 (995), smtp.gmail.com for SMTP (465).',
    ],
    caution:
      'While the consent screen is in "Testing", Google ends the consent after 7 days: publish it, or enter the day below to be warned.',
  },
  {
    id: 'google-workspace',
    label: 'Google Workspace: every account',
    hint: 'A service account with domain-wide delegation',
    fields: {
      provider: 'google',
      type: 'service-account',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      scope: 'https://mail.google.com/',
    },
    steps: [
      'In the Google Cloud console, make a service account and a JSON key for it; copy the mail address and the key out of the file.',
      'In the Admin console, open "Security" → "API controls" → "Domain-wide delegation" and add the client id of the service account with the scope https://mail.google.com/.',
      'Each mailbox that uses it signs in as its own user, at imap.gmail.com (993), pop.gmail.com (995) or smtp.gmail.com (465).',
    ],
  },
  {
    id: 'microsoft-graph',
    label: 'Microsoft 365: application, Graph',
    hint: 'No person signs in; for Graph mailboxes',
    fields: { provider: 'microsoft', type: 'entra', authority: entra, scope: 'https://graph.microsoft.com/.default' },
    steps: [
      'In the Entra admin center, open "App registrations" and register an application; copy its application (client) id and the directory (tenant) id.',
      'Under "API permissions", add the application permissions Mail.ReadWrite and Mail.Send of Microsoft Graph, then grant admin consent.',
      'Under "Certificates & secrets", add a certificate or a secret; copy the value of the secret, not its id, and the day on which it ends.',
      'Limit the application to its mailboxes: RBAC for Applications in Exchange Online (without the consent above), or an application access policy. Changes may take more than an hour.',
    ],
  },
  {
    id: 'microsoft-imap',
    label: 'Microsoft 365: application, IMAP, POP3, SMTP',
    hint: 'No person signs in; for mail servers',
    fields: { provider: 'microsoft', type: 'entra', authority: entra, scope: 'https://outlook.office365.com/.default' },
    steps: [
      'Register an application in the Entra admin center; copy its application (client) id and the directory (tenant) id.',
      'Under "API permissions" → "APIs my organization uses" → "Office 365 Exchange Online", add the application permissions IMAP.AccessAsApp, POP.AccessAsApp and SMTP.SendAsApp as needed, then grant admin consent.',
      'Under "Certificates & secrets", add a certificate or a secret.',
      'In Exchange Online PowerShell: New-ServicePrincipal -AppId <client id> -ObjectId <object id of the Enterprise Application, not of the registration>.',
      'For each mailbox: Add-MailboxPermission -Identity <mailbox> -User <object id> -AccessRights FullAccess; to send, also Add-RecipientPermission with SendAs.',
      'The server is outlook.office365.com for IMAP (993) and POP3 (995), smtp.office365.com for SMTP (587). National clouds have servers of their own.',
    ],
  },
  {
    id: 'microsoft-person-graph',
    label: 'Microsoft 365: one account, Graph',
    hint: 'Somebody signs in as the mailbox; for Graph mailboxes',
    fields: {
      provider: 'microsoft',
      type: 'authorization-code',
      authUrl: `${entra}/organizations/oauth2/v2.0/authorize`,
      tokenUrl: `${entra}/organizations/oauth2/v2.0/token`,
      issuer: '',
      scope: 'https://graph.microsoft.com/Mail.ReadWrite https://graph.microsoft.com/Mail.Send offline_access',
    },
    steps: [
      'Register an application in the Entra admin center with the redirect address below, of the type "Web".',
      'Under "API permissions", add the delegated permissions Mail.ReadWrite, Mail.Send and offline_access of Microsoft Graph.',
      'Make a client secret; copy its value and the client id into this form.',
      'Save, then authorise and sign in as the mailbox. It opens the mailbox of whoever signed in, and no other. Of a single tenant, write its id in place of "organizations" in both addresses.',
    ],
  },
  {
    id: 'microsoft-person',
    label: 'Microsoft 365: one account, IMAP, POP3, SMTP',
    hint: 'Somebody signs in as the mailbox; for mail servers',
    fields: {
      provider: 'microsoft',
      type: 'authorization-code',
      authUrl: `${entra}/organizations/oauth2/v2.0/authorize`,
      tokenUrl: `${entra}/organizations/oauth2/v2.0/token`,
      issuer: '',
      scope: outlookScopes,
    },
    steps: [
      'Register an application in the Entra admin center with the redirect address below, of the type "Web".',
      'Under "API permissions", add the delegated permissions IMAP.AccessAsUser.All, POP.AccessAsUser.All and SMTP.Send, and offline_access.',
      'Make a client secret; copy its value and the client id into this form.',
      'Save, then authorise and sign in as the mailbox. Of a single tenant, write its id in place of "organizations" in both addresses.',
    ],
  },
  {
    id: 'other',
    label: 'Another provider',
    hint: 'Somebody signs in; any OAuth 2.0 server',
    fields: {
      provider: 'other',
      type: 'authorization-code',
      authUrl: '',
      tokenUrl: '',
      issuer: '',
      scope: 'openid offline_access',
    },
    steps: [
      'Register an application at the provider with the redirect address below.',
      'Enter the address of the provider and let Sluice read the others from it, or enter them by hand.',
      'The scope must name what gives access to mail, and offline_access where the provider wants it for lasting access.',
    ],
  },
  {
    id: 'other-application',
    label: 'Another provider: application',
    hint: 'No person signs in',
    fields: { provider: 'other', type: 'client-credentials', tokenUrl: '', scope: '' },
    steps: ['Make a client with the client credentials grant at the provider, and give it access to the mailboxes.'],
  },
  {
    id: 'password',
    label: 'User name and password (legacy)',
    hint: 'Only where nothing else is offered',
    fields: { provider: 'other', type: 'password', tokenUrl: '', scope: '' },
    steps: ['The provider is given the password of the account for each token. It works with no second factor.'],
    caution: 'Microsoft and others advise against it and are taking it away. Choose another way where there is one.',
  },
];

/** National clouds of Microsoft: tokens of one are worth nothing in another, so each has addresses of its own that a scope begins with. */
export const clouds = [
  { value: entra, label: 'Global', graph: 'https://graph.microsoft.com', outlook: 'https://outlook.office365.com' },
  {
    value: 'https://login.microsoftonline.us',
    label: 'US Government',
    graph: 'https://graph.microsoft.us',
    outlook: 'https://outlook.office365.us',
  },
  {
    value: 'https://login.chinacloudapi.cn',
    label: 'China (21Vianet)',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    outlook: 'https://partner.outlook.cn',
  },
] as const;

/** The same access in another cloud; as it is where the scope or the cloud is nobody's that is known here. */
export function scopeIn(authority: string, scope: string): string {
  const cloud = clouds.find(({ value }) => value === authority);
  if (cloud === undefined) return scope;
  return clouds.reduce(
    (text, each) =>
      text.replaceAll(`${each.graph}/`, `${cloud.graph}/`).replaceAll(`${each.outlook}/`, `${cloud.outlook}/`),
    scope,
  );
}

/** The guide that an authorisation was made by, as well as it can be told. */
export function guideOf({ provider, type, scope }: Pick<AuthorisationForm, 'provider' | 'type' | 'scope'>): Guide {
  const fitting = guides.filter(({ fields }) => fields.provider === provider && fields.type === type);
  const [first] = fitting;
  const exact = fitting.find(({ fields }) => fields.scope === scopeIn(entra, scope));
  // The list has a way for whatever may be stored; the last but one takes the rest.
  return exact ?? first ?? guides.find(({ fields }) => fields.type === type) ?? lastResort;
}

const lastResort: Guide = { id: 'unknown', label: 'Another provider', hint: '', fields: {}, steps: [] };
