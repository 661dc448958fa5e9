import { expect, test } from 'vitest';
import { readReplies } from '../../runtime/answering/sent-replies.ts';
import { storeMail } from '../intake/stored-interactions.ts';
import { openTempStore } from '../store/temp-store.ts';

test('of a conversation with very many answers the newest 200 are shown, oldest first', async () => {
  const store = await openTempStore();
  const interaction = await storeMail(store, { number: 1 });
  const values = Array.from({ length: 205 }, (_, number) => ({
    ...{ id: String(number).padStart(3, '0'), interaction, who: 'ana', who_name: 'Ana', key: `${number}` },
    ...{ from_address: 'c@d', from_chosen: null, to_addresses: '[]', cc_addresses: '[]', subject: 'Re', text: 'Text' },
    ...{ quoted: 0, finished: 0, created_at: number, held_until: number, taken_back_at: null },
  }));
  await store.write.insertInto('replies').values(values).execute();

  const replies = await readReplies(store.read, interaction, 1_000);

  expect(replies.map(({ id }) => id)).toEqual(values.slice(5).map(({ id }) => id));
});
