import { useState } from 'react';
import type { CaseResult } from '../../schemas/api/cases.ts';
import type { PublishBody } from '../../schemas/api/flows.ts';
import { useCases } from '../api/cases.ts';
import { useUser } from '../api/session.ts';
import { revisionOfCases } from './case-revision.ts';
import { useCaseRun } from './useCaseRun.ts';

/** What the cases say of the draft that is about to be published. */
export interface PublishCases {
  /** How many there are; 0 also while that is not known. */
  count: number;
  isRunning: boolean;
  differing: readonly CaseResult[];
  /** Why it is published although cases differ; null for people who may not. */
  reason: string | null;
  setReason: (reason: string) => void;
  /** True while a case differs and nobody has said why that is fine. */
  isBlocking: boolean;
  /** What the server is told of it. */
  body: Pick<PublishBody, 'overrideCases'>;
}

export function usePublishCases(flow: string): PublishCases {
  const cases = useCases(flow);
  const items = cases.data?.items ?? [];
  const mayOverride = useUser().role === 'admin';
  const [reason, setReason] = useState('');
  const { run, isStale } = useCaseRun(flow, items.length === 0 ? null : revisionOfCases(items), 0);
  const differing = run?.items.filter(({ ok }) => !ok) ?? [];
  const given = reason.trim();
  const isOverridden = mayOverride && given !== '';
  return {
    count: items.length,
    isRunning: items.length > 0 && isStale,
    differing,
    reason: mayOverride ? reason : null,
    setReason,
    isBlocking: differing.length > 0 && !isOverridden,
    body: isOverridden && differing.length > 0 ? { overrideCases: given } : {},
  };
}
