import { readEnvironment } from '../environment.ts';
import type { Command } from './command.ts';

export const restore: Command = {
  summary: 'put a backup into SLUICE_DATA and SLUICE_FLOWS, which must be empty',
  usage: 'folder',
  async run({ files, json }, io) {
    const [source] = files;
    if (!source || files.length > 1) {
      io.err('sluice restore: name the folder of one backup');
      return 2;
    }
    const { dataFolder, flowsFolder, secretKey } = readEnvironment(io.env);
    const { restore: put } = await import('../upkeep/restore.ts');
    const { manifest, areFlowsRestored, hasKey } = await put({ source, dataFolder, flowsFolder, now: Date.now() });
    if (json) {
      io.out(JSON.stringify({ ...manifest, dataFolder, areFlowsRestored, hasKey }));
      return 0;
    }
    io.out(`${dataFolder}: ${manifest.mails} mails and ${manifest.interactions} interactions of ${manifest.madeAt}`);
    io.out(
      areFlowsRestored
        ? `${flowsFolder}: the flows of the backup`
        : `${flowsFolder} has flows already and was left as it is`,
    );
    if (!hasKey && secretKey === undefined) {
      io.out(
        `Before you start: put secret.key into ${dataFolder} (0600), or set SLUICE_SECRET_KEY. Without it no password can be opened.`,
      );
    }
    io.out(
      'Mails that came after the backup and still lie on their servers are taken again. Their answers, which may have been sent before, wait in the outbox as "uncertain" until a person sends them.',
    );
    return 0;
  },
};
