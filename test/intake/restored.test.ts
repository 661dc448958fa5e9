import { expect, test } from 'vitest';
import { openTempStore } from '../store/temp-store.ts';
import { mail } from './rooms.ts';
import { startRooms } from './started-rooms.ts';

test('after a restore, answers to mails that had arrived before wait for a person; later ones leave', async () => {
  const store = await openTempStore();
  const at = mail(2).receivedAt;
  const { intake, outbox, mailbox } = await startRooms(store, { restored: { at, reason: 'It may have been sent.' } });
  const answers = () =>
    store.read.selectFrom('outbox').select(['id', 'subject', 'state', 'reason']).orderBy('id').execute();

  await intake.accept(mailbox, [mail(1), mail(2)]);
  await intake.idle();
  const held = await answers();
  await outbox.giveUp(held[0]?.id ?? '', 'Anna');
  const dropped = await answers();
  await outbox.retry(held[0]?.id ?? '');

  expect(held).toMatchObject([
    { subject: 'Re: Question 1', state: 'uncertain', reason: 'It may have been sent.' },
    { subject: 'Re: Question 2', reason: '' },
  ]);
  expect(held[1]?.state).not.toBe('uncertain');
  expect(dropped[0]).toMatchObject({ state: 'failed', reason: 'Given up by Anna' });
  expect((await answers())[0]).toMatchObject({ reason: '' });
});
