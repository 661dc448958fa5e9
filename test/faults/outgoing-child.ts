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
// As slow as real ones, so that there are always mails on their way.
const taking = { kind: 'take', afterMs: 100 } as const;
sink.behave(taking);
process.on('message', ({ mails, code }: { mails: number; code: number }) => {
  const refusal = { kind: 'answer', code, message: 'Not now' } as const;
  sink.behave(...Array.from({ length: mails }, () => refusal), taking);
});
process.on('disconnect', () => process.exit());
process.send?.('listening');
