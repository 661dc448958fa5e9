import { createTransport } from 'nodemailer';
import { until } from '../../support/until.ts';
import { senderOf } from '../account.ts';
import type { LoadSource } from './source.ts';

const support = 'support@demo.test';

/** A client as every mail server is one: what got no 250 is sent again. */
export const receiver: LoadSource = {
  name: 'smtp',
  repeated: 'is the same mail',
  mailbox: () => undefined,
  put: ({ links }, raw, mail) =>
    until(
      `${mail.id} is taken by the receiver`,
      async () => {
        const client = createTransport({
          host: '127.0.0.1',
          port: links.receiver.port,
          ignoreTLS: true,
          connectionTimeout: 2_000,
          socketTimeout: 10_000,
        });
        try {
          await client.sendMail({ envelope: { from: senderOf(mail), to: [support] }, raw });
          return true;
        } catch {
          return false;
        } finally {
          client.close();
        }
      },
      // As long as a server that is killed all the time may need on a busy machine.
      500_000,
      50,
    ),
};
