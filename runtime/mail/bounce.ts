import type { Evidence } from '../../schemas/email.ts';
import { headerValue } from './headers.ts';
import { evidence, localPart, type MailFacts, reportType } from './verdict.ts';

/**
 * Is this a report that a mail could not be delivered? Warnings of a delay, receipts of success and abuse reports are not bounces.
 * A machine-readable report decides (RFC 3464); where a server writes only prose, a sender that is a mail system must
 * come together with a subject or wording of failure.
 */
export function judgeBounce(facts: MailFacts): Evidence[] {
  const status = facts.reports.find(({ type }) => type.endsWith('delivery-status'));
  if (status) return judgeStatus(status.content, facts);
  if (reportType(facts.headers) === 'feedback-report' || reportType(facts.headers) === 'disposition-notification')
    return [];
  if (reportType(facts.headers) === 'delivery-status' && /^action[ \t]*:/im.test(facts.prose)) {
    return judgeStatus(facts.prose, facts); // the report's boundaries were lost on the way
  }
  const failed = headerValue(facts.headers, 'x-failed-recipients');
  if (failed) return [evidence('isBounce', 'x-failed-recipients', failed, 'names recipients that were not reached')];
  return judgeProse(facts);
}

/** RFC 3464 2.3.3: failed, delayed, delivered, relayed, expanded. One failed recipient makes the mail a bounce. */
function judgeStatus(status: string, facts: MailFacts): Evidence[] {
  const actions = [...status.matchAll(/^action[ \t]*:[ \t]*([a-z]+)/gim)].map((match) =>
    (match[1] ?? '').toLowerCase(),
  );
  if (actions.some((action) => action.startsWith('fail'))) {
    return [evidence('isBounce', 'body', 'Action: failed', 'delivery report: a recipient was not reached')];
  }
  if (actions.length > 0) return [];
  const code = /^status[ \t]*:[ \t]*([245]\.\d{1,3}\.\d{1,3})/im.exec(status)?.[1];
  if (code?.startsWith('5'))
    return [evidence('isBounce', 'body', `Status: ${code}`, 'delivery report with a permanent failure')];
  return judgeProse(facts);
}

const systemSender =
  /^(mailer-daemon|mail-daemon|mailerdaemon|mailer|mdaemon|postmaster|mail\.?delivery.*|daemon|bounces?([-+=].*)?|root|system|smtp|mail(\.delivery\.)?system|post_?master|microsoftexchange[0-9a-f]*|no-?reply.*)$/;
const systemName =
  /mail(er)?[- ]?(delivery|daemon|system|er)|postmaster|mail administrator|delivery (sub)?system|exchange|mail router/i;
const failureSubject =
  /undeliver|non[- ]?deliver|not deliver|deliver(y|ed)?.{0,40}fail|fail(ed|ure)?.{0,40}(deliver|notice|notification)|returned (mail|to sender)|return(ed)? (mail|message)|mail (could|can)not|mail(er)? (system )?error|delivery (report|status|problem|error|notification)|unable to deliver|(message|mail).{0,20}(could not|cannot|not be)|mail fail|bounce|rejected|unzustellbar|unknown user|user unknown|未送達|配信不能|送信できません|nao entregue|não entregue|no entregado|non remis|échec/i;
const failureWording =
  /\b5\d\d[ -]\d\.\d\.\d|\b55[0-4]\b|user unknown|unknown user|no such (user|mailbox|address|recipient)|mailbox (is )?(full|unavailable|not found)|(could|can|was|were)(n't| ?not) (be )?deliver|undeliverable|delivery .{0,40}fail|permanent (fatal )?error|recipient.{0,30}(reject|unknown|not found)|address(es)? (had|failed|error)|does(n't| not) exist|over quota|quota exceeded|host (unknown|not found)|unrouteable/i;
const delayWording =
  /delay(ed)?\b|warning: (message|could not)|will (be retried|keep trying|continue)|still (being )?retr|THIS IS A WARNING MESSAGE ONLY|not yet been delivered|no action is required/i;

function judgeProse(facts: MailFacts): Evidence[] {
  const sender = localPart(facts.from.address);
  const isSystem = sender === '' || systemSender.test(sender) || systemName.test(facts.from.name);
  const isNull = facts.envelopeFrom === '';
  const isDelay = delayWording.test(facts.subject) || /warning message only/i.test(facts.prose);
  // A person's away notice can come from the null sender as well: without a system's name nothing is a bounce.
  if (!isSystem || isDelay) return [];
  const bySubject = failureSubject.exec(facts.subject)?.[0];
  const byWording = failureWording.exec(facts.prose)?.[0];
  if (bySubject && (byWording || isNull || /^(mailer-daemon|postmaster)$/.test(sender))) {
    return [evidence('isBounce', 'subject', facts.subject, `a mail system (${facts.from.address}) reports a failure`)];
  }
  if (byWording && isNull) {
    return [evidence('isBounce', 'body', byWording, `a mail system (${facts.from.address}) reports a failure`)];
  }
  return [];
}
