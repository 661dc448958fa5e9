import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { Agent, buildConnector } from 'undici';
import { UserError } from '../../schemas/errors.ts';
import { isPublicAddress } from './address-guard.ts';

/** Connections that are done with may serve the next call for this long. */
const keepAliveMs = 4_000;

/**
 * Makes connections to public addresses only, and to those that are allowed by name. A name is looked up once, here, and the
 * connection goes to the very addresses that were checked: a second answer of a hostile DNS server changes nothing.
 */
export function createGuardedAgent(allow: readonly string[], ca?: string): Agent {
  const allowed = new Set(allow.map((entry) => entry.trim().toLowerCase()));
  const trust = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
  const connectChecked = buildConnector({ timeout: 30_000, lookup: checkedLookup, ...trust });
  const connectAllowed = buildConnector({ timeout: 30_000, ...trust });

  return new Agent({
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    pipelining: 1,
    connect(options, callback) {
      // Undici takes the brackets of an IPv6 address off; in the list they stand as in a URL.
      const literal = options.hostname.toLowerCase();
      const host = isIP(literal) === 6 ? `[${literal}]` : literal;
      const port = options.port || (options.protocol === 'https:' ? '443' : '80');
      if (allowed.has(host) || allowed.has(`${host}:${port}`)) {
        connectAllowed(options, callback);
        return;
      }
      // An address in place of a name is never looked up.
      if (isIP(literal) !== 0 && !isPublicAddress(literal)) {
        callback(addressRefused(host, port, [literal]), null);
        return;
      }
      connectChecked(options, (error, socket) => {
        if (error !== null) return callback(error, null);
        const { remoteAddress } = socket;
        if (remoteAddress !== undefined && isPublicAddress(remoteAddress)) return callback(null, socket);
        socket.destroy();
        callback(addressRefused(host, port, [remoteAddress ?? 'unknown']), null);
      });
    },
  });
}

/** Looks up all addresses of a name and hands on the public ones; an error if there are none. */
const checkedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    const good = addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = good;
    if (first === undefined) {
      const found = addresses.map(({ address }) => address);
      return callback(addressRefused(hostname, '', found), []);
    }
    if (options.all) callback(null, good);
    else callback(null, first.address, first.family);
  });
};

function addressRefused(host: string, port: string, addresses: readonly string[]): UserError {
  const target = port === '' ? host : `${host}:${port}`;
  return new UserError(
    'address-refused',
    `${host} is ${addresses.join(', ')}, which is no address of the public internet. An administrator may allow "${target}" for outgoing calls in the settings.`,
    { data: { host, addresses: [...addresses] } },
  );
}
