import type { Exchange, TryBody } from '../../schemas/api/try.ts';
import type { CaseAnswer } from '../../schemas/case.ts';
import { withoutQuery } from '../cases/case-answers.ts';
import type { CaseSituation } from '../cases/run-case.ts';
import { ownAddresses } from '../outbound/own-addresses.ts';
import type { Services } from './services.ts';
import type { TriedMail } from './tried-mail.ts';
import { wayOf } from './try-flow.ts';

/** The most answers that a case may hold. */
const maxAnswers = 100;

/** What a trial knew beside the mail, written down so that the case comes to the same on any machine and any day. */
export async function caseSituation(
  services: Pick<Services, 'settings' | 'parser' | 'clock'>,
  flow: string,
  mail: TriedMail,
  choices: Pick<TryBody, 'now' | 'mailbox' | 'folder' | 'address' | 'recorded'>,
): Promise<CaseSituation> {
  const settings = services.settings.read();
  const { envelope } = mail;
  const email = await services.parser.parse(mail.bytes, {
    own: { addresses: [...ownAddresses(settings)], installation: settings.installation },
    ...(envelope === undefined ? {} : { envelope }),
  });
  const { mailbox, route } = wayOf(settings, flow, email, { mail, ...choices });
  const answers = answersOf(choices.recorded ?? []);
  return {
    now: choices.now ?? new Date(services.clock.now()).toISOString(),
    ...(mailbox.id === '' ? {} : { mailbox }),
    ...(route.address === '' ? {} : { route: { id: route.id, address: route.address } }),
    ...(envelope === undefined ? {} : { envelope }),
    ...(answers.length === 0 ? {} : { answers }),
  };
}

/** One answer per address, the first: a case does not tell calls apart by what they send. */
function answersOf(exchanges: readonly Exchange[]): CaseAnswer[] {
  const answers = new Map<string, CaseAnswer>();
  for (const { url, status, response, fails } of exchanges) {
    const key = withoutQuery(url);
    if (key === '' || answers.has(key)) continue;
    if (status !== undefined) answers.set(key, { url: key, status, ...contentOf(response ?? '') });
    else answers.set(key, { url: key, fails: fails ?? 'unreachable' });
  }
  return [...answers.values()].slice(0, maxAnswers);
}

/** JSON as such, so that a diff of the case can be read. */
function contentOf(response: string): { body: unknown } | { text: string } {
  try {
    return { body: JSON.parse(response) };
  } catch {
    // A service may answer anything; the flow then takes the outcome for an answer that it cannot read.
    return { text: response };
  }
}
