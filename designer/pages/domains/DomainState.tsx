import { Badge } from '@mantine/core';
import type { DomainView } from '../../../schemas/api/domains.ts';

export function DomainState({ domain }: { domain: DomainView }) {
  if (domain.isReserved) return <Badge color="gray">for trials</Badge>;
  return <Badge color={domain.verified ? 'green' : 'orange'}>{domain.verified ? 'verified' : 'not verified'}</Badge>;
}
