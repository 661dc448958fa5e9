import type { Command } from './command.ts';

/** The server; runs until SIGTERM or SIGINT. */
export const start: Command = {
  summary: 'start the server (designer, mailboxes, flows)',
  usage: '',
  async run({ files }, io) {
    if (files.length > 0) {
      io.err('sluice start: takes no arguments; what it reads is set by SLUICE_ variables');
      return 2;
    }
    // Loaded only here: the other commands start in a fraction of the time that the server's packages take.
    const { startServer } = await import('../serve.ts');
    await startServer(io.env);
    return 0;
  },
};
