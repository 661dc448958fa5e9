import { describeToken } from '../authorisations/describe-token.ts';
import type { Graph, GraphPatience, GraphTarget } from '../graph/client.ts';
import { explainGraph } from '../graph/explain-refusal.ts';
import { GraphRefusal } from '../graph/refusal.ts';
import type { SenderReport } from './sender-type.ts';

/** Somebody sits before the screen. */
const patience: GraphPatience = {
  quietMs: 15_000,
  wholeMs: 30_000,
  longestWaitMs: 10_000,
  retry: { firstMs: 500, longestMs: 2_000 },
};

/** Gets a token, and tries the right to send with what is no mail: Graph refuses it for its form, or before that for want of the right. */
export async function verifyGraphSender(graph: Graph, target: GraphTarget, signal: AbortSignal): Promise<SenderReport> {
  const steps: SenderReport['steps'] = [];
  const passed = (name: string, message: string) => void steps.push({ name, ok: true, message });
  const client = graph.client(target, patience, signal);
  let current = 'Authorise';
  try {
    passed(current, `A token was given. ${describeToken(await target.accessToken())}`.trim());
    current = 'Send as the mailbox';
    await client
      .call({ method: 'POST', path: `${client.root}/sendMail`, text: 'no mail', isRepeatable: false })
      .catch((error: unknown) => {
        if (!(error instanceof GraphRefusal) || error.status !== 400) throw error;
      });
    passed(current, `${target.user} may send. Nothing was sent.`);
    return { ok: true, steps };
  } catch (thrown) {
    steps.push({ name: current, ok: false, message: explainGraph(thrown, target).message });
    return { ok: false, steps };
  }
}
