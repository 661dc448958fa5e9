import { readEnvironment } from '../environment.ts';
import type { Command } from './command.ts';

export const rotateKey: Command = {
  summary: 'seal all passwords with a new key (stop the server first)',
  usage: '',
  async run({ files, json }, io) {
    if (files.length > 0) {
      io.err('sluice rotate-key: takes no arguments; keys are set by SLUICE_ variables');
      return 2;
    }
    const { dataFolder, ...phrases } = readEnvironment(io.env);
    const { rotateKey: rotate } = await import('../upkeep/rotate-key.ts');
    const secrets = await rotate(dataFolder, phrases);
    if (json) io.out(JSON.stringify({ secrets }));
    else if (phrases.secretKey === undefined)
      io.out(`${secrets} secrets are sealed with the new key in ${dataFolder}/secret.key`);
    else if (secrets > 0)
      io.out(`${secrets} secrets are sealed with SLUICE_SECRET_KEY; the former key is not needed any more`);
    else
      io.out(
        'All secrets were sealed with SLUICE_SECRET_KEY already. To change it, set the new one, and the old one as SLUICE_FORMER_SECRET_KEY.',
      );
    return 0;
  },
};
