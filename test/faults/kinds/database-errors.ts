import { between } from '../random.ts';
import { delay, type FaultKind } from './kind.ts';

/** Every write to the database fails with an I/O error: the process may write no file beyond its first page. */
export const databaseErrors: FaultKind = {
  name: 'database-errors',
  target: 'server',
  async strike({ server }, random) {
    const ms = between(random, 300, 1_500);
    await server.limitFiles('4096');
    await delay(ms);
    await server.limitFiles('unlimited');
    return `every write failed for ${ms} ms`;
  },
};
