import { type AuthenticateResult, authenticate } from 'mailauth';
import type { Authentication, AuthenticationEvidence } from '../../schemas/email.ts';
import type { Lookup } from './dns.ts';
import type { MailFacts } from './facts.ts';
import { isLocalAddress, plainAddress } from './local-address.ts';
import { isAligned, unanswered } from './results.ts';

/** Of a hostile mail with hundreds of signatures. */
const shownSignatures = 5;

/**
 * SPF, DKIM and DMARC of a mail that this server took itself. What came from this machine or the own network was handed over by a program or a relay,
 * of which SPF says nothing. Rejects with what the library throws.
 */
export async function checkMail(bytes: Uint8Array, facts: MailFacts, lookup: Lookup): Promise<Authentication> {
  const { client, fromDomain } = facts;
  const isLocal = isLocalAddress(client.ip);
  const checked = await authenticate(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    mta: 'sluice',
    sender: facts.envelopeFrom,
    ...(isLocal ? {} : { ip: plainAddress(client.ip), helo: client.name }),
    resolver: lookup,
    disableArc: true,
    disableBimi: true,
  });
  const spf = isLocal ? notJudged(client.ip) : spfOf(checked, facts);
  const dkim = dkimOf(checked);
  const dmarc = dmarcOf(checked, fromDomain);
  const passing = [
    ...(spf.result === 'pass' ? [spf.domain] : []),
    ...checked.dkim.results.flatMap(({ status, signingDomain = '' }) =>
      status.result === 'pass' && !status.underSized ? [signingDomain] : [],
    ),
  ];
  const evidence = [spf, ...dkim, dmarc];
  return {
    spf: spf.result,
    dkim: dkim.find(({ result }) => result === 'pass')?.result ?? dkim[0]?.result ?? 'none',
    dmarc: dmarc.result,
    sender: senderOf(dmarc.result, policyOf(checked), {
      isProved: passing.some((domain) => isAligned(domain, fromDomain)),
      isOpen: isLocal || evidence.some(({ result }) => unanswered.test(result)),
    }),
    by: 'Sluice',
    evidence,
  };
}

/** `isOpen`: something could not be judged, so nothing may be held against the sender. */
function senderOf(
  dmarc: string,
  policy: string,
  { isProved, isOpen }: { isProved: boolean; isOpen: boolean },
): NonNullable<Authentication['sender']> {
  // Where the domain has a policy, it alone decides what counts as its mail.
  if (dmarc === 'pass' || (dmarc === 'none' && isProved)) return 'proved';
  if (isOpen) return 'unknown';
  return dmarc === 'fail' && /^(reject|quarantine)$/.test(policy) ? 'forged' : 'unproved';
}

function notJudged(ip: string): AuthenticationEvidence {
  const reason = `handed over by ${ip || 'this machine'}, which is no server of the sender's`;
  return { method: 'spf', result: 'none', domain: '', reason };
}

function spfOf({ spf }: AuthenticateResult, { client, envelopeFrom }: MailFacts): AuthenticationEvidence {
  const result = spf ? spf.status.result : 'none';
  const domain = shown((spf ? spf.domain : '') || envelopeFrom.slice(envelopeFrom.lastIndexOf('@') + 1));
  const words: Record<string, string> = {
    pass: `${domain} names ${client.ip} among its servers`,
    fail: `${domain} says that ${client.ip} is no server of its`,
    softfail: `${domain} does not expect ${client.ip}`,
    neutral: `${domain} says nothing of ${client.ip}`,
    none: `${domain || 'the sender'} names no servers`,
    temperror: `the DNS of ${domain} gave no answer`,
    permerror: `the record of ${domain} is wrong`,
  };
  return { method: 'spf', result, domain, reason: words[result] ?? result };
}

function dkimOf({ dkim }: AuthenticateResult): AuthenticationEvidence[] {
  // Without a signature the library gives one result that says so.
  return dkim.results.slice(0, shownSignatures).map(({ status, signingDomain = '', selector = '' }) => {
    const domain = shown(signingDomain);
    const why = shown(status.comment ?? '');
    const words: Record<string, string> = {
      pass: `${domain} signed it (${shown(selector)}), and it is unchanged`,
      none: 'it is not signed',
      temperror: `the DNS of ${domain} gave no answer`,
    };
    const reason = words[status.result] ?? `the signature of ${domain} does not hold${why && `: ${why}`}`;
    return { method: 'dkim', result: status.result, domain, reason };
  });
}

function dmarcOf({ dmarc }: AuthenticateResult, fromDomain: string): AuthenticationEvidence {
  const result = dmarc ? dmarc.status.result : 'none';
  const domain = shown(fromDomain);
  const policy = shown(policyOf({ dmarc }));
  const words: Record<string, string> = {
    pass: `${domain} stands behind it`,
    fail: `nothing that passed is of ${domain}, which asks for p=${policy}`,
    none: `${domain || 'the sender'} publishes no policy`,
    temperror: `the DNS of ${domain} gave no answer`,
  };
  return { method: 'dmarc', result, domain, reason: words[result] ?? result };
}

/** Without a record there is no policy, whatever the library's types say. */
function policyOf({ dmarc }: Pick<AuthenticateResult, 'dmarc'>): string {
  return (dmarc === false ? undefined : dmarc.policy) ?? 'none';
}

/** What strangers wrote, as one short line. */
function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 120);
}
