import type { SignInProvider } from '../../../schemas/sign-in-provider.ts';

/** How a provider is set up: what is filled in here, and what has to be done there. */
interface Guide {
  label: string;
  fields: { name: string; issuer: string; scope: string; roleClaim: string };
  /** What the issuer looks like there. */
  issuerHint: string;
  steps: readonly string[];
  /** What a role can come from. */
  rolesHint: string;
}

export const guides: Record<SignInProvider['kind'], Guide> = {
  entra: {
    label: 'Microsoft Entra ID',
    fields: {
      name: 'Microsoft',
      issuer: '',
      scope: 'openid profile email',
      roleClaim: 'roles',
    },
    issuerHint: 'https://login.microsoftonline.com/<tenant id>/v2.0',
    steps: [
      'In the Entra admin center, open "App registrations" and register an application for accounts in this directory only, with the redirect address below, of the type "Web".',
      'Copy the directory (tenant) id into the issuer, and the application (client) id into the client id.',
      'Under "Certificates & secrets", make a client secret and copy its value (not its id).',
      'Under "Token configuration", add the optional claims "email" and "xms_edov" to the ID token: the second says that the address is of a domain of your own.',
      'For roles, make app roles under "App roles" and assign them to people and groups under "Enterprise applications" → "Users and groups".',
    ],
    rolesHint: 'roles with the values of app roles; or groups with object ids, up to 200 per person',
  },
  google: {
    label: 'Google Workspace',
    fields: {
      name: 'Google',
      issuer: 'https://accounts.google.com',
      scope: 'openid profile email',
      roleClaim: '',
    },
    issuerHint: 'https://accounts.google.com, for every Workspace',
    steps: [
      'In the Google Cloud console, choose or make a project and open "Google Auth Platform" → "Audience". Take "Internal": then only people of your Workspace get in.',
      'Under "Clients", create a client of the type "Web application" with the redirect address below.',
      'Copy client id and client secret into this form.',
    ],
    rolesHint: 'Google tells no groups: leave it empty, and set roles under Users',
  },
  keycloak: {
    label: 'Keycloak',
    fields: {
      name: 'Keycloak',
      issuer: '',
      scope: 'openid profile email',
      roleClaim: 'realm_access.roles',
    },
    issuerHint: 'https://<server>/realms/<realm>, on older servers /auth/realms/<realm>',
    steps: [
      'In the realm, create a client of the type "OpenID Connect" with "Client authentication" and "Standard flow" on.',
      'Enter the redirect address below under "Valid redirect URIs", and the second one under "Valid post logout redirect URIs".',
      'Copy the client id, and the client secret from "Credentials".',
      'For roles, open "Client scopes" → "roles" → "Mappers" → "realm roles" and switch "Add to ID token" on.',
      'People need a verified address: "Email verified" in their account, or "Verify email" in the realm.',
    ],
    rolesHint: 'realm_access.roles, or groups with a mapper of the type "Group Membership"',
  },
  okta: {
    label: 'Okta',
    fields: {
      name: 'Okta',
      issuer: '',
      scope: 'openid profile email groups',
      roleClaim: 'groups',
    },
    issuerHint: 'https://<organisation>.okta.com, or https://<organisation>.okta.com/oauth2/default',
    steps: [
      'In the Admin Console, open "Applications" → "Create App Integration" and choose "OIDC" and "Web Application".',
      'Enter the redirect address below as "Sign-in redirect URI", and the second one as "Sign-out redirect URI".',
      'Assign the application to the people or groups who may come in.',
      'Copy client id and client secret.',
      'For roles, open "Sign On" → "OpenID Connect ID Token" and add a groups claim named "groups" with a filter.',
    ],
    rolesHint: 'groups, with the names of groups',
  },
  other: {
    label: 'Another provider',
    fields: { name: '', issuer: '', scope: 'openid profile email', roleClaim: '' },
    issuerHint: 'Its address, exactly as the provider writes it',
    steps: [
      'Register an application for the authorization code flow at the provider, with the redirect address below. Sluice sends its secret in the body (client_secret_post) where the provider offers that.',
      'Copy issuer, client id and client secret into this form.',
    ],
    rolesHint: 'The name of a claim with a text or a list of texts; dots lead into objects',
  },
};
