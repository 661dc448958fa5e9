import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authorisations, createAuthorisations } from '../../runtime/authorisations/authorisations.ts';
import { openSettings, type SettingsStore } from '../../runtime/settings/settings.ts';
import { openStore, type Store } from '../../runtime/store/store.ts';
import type { Authorisation } from '../../schemas/authorisation.ts';
import { client, graphScope, type IdentityProvider, person, robot } from '../support/identity-provider.ts';

export const redirectUri = 'http://127.0.0.1:3000/api/authorisations/callback';

/** The room with its real store and settings, a clock that the test moves, and a provider that it may reach. */
export interface Rig {
  authorisations: Authorisations;
  settings: SettingsStore;
  store: Store;
  clock: { ahead: number; now(): number };
  warnings: string[];
  add(grant: Authorisation['grant'], more?: Partial<Authorisation>): Promise<void>;
  /** The grant of that type against the provider. */
  grant<T extends Authorisation['grant']['type']>(type: T): Extract<Authorisation['grant'], { type: T }>;
  authorisation(): Authorisation;
  state(): string;
  token(refused?: string): Promise<string>;
  signIn(): Promise<void>;
  /** As after a restart of the server. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export async function openRig(provider: IdentityProvider, options: { timeoutMs?: number } = {}): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-authorisations-'));
  const settings = await openSettings(folder);
  const store = await openStore(join(folder, 'sluice.db'));
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
  const warnings: string[] = [];
  const { host } = new URL(provider.url);
  const create = () =>
    createAuthorisations({
      settings,
      store,
      clock,
      allow: () => [host],
      log: { info: () => {}, warn: (data, message) => void warnings.push(`${message} ${JSON.stringify(data)}`) },
      onChange: () => {},
      ...options,
    });
  const sealed = (text: string) => settings.seal(text);
  const common = { tokenUrl: provider.tokenUrl, clientId: client.clientId, scope: 'mail' };
  const secret = sealed(client.secret);
  const grants: Authorisation['grant'][] = [
    { ...common, type: 'client-credentials', secret },
    {
      ...common,
      type: 'authorization-code',
      authUrl: provider.authUrl,
      issuer: provider.url,
      secret,
      scope: 'openid mail offline_access',
    },
    { ...common, type: 'password', secret, username: person.username, password: sealed(person.password) },
    {
      type: 'service-account',
      tokenUrl: provider.tokenUrl,
      email: robot.email,
      scope: 'mail',
      key: sealed(provider.certificate.key),
    },
    { type: 'entra', authority: provider.url, tenant: 'contoso', clientId: client.clientId, secret, scope: graphScope },
  ];

  const rig: Rig = {
    authorisations: create(),
    settings,
    store,
    clock,
    warnings,
    async add(grant, more = {}) {
      await settings.update((draft) => {
        draft.authorisations = [{ id: 'mine', name: 'Mine', provider: 'other', ca: provider.ca, grant, ...more }];
      });
    },
    grant(type) {
      // The list has one of each type.
      return grants.find((grant) => grant.type === type) as never;
    },
    authorisation() {
      const [authorisation] = settings.read().authorisations;
      if (authorisation === undefined) throw new Error('none was added');
      return authorisation;
    },
    state: () => rig.authorisations.status(rig.authorisation()).state,
    token: async (refused) => (await rig.authorisations.token('mine', 'anna', refused)).token,
    async signIn() {
      const { url } = await rig.authorisations.beginSignIn('mine', redirectUri);
      const back = await provider.signIn(url);
      await rig.authorisations.finishSignIn(back.searchParams.get('state') ?? '', back.searchParams);
    },
    async reopen() {
      await rig.authorisations.stop();
      rig.authorisations = create();
      await rig.authorisations.start();
    },
    async close() {
      await rig.authorisations.stop();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await rig.authorisations.start();
  return rig;
}
