import nodemailer from 'nodemailer';
import { testMailBodySchema, testMailResultSchema } from '../../../schemas/api/system.ts';
import { receivedDomains } from '../../../schemas/domain.ts';
import { coerceError, OperationalError, UserError } from '../../../schemas/errors.ts';
import { routingTable } from '../../../schemas/routing/table.ts';
import type { Settings } from '../../../schemas/settings.ts';
import { agents } from '../access.ts';
import { route } from '../route.ts';

const timeoutMs = 15_000;

const defaultText = `Hello,

I ordered last week and the parcel has not arrived. Can you tell me where it is?

Kind regards
Vera Visitor`;

export const testMailRoutes = [
  route({
    method: 'post',
    path: '/api/test-mail',
    summary: 'Send a real mail through the built-in receiver',
    access: agents,
    body: testMailBodySchema,
    response: testMailResultSchema,
    async handler({ body, services }) {
      const receiver = services.receiver();
      if (receiver === null) {
        throw new UserError('no-receiver', 'The built-in receiver is off (SLUICE_SMTP_PORT is 0).', { status: 409 });
      }
      const to = body.to ?? defaultRecipient(services.settings.read());
      const from = body.from ?? 'vera.visitor@example.com';
      const transport = nodemailer.createTransport({
        // It may listen on every address; it is reached on this machine all the same.
        host: ['0.0.0.0', '::'].includes(receiver.host) ? '127.0.0.1' : receiver.host,
        port: receiver.port,
        secure: false,
        ignoreTLS: true,
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        const result = await transport.sendMail({
          from: { address: from, name: body.from === undefined ? 'Vera Visitor' : '' },
          to: { address: to, name: '' },
          subject: body.subject ?? 'Where is my parcel?',
          text: body.text ?? defaultText,
          ...(body.automaticReply === true ? { headers: { 'Auto-Submitted': 'auto-replied' } } : {}),
        });
        return { messageId: result.messageId.replace(/^<|>$/g, ''), to, response: result.response };
      } catch (thrown) {
        throw translated(thrown, to);
      } finally {
        transport.close();
      }
    },
  }),
];

function defaultRecipient(settings: Settings): string {
  const domains = receivedDomains(settings);
  const exact = routingTable(settings.routes).rules.find(
    ({ pattern }) => pattern.exact !== null && domains.some((domain) => pattern.exact?.endsWith(`@${domain}`)),
  );
  return exact?.pattern.exact ?? `support@${domains[0] ?? 'demo.test'}`;
}

/** nodemailer's errors carry the server's answer, if it gave one. */
function translated(thrown: unknown, to: string): Error {
  const error = coerceError(thrown);
  const status: unknown = Reflect.get(error, 'responseCode');
  const code: unknown = Reflect.get(error, 'code');
  if (typeof status === 'number' && status >= 500) {
    const message = `The receiver refused the mail to ${to}: ${error.message}`;
    return new UserError('test-mail-refused', message, { status: 422, cause: error });
  }
  if (code === 'EENVELOPE')
    return new UserError('test-mail-refused', `${error.message}.`, { status: 422, cause: error });
  const message = `The built-in receiver did not take the mail: ${error.message}. Try again in a moment.`;
  return new OperationalError('receiver-unreachable', message, { cause: error });
}
