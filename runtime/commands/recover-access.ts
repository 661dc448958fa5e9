import { randomBytes } from 'node:crypto';
import { readEnvironment } from '../environment.ts';
import type { Command } from './command.ts';

/** For whoever has the machine, and cannot come in by the door. */
export const recoverAccess: Command = {
  summary: 'turn passwords on again, and give an administrator a new one (stop the server first)',
  usage: '[email]',
  async run({ files, json }, io) {
    const [email] = files;
    if (files.length > 1) {
      io.err('sluice recover-access: name one user by their address, or none to turn passwords on');
      return 2;
    }
    const { dataFolder, ...phrases } = readEnvironment(io.env);
    const { createPasswords } = await import('../http/auth/passwords.ts');
    const { recoverAccess: recover } = await import('../upkeep/recover-access.ts');
    const password = randomBytes(15).toString('base64url');
    const passwordHash = await createPasswords().hash(password);
    await recover({ dataFolder, phrases, email, passwordHash, clock: { now: () => Date.now() } });
    if (json) io.out(JSON.stringify(email === undefined ? { local: true } : { local: true, email, password }));
    else {
      io.out('Passwords are turned on.');
      if (email !== undefined) io.out(`${email} is an administrator with the password ${password}`);
    }
    return 0;
  },
};
