import type { Flow } from '../../schemas/flow.ts';
import { sheetsOf } from '../../schemas/sheet.ts';

interface Published {
  flow: Flow;
  version: number;
}

/** The published modules that runs of these flows can come to, directly or through each other. */
export function calledModules(flows: readonly Flow[], published: (id: string) => Published | null): Published[] {
  const found = new Map<string, Published>();
  const pending = [...flows];
  for (let flow = pending.pop(); flow !== undefined; flow = pending.pop()) {
    for (const action of sheetsOf(flow).flatMap(({ actions }) => Object.values(actions))) {
      if (action.type !== 'call-flow' || found.has(action.settings.flow)) continue;
      const module = published(action.settings.flow);
      if (module === null) continue;
      found.set(action.settings.flow, module);
      pending.push(module.flow);
    }
  }
  return [...found.values()];
}
