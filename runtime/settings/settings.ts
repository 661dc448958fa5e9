import { join } from 'node:path';
import { Low } from 'lowdb';
import { UserError } from '../../schemas/errors.ts';
import type { Issue } from '../../schemas/issue.ts';
import validateSettings from '../../schemas/json/settings-validator.js';
import type { Settings } from '../../schemas/settings.ts';
import { settingsSchema } from '../../schemas/settings.ts';
import { inWords } from '../../schemas/validate.ts';
import { makeFolder } from '../make-folder.ts';
import { broughtUpToDate } from './bring-up-to-date.ts';
import { durableJsonFile } from './durable-json-file.ts';
import { firstSettings } from './first-settings.ts';
import { type KeyPhrases, openSecretBox } from './secrets.ts';

const validate = inWords(validateSettings, settingsSchema);

/** The settings document: read from memory, written durably, told to whoever listens. */
export interface SettingsStore {
  /** The settings in force. Never change the returned object. */
  read(): Settings;
  /**
   * Applies a change to a copy, checks it, writes it and then puts it into force; changes are applied one after the other.
   * Rejects with UserError `settings-invalid` (issues in data) or OperationalError `settings-not-written`; the former stay in force then.
   */
  update(change: (draft: Settings) => void): Promise<Settings>;
  seal(secret: string): string;
  /** See SecretBox. */
  sign(purpose: string, text: string): string;
  /** Throws UserError `secret-unreadable`. */
  open(sealed: string): string;
  /** True if this start made the document: nothing was ever configured. */
  isFirstStart: boolean;
  /** Called after each change is in force; returns how to stop. */
  onChange(listener: (settings: Settings, before: Settings) => void): () => void;
}

/** Opens `<folder>/settings.json`, made with the first settings if it is missing. */
export async function openSettings(folder: string, phrases: KeyPhrases = {}): Promise<SettingsStore> {
  await makeFolder(folder, 0o700);
  const secrets = await openSecretBox(folder, phrases);
  const file = join(folder, 'settings.json');
  const database = new Low<Settings | null>(durableJsonFile(file), null);
  await database.read();
  const isFirstStart = database.data === null;
  let current: Settings;
  if (database.data === null) {
    current = firstSettings();
    database.data = current;
    await database.write();
  } else {
    current = checked(broughtUpToDate(database.data), file);
  }

  const listeners = new Set<(settings: Settings, before: Settings) => void>();
  let lastChange: Promise<unknown> = Promise.resolve();

  async function apply(change: (draft: Settings) => void): Promise<Settings> {
    const draft = structuredClone(current);
    change(draft);
    const next = checked(draft, 'the settings');
    await database.adapter.write(next);
    const before = current;
    database.data = next;
    current = next;
    for (const listener of listeners) listener(next, before);
    return next;
  }

  return {
    isFirstStart,
    read: () => current,
    update(change) {
      const result = lastChange.then(() => apply(change));
      lastChange = result.catch(() => undefined);
      return result;
    },
    seal: secrets.seal,
    open: secrets.open,
    sign: secrets.sign,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function checked(document: unknown, where: string): Settings {
  const result = validate(document);
  const issues = result.ok ? [...duplicateIds(result.value), ...missingDefault(result.value)] : result.issues;
  if (result.ok && issues.length === 0) return result.value;
  const list = issues.map((issue) => `${issue.path || '/'}: ${issue.message}`).join('; ');
  throw new UserError('settings-invalid', `There is something wrong with ${where}: ${list}`, {
    status: 422,
    data: { issues },
  });
}

function duplicateIds(settings: Settings): Issue[] {
  const issues: Issue[] = [];
  for (const list of [
    'queues',
    'mailboxes',
    'domains',
    'outboundMailboxes',
    'routes',
    'fromAddresses',
    'lists',
    'schedules',
    'authorisations',
    'users',
    'signInProviders',
    'tokens',
  ] as const) {
    const seen = new Set<string>();
    for (const [index, entry] of settings[list].entries()) {
      if (seen.has(entry.id)) {
        const message = `The id "${entry.id}" stands twice in ${list}; ids are unique.`;
        issues.push({ code: 'duplicate-id', severity: 'error', path: `/${list}/${index}/id`, message });
      }
      seen.add(entry.id);
    }
  }
  return issues;
}

function missingDefault({ outboundMailboxes, defaultOutbound }: Settings): Issue[] {
  if (defaultOutbound === null || outboundMailboxes.some(({ id }) => id === defaultOutbound)) return [];
  const message = `There is no outbound mailbox "${defaultOutbound}" that could be the default.`;
  return [{ code: 'unknown-outbound', severity: 'error', path: '/defaultOutbound', message }];
}
