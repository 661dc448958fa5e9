import type { SettingsOf } from '../../schemas/actions/index.ts';
import type { Email } from '../../schemas/email.ts';
import type { Executor, ExecutorContext, StepResult } from '../engine/ports.ts';
import { cleanHtml } from './clean-html.ts';

/** RFC 5322 allows a line of 998 characters; a subject beyond a third of that is nobody's intention. */
const maxSubjectLength = 300;

/**
 * Asks for an answer to the sender, and to no other address that a mail could name. Whether it leaves is decided by the send
 * guard; what is already known here (the mail must not be answered) is recorded at once.
 */
export const answerSender: Executor<'auto-response'> = (settings, context) => {
  const { html } = settings;
  if (html === undefined) return answer(settings, context);
  const rendered = context.expressions.render(html, context.scope, 'html');
  return cleanHtml(rendered).then((clean) => answer(settings, context, clean));
};

function answer(
  { subject, body, from }: SettingsOf<'auto-response'>,
  { action: { action }, expressions, scope }: ExecutorContext,
  html?: string,
): StepResult<'done'> {
  const { email } = scope;
  const reason = reasonAgainst(email);
  return {
    outcome: 'done',
    effects: [
      {
        type: 'auto-response',
        action,
        to: email.from.address,
        subject: oneLine(expressions.render(subject, scope)),
        body: expressions.render(body, scope),
        ...(html === undefined ? {} : { html }),
        ...(from === undefined ? {} : { from }),
        allowed: reason === '',
        reason,
      },
    ],
    ...(reason === '' ? {} : { detail: { reason } }),
  };
}

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
