import { createContext, type ReactNode, useMemo } from 'react';
import type { CaseEntry } from '../../schemas/api/cases.ts';
import { useCases } from '../api/cases.ts';
import { useEditor } from '../state/useEditor.ts';
import { revisionOfCases } from './case-revision.ts';
import { type CaseRun, useCaseRun } from './useCaseRun.ts';

/** The cases of the open flow, and what became of them in the draft. */
interface OpenCases extends CaseRun {
  /** Undefined until they were read. */
  items: readonly CaseEntry[] | undefined;
  /** Why they could not be read. */
  readError: unknown;
}

export const CaseRunContext = createContext<OpenCases>({
  items: undefined,
  readError: null,
  run: null,
  isStale: true,
  error: null,
  again: () => {},
});

/** While nobody looks at the cases, a count in the toolbar may be some seconds behind. */
const unseenPauseMs = 3_000;
/** Longer than a thought between two edits: a run of all cases is not for every letter. */
const seenPauseMs = 900;

interface CaseRunProviderProps {
  /** Whether the cases are on screen. */
  isSeen: boolean;
  children: ReactNode;
}

/** Runs the cases beside the drawing, so that it is seen at once when an edit breaks one. */
export function CaseRunProvider({ isSeen, children }: CaseRunProviderProps) {
  const id = useEditor((state) => state.history.flow.id);
  const isReadOnly = useEditor((state) => state.isReadOnly);
  const { data, error } = useCases(id);
  const items = data?.items;
  const revision = isReadOnly || items === undefined || items.length === 0 ? null : revisionOfCases(items);
  const caseRun = useCaseRun(id, revision, isSeen ? seenPauseMs : unseenPauseMs);
  const cases = useMemo(() => ({ ...caseRun, items, readError: error }), [caseRun, items, error]);
  return <CaseRunContext value={cases}>{children}</CaseRunContext>;
}
