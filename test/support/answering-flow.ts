import type { Flow } from '../../schemas/flow.ts';

/** Answers whatever comes, automatic or not: nothing but the guard keeps it from a loop. */
export function answeringFlow(id: string): Flow {
  return {
    id,
    name: 'Answering',
    type: 'inbound-email',
    variables: [],
    fallback: { queue: 'general' },
    entry: 'answer',
    actions: {
      answer: {
        type: 'auto-response',
        name: 'Answer',
        settings: { subject: 'Re: {{email.subject}}', body: 'We have got it.' },
        next: { done: 'queue' },
      },
      queue: { type: 'transfer-to-queue', name: 'Queue', settings: { queue: 'general' } },
    },
  };
}
