/**
 * What the sender wrote now, without the mail it answers and without the signature. Works line by line with patterns that look at one
 * bounded line each, so that a hostile text costs no more than its length. A display aid: where nothing is recognised, all stays.
 */
export function readReply(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const kept: string[] = [];
  let at = 0;
  let inSignature = false;
  while (at < lines.length) {
    const line = patternView(lines[at] ?? '');
    if (line.startsWith('>')) {
      // What follows a quotation is written by the sender again.
      inSignature = false;
      at += 1;
      continue;
    }
    const introduction = introductionLines(lines, at);
    if (introduction > 0) {
      if (!isQuotedFrom(lines, at + introduction)) break;
      inSignature = false;
      at += introduction;
      continue;
    }
    if (isForwardHeader(lines, at)) break;
    if (signatureSeparator.test(line)) inSignature = true;
    if (!inSignature && !deviceSignature.test(line)) kept.push(lines[at] ?? '');
    at += 1;
  }
  return tidy(kept);
}

/** Lines are looked at up to here: an introduction or a signature is never longer. */
const maxLineChars = 400;
/** An introduction is wrapped over so many lines at most. */
const maxIntroductionLines = 5;

function patternView(line: string): string {
  return line.slice(0, maxLineChars).trimEnd();
}

/** How an introduction begins ("On Monday, ...", "Am 1.2. schrieb ...", a date, a name with an address) ... */
const introductionStart =
  /^[\s*-]*(on|le|el|il|em|am|op|den|pe|w dniu|dnia|dne|ср|on\s|a\(z\)|în|pada|vào|в|in data|20\d\d[-/.年 ]|\d{1,2}[./:-]\d{1,2}|\d{1,2}\.? \p{L}{3,}|\p{L}{2,4}[.,] |在|.{1,120}<[^<>]+@[^<>]+>|.{1,80} (on|schrieb am|wrote|a écrit|skrev) )/iu;
/** ... and how it ends. */
const introductionEnd =
  /(\b(wrote|writes|schrieb|geschrieben|scritto|escribió|escreveu|schreef|geschreven|skrev|kirjoitti|pisze|napisał|napisał\(a\)|napsal|napsal\(a\)|napísal|írta|a scris|menulis|yazdı|написал|написал\(а\)|пише|написав)|a écrit|ha scritto|napisał\(a\)|написа|写道|のメッセージ|wrote|작성)[^\p{L}]{0,3}[:：][\s*-]*$|schrieb .{1,200}:$|schreef .{1,200}:$|skrev .{1,200}:$|kirjoitti .{1,200}:$|napsal.{1,200}:$|<[^<>]+@[^<>]+>"?\s*:$|\[[^[\]]+@[^[\]]+\]\s*:$|^.*\b(19|20)\d\d\b.*\bfrom\b.*<.+>:$|(wrote|schrieb|a écrit|escribió|scritto|escreveu|skrev|schreef) ?:?-*$/iu;

/** The last characters of every form of introductionEnd: a look at one character saves most lines the patterns. */
const closingChars = new Set(':：-*ebtóouvf');

function closesWithin(lines: readonly string[], at: number): boolean {
  const end = Math.min(lines.length, at + maxIntroductionLines);
  for (let index = at; index < end; index += 1) {
    const line = patternView(lines[index] ?? '');
    if (closingChars.has(line.charAt(line.length - 1).toLowerCase())) return true;
  }
  return false;
}

/** The number of lines that introduce a quotation here, 0 if none do. */
function introductionLines(lines: readonly string[], at: number): number {
  if (!closesWithin(lines, at)) return 0;
  if (!introductionStart.test(patternView(lines[at] ?? ''))) return 0;
  let joined = '';
  for (let count = 1; count <= maxIntroductionLines; count += 1) {
    const line = lines[at + count - 1];
    // A line of only ">:" is the end of a wrapped address, not a quotation.
    if (line === undefined || line.trim() === '' || (line.startsWith('>') && !/^>\s*:\s*$/.test(line))) return 0;
    joined = `${joined} ${patternView(line).trim()}`.trim();
    if (introductionEnd.test(joined)) return count;
    if (joined.length > maxLineChars) return 0;
  }
  return 0;
}

function isQuotedFrom(lines: readonly string[], from: number): boolean {
  return (
    lines
      .slice(from, from + 5)
      .find((line) => line.trim() !== '')
      ?.startsWith('>') ?? false
  );
}

const forwardMark =
  /^[\s>]*[-_]{1,40} ?(original message|oprindelig besked|message d'origine|message transféré|ursprüngliche nachricht|weitergeleitete nachricht|forwarded message|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|ursprungligt meddelande|alkuperäinen viesti|wiadomość oryginalna|исходное сообщение|original-nachricht) ?[-_]{0,40}\s*$/i;
const fromField =
  /^[\s*]*(from|von|de|van|da|fra|från|lähettäjä|od|от|от кого|发件人|差出人|보낸 사람|kimden)\s?[:：]\*?\s?\S/i;
const otherField =
  /^[\s*]*(sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado|enviada|para|asunto|assunto|inviato|data|a|oggetto|verzonden|aan|onderwerp|sendt|til|emne|skickat|till|ämne|lähetetty|vastaanottaja|aihe|wysłano|do|temat|отправлено|кому|тема|дата|发送时间|收件人|主题|送信日時|宛先|件名|보낸 날짜|받는 사람|제목|gönderildi|kime|konu|cc)\s?[:：]/i;

/** Outlook and others put a header block, not marks, before the old mail: everything below belongs to it. */
function isForwardHeader(lines: readonly string[], at: number): boolean {
  const line = patternView(lines[at] ?? '');
  if (forwardMark.test(line)) return true;
  if (/^[\s*]*_{10,}\s*$/.test(line)) return fromField.test(patternView(nextFilled(lines, at + 1)));
  if (!/[:：]/.test(line) || !fromField.test(line)) return false;
  if (/[<[(][^<>[\]()]+@[^<>[\]()]+[>\])]/.test(line)) return true;
  return lines.slice(at + 1, at + 5).some((next) => otherField.test(patternView(next)));
}

function nextFilled(lines: readonly string[], from: number): string {
  return lines.slice(from, from + 3).find((line) => line.trim() !== '') ?? '';
}

/** RFC 3676 4.3: two hyphens and a blank; many programs leave the blank out, or draw another line. */
const signatureSeparator = /^(\s*-{2,4}|\s*_{2,4}|\+{2,4}|={2,4}|_{32})\s*$/;
const deviceSignature =
  /^\s*(sent (from|via|with) .{2,60}|get outlook for .{2,60}|von .{2,60} gesendet|gesendet (von|mit) .{2,60}|envoyé (depuis|de mon|à partir de) .{2,60}|télécharger outlook pour .{2,60}|enviado desde .{2,60}|enviado do meu .{2,60}|inviato da .{2,60}|verzonden vanaf .{2,80}|verstuurd vanaf .{2,80}|sendt fra .{2,60}|skickat från .{2,60}|lähetetty .{2,40}|wysłane z .{2,60}|отправлено (с|из) .{2,60})$/i;

function tidy(lines: readonly string[]): string {
  const text = lines.join('\n');
  return text.replace(/\n{3,}/g, '\n\n').trim();
}
