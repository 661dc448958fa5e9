import type { Flow } from '../../schemas/flow.ts';
import type { Run } from '../../schemas/run.ts';
import { type DrawnPlace, isSamePlace, mainSheet, placeOfStep } from '../../schemas/sheet.ts';
import { useModules, useTaskNames } from '../api/flows.ts';
import { TabBar } from '../sheets/TabBar.tsx';

interface RunTabsProps {
  flow: Flow;
  run: Run | null;
  place: DrawnPlace;
  onChoose: (place: DrawnPlace) => void;
}

/** The sheets of the flow, and of the modules that the run came to; nothing where there is only one. */
export function RunTabs({ flow, run, place, onChoose }: RunTabsProps) {
  const modules = useModules().data?.items;
  const version = run?.version ?? null;
  const own: DrawnPlace[] = [mainSheet, ...Object.keys(flow.tasks ?? {})].map((sheet) => ({
    flow: flow.id,
    version,
    sheet,
  }));
  const foreign: DrawnPlace[] = [];
  for (const step of run?.steps ?? []) {
    if (step.flow === undefined || run === null) continue;
    const of = placeOfStep(step, run);
    if (!foreign.some((known) => isSamePlace(known, of))) foreign.push(of);
  }
  const taskName = useTaskNames(foreign);
  const places = [...own, ...foreign];
  if (places.length < 2) return null;
  const nameOf = (of: DrawnPlace): string => {
    const { flow: id, version: ran, sheet } = of;
    if (id === flow.id) return sheet === mainSheet ? 'Main' : (flow.tasks?.[sheet]?.name ?? sheet);
    const module = modules?.find((each) => each.id === id)?.name ?? id;
    return `${module}${ran === null ? '' : ` v${ran}`}${sheet === mainSheet ? '' : `: ${taskName(of)}`}`;
  };
  const keyOf = (each: DrawnPlace) => `${each.flow} ${each.version} ${each.sheet}`;
  return (
    <TabBar
      label="Sheets of the run"
      tabs={places.map((each) => ({
        id: keyOf(each),
        name: nameOf(each),
        kind: each.flow !== flow.id ? 'module' : each.sheet === mainSheet ? 'main' : 'task',
      }))}
      open={keyOf(place)}
      onOpen={(key) => {
        const found = places.find((each) => keyOf(each) === key);
        if (found !== undefined) onChoose(found);
      }}
    />
  );
}
