import type { Domain, FoundRecord } from '../../schemas/domain.ts';
import type { WantedRecord } from './wanted-records.ts';

type Verdict = Pick<FoundRecord, 'state' | 'advice'>;

const found: Verdict = { state: 'found', advice: '' };
const missing = (advice: string): Verdict => ({ state: 'missing', advice });
const wrong = (advice: string): Verdict => ({ state: 'wrong', advice });

/** Whether what a lookup found is what should be there, and what to do if not. `values` are whole texts, or `priority host` of an MX. */
export function judge(wanted: WantedRecord, values: readonly string[], domain: Domain): Verdict {
  if (wanted.key === 'mx') return judgeMx(values, domain.mailHost ?? '');
  if (wanted.key === 'spf') return judgeSpf(values.filter(isSpf), domain.spf);
  if (wanted.key === 'dmarc') return judgeDmarc(values.filter(isDmarc));
  return judgeDkim(values, wanted.value);
}

/** What of the answers belongs to the record: a domain has many other texts. */
export function belonging(wanted: WantedRecord, values: readonly string[]): string[] {
  const belongs = { spf: isSpf, dmarc: isDmarc }[wanted.key] ?? (() => true);
  return values.filter(belongs);
}

const isSpf = (text: string) => /^v=spf1(\s|$)/i.test(text);
const isDmarc = (text: string) => /^v\s*=\s*DMARC1\s*(;|$)/i.test(text);

function judgeMx(values: readonly string[], host: string): Verdict {
  if (values.length === 0) return missing(`Add the MX record. Until then no other server knows where to bring mail.`);
  const hosts = values.map((value) => (value.split(' ')[1] ?? '').toLowerCase().replace(/\.$/, ''));
  if (hosts.includes(host)) return found;
  return wrong(
    `Mail goes to ${hosts.join(', ')}. If that is your provider, leave it so and connect its mailbox, or forward from there; else replace it.`,
  );
}

function judgeSpf(records: readonly string[], mechanism: string | undefined): Verdict {
  const [record, ...others] = records;
  if (record === undefined) return missing('Add the TXT record.');
  if (others.length > 0)
    return wrong(`There are ${records.length} SPF records, which counts as an error. Join them into one.`);
  const terms = record.toLowerCase().split(/\s+/);
  if (terms.some((term) => term === '+all' || term === 'all')) {
    return wrong('It allows everybody to send mail of the domain. End it with ~all or -all instead.');
  }
  if (mechanism === undefined) return found;
  const wanted = mechanism.toLowerCase();
  if (terms.some((term) => term.replace(/^\+/, '') === wanted)) return found;
  return wrong(`It does not name our way out. Put ${mechanism} into it, before the term that ends with "all".`);
}

function judgeDmarc(records: readonly string[]): Verdict {
  const [record, ...others] = records;
  if (record === undefined)
    return missing('Add the TXT record. p=none only watches; nothing is refused because of it.');
  if (others.length > 0) return wrong(`There are ${records.length} DMARC records, and so none counts. Keep one.`);
  const policy = tagsOf(record).get('p')?.toLowerCase();
  if (policy === undefined || !['none', 'quarantine', 'reject'].includes(policy)) {
    return wrong('It has no policy. Add p=none, p=quarantine or p=reject.');
  }
  if (policy !== 'none') return found;
  return {
    state: 'found',
    advice: 'p=none only watches. Once SPF and DKIM are right for all that you send, p=quarantine keeps forgeries out.',
  };
}

function judgeDkim(records: readonly string[], wanted: string): Verdict {
  const keys = records.map((record) => tagsOf(record)).filter((tags) => tags.has('p'));
  if (keys.length === 0) {
    return records.length === 0
      ? missing(
          'Add the TXT record. Many DNS pages split the long text by themselves; else put it into quoted parts of at most 255 characters.',
        )
      : wrong('There is a text, but no key in it. Replace it by the value above.');
  }
  if (keys.length > 1) return wrong('There are several keys under this name. Keep the one above.');
  const published = (keys[0]?.get('p') ?? '').replace(/\s+/g, '');
  if (published === '') return wrong('The key is revoked (p is empty). Publish the value above, or make a new key.');
  if (published === tagsOf(wanted).get('p')) return found;
  return wrong('It is another key, or not all of it. Copy the value anew, as a whole.');
}

/** `tag=value` pairs (RFC 6376 section 3.2). */
function tagsOf(record: string): Map<string, string> {
  return new Map(
    record.split(';').flatMap((part): [string, string][] => {
      const at = part.indexOf('=');
      return at === -1 ? [] : [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()]];
    }),
  );
}
