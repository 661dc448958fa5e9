import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../designer/api/client.ts';
import { createAutosave } from '../../../designer/pages/flow-editor/autosave.ts';
import { createKeptDrafts, takeUpUnsent } from '../../../designer/pages/flow-editor/kept-draft.ts';
import type { DraftBody } from '../../../schemas/api/flows.ts';
import type { Flow } from '../../../schemas/flow.ts';

const flow: Flow = {
  id: 'mail',
  name: 'Mail',
  type: 'inbound-email',
  fallback: { queue: 'general' },
  entry: '',
  actions: {},
};

/** A server that keeps one draft, and refuses a save that does not know its revision. */
function server(revision = 0) {
  const state = { revision, saved: [] as DraftBody[], isDown: false, isAway: false };
  const save = async (body: DraftBody) => {
    if (state.isAway) throw new ApiError(0, 'unreachable', 'No answer.');
    if (state.isDown) throw new ApiError(503, 'store-busy', 'Try again.');
    if (body.revision !== undefined && body.revision !== state.revision) {
      throw new ApiError(409, 'draft-changed', 'Saved elsewhere.');
    }
    state.revision += 1;
    state.saved.push(body);
    return { document: body.document, baseVersion: 1, updatedAt: '2030-01-01T00:00:00Z', revision: state.revision };
  };
  return { state, save };
}

/** What a browser keeps, for all its tabs. */
function browser() {
  const entries = new Map<string, string>();
  const storage = {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
    key: (index: number) => [...entries.keys()][index] ?? null,
    get length() {
      return entries.size;
    },
  };
  return { entries, tab: () => createKeptDrafts('u1', 'mail', storage) };
}

const open = (save: ReturnType<typeof server>['save'], revision = 0, kept = browser().tab()) =>
  createAutosave({ flow, draft: { revision, baseVersion: 1 }, save, kept });

describe('autosave', () => {
  it('saves what was drawn last, with the revision that it knows', async () => {
    const { state, save } = server();
    const autosave = open(save);

    autosave.changed({ ...flow, name: 'A' });
    autosave.changed({ ...flow, name: 'B' });
    await autosave.flush();
    autosave.changed({ ...flow, name: 'C' });
    await autosave.flush();

    expect(state.saved.map(({ document, revision }) => [document.name, revision])).toEqual([
      ['B', 0],
      ['C', 1],
    ]);
    expect(autosave.state.getState()).toMatchObject({ status: { is: 'saved' }, hasDraft: true });
  });

  it('saves nothing when everything was undone', async () => {
    const { state, save } = server();
    const autosave = open(save);

    autosave.changed({ ...flow, name: 'A' });
    autosave.changed(flow);
    await autosave.flush();

    expect(state.saved).toEqual([]);
    expect(autosave.state.getState().status.is).toBe('saved');
  });

  it('stops at a conflict, until a person saves over it', async () => {
    const { state, save } = server(4);
    const autosave = open(save, 3);

    autosave.changed({ ...flow, name: 'Mine' });
    await autosave.flush();
    autosave.changed({ ...flow, name: 'Mine again' });
    await autosave.flush();

    expect(state.saved).toEqual([]);
    expect(autosave.state.getState().status).toEqual({ is: 'conflict', reason: 'Saved elsewhere.' });

    await autosave.overwrite();
    expect(state.saved.map(({ document }) => document.name)).toEqual(['Mine again']);
    expect(autosave.state.getState().status.is).toBe('saved');
  });

  it('keeps what could not be saved, and saves it when the server is back', async () => {
    const { state, save } = server();
    const autosave = open(save);
    state.isDown = true;

    autosave.changed({ ...flow, name: 'A' });
    await autosave.flush();
    expect(autosave.state.getState().status.is).toBe('failed');

    state.isDown = false;
    await autosave.flush();
    expect(state.saved).toHaveLength(1);
    expect(autosave.state.getState().status.is).toBe('saved');
    autosave.stop();
  });

  it('begins a new draft after publishing', async () => {
    const { state, save } = server(7);
    const autosave = open(save, 7);
    state.revision = 0;

    autosave.published(2, flow);
    autosave.changed({ ...flow, name: 'Next' });
    await autosave.flush();

    expect(state.saved.map(({ revision, baseVersion }) => [revision, baseVersion])).toEqual([[0, 2]]);
  });

  it('says that work is only in this browser while the server is away, and sends it when it is back', async () => {
    const { state, save } = server();
    const { entries, tab } = browser();
    const autosave = open(save, 0, tab());
    state.isAway = true;

    autosave.changed({ ...flow, name: 'A' });
    await autosave.flush();
    autosave.changed({ ...flow, name: 'B' });

    expect(autosave.state.getState().status.is).toBe('offline');
    expect(tab().takeOver()).toMatchObject({
      document: { name: 'B' },
      saved: { name: 'Mail' },
      revision: 0,
      baseVersion: 1,
    });
    state.isAway = false;
    await autosave.flush();
    expect(state.saved.map(({ document }) => document.name)).toEqual(['B']);
    expect([...entries]).toEqual([]);
    autosave.stop();
  });

  it('leaves what it could not send in the browser when its page goes, and each tab its own', async () => {
    const { state, save } = server();
    const { tab, entries } = browser();
    state.isAway = true;
    for (const name of ['one', 'two']) {
      const autosave = open(save, 0, tab());
      autosave.changed({ ...flow, name });
      await autosave.flush();
      autosave.stop();
    }

    const later = tab();

    expect(entries.size).toBe(2);
    expect(takeUpUnsent(later, flow)?.document.name).toMatch(/one|two/);
    later.forget();
    expect(entries.size).toBe(1);
    const last = tab();
    expect(takeUpUnsent(last, { ...flow, name: JSON.parse([...entries.values()][0] ?? '').document.name })).toBeNull();
    expect(entries.size).toBe(0);
  });

  it('does not trip over what something else left in the browser', () => {
    const { entries, tab } = browser();
    for (const text of ['', '{', '[]', '{"document":{},"saved":{},"revision":1,"at":"x"}'])
      entries.set(`sluice:kept:u1:mail:${text}`, text);

    expect(tab().takeOver()).toBeNull();
  });

  it('saves a merge on the version that it holds; undoing it goes back to the version before', async () => {
    const { state, save } = server();
    const autosave = open(save);
    const drawn = { ...flow, name: 'Drawn' };
    autosave.changed(drawn);
    await autosave.flush();

    autosave.rebase(5);
    autosave.changed({ ...flow, name: 'Merged' });
    await autosave.flush();
    autosave.changed(drawn);
    await autosave.flush();

    expect(state.saved.map(({ document, baseVersion }) => [document.name, baseVersion])).toEqual([
      ['Drawn', 1],
      ['Merged', 5],
      ['Drawn', 1],
    ]);
    autosave.stop();
  });

  it('ends a conflict with what both saved', async () => {
    const { state, save } = server(4);
    const autosave = open(save, 3);
    autosave.changed({ ...flow, name: 'Mine' });
    await autosave.flush();

    autosave.merged({ revision: 4, baseVersion: 2 }, { ...flow, name: 'Theirs' });
    autosave.changed({ ...flow, name: 'Both' });
    await autosave.flush();

    expect(state.saved).toMatchObject([{ document: { name: 'Both' }, revision: 4, baseVersion: 2 }]);
    expect(autosave.state.getState().status.is).toBe('saved');
  });

  it('goes on with what was drawn while the publication was under way', async () => {
    const { state, save } = server();
    const autosave = open(save);
    const shown = { ...flow, name: 'Shown' };
    autosave.changed(shown);
    autosave.changed({ ...flow, name: 'Drawn on' });

    autosave.published(2, shown);
    await autosave.flush();

    expect(state.saved).toMatchObject([{ document: { name: 'Drawn on' }, baseVersion: 2, revision: 0 }]);
  });
});
