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
  'stopped-the-server':
    'It is not tried again by itself, since it may stop the server once more: read it as plain text, or route it by hand. The log of the server tells what an administrator needs.',
  'not-handed-over': 'Its server gave only the head of it. Fetch the rest, or route it by hand.',
};

/** The same of a mail that is held. */
const heldAdvice: Readonly<Record<string, string>> = {
  'stranger-reply': 'Read it, and release it if it belongs there: its flow runs then. Else split it off.',
  'awaits-confirmation': 'It goes on by itself once the sender confirms. Let it through if you know who wrote.',
};

const heldOtherwise = 'It goes on once its route or flow is mended and it is tried again; or route it by hand.';

const otherwise = 'Try it again once the cause is mended, or route it by hand: nothing is lost meanwhile.';

interface WaitingWords {
  why: string;
  advice: string;
}

/** Why a mail is held, in words, and what lets it go on. */
export function heldWords(reason: string): WaitingWords {
  return wordsOf(reason, heldAdvice, heldOtherwise);
}

/** Why a mail is in quarantine, in words, and what can be done about it. */
export function quarantineWords(reason: string): WaitingWords {
  return wordsOf(reason, advice, otherwise);
}

function wordsOf(reason: string, known: Readonly<Record<string, string>>, unknown: string): WaitingWords {
  const code = /^[a-z-]+(?=:)/.exec(reason)?.[0] ?? '';
  const told = Object.hasOwn(known, code) ? known[code] : undefined;
  const words = reasonWords(reason);
  // What a known reason goes on to say is said better, and at more length, by the advice.
  return told === undefined
    ? { why: words, advice: unknown }
    : { why: /^.*?\.(?=\s|$)/s.exec(words)?.[0] ?? words, advice: told };
}
