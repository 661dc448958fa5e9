import { randomBytes } from 'node:crypto';

export interface StoredItem {
  id: string;
  mime: Buffer;
  receivedAt: number;
  isRead: boolean;
  /** The element that it is told as. */
  kind: string;
}

export interface StoredFolder {
  id: string;
  parent: string;
  name: string;
  kind: string;
  items: Map<string, StoredItem>;
  /** Everything that ever happened in it, oldest first: a sync state is a place in this. */
  log: { change: 'Create' | 'Delete' | 'ReadFlagChange'; id: string }[];
}

export interface EwsStore {
  readonly folders: Map<string, StoredFolder>;
  readonly rootId: string;
  readonly inboxId: string;
  addFolder(name: string, parent?: string, kind?: string): StoredFolder;
  folderNamed(name: string): StoredFolder;
  add(folder: StoredFolder, mime: Uint8Array, options?: { receivedAt?: number; kind?: string }): string;
  /** The folder that holds it. */
  holderOf(id: string): StoredFolder | undefined;
  markRead(id: string): void;
  remove(id: string): void;
  /** As Exchange does, under a new id. */
  move(id: string, to: StoredFolder): string;
}

/** One mailbox as Exchange keeps it: ids with characters that XML and letters of both cases care about. */
export function createEwsStore(inboxName = 'Posteingang'): EwsStore {
  const folders = new Map<string, StoredFolder>();
  const newId = () => `AAMk${randomBytes(24).toString('base64')}+/=`;
  const store: EwsStore = {
    folders,
    rootId: newId(),
    inboxId: '',
    addFolder(name, parent = store.rootId, kind = 'IPF.Note') {
      const folder: StoredFolder = { id: newId(), parent, name, kind, items: new Map(), log: [] };
      folders.set(folder.id, folder);
      return folder;
    },
    folderNamed(name) {
      const found = [...folders.values()].find((folder) => folder.name === name);
      if (!found) throw new Error(`No folder ${name}`);
      return found;
    },
    add(folder, mime, { receivedAt = Date.now(), kind = 'Message' } = {}) {
      const id = newId();
      folder.items.set(id, { id, mime: Buffer.from(mime), receivedAt, isRead: false, kind });
      folder.log.push({ change: 'Create', id });
      return id;
    },
    holderOf: (id) => [...folders.values()].find(({ items }) => items.has(id)),
    markRead(id) {
      const folder = store.holderOf(id);
      const item = folder?.items.get(id);
      if (!folder || !item) return;
      item.isRead = true;
      folder.log.push({ change: 'ReadFlagChange', id });
    },
    remove(id) {
      const folder = store.holderOf(id);
      folder?.items.delete(id);
      folder?.log.push({ change: 'Delete', id });
    },
    move(id, to) {
      const item = store.holderOf(id)?.items.get(id);
      if (!item) throw new Error('nothing to move');
      store.remove(id);
      return store.add(to, item.mime, { receivedAt: item.receivedAt });
    },
  };
  const inbox = store.addFolder(inboxName);
  store.addFolder('Kalender', store.rootId, 'IPF.Appointment');
  store.addFolder('Gelöschte Elemente');
  return Object.assign(store, { inboxId: inbox.id });
}
