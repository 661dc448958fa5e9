import packageJson from '../../package.json' with { type: 'json' };
import { readEnvironment } from '../environment.ts';
import type { Command } from './command.ts';

/** A copy of everything that a server needs, made while it goes on working. */
export const backup: Command = {
  summary: 'copy data and flows to a new folder while the server runs, and check the copy',
  usage: 'folder',
  options: { key: '"include" puts the key file beside what it seals; else keep secret.key elsewhere' },
  async run({ files, json, options }, io) {
    const [target] = files;
    const { key } = options;
    if (!target || files.length > 1 || (key !== undefined && key !== 'include')) {
      io.err('sluice backup: name one folder; --key takes "include"');
      return 2;
    }
    const { dataFolder, flowsFolder, secretKey } = readEnvironment(io.env);
    const { backup: make } = await import('../upkeep/backup.ts');
    const manifest = await make({
      dataFolder,
      flowsFolder,
      target,
      withKey: key === 'include',
      version: packageJson.version,
      now: Date.now(),
    });
    if (json) {
      io.out(JSON.stringify(manifest));
      return 0;
    }
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    io.out(
      `${target}: ${manifest.mails} mails, ${manifest.interactions} interactions, ${(bytes / 1_048_576).toFixed(1)} MB; every page was read back`,
    );
    if (key === undefined && secretKey === undefined) {
      io.out(`The passwords in it open only with ${dataFolder}/secret.key: keep a copy of that file in another place.`);
    }
    return 0;
  },
};
