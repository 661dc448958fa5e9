import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What a company's own service would be: it is asked about a mail and answers with a category. */
export interface ClassificationService {
  readonly address: string;
  readonly url: string;
  /** Every question, as it was asked. */
  readonly questions: readonly { subject: string; text: string }[];
  stop(): Promise<void>;
}

/** Answers by words of the subject; "please fail" is answered with 500. */
export async function startClassificationService(): Promise<ClassificationService> {
  const questions: { subject: string; text: string }[] = [];
  const server = createServer(async (request, response) => {
    // The body is what the flow's data action was drawn to send.
    const question = (await json(request)) as { subject: string; text: string };
    questions.push(question);
    const fails = /please fail/i.test(question.subject);
    const category = /invoice|refund/i.test(question.subject)
      ? 'billing'
      : /crash|error/i.test(question.subject)
        ? 'technical'
        : 'other';
    response.writeHead(fails ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(fails ? { message: 'out of order' } : { category, confidence: 0.9 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server's address is never a string or null.
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}/classify`,
    questions,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
