import type { Evidence } from '../../schemas/email.ts';
import { headerValue } from './headers.ts';
import { evidence, keyword, type MailFacts } from './verdict.ts';

/** RFC 2369 and RFC 2919, and what older list software writes. */
const listHeaders = [
  'list-id',
  'list-post',
  'list-unsubscribe',
  'list-help',
  'list-subscribe',
  'list-owner',
  'list-archive',
  'mailing-list',
  'x-mailing-list',
  'x-mailman-version',
  'x-list-id',
];

/** Was this sent to many through a mailing list or newsletter system? */
export function judgeList(facts: MailFacts): Evidence[] {
  for (const header of listHeaders) {
    const value = headerValue(facts.headers, header);
    if (value) return [evidence('isList', header, value, 'is written by mailing list software')];
  }
  if (keyword(facts.headers, 'precedence') === 'list') {
    return [evidence('isList', 'precedence', 'list', 'says that it comes from a list')];
  }
  return [];
}
