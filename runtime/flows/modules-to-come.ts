import { describeModules } from '../../schemas/describe-modules.ts';
import type { Flow } from '../../schemas/flow.ts';
import { hasErrors } from '../../schemas/issue.ts';
import type { KnownModule } from '../../schemas/known-module.ts';
import { canonicalHash, canonicalText } from './canonical.ts';
import type { CheckFlow } from './check-flow-port.ts';
import { documentOf, type FlowFile } from './flow-files.ts';
import type { StoredVersion } from './versions.ts';

/**
 * The modules that there will be once these files are published, so that a flow may stand before the module that it calls. A file with
 * errors stays as it was last published; that can put errors into its callers, so that they are looked at again.
 */
export function modulesToCome(
  files: readonly FlowFile[],
  newest: ReadonlyMap<string, StoredVersion>,
  check: CheckFlow,
): KnownModule[] {
  const flows = new Map<string, Flow>();
  const fresh = new Map<string, unknown>();
  for (const file of files) {
    const { document } = documentOf(file);
    const { flow } = check(document, []);
    const stored = newest.get(file.id);
    if (flow !== null && flow.id === file.id) flows.set(file.id, flow);
    else keepFormer(flows, file.id, stored, check);
    // What is published already is not withdrawn because of something that it calls.
    if (flow !== null && stored?.hash !== canonicalHash(canonicalText(document))) fresh.set(file.id, document);
  }
  for (let isStable = false; !isStable; ) {
    isStable = true;
    const modules = describeModules([...flows.values()]);
    for (const [id, document] of fresh) {
      if (!hasErrors(check(document, modules).issues)) continue;
      fresh.delete(id);
      keepFormer(flows, id, newest.get(id), check);
      isStable = false;
    }
  }
  return describeModules([...flows.values()]);
}

function keepFormer(flows: Map<string, Flow>, id: string, stored: StoredVersion | undefined, check: CheckFlow): void {
  const former = stored === undefined ? null : check(JSON.parse(stored.document), []).flow;
  if (former === null) flows.delete(id);
  else flows.set(id, former);
}
