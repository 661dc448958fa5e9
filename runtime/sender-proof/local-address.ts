import { BlockList, isIPv4, isIPv6 } from 'node:net';

const local = new BlockList();
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  local.addSubnet(address, bits, 'ipv4');
}
for (const [address, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  local.addSubnet(address, bits, 'ipv6');
}

/** Of this machine or of a network that is nobody else's; and whatever is no address at all. */
export function isLocalAddress(address: string): boolean {
  const plain = plainAddress(address);
  if (isIPv4(plain)) return local.check(plain, 'ipv4');
  return !isIPv6(plain) || local.check(plain, 'ipv6');
}

/** Without what sockets that listen to both kinds write before the old ones. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
