import type { Command } from './command.ts';

/** The server; runs until SIGTERM or SIGINT. */
export const start: Command = {
  summary: 'start the server (designer, mailboxes, flows)',
  usage: '',
  async run(_input, io) {
    // Loaded only here: the other commands start in a fraction of the time that the server's packages take.
    const { startServer } = await import('../main.ts');
    await startServer(io.env);
    return 0;
  },
};
