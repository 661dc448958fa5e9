import { appendFileSync } from 'node:fs';
import { startSmtpSink } from '../support/smtp-sink.ts';

// node outgoing-child.ts <port> <journal>: the outgoing server as a process of its own, that can be killed. Every mail whose final dot came stands
// in the journal before it is answered. A message {mails, code} has the next ones refused after their text.
const [, , port, journal = ''] = process.argv;
const sink = await startSmtpSink({
  port: Number(port),
  onMail: ({ to, raw }, behaviour) => {
    const messageId = /^Message-ID:\s*<([^>]*)>/im.exec(raw.toString('latin1'))?.[1] ?? '';
    appendFileSync(journal, `${JSON.stringify({ to, messageId, refused: behaviour === 'answer' })}\n`);
  },
});
process.on('message', ({ mails, code }: { mails: number; code: number }) => {
  const refusal = { kind: 'answer', code, message: 'Not now' } as const;
  sink.behave(...Array.from({ length: mails }, () => refusal), { kind: 'take' });
});
process.on('disconnect', () => process.exit());
process.send?.('listening');
