import type { Case } from '../../schemas/case.ts';
import { OperationalError } from '../../schemas/errors.ts';
import type { HttpPort } from '../engine/ports.ts';

/** Services answer as the case says; a call that it does not foresee fails like one to a service that is away. */
export function caseAnswers({ answers = [] }: Pick<Case, 'answers'>): HttpPort {
  return async ({ url }) => {
    const answer = answers.find((each) => withoutQuery(each.url) === withoutQuery(url));
    if (answer === undefined) throw new OperationalError('http-failed', `The case gives no answer for ${url}.`);
    if ('fails' in answer) {
      const isTimeout = answer.fails === 'timeout';
      const words = isTimeout ? 'did not answer in time' : 'gave no answer';
      throw new OperationalError(isTimeout ? 'http-timeout' : 'http-failed', `As the case says, ${url} ${words}.`);
    }
    const headers = { 'content-type': 'application/json' };
    return { status: answer.status, headers, body: answer.text ?? JSON.stringify(answer.body ?? null) };
  };
}

/** Keys and page numbers in a query change from day to day. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, '');
}
