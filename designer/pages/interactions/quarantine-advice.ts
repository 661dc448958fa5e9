import { reasonWords } from '../../shell/reason-words.ts';

/** What a person can do about a mail in quarantine, by the stable code that its reason begins with. */
const advice: Readonly<Record<string, string>> = {
  'mail-too-deep':
    'It nests parts in parts without end, which honest mail programs do not do. Look at its source; if somebody wants an answer, read it as plain text.',
  'mail-too-many-parts':
    'It has more parts than any letter. Look at its source; read it as plain text if there is something to answer.',
  'mail-headers-too-large':
    'Its header is larger than any way through the internet makes it. Reading it as plain text keeps the first part of the header.',
  'mail-unparsable': 'Its structure is broken. Read it as plain text: nothing of what it says is lost.',
  'mail-too-large':
    'It is larger than what is read as a whole. Route it by hand; whoever takes it can download the source.',
  'parse-timeout':
    'Reading it took longer than one mail may take. Try again if the machine was busy; else read it as plain text.',
  'parser-crashed': 'Reading it needed more memory than one mail may take. Read it as plain text, or route it by hand.',
  'not-handed-over': 'Its server gave only the head of it. Fetch the rest, or route it by hand.',
};

const otherwise = 'Try it again once the cause is mended, or route it by hand: nothing is lost meanwhile.';

/** Why a mail is in quarantine, in words, and what can be done about it. */
export function quarantineWords(reason: string): { why: string; advice: string } {
  const code = /^[a-z-]+(?=:)/.exec(reason)?.[0] ?? '';
  const known = Object.hasOwn(advice, code) ? advice[code] : undefined;
  const words = reasonWords(reason);
  // What a known reason goes on to say is said better, and at more length, by the advice.
  return known === undefined
    ? { why: words, advice: otherwise }
    : { why: /^.*?\.(?=\s|$)/s.exec(words)?.[0] ?? words, advice: known };
}
