/** What every mail runs through: asks a service, answers the sender, and goes to a queue, whatever the service did. */
export function faultFlow(serviceHost: string): object {
  return {
    $schema: '../schemas/json/flow.schema.json',
    id: 'support',
    name: 'Support',
    type: 'inbound-email',
    description: '',
    variables: [{ name: 'category', type: 'string', initial: '' }],
    fallback: { queue: 'general' },
    entry: 'ask',
    actions: {
      ask: {
        type: 'data-action',
        name: 'Ask the service',
        settings: {
          method: 'POST',
          url: `http://${serviceHost}/`,
          body: { subject: '{{ email.subject }}' },
          response: [{ variable: 'category', pointer: '/category' }],
          timeoutMs: 700,
        },
        next: { success: 'answer', failure: 'answer', timeout: 'answer' },
      },
      answer: {
        type: 'auto-response',
        name: 'Acknowledge',
        settings: { subject: 'Re: {{ email.subject }}', body: 'Thank you. Your reference: {{ interaction.id }}' },
        next: { done: 'queue' },
      },
      queue: { type: 'transfer-to-queue', name: 'General support', settings: { queue: 'general' } },
    },
    layout: { ask: { x: 0, y: 0 }, answer: { x: 0, y: 150 }, queue: { x: 0, y: 300 } },
  };
}
