import type { Evidence } from '../../schemas/email.ts';
import { headerValue } from './headers.ts';
import { evidence, keyword, type MailFacts, reportType } from './verdict.ts';

/** Headers that only answering machines write; a value of "no" or "0" takes it back. */
const machineHeaders = [
  'x-autoreply',
  'x-auto-reply',
  'x-autorespond',
  'x-autoresponder',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-vacation',
];

/**
 * Subjects that mail programs themselves put before the original subject. Nobody types them, so they count alone; a person's answer to
 * one begins with "Re:" and does not match.
 */
const writtenByPrograms: readonly [string, RegExp][] = [
  ['English', /^(automatic reply|auto(matic)?[- ]?(reply|response|answer)|out of office auto-?reply) ?:/i],
  ['German', /^(automatische (antwort|beantwortung)|abwesenheits(notiz|meldung|nachricht|benachrichtigung)) ?:/i],
  ['French', /^(réponse automatique|message d'absence|notification d'absence) ?:/i],
  ['Spanish', /^respuesta autom[aá]tica ?:/i],
  ['Portuguese', /^resposta autom[aá]tica ?:/i],
  ['Italian', /^(risposta automatica|fuori (sede|ufficio)) ?:/i],
  ['Dutch', /^(automatisch antwoord|afwezigheidsbericht) ?:/i],
  ['Swedish', /^(autosvar|automatiskt svar|frånvaromeddelande) ?:/i],
  ['Danish, Norwegian', /^(automatisk svar|autosvar|fravær(sbesked|smelding)?) ?:/i],
  ['Finnish', /^automaattinen vastaus ?:/i],
  ['Polish', /^(odpowied[zź] automatyczna|automatyczna odpowied[zź]) ?:/i],
  ['Czech, Slovak', /^automatick[áa] odpove[ďd] ?:|^automatická odpověď ?:/i],
  ['Hungarian', /^automatikus válasz ?:/i],
  ['Russian', /^автоматический ответ ?:|^автоответ ?:/i],
  ['Turkish', /^otomatik (yanıt|cevap) ?:/i],
  ['Japanese', /^(自動応答|自動返信) ?[:：]/],
  ['Chinese', /^(自动答复|自动回复|自動回覆) ?[:：]/],
  ['Korean', /^자동 ?(회신|응답) ?[:：]/],
];

/** Subjects that people write too ("Out of office next week?"): they need a second sign. */
const alsoWrittenByPeople =
  /^(re: ?|aw: ?)?\W{0,3}(out of( the)? office|ooo\b|on vacation|vacation (reply|notice|message)|away (from|until|message)|i am (away|out)|abwesen(d|heit)|(bin )?im urlaub|nicht im (büro|haus)|absence|absent|en vacances|hors du bureau|fuera de (la )?oficina|ausencia|vacaciones|fora do escrit[oó]rio|ausência|de férias|fuori (sede|ufficio)|assenza|afwezig|niet aanwezig|semester|frånvar|ferie|fravær|lomalla|poissa|nieobecno|urlop|mimo kancelář|dovolen|szabadság|отпуск|не в офисе|izinde|不在|休暇|外出|休假|부재)/iu;

/**
 * Did a machine write this as an answer, so that a flow may disconnect it? Signs that only ask not to be answered
 * (X-Auto-Response-Suppress, Precedence: bulk, List-*) say nothing here: an invoice from a no-reply system is not an automatic reply.
 */
export function judgeAutoReply(facts: MailFacts, isBounce: boolean): Evidence[] {
  const found = [...bySubmission(facts), ...byMachineHeader(facts), ...byReport(facts, isBounce)];
  return found.length > 0 ? found : bySubject(facts);
}

/** RFC 3834 section 5: every value but "no" means that no person pressed the button. */
function bySubmission({ headers }: MailFacts): Evidence[] {
  const submitted = keyword(headers, 'auto-submitted');
  if (submitted === '' || submitted === 'no') return [];
  const value = headerValue(headers, 'auto-submitted');
  return [evidence('isAutoReply', 'auto-submitted', value, 'says that no person sent this (RFC 3834)')];
}

function byMachineHeader({ headers }: MailFacts): Evidence[] {
  const found: Evidence[] = [];
  for (const header of machineHeaders) {
    const value = headerValue(headers, header);
    if (value !== '' && !/^(no|false|0|none)$/i.test(value)) {
      found.push(evidence('isAutoReply', header, value, 'is written by answering machines only'));
    }
  }
  if (keyword(headers, 'precedence') === 'auto_reply') {
    found.push(evidence('isAutoReply', 'precedence', 'auto_reply', 'says that this is an automatic reply'));
  }
  const messageClass = headerValue(headers, 'x-post-messageclass');
  if (/autoresponder/i.test(messageClass)) {
    found.push(evidence('isAutoReply', 'x-post-messageclass', messageClass, 'says that this is an automatic reply'));
  }
  return found;
}

/** Delivery reports and read receipts answer a mail of ours by themselves. Abuse reports do not: a person must see them. */
function byReport({ headers, reports }: MailFacts, isBounce: boolean): Evidence[] {
  const type = reportType(headers);
  const isReport = type === 'delivery-status' || type === 'disposition-notification';
  if (isReport || reports.some((report) => report.type.endsWith('delivery-status'))) {
    const value = headerValue(headers, 'content-type');
    return [evidence('isAutoReply', 'content-type', value, 'is a report that a mail system wrote')];
  }
  return isBounce ? [evidence('isAutoReply', 'subject', headerValue(headers, 'subject'), 'is a bounce')] : [];
}

function bySubject(facts: MailFacts): Evidence[] {
  const subject = facts.subject.trim();
  const language = writtenByPrograms.find(([, pattern]) => pattern.test(subject))?.[0];
  if (language) {
    return [
      evidence('isAutoReply', 'subject', subject, `begins as mail programs begin automatic replies (${language})`),
    ];
  }
  const sign = alsoWrittenByPeople.test(subject) ? supportingSign(facts) : undefined;
  return sign ? [evidence('isAutoReply', 'subject', subject, `speaks of absence, and ${sign}`)] : [];
}

function supportingSign({ headers, envelopeFrom }: MailFacts): string | undefined {
  if (envelopeFrom === '') return 'its sender is the null sender';
  const suppress = headerValue(headers, 'x-auto-response-suppress');
  if (/\b(all|oof|autoreply)\b/i.test(suppress)) return `X-Auto-Response-Suppress is ${suppress.slice(0, 40)}`;
  if (/^(bulk|junk)$/.test(keyword(headers, 'precedence'))) return 'Precedence says that nobody waits for an answer';
  if (headerValue(headers, 'x-ms-exchange-inbox-rules-loop')) return 'a rule of an Exchange mailbox sent it';
  return undefined;
}
