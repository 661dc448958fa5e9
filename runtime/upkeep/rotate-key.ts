import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../schemas/errors.ts';
import { writeFileDurably } from '../flows/durable-file.ts';
import {
  formerKeyFile,
  type KeyPhrases,
  keyFile,
  newKeyText,
  openSecretBox,
  type SecretBox,
} from '../settings/secrets.ts';
import { openStore, type Store } from '../store/store.ts';
import { workInFolder } from '../work-in-folder.ts';

/**
 * Seals every secret of the data folder with another key: a new one in `secret.key`, or SLUICE_SECRET_KEY. Broken off at any moment it leaves
 * both keys in place, by which a server starts as before; called again it goes on.
 *
 * @returns how many secrets were sealed anew.
 * @throws UserError `data-in-use` while a server runs on the folder, `no-data`, `secret-unreadable`; OperationalError `folder-unusable`; what the disk says.
 */
export async function rotateKey(folder: string, phrases: KeyPhrases): Promise<number> {
  const database = join(folder, 'sluice.db');
  if (!existsSync(database)) {
    throw new UserError('no-data', `There is no Sluice in ${folder}. Set SLUICE_DATA to its data folder.`);
  }
  const store = await openStore(database);
  try {
    return await workInFolder(folder, 'SLUICE_DATA', async () => {
      // A file that holds no key is refused while it can still be mended, and not once it stands beside a new one.
      await openSecretBox(folder, phrases);
      if (!phrases.secretKey) await putKeyInPlace(folder);
      const secrets = await sealAll(folder, store, await openSecretBox(folder, phrases));
      await rm(join(folder, formerKeyFile), { force: true });
      // Under a phrase the file opens nothing any more.
      if (phrases.secretKey) await rm(join(folder, keyFile), { force: true });
      return secrets;
    });
  } finally {
    await store.close();
  }
}

/** The former key first: a new one alone could open nothing. */
async function putKeyInPlace(folder: string): Promise<void> {
  if (existsSync(join(folder, formerKeyFile)) || !existsSync(join(folder, keyFile))) return;
  await writeFileDurably(folder, formerKeyFile, await readFile(join(folder, keyFile)), 0o600);
  await writeFileDurably(folder, keyFile, newKeyText(), 0o600);
}

/** Opens all before it writes any, so that one that cannot be opened leaves everything as it was. */
async function sealAll(folder: string, store: Store, box: SecretBox): Promise<number> {
  const settings = box.sealAnew(await readFile(join(folder, 'settings.json'), 'utf8'));
  const tokens = (await store.read.selectFrom('authorisations').select(['id', 'refresh_token']).execute()).flatMap(
    ({ id, refresh_token }) => (refresh_token === null ? [] : [{ id, ...box.sealAnew(refresh_token) }]),
  );
  const cursors = (
    await store.read.selectFrom('cursors').selectAll().where('value', 'like', '%sealed:%').execute()
  ).map(({ mailbox, folder: name, value }) => ({ mailbox, name, ...box.sealAnew(value) }));
  const sessions = (await store.read.selectFrom('sessions').select(['hash', 'leave_url']).execute()).flatMap(
    ({ hash, leave_url }) => (leave_url === null ? [] : [{ hash, ...box.sealAnew(leave_url) }]),
  );
  await store.commit(async (tx) => {
    for (const { hash, text } of sessions) {
      await tx.updateTable('sessions').set({ leave_url: text }).where('hash', '=', hash).execute();
    }
    for (const { id, text } of tokens) {
      await tx.updateTable('authorisations').set({ refresh_token: text }).where('id', '=', id).execute();
    }
    for (const { mailbox, name, text } of cursors) {
      const cursor = tx.updateTable('cursors').set({ value: text });
      await cursor.where('mailbox', '=', mailbox).where('folder', '=', name).execute();
    }
  });
  if (settings.secrets > 0) await writeFileDurably(folder, 'settings.json', settings.text, 0o600);
  return [settings, ...tokens, ...cursors, ...sessions].reduce((sum, { secrets }) => sum + secrets, 0);
}
