import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../schemas/errors.ts';
import { createAudit } from '../audit/audit.ts';
import type { KeyPhrases } from '../settings/secrets.ts';
import { openSettings } from '../settings/settings.ts';
import { openStore } from '../store/store.ts';
import { workInFolder } from '../work-in-folder.ts';

interface RecoverOptions {
  dataFolder: string;
  phrases: KeyPhrases;
  /** Of a user; left out, passwords are turned on and nothing else. */
  email: string | undefined;
  /** argon2id of the password that they get. */
  passwordHash: string;
  clock: { now(): number };
}

/**
 * Lets an administrator in whom nothing else lets in: passwords work again, and the user of that address is an administrator with a new one.
 *
 * @throws UserError `data-in-use` while a server runs on the folder, `no-data`, `user-not-found`; OperationalError `folder-unusable`; what the disk says.
 */
export async function recoverAccess({
  dataFolder,
  phrases,
  email,
  passwordHash,
  clock,
}: RecoverOptions): Promise<void> {
  const database = join(dataFolder, 'sluice.db');
  if (!existsSync(database)) {
    throw new UserError('no-data', `There is no Sluice in ${dataFolder}. Set SLUICE_DATA to its data folder.`);
  }
  const store = await openStore(database);
  try {
    const settings = await workInFolder(dataFolder, 'SLUICE_DATA', () => openSettings(dataFolder, phrases));
    const user = settings.read().users.find((each) => each.email.toLowerCase() === email?.toLowerCase());
    if (email !== undefined && user === undefined) {
      const known = settings.read().users.filter(({ role }) => role === 'admin');
      const list = known.map((each) => each.email).join(', ') || 'none';
      throw new UserError('user-not-found', `There is no user with the address ${email}. Administrators: ${list}.`);
    }
    const deed = {
      by: { id: 'command-line', name: 'Command line', role: 'admin', by: 'command' },
      address: '',
      method: 'command',
      path: 'recover-access',
      what: 'Let an administrator in from the command line',
      target: email === undefined ? {} : { user: email },
      asked: undefined,
    };
    await createAudit({ store, settings, clock }).during(deed, async () => {
      await settings.update((draft) => {
        draft.localSignIn = true;
        const found = draft.users.find(({ id }) => id === user?.id);
        if (found !== undefined) Object.assign(found, { role: 'admin', disabled: false, passwordHash });
      });
    });
    if (user !== undefined) {
      await store.commit((tx) => tx.deleteFrom('sessions').where('user', '=', user.id).execute());
    }
  } finally {
    await store.close();
  }
}
