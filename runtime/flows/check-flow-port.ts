import type { Flow } from '../../schemas/flow.ts';
import type { Issue } from '../../schemas/issue.ts';
import type { KnownModule } from '../../schemas/known-module.ts';

/** Everything that is wrong with a document. `modules` are those that the flow may call. */
export type CheckFlow = (document: unknown, modules: readonly KnownModule[]) => { flow: Flow | null; issues: Issue[] };
