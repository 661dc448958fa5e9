import { useDeferredValue, useMemo } from 'react';
import { type VariableUse, variableUses } from '../../../schemas/variable-uses.ts';
import { useEditor } from '../../state/useEditor.ts';

/** Where each variable is used, by how it is referred to; a moment behind the typing. */
export function useVariableUses(): ReadonlyMap<string, readonly VariableUse[]> {
  const flow = useDeferredValue(useEditor((state) => state.history.flow));
  return useMemo(() => variableUses(flow), [flow]);
}
