import type { Effect, Run, Step } from '../../schemas/run.ts';
import type { ParsedMail } from '../mail/parsed-mail.ts';

/** A run of a few hundred steps takes some 100 kB. Beyond a megabyte a page could not show it, and a looping flow would fill the disk. */
const maxRunBytes = 1_000_000;
const keptSteps = 200;
/** Of each answer, where all of them together are too long: the whole text stands in the outbox. */
const keptBodyCharacters = 10_000;

/** Half a million characters of text: more is read in the source, which is kept whole. */
const maxBodyCharacters = 500_000;

/** The run without its effects, as JSON of at most about a megabyte: details go first, then the steps in the middle. */
export function runJson(run: Run): string {
  const { effects: _, ...rest } = run;
  const whole = JSON.stringify(rest);
  if (whole.length <= maxRunBytes) return whole;
  const steps = run.steps.length <= 2 * keptSteps ? run.steps.map(bare) : ends(run.steps);
  const shorter = JSON.stringify({ ...rest, steps });
  if (shorter.length <= maxRunBytes) return shorter;
  // What is left then are values that the flow itself made huge.
  return JSON.stringify({ ...rest, steps: steps.map(bare), variables: {} });
}

/** The JSON of a whole run: what `runJson` gave, and the effects as the guard left them. */
export function withEffects(run: string, effects: readonly Effect[]): string {
  const whole = JSON.stringify(effects);
  const kept =
    whole.length <= maxRunBytes
      ? whole
      : JSON.stringify(
          effects.map(({ html: _, ...effect }) => ({ ...effect, body: effect.body.slice(0, keptBodyCharacters) })),
        );
  return `${run.slice(0, -1)},"effects":${kept}}`;
}

/** The email as JSON, its bodies cut for showing. */
export function emailJson({ email, json }: ParsedMail): string {
  if (email.text.length <= maxBodyCharacters && email.html.length <= maxBodyCharacters) return json;
  return JSON.stringify({
    ...email,
    text: email.text.slice(0, maxBodyCharacters),
    html: email.html.slice(0, maxBodyCharacters),
    replyText: email.replyText.slice(0, maxBodyCharacters),
  });
}

function bare(step: Step): Step {
  return { ...step, detail: {} };
}

function ends(steps: readonly Step[]): Step[] {
  const first = steps.slice(0, keptSteps).map(bare);
  const last = steps.slice(-keptSteps).map(bare);
  const left = steps.length - first.length - last.length;
  const seam = last[0];
  if (seam !== undefined) last[0] = { ...seam, detail: { reason: `${left} steps before this one are not kept` } };
  return [...first, ...last];
}
