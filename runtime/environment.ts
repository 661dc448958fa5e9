import { resolve } from 'node:path';
import { UserError } from '../schemas/errors.ts';
import { isLoopback } from '../schemas/loopback.ts';

/** What the process is told from outside, checked. */
export interface Environment {
  dataFolder: string;
  flowsFolder: string;
  host: string;
  port: number;
  smtpHost: string;
  /** 0: no receiver. */
  smtpPort: number;
  /** PEM files with which the receiver offers STARTTLS. */
  smtpCertificate?: { cert: string; key: string };
  secretKey?: string;
  /** Opens what was sealed with the key before this one, until `sluice rotate-key` has sealed it anew. */
  formerKey?: string;
  adminToken?: string;
  /** Where browsers come in if a proxy with TLS stands before the server. */
  publicUrl?: string;
  outgoingAllow: string[];
  /** Hosts in private ranges from which pictures of mails may be loaded, as `host` or `host:port`: the own logo on an intranet. */
  picturesAllow?: string[];
  /** `address:port` of DNS servers that domains are checked by; none are those of the machine. */
  dnsServers?: string[];
  logLevel: string;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** A shorter token could be guessed over the network; on this machine alone its owner may choose. */
const minTokenLength = 16;

/** The key is stretched, but a shorter phrase is found by trying words against a stolen settings file. */
const minKeyLength = 12;

/** Reads the SLUICE_ variables; throws UserError `environment-invalid` naming all that are wrong. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const wrong: string[] = [];
  const port = (name: string, otherwise: number): number => {
    const text = env[name];
    if (text === undefined || text === '') return otherwise;
    const number = Number(text);
    if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
    wrong.push(`${name} must be a port between 0 and 65535, not "${text}"`);
    return otherwise;
  };
  const adminToken = env.SLUICE_ADMIN_TOKEN || undefined;
  const host = env.SLUICE_HOST || '127.0.0.1';
  const reachable = !isLoopback(host) || Boolean(env.SLUICE_PUBLIC_URL);
  if (adminToken !== undefined && adminToken.length < minTokenLength && reachable) {
    wrong.push(`SLUICE_ADMIN_TOKEN must have at least ${minTokenLength} characters where others can reach the server`);
  }
  const secretKey = env.SLUICE_SECRET_KEY || undefined;
  if (secretKey !== undefined && secretKey.length < minKeyLength) {
    wrong.push(`SLUICE_SECRET_KEY must have at least ${minKeyLength} characters`);
  }
  const publicUrl = env.SLUICE_PUBLIC_URL || undefined;
  if (publicUrl !== undefined && !/^https?:\/\/[^/?#@]+\/?$/.test(publicUrl)) {
    wrong.push(`SLUICE_PUBLIC_URL must be like https://mail.example.org, not "${publicUrl}"`);
  }
  const { SLUICE_SMTP_CERT: cert, SLUICE_SMTP_KEY: key } = env;
  if (Boolean(cert) !== Boolean(key)) {
    wrong.push('SLUICE_SMTP_CERT and SLUICE_SMTP_KEY belong together: set both, or none');
  }
  const logLevel = env.SLUICE_LOG || 'info';
  if (!logLevels.includes(logLevel)) wrong.push(`SLUICE_LOG must be one of ${logLevels.join(', ')}, not "${logLevel}"`);
  if (env.SLUICE_DATABASE_URL) {
    wrong.push(
      'SLUICE_DATABASE_URL is set, but this version keeps its data in SQLite under SLUICE_DATA only; unset it',
    );
  }
  const environment: Environment = {
    dataFolder: resolve(env.SLUICE_DATA || 'data'),
    flowsFolder: resolve(env.SLUICE_FLOWS || 'flows'),
    host,
    port: port('SLUICE_PORT', 3_000),
    smtpHost: env.SLUICE_SMTP_HOST || '127.0.0.1',
    smtpPort: port('SLUICE_SMTP_PORT', 2_525),
    ...(cert && key && { smtpCertificate: { cert: resolve(cert), key: resolve(key) } }),
    secretKey,
    formerKey: env.SLUICE_FORMER_SECRET_KEY || undefined,
    adminToken,
    publicUrl,
    outgoingAllow: listed(env.SLUICE_OUTGOING_ALLOW ?? ''),
    picturesAllow: listed(env.SLUICE_PICTURES_ALLOW ?? ''),
    ...(env.SLUICE_DNS_SERVERS ? { dnsServers: dnsServers(env.SLUICE_DNS_SERVERS, wrong) } : {}),
    logLevel,
  };
  if (wrong.length > 0)
    throw new UserError('environment-invalid', `The environment is not right: ${wrong.join('; ')}.`);
  return environment;
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
}

function dnsServers(text: string, wrong: string[]): string[] {
  const servers = listed(text);
  const bad = servers.find((server) => !/^(?:[0-9.]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/i.test(server));
  if (bad !== undefined) wrong.push(`SLUICE_DNS_SERVERS must be like 192.0.2.53 or 192.0.2.53:5353, not "${bad}"`);
  return servers;
}
