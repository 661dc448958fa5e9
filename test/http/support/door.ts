import type { UserEntry } from '../../../schemas/api/session.ts';
import { providerOf } from '../../sign-in/provider-of.ts';
import { freePort } from '../../support/free-port.ts';
import { client, type SignInProviderServer, startSignInProvider } from '../../support/sign-in-provider.ts';
import type { Answer } from './answer.ts';
import { type HttpUnderTest, startHttp } from './start-http.ts';

/** A server with a provider that people sign in by. */
export interface Door {
  readonly http: HttpUnderTest;
  readonly provider: SignInProviderServer;
  /** What a person enters of the provider; enabled, and making nobody a user. */
  readonly entered: Record<string, unknown>;
  /** Changes the provider as it is set. */
  set(part: Record<string, unknown>): Promise<Answer>;
  visit(): Visitor;
  /** Somebody at the provider whom nobody has seen before; resolves with the name that they log in with. */
  newPerson(claims?: Record<string, unknown>): string;
  /** Makes a user for that person, without a password; resolves with its id. */
  addUser(login: string, role?: string): Promise<string>;
  /** The user with the address of that person. */
  userOf(login: string): Promise<UserEntry>;
  stop(): Promise<void>;
}

/** One browser, whose cookies are kept apart by name as browsers do. */
export interface Visitor {
  readonly cookies: Map<string, string>;
  /** Begins a sign-in; resolves with the provider's address. */
  begin(to?: string): Promise<URL>;
  /** Signs in at the provider and comes back; resolves with where the page leads. */
  signIn(login: string, to?: string): Promise<string>;
  /** Comes to an address of the server by a link on another site. */
  follow(address: URL): Promise<string>;
  /** As whom the server knows the browser. */
  who(): Promise<Answer>;
  call(method: string, path: string, body?: unknown): Promise<Answer>;
}

export const providerId = 'contoso';

export async function openDoor(): Promise<Door> {
  const port = await freePort();
  const own = `http://127.0.0.1:${port}`;
  const provider = await startSignInProvider({
    redirectUri: `${own}/api/sign-in/callback`,
    leaveUri: `${own}/`,
  });
  const http = await startHttp({ port, outgoingAllow: [new URL(provider.url).host] });
  const { id: _, ...kept } = providerOf({
    name: 'Contoso',
    issuer: provider.url,
    clientId: client.clientId,
    scope: 'openid email profile groups',
    signsOutThere: true,
  });
  const entered = { ...kept, secret: client.secret };
  await http.admin.post('/api/sign-in-providers', entered);
  return {
    http,
    provider,
    entered,
    set: (part) => http.admin.put(`/api/sign-in-providers/${providerId}`, { ...kept, ...part }),
    visit: () => visitor(http, provider),
    newPerson(claims = {}) {
      const login = `person-${provider.people.size + 1}`;
      const email = `${login}@demo.test`;
      provider.people.set(login, { email, email_verified: true, name: `The person ${login}`, ...claims });
      return login;
    },
    async addUser(login, role = 'viewer') {
      const { json } = await http.admin.post('/api/users', { email: `${login}@demo.test`, name: login, role });
      return json.id;
    },
    async userOf(login) {
      const { json } = await http.admin.get('/api/users');
      return json.items.find((each: UserEntry) => each.email === `${login}@demo.test`);
    },
    async stop() {
      await http.stop();
      await provider.stop();
    },
  };
}

function visitor(http: HttpUnderTest, provider: SignInProviderServer): Visitor {
  const cookies = new Map<string, string>();
  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const isCrossSite = headers['sec-fetch-site'] === 'cross-site';
    // Which cookies are Strict, and stay at home when a link of another site leads here.
    const sent = [...cookies].filter(([name]) => !isCrossSite || name !== 'sluice_session');
    const cookie = sent.map(([name, value]) => `${name}=${value}`).join('; ');
    const options = { headers: { ...(cookie && { cookie }), ...headers }, ...(body === undefined ? {} : { body }) };
    const answer = await http.browser().call(method, path, options);
    for (const [, name = '', value = ''] of (answer.headers['set-cookie'] ?? '').matchAll(
      /(sluice_\w[\w-]*)=([\w-]*);/g,
    )) {
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  }
  const self: Visitor = {
    cookies,
    async begin(to) {
      const answer = await call('POST', `/api/sign-in/${providerId}`, to === undefined ? {} : { to });
      return new URL(answer.json.url);
    },
    async signIn(login, to) {
      return await self.follow(await provider.signIn((await self.begin(to)).href, login));
    },
    async follow(address) {
      const answer = await call('GET', address.pathname + address.search, undefined, {
        'sec-fetch-site': 'cross-site',
      });
      return /url=([^"]*)"/.exec(answer.text)?.[1]?.replaceAll('&#38;', '&') ?? `${answer.status} ${answer.text}`;
    },
    who: () => call('GET', '/api/session'),
    call,
  };
  return self;
}
