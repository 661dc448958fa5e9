import { readdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { checkFlow } from '../../schemas/check-flow.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { EnginePorts } from '../engine/ports.ts';
import { documentOf, readFlowFile } from '../flows/flow-files.ts';
import type { CommandIo } from './command.ts';

const flowEnding = '.flow.json';

/** The flows in the folders of these files, as far as they can be read, by id: where a flow is published, its modules stand beside it. */
export async function neighbours(files: readonly string[], io: CommandIo): Promise<ReadonlyMap<string, Flow>> {
  const folders = new Set(files.filter((file) => file !== '-').map((file) => dirname(resolve(io.cwd, file))));
  const flows = new Map<string, Flow>();
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((each) => each.endsWith(flowEnding)).toSorted()) {
      const file = await readFlowFile(folder, name.slice(0, -flowEnding.length));
      const flow = file === null ? null : checkFlow(documentOf(file).document, {}).flow;
      if (flow !== null) flows.set(flow.id, flow);
    }
  }
  return flows;
}

/** Flows out of files as a run calls them. They have no version: nothing is published. */
export function asPublished(flows: ReadonlyMap<string, Flow>): EnginePorts['flows'] {
  return {
    published: (id) => {
      const flow = flows.get(id);
      return flow === undefined ? null : { flow, version: null };
    },
  };
}
