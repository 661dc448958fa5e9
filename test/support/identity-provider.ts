import { execFile } from 'node:child_process';
import { createVerify, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Provider, { type ClientMetadata, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { Agent, request } from 'undici';
import { makeCertificate } from './certificates.ts';

const run = promisify(execFile);

export const graphScope = 'https://graph.example.test/.default';
export const client = { clientId: 'sluice', secret: 'a-client-secret' };
/** Signs in by certificate. */
export const certified = { clientId: 'sluice-certified' };
/** Acts for every user. */
export const robot = { email: 'robot@project.example.test' };
export const person = { username: 'anna', password: 'annas-password' };

/** A real OAuth server: oidc-provider over TLS on loopback, with the two grants that it lacks and Entra's address for its document. */
export interface IdentityProvider {
  readonly url: string;
  readonly authUrl: string;
  readonly tokenUrl: string;
  /** PEM of the authority that signed its certificate. */
  readonly ca: string;
  /** What the certified client signs with. */
  readonly certificate: { pem: string; key: string };
  /** For Dovecot, which asks in the open on this machine. */
  readonly introspectionUrl: string;
  /** Calls of the token endpoint so far, each with the form's fields. */
  readonly calls: URLSearchParams[];
  /** In seconds, of access tokens from now on. */
  tokenLife: number;
  /** What mail servers are told of a token that is good; they wait for as long as it takes. */
  accepts: (token: string) => boolean | Promise<boolean>;
  /** Answers in the server's place where it returns true. */
  intercept: (request: IncomingMessage, response: ServerResponse, form: URLSearchParams) => boolean;
  /** Signs a person in as a browser would; resolves with the address that the browser is sent back to. */
  signIn(url: string, login?: string): Promise<URL>;
  /** Ends every access token that was given so far. */
  revokeTokens(): void;
  stop(): Promise<void>;
}

export async function startIdentityProvider(folder: string, redirectUris: string[]): Promise<IdentityProvider> {
  const certificate = await makeCertificate(folder);
  const [key, cert] = await Promise.all([readFile(certificate.key), readFile(certificate.certificate)]);
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end();
  const server = createSecureServer({ key, cert }, (request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://localhost:${portOf(server)}`;
  const signing = await makeSigningPair(folder);
  const publicKey = new X509Certificate(signing.pem).publicKey;
  let revokedAt = 0;

  const configuration: Configuration = {
    clients: [
      clientOf({ client_id: client.clientId, client_secret: client.secret, redirect_uris: redirectUris }),
      clientOf({
        client_id: robot.email,
        token_endpoint_auth_method: 'none',
        redirect_uris: [],
        response_types: [],
        grant_types: ['urn:ietf:params:oauth:grant-type:jwt-bearer'],
      }),
      clientOf({
        client_id: certified.clientId,
        token_endpoint_auth_method: 'private_key_jwt',
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
        jwks: { keys: [publicKey.export({ format: 'jwk' }) as never] },
      }),
    ],
    scopes: ['openid', 'offline_access', 'mail', graphScope],
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      revocation: { enabled: true },
    },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.test` }) }),
    ttl: {
      AccessToken: () => provider.tokenLife,
      ClientCredentials: () => provider.tokenLife,
      RefreshToken: 86_400,
      Grant: 86_400,
      Interaction: 3_600,
      Session: 3_600,
      IdToken: 3_600,
    },
    cookies: { keys: ['a cookie key for tests'] },
    renderError(context, out) {
      context.type = 'json';
      context.body = out;
    },
  };
  const oidc = new Provider(url, configuration);
  const issuedAt = new Map<string, number>();
  oidc.proxy = true;
  registerGrants(oidc, () => provider.tokenLife, publicKey);
  oidc.on('access_token.saved', (token) => issuedAt.set(token.jti, performance.now()));
  const callback = oidc.callback();

  const provider: IdentityProvider = {
    url,
    authUrl: `${url}/auth`,
    tokenUrl: `${url}/token`,
    ca: certificate.ca,
    certificate: signing,
    introspectionUrl: '',
    calls: [],
    tokenLife: 3_600,
    accepts: () => true,
    intercept: () => false,
    signIn: (address, login = person.username) => signInAt(address, login, certificate.ca),
    revokeTokens() {
      revokedAt = performance.now();
    },
    async stop() {
      server.closeAllConnections();
      introspection.closeAllConnections();
      await Promise.all([server, introspection].map((each) => new Promise((resolve) => each.close(resolve))));
    },
  };

  handle = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', url);
    if (pathname.endsWith('/v2.0/.well-known/openid-configuration')) {
      request.url = '/.well-known/openid-configuration';
    }
    if (pathname !== '/token') {
      if (!provider.intercept(request, response, new URLSearchParams())) callback(request, response);
      return;
    }
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => {
      const form = new URLSearchParams(text);
      provider.calls.push(form);
      if (provider.intercept(request, response, form)) return;
      // oidc-provider takes a body that was read before it.
      Object.assign(request, { body: Object.fromEntries(form) });
      callback(request, response);
    });
  };

  const introspection = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', async () => {
      const token = new URLSearchParams(text).get('token') ?? '';
      const found = await oidc.AccessToken.find(token);
      const isGood = found !== undefined && !found.isExpired && (issuedAt.get(token) ?? 0) > revokedAt;
      const isActive = isGood && (await provider.accepts(token));
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify(isActive ? { active: true, username: found.accountId, scope: found.scope } : { active: false }),
      );
    });
  });
  await new Promise<void>((resolve) => introspection.listen(0, '127.0.0.1', resolve));
  Object.assign(provider, { introspectionUrl: `http://127.0.0.1:${portOf(introspection)}/` });
  return provider;
}

/** Follows the login pages that oidc-provider has for developers, with a jar for their cookies. */
export async function signInAt(address: string, login: string, ca?: string): Promise<URL> {
  const dispatcher = new Agent(ca === undefined ? {} : { connect: { ca } });
  const jar = new Map<string, string>();
  let url = new URL(address);
  const { origin } = url;
  let form: string | undefined;
  for (let steps = 0; steps < 20 && url.origin === origin; steps += 1) {
    const { statusCode, headers, body } = await request(url, {
      dispatcher,
      method: form === undefined ? 'GET' : 'POST',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form === undefined ? {} : { body: form }),
    });
    const page = await body.text();
    for (const line of [headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    form = undefined;
    if (typeof headers.location === 'string') {
      url = new URL(headers.location, url);
    } else if (/name="prompt" value="(\w+)"/.exec(page)) {
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '';
      form = new URLSearchParams({ prompt, login, password: 'any' }).toString();
    } else {
      throw new Error(`The login page is another than expected (${statusCode}): ${page.slice(0, 300)}`);
    }
  }
  await dispatcher.close();
  return url;
}

function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return address.port;
}

/** What an application is recognised by; RSA, as Entra and Google want it. */
async function makeSigningPair(folder: string): Promise<{ pem: string; key: string }> {
  const [key, cert] = [join(folder, 'client.key'), join(folder, 'client.pem')];
  const names = ['-keyout', key, '-out', cert, '-days', '20', '-subj', '/CN=sluice'];
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...names]);
  const [pem, keyText] = await Promise.all([readFile(cert, 'utf8'), readFile(key, 'utf8')]);
  return { pem, key: keyText };
}

function clientOf(metadata: ClientMetadata): ClientMetadata {
  return {
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'password',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ],
    response_types: ['code'],
    ...metadata,
  };
}

/** The grants of RFC 6749 4.3 and RFC 7523, which oidc-provider leaves to whoever wants them. */
function registerGrants(oidc: Provider, life: () => number, publicKey: KeyObject): void {
  const give = async (context: KoaContextWithOIDC, accountId: string) => {
    const owner = context.oidc.client;
    if (owner === undefined) throw new Error('the client was not recognised');
    const grant = new oidc.Grant({ accountId, clientId: owner.clientId });
    grant.addOIDCScope('mail');
    const token = new oidc.AccessToken({
      accountId,
      client: owner,
      grantId: await grant.save(),
      gty: 'custom',
      scope: 'mail',
    } as never);
    context.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: life() };
  };
  const refuse = (context: KoaContextWithOIDC, error: string, description: string) => {
    context.status = 400;
    context.body = { error, error_description: description };
  };
  oidc.registerGrantType(
    'password',
    async (context) => {
      const { username, password } = context.oidc.params ?? {};
      if (username === person.username && password === person.password) await give(context, String(username));
      else refuse(context, 'invalid_grant', `no such user, or not with the password ${String(password)}`);
    },
    ['username', 'password', 'scope'],
  );
  oidc.registerGrantType(
    'urn:ietf:params:oauth:grant-type:jwt-bearer',
    async (context) => {
      const [header = '', claims = '', signature = ''] = String(context.oidc.params?.assertion).split('.');
      const isSigned = createVerify('RSA-SHA256')
        .update(`${header}.${claims}`)
        .verify(publicKey, signature, 'base64url');
      const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString());
      if (isSigned) await give(context, sub);
      else refuse(context, 'invalid_grant', 'the signature is wrong');
    },
    ['assertion', 'scope'],
  );
}
