import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** These take minutes: begun last, they would run on alone when all the others have ended. */
const long = [
  'e2e/accessibility',
  'faults/bench',
  'e2e/versions',
  'e2e/hostile-mail',
  'e2e/classic',
  'e2e/tasks',
  'e2e/drawing',
  'e2e/pages',
  'e2e/gestures',
  'e2e/editor',
];

/** Files that take long come first, the others as usual. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const rank = long.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return rank === -1 ? long.length : rank;
}
