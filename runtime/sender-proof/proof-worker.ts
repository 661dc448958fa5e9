import { setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Authentication } from '../../schemas/email.ts';
import { coerceError, UnexpectedError } from '../../schemas/errors.ts';
import { checkMail } from './check-mail.ts';
import { createLookup } from './dns.ts';
import type { ProofReply, ProofRequest, ProofSettings } from './messages.ts';
import { notAnswered } from './results.ts';

/** The thread that checks senders: hostile mail can neither hold up nor end the server. */
const port = parentPort;
if (!port) throw new UnexpectedError('not-a-worker', 'proof-worker.ts runs as a worker thread only');
const { dnsServers, timeMs } = workerData as ProofSettings; // set by sender-proof.ts, the only one who starts this file
const lookup = createLookup(dnsServers);
const tell = (reply: ProofReply) => port.postMessage(reply);

port.on('message', async ({ id, bytes, facts }: ProofRequest) => {
  const reply = (authentication: Authentication) => tell({ id, authentication });
  const tooLate = setTimeout(timeMs, notAnswered(`the DNS gave no answer within ${timeMs / 1_000} seconds`));
  try {
    reply(await Promise.race([checkMail(bytes, facts, lookup), tooLate]));
  } catch (thrown) {
    reply(notAnswered(`the mail could not be checked: ${coerceError(thrown).message.slice(0, 200)}`));
  }
});
tell(null);
