/**
 * How a flow document is taken apart into what two people can change independently of each other. Comparing and merging both walk
 * along this one plan, so that what is told as one change is also what can be chosen as one. What the plan does not name is a part
 * of its own as a whole: a document may grow without comparing it going blind.
 */
export type Plan =
  | { is: 'whole' }
  /** A text of which an empty one means as much as none. */
  | { is: 'text' }
  /** How the flow is drawn, no mail meets it. */
  | { is: 'drawing' }
  | { is: 'fields'; of: Readonly<Record<string, Plan>>; rest: Plan; comesAndGoes?: true }
  | { is: 'entries'; of: Plan }
  /** Items that bear a name of their own; `ordered` where their order means something. */
  | { is: 'list'; ordered: boolean; items: Plan }
  /** A list of named items if it is one, else a whole. */
  | { is: 'setting' }
  | { is: 'action' };

const whole: Plan = { is: 'whole' };
const drawing: Plan = { is: 'drawing' };
const variables: Plan = { is: 'list', ordered: false, items: whole };

const sheet: Readonly<Record<string, Plan>> = {
  description: { is: 'text' },
  actions: { is: 'entries', of: { is: 'action' } },
  layout: drawing,
  groups: drawing,
  notes: drawing,
  inputs: variables,
  outputs: variables,
};

export const flowPlan: Plan = {
  is: 'fields',
  of: {
    ...sheet,
    $schema: drawing,
    fallback: { is: 'fields', of: {}, rest: whole },
    variables,
    tasks: { is: 'entries', of: { is: 'fields', of: sheet, rest: whole, comesAndGoes: true } },
  },
  rest: whole,
};

const action: Plan = {
  is: 'fields',
  comesAndGoes: true,
  of: {
    note: { is: 'text' },
    settings: { is: 'fields', of: {}, rest: { is: 'setting' } },
    next: { is: 'entries', of: whole },
  },
  rest: whole,
};

const setting: Plan = {
  is: 'list',
  ordered: true,
  items: { is: 'fields', of: {}, rest: whole, comesAndGoes: true },
};

/** A part in the shape that all its versions share. */
export type Shape =
  | { is: 'whole' | 'text' | 'drawing' }
  | {
      is: 'parts';
      planOf(key: string): Plan;
      /** The parts of one version in their order; none of a version that is not there. */
      parts(version: unknown): Map<string, unknown>;
      /** The key that names the items of a list; null for an object. */
      itemKey: string | null;
      isOrdered: boolean;
      /** One that is not there is no empty one: it was added or removed. */
      comesAndGoes: boolean;
    };

/** Drafts may be wrong in every way: what is not as the plan says in one of the versions is taken as a whole in all of them. */
export function shapeOf(plan: Plan, versions: readonly unknown[]): Shape {
  const there = versions.filter((version) => version !== undefined);
  switch (plan.is) {
    case 'whole':
    case 'text':
    case 'drawing':
      return { is: plan.is };
    case 'action':
      return isOneType(there) ? shapeOf(action, versions) : { is: 'whole' };
    case 'setting':
      return there.every(Array.isArray) ? shapeOf(setting, versions) : { is: 'whole' };
    case 'list':
      return listShape(plan, there);
    case 'entries':
    case 'fields':
      return there.every(isRecord) ? recordShape(plan) : { is: 'whole' };
  }
}

function recordShape(plan: Plan & { is: 'entries' | 'fields' }): Shape {
  return {
    is: 'parts',
    planOf: (key) =>
      plan.is === 'entries' ? plan.of : Object.hasOwn(plan.of, key) ? (plan.of[key] ?? plan.rest) : plan.rest,
    parts: (version) =>
      new Map(isRecord(version) ? Object.entries(version).filter(([, value]) => value !== undefined) : []),
    itemKey: null,
    isOrdered: false,
    comesAndGoes: plan.is === 'fields' && plan.comesAndGoes === true,
  };
}

/** What items of lists are named by, the first that fits. */
const itemKeys = ['outcome', 'variable', 'name'];

function listShape(plan: Plan & { is: 'list' }, there: readonly unknown[]): Shape {
  const itemKey = itemKeys.find((key) => there.every((list) => areNamedBy(key, list)));
  if (itemKey === undefined) return { is: 'whole' };
  return {
    is: 'parts',
    planOf: () => plan.items,
    parts: (version) =>
      new Map(Array.isArray(version) ? version.map((item): [string, unknown] => [String(item[itemKey]), item]) : []),
    itemKey,
    isOrdered: plan.ordered,
    comesAndGoes: false,
  };
}

function areNamedBy(key: string, list: unknown): boolean {
  if (!Array.isArray(list)) return false;
  const names = list.map((item: unknown) => (isRecord(item) && Object.hasOwn(item, key) ? item[key] : undefined));
  return names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
}

function isOneType(there: readonly unknown[]): boolean {
  const types = new Set(there.map((version) => (isRecord(version) ? version.type : undefined)));
  return types.size === 1;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
