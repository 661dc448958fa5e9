import type { CSSProperties } from 'react';
import type { Traffic, TrafficAction } from '../../schemas/api/traffic.ts';
import type { SheetId } from '../../schemas/sheet.ts';

/** How mails went through one sheet of a version. */
export interface Heat {
  /** By action; one that no mail reached is not there. */
  actions: ReadonlyMap<string, TrafficAction>;
  /** Mails that reached the busiest action of the whole flow: what a line of full width carries. */
  most: number;
  /** "in the last day": ends what is said of a number. */
  when: string;
}

export const windowWords = { hour: 'in the last hour', day: 'in the last day', week: 'in the last week' } as const;

export function heatOf(traffic: Traffic, sheet: SheetId): Heat {
  const ofSheet = traffic.items.filter((item) => item.sheet === sheet);
  return {
    actions: new Map(ofSheet.map((item) => [item.action, item])),
    most: Math.max(0, ...traffic.items.map(({ mails }) => mails)),
    when: windowWords[traffic.window],
  };
}

/** Mails that took an outcome. */
export function mailsBy(heat: Heat, action: string, outcome: string): number {
  return heat.actions.get(action)?.outcomes[outcome] ?? 0;
}

/** From 0 for nobody to 1 for the busiest. The root lets a way that one in a hundred takes be seen beside the others. */
export function warmth(mails: number, { most }: Pick<Heat, 'most'>): number {
  return most === 0 ? 0 : Math.sqrt(mails / most);
}

/** Hands the warmth to Heat.module.css. */
export function warmthStyle(mails: number, heat: Heat): CSSProperties {
  // React takes custom properties, its types do not know them.
  return { '--warmth': warmth(mails, heat) } as CSSProperties;
}
