import type { OutboundMailbox } from '../../../schemas/outbound-mailbox.ts';
import type { SenderTypeName } from '../../../schemas/senders/index.ts';
import { type SmtpSecurity, smtpSenderPorts } from '../../../schemas/senders/smtp.ts';
import { defaultGraphUrl } from '../../../schemas/sources/graph.ts';

/** What stands in the fields, of every type of outbound mailbox. */
export interface OutboundForm {
  type: SenderTypeName;
  name: string;
  description: string;
  from: string;
  fromName: string;
  sendsFor: string[];
  envelopeSender: OutboundMailbox['envelopeSender'];
  bounceAddress: string;
  connections: number;
  mailsPerConnection: number;
  perSecond: number | null;
  perMinute: number | null;
  perDay: number | null;
  host: string;
  port: number;
  security: SmtpSecurity;
  ca: string;
  username: string;
  password: string;
  signsInBy: 'password' | 'authorisation';
  /** Id; empty where none is chosen. */
  authorisation: string;
  /** Microsoft Graph: the cloud. */
  baseUrl: string;
}

export const emptyOutboundForm: OutboundForm = {
  type: 'smtp',
  name: '',
  description: '',
  from: '',
  fromName: '',
  sendsFor: [],
  envelopeSender: 'nobody',
  bounceAddress: '',
  connections: 5,
  mailsPerConnection: 100,
  perSecond: null,
  perMinute: null,
  perDay: null,
  host: '',
  port: smtpSenderPorts.starttls,
  security: 'starttls',
  ca: '',
  username: '',
  password: '',
  signsInBy: 'password',
  authorisation: '',
  baseUrl: defaultGraphUrl,
};
