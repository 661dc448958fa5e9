import { afterEach, beforeEach, expect, test } from 'vitest';
import { ada, openFlows, sampleFlow, type TestFlows } from './fixture.ts';

let box: TestFlows;
beforeEach(async () => {
  box = await openFlows();
  await box.write('support', sampleFlow());
  await box.flows.load();
});
afterEach(() => box.close());

test('a draft begins as what is published, belongs to its user, and counts its saves', async () => {
  const { flows } = box;
  expect(await flows.draft('support', 'u1')).toMatchObject({
    revision: 0,
    baseVersion: 1,
    document: { id: 'support' },
  });

  const first = await flows.saveDraft({ id: 'support', user: 'u1', document: { half: 'drawn' }, revision: 0 });

  expect(first).toMatchObject({ revision: 1, baseVersion: 1 });
  expect(await flows.draft('support', 'u1')).toEqual(first);
  expect((await flows.draft('support', 'u2')).revision).toBe(0);
  expect(await flows.list('u1')).toMatchObject([{ id: 'support', draft: { baseVersion: 1 } }]);
  expect(await flows.list('u2')).toMatchObject([{ id: 'support', draft: null }]);
  await expect(flows.draft('nothing', 'u1')).rejects.toMatchObject({ code: 'flow-not-found', status: 404 });
});

test('a save on an older revision is refused and changes nothing', async () => {
  const { flows } = box;
  await flows.saveDraft({ id: 'support', user: 'u1', document: { tab: 1 }, revision: 0 });

  const late = flows.saveDraft({ id: 'support', user: 'u1', document: { tab: 2 }, revision: 0 });

  await expect(late).rejects.toMatchObject({ code: 'draft-changed', status: 409, data: { revision: 1 } });
  expect((await flows.draft('support', 'u1')).document).toEqual({ tab: 1 });
  const onPurpose = await flows.saveDraft({ id: 'support', user: 'u1', document: { tab: 2 } });
  expect(onPurpose.revision).toBe(2);
});

test('the version that a draft began from is kept while others publish, until it is said to be another', async () => {
  const { flows } = box;
  const save = { id: 'support', user: 'u2', document: sampleFlow() };
  await flows.saveDraft(save);
  await flows.publish({ id: 'support', document: sampleFlow('support', 'two'), user: ada, message: 'two' });

  expect((await flows.saveDraft(save)).baseVersion).toBe(1);
  expect((await flows.saveDraft({ ...save, baseVersion: 2 })).baseVersion).toBe(2);
});

test('a new flow is a draft that nobody else may begin, and is gone when it is discarded', async () => {
  const { flows } = box;
  const draft = await flows.createDraft({ id: 'billing', name: 'Billing', user: 'u1', queue: 'billing' });

  expect(draft).toMatchObject({
    revision: 1,
    baseVersion: null,
    document: { id: 'billing', fallback: { queue: 'billing' } },
  });
  expect((await flows.list('u1')).map(({ id, version }) => [id, version])).toEqual([
    ['billing', null],
    ['support', 1],
  ]);
  for (const id of ['billing', 'support']) {
    const again = flows.createDraft({ id, name: 'Again', user: 'u2' });
    await expect(again).rejects.toMatchObject({ code: 'flow-exists', status: 409 });
  }

  await flows.discardDraft('billing', 'u1');
  await flows.discardDraft('billing', 'u1');

  expect((await flows.list('u1')).map(({ id }) => id)).toEqual(['support']);
});
