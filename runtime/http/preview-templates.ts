import type { Preview, PreviewBody } from '../../schemas/api/preview.ts';
import { coerceError } from '../../schemas/errors.ts';
import type { Scope } from '../../schemas/scope.ts';
import { fitVariable } from '../../schemas/variable-value.ts';
import { cleanHtml } from '../actions/clean-html.ts';
import { ownAddresses } from '../outbound/own-addresses.ts';
import type { Services } from './services.ts';
import { type TriedMail, triedMail } from './tried-mail.ts';
import { wayOf } from './try-flow.ts';

type Needed = Pick<Services, 'settings' | 'parser' | 'engine' | 'clock' | 'store' | 'cases'>;

/** A mail as many come, for looking at a template before any has. */
const sampleMail = [
  'From: Kim Sample <kim@customer.example>',
  'To: support@demo.test',
  'Subject: Where is my order 4711?',
  'Date: Mon, 05 Jan 2026 09:30:00 +0000',
  'Message-ID: <sample@customer.example>',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hello,\r\n\r\nmy order has not arrived yet. Could you have a look?\r\n\r\nKim',
].join('\r\n');

/** Templates as a run would fill them on that mail: the same parser, the same Liquid, the same cleaning. Nothing is run or kept. */
export async function previewTemplates(services: Needed, flow: string, body: PreviewBody): Promise<Preview> {
  const mail: TriedMail =
    body.mail === undefined ? { bytes: Buffer.from(sampleMail) } : await triedMail(services, flow, body.mail);
  const settings = services.settings.read();
  const email = await services.parser.parse(mail.bytes, {
    own: { addresses: [...ownAddresses(settings)], installation: settings.installation },
    ...(mail.envelope === undefined ? {} : { envelope: mail.envelope }),
  });
  const { mailbox, route } = wayOf(settings, flow, email, { mail });
  const now = new Date(services.clock.now()).toISOString();
  const receivedAt = mail.stored?.receivedAt ?? now;
  const scope: Scope = {
    email,
    interaction: { id: mail.stored?.id ?? '01SAMPLE0000000000000000', email, priority: 0, receivedAt },
    flow: valuesOf(body.variables ?? []),
    route,
    mailbox,
    system: { now },
  };
  const rendered = body.templates.map(async ({ source, form }) => {
    try {
      const text = services.engine.expressions.render(source, scope, form);
      return { text: form === 'html' ? await cleanHtml(text) : text };
    } catch (thrown) {
      return { error: coerceError(thrown).message };
    }
  });
  return { mail: { subject: email.subject, from: email.from.address }, items: await Promise.all(rendered) };
}

function valuesOf(variables: NonNullable<PreviewBody['variables']>): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null);
  for (const { name, type, initial } of variables) {
    const fitted = fitVariable(type, initial);
    // What does not fit is an issue of the flow; a preview shows the rest all the same.
    values[name] = fitted.ok ? fitted.value : null;
  }
  return values;
}
