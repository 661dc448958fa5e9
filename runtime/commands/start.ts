import { startServer } from '../main.ts';
import type { Command } from './command.ts';

/** The server; runs until SIGTERM or SIGINT. */
export const start: Command = {
  summary: 'start the server (designer, mailboxes, flows)',
  usage: '',
  async run(_input, io) {
    await startServer(io.env);
    return 0;
  },
};
