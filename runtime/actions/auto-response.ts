import type { Email } from '../../schemas/email.ts';
import type { Executor } from '../engine/ports.ts';

/** RFC 5322 allows a line of 998 characters; a subject beyond a third of that is nobody's intention. */
const maxSubjectLength = 300;

/**
 * Asks for an answer to the sender, and to no other address that a mail could name. Whether it leaves is decided by the send
 * guard; what is already known here (the mail must not be answered) is recorded at once.
 */
export const answerSender: Executor<'auto-response'> = ({ subject, body }, { actionId, expressions, scope }) => {
  const { email } = scope;
  const reason = reasonAgainst(email);
  return {
    outcome: 'done',
    effects: [
      {
        type: 'auto-response',
        action: actionId,
        to: email.from.address,
        subject: oneLine(expressions.render(subject, scope)),
        body: expressions.render(body, scope),
        allowed: reason === '',
        reason,
      },
    ],
    ...(reason === '' ? {} : { detail: { reason } }),
  };
};

/** Empty if the mail may be answered. */
function reasonAgainst({ from, mayAutoRespond, evidence }: Email): string {
  if (!mayAutoRespond) {
    const word = evidence.find(({ verdict }) => verdict === 'mayAutoRespond') ?? evidence[0];
    return word?.reason ?? 'This mail must not be answered automatically';
  }
  return from.address === '' ? 'The mail names no sender' : '';
}

/** Line ends in a subject would begin new headers. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const line = text.replace(/[\s\u0000-\u001f\u007f\u0085]+/g, ' ').trim();
  return Array.from(line).slice(0, maxSubjectLength).join('');
}
