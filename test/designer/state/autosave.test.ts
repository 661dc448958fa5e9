import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../designer/api/client.ts';
import { createAutosave } from '../../../designer/pages/flow-editor/autosave.ts';
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
  const state = { revision, saved: [] as DraftBody[], isDown: false };
  const save = async (body: DraftBody) => {
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

const open = (save: ReturnType<typeof server>['save'], revision = 0) =>
  createAutosave({ flow, draft: { revision, baseVersion: 1 }, save });

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

    autosave.published(2);
    autosave.changed({ ...flow, name: 'Next' });
    await autosave.flush();

    expect(state.saved.map(({ revision, baseVersion }) => [revision, baseVersion])).toEqual([[0, 2]]);
  });
});
