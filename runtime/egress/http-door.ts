import type { DoorOptions, HttpDoor } from './door.ts';

/**
 * The one door for outgoing HTTP. No redirect is followed (a 3xx is an answer like any other, since its target would have to
 * pass the same guard and might be told our headers), no proxy of the environment is used, no address outside of the public
 * internet is reached unless `allow` names it as `host` or `host:port`.
 */
export function createHttpDoor(options: DoorOptions): HttpDoor {
  let opened: Promise<HttpDoor> | undefined;
  // The client behind it is large, and many installations call nothing: it is read with the first call.
  const open = () => import('./guarded-door.ts').then(({ createGuardedDoor }) => createGuardedDoor(options));
  return async (call) => {
    opened ??= open();
    return (await opened)(call);
  };
}
