import ipaddr from 'ipaddr.js';

/**
 * Says whether an address is one of the public internet. Everything else is refused: loopback, private, link-local (cloud
 * metadata services live there), carrier-grade NAT, multicast, reserved and documentation ranges. An IPv6 address that
 * carries an IPv4 address (mapped, NAT64, 6to4) is as good as what it carries, since a gateway would take us there.
 */
export function isPublicAddress(address: string): boolean {
  // A zone (`fe80::1%eth0`) only exists on link-local addresses.
  if (address.includes('%') || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast' && !isReservedIPv4(parsed);
  const carried = carriedIPv4(parsed);
  if (carried !== null) return isPublicAddress(carried);
  // Global unicast is 2000::/3; ipaddr.js calls everything that it has no name for unicast.
  return parsed.range() === 'unicast' && parsed.match(globalUnicast, 3) && !isReservedIPv6(parsed);
}

const globalUnicast = ipaddr.IPv6.parse('2000::');

/** Special ranges of the IANA registry that ipaddr.js counts as unicast, or did in some version. */
const reservedIPv4 = ['192.0.0.0/24', '192.88.99.0/24', '198.18.0.0/15', '0.0.0.0/8', '240.0.0.0/4'].map((range) =>
  ipaddr.IPv4.parseCIDR(range),
);
const reservedIPv6 = ['2001::/23', '2001:db8::/32', '3fff::/20'].map((range) => ipaddr.IPv6.parseCIDR(range));

function isReservedIPv4(address: ipaddr.IPv4): boolean {
  return reservedIPv4.some(([range, bits]) => address.match(range, bits));
}

function isReservedIPv6(address: ipaddr.IPv6): boolean {
  return reservedIPv6.some(([range, bits]) => address.match(range, bits));
}

/** Where the IPv4 address stands, in bytes from the start: mapped, translated and NAT64 (RFC 6052) at the end, 6to4 behind the prefix. */
const carriers: readonly { range: [ipaddr.IPv6, number]; at: number }[] = [
  { range: ipaddr.IPv6.parseCIDR('::ffff:0:0/96'), at: 12 },
  { range: ipaddr.IPv6.parseCIDR('::ffff:0:0:0/96'), at: 12 },
  { range: ipaddr.IPv6.parseCIDR('64:ff9b::/96'), at: 12 },
  { range: ipaddr.IPv6.parseCIDR('2002::/16'), at: 2 },
];

function carriedIPv4(address: ipaddr.IPv6): string | null {
  const carrier = carriers.find(({ range: [prefix, bits] }) => address.match(prefix, bits));
  return carrier === undefined
    ? null
    : address
        .toByteArray()
        .slice(carrier.at, carrier.at + 4)
        .join('.');
}
