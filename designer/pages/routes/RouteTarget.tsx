import { Text } from '@mantine/core';
import type { RouteView } from '../../../schemas/api/routes.ts';
import { useNames } from '../../api/useNames.ts';

/** Where a route leads, in a few words. */
export function RouteTarget({ route }: { route: Pick<RouteView, 'flow' | 'straight'> }) {
  const names = useNames();
  const { flow, straight } = route;
  if (straight === undefined) {
    return (
      <Text size="sm" span>
        → flow <bdi>{names.flow(flow ?? '')}</bdi>
      </Text>
    );
  }
  const { queue, priority = 0, skills = [] } = straight;
  const more = [priority === 0 ? '' : `priority ${priority}`, skills.join(', ')].filter(Boolean).join(' · ');
  return (
    <Text size="sm" span>
      → queue <bdi>{names.queue(queue)}</bdi>
      {more && ` (${more})`}
    </Text>
  );
}
