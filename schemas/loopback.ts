/**
 * True for host names that lead to this machine and nowhere else: only towards them may a password go unencrypted or a token be short.
 * A name that merely resolves to loopback does not count, because what it resolves to can change.
 */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || name === '::ffff:127.0.0.1' || /^127(\.\d{1,3}){3}$/.test(name);
}
