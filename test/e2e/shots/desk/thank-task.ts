import type { Task } from '../../../../schemas/flow.ts';

/** A task with inputs, an output and three cards. */
export const thankTask: Task = {
  name: 'Thank the sender',
  description: 'A line of thanks in the words of the desk.',
  inputs: [
    { name: 'what', type: 'string', description: 'What the sender wrote about' },
    { name: 'tone', type: 'string', initial: 'kind' },
  ],
  outputs: [{ name: 'said', type: 'string' }],
  entry: 'words',
  actions: {
    words: {
      type: 'update-data',
      name: 'Choose the words',
      settings: { assignments: [{ variable: 'task.said', value: { cat: ['Thank you for ', { var: 'task.what' }] } }] },
      next: { done: 'answer' },
    },
    answer: {
      type: 'auto-response',
      name: 'Say thank you',
      settings: {
        subject: 'We have your message',
        body: 'Hello,\n\n{{ task.said }}.\n\nWe look into it and write again within two working days.\n\nYour reference: {{ interaction.id }}\n',
      },
      next: { done: 'back' },
    },
    back: { type: 'return', name: 'Back to the flow', settings: {} },
  },
};
