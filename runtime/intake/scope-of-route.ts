import type { Route } from '../../schemas/route.ts';
import type { Scope } from '../../schemas/scope.ts';
import type { Settings } from '../../schemas/settings.ts';

/** What conditions and templates see of the route that a mail came by. */
export function scopeOfRoute(
  { fromAddresses, routes }: Pick<Settings, 'routes'> & Partial<Pick<Settings, 'fromAddresses'>>,
  route: Route,
  address: string,
): Scope['route'] {
  const from = fromAddresses?.find(({ id }) => id === route.from);
  return {
    id: route.id,
    address,
    name: route.name ?? '',
    from: from?.address ?? '',
    fromName: route.fromName ?? from?.name ?? '',
    replyTo: routes.find(({ id }) => id === route.replyTo)?.pattern ?? '',
    signature: route.signature ?? '',
  };
}
