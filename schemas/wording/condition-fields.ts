import { pathOfVariable, type Variable } from '../variable.ts';

export type ValueKind = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'other';

/** Something a condition can ask about, in the words that the person picks it by. */
export interface ConditionField {
  /** What the builder's rule names: the path, or `path[].item` for any item of a list, or `header`. */
  id: string;
  label: string;
  /** The label turned around, where "not" before it is no English. */
  negated?: string;
  group: string;
  kind: ValueKind;
  /** Texts that it is likely compared with; anything else can be typed. */
  suggestions?: readonly string[] | 'mailbox-names' | 'mailbox-addresses';
  from:
    | { type: 'path'; path: string }
    | { type: 'items'; path: string; item: string }
    /** A header that the rule names itself. */
    | { type: 'header' };
}

const headerField: ConditionField = {
  id: 'header',
  label: 'header',
  group: 'Mail',
  kind: 'text',
  from: { type: 'header' },
};

const mail = 'Mail';
const people = 'People';
const verdicts = 'Verdicts';
const results = ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror'];

const fixedFields: readonly ConditionField[] = [
  atPath('email.subject', 'subject', mail, 'text'),
  atPath('email.replyText', 'text without quotes', mail, 'text'),
  atPath('email.text', 'whole text', mail, 'text'),
  atPath('email.preview', 'preview', mail, 'text'),
  headerField,
  {
    ...atPath('email.language', 'language', mail, 'text'),
    suggestions: ['de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt'],
  },
  atPath('email.size', 'size in bytes', mail, 'number'),
  atPath('email.date', 'date sent', mail, 'date'),
  atPath('email.messageId', 'message id', mail, 'text'),
  atPath('email.inReplyTo', 'in reply to', mail, 'text'),
  atPath('email.attachments.length', 'number of attachments', mail, 'number'),
  inItems('email.attachments', 'name', 'an attachment’s name', mail),
  inItems('email.attachments', 'type', 'an attachment’s type', mail),
  atPath('email.from.address', 'sender address', people, 'text'),
  atPath('email.from.domain', 'sender domain', people, 'text'),
  atPath('email.from.name', 'sender name', people, 'text'),
  inItems('email.to', 'address', 'a To address', people),
  inItems('email.to', 'domain', 'a To domain', people),
  inItems('email.cc', 'address', 'a Cc address', people),
  inItems('email.replyTo', 'address', 'a Reply-To address', people),
  atPath('route.address', 'address it came to', people, 'text'),
  { ...atPath('mailbox.name', 'mailbox name', people, 'text'), suggestions: 'mailbox-names' },
  { ...atPath('mailbox.address', 'mailbox address', people, 'text'), suggestions: 'mailbox-addresses' },
  {
    ...atPath('email.isAutoReply', 'is an automatic reply', verdicts, 'boolean'),
    negated: 'is not an automatic reply',
  },
  { ...atPath('email.isBounce', 'is a delivery report', verdicts, 'boolean'), negated: 'is not a delivery report' },
  {
    ...atPath('email.isList', 'comes from a mailing list', verdicts, 'boolean'),
    negated: 'does not come from a mailing list',
  },
  {
    ...atPath('email.mayAutoRespond', 'may be answered automatically', verdicts, 'boolean'),
    negated: 'may not be answered automatically',
  },
  { ...atPath('email.authentication.spf', 'SPF result', verdicts, 'text'), suggestions: results },
  { ...atPath('email.authentication.dkim', 'DKIM result', verdicts, 'text'), suggestions: results },
  { ...atPath('email.authentication.dmarc', 'DMARC result', verdicts, 'text'), suggestions: results },
  {
    ...atPath('email.authentication.sender', 'proof of the sender', verdicts, 'text'),
    suggestions: ['proved', 'unproved', 'forged', 'unknown'],
  },
  atPath('interaction.priority', 'priority so far', 'Run', 'number'),
  atPath('system.now', 'time of the run', 'Run', 'date'),
];

/** What templates can take and conditions do not ask about, or ask about item by item. */
const otherLabels: Readonly<Record<string, string>> = {
  'interaction.id': 'reference',
  'interaction.receivedAt': 'time it came in',
  'email.to': 'To addresses',
  'email.cc': 'Cc addresses',
  'email.replyTo': 'Reply-To addresses',
  'email.references': 'references',
  'email.headers': 'all headers',
  'email.html': 'HTML of the mail',
  'email.attachments': 'attachments',
  'email.evidence': 'evidence of the verdicts',
  'route.id': 'route',
  'mailbox.id': 'mailbox id',
};

const kindOfVariable: Record<Variable['type'], ValueKind> = {
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  list: 'list',
  json: 'other',
};

/** All that a condition of a flow with these variables can ask about. */
export function conditionFields(variables: readonly Variable[] = []): readonly ConditionField[] {
  return [
    ...fixedFields,
    ...variables.map((variable) =>
      atPath(pathOfVariable(variable.name), variable.name, 'Variables', kindOfVariable[variable.type] ?? 'other'),
    ),
  ];
}

/** That what the path holds is not so, in words. */
export function negationOfPath(path: string): string {
  return fixedFields.find((field) => field.id === path)?.negated ?? `not ${labelOfPath(path)}`;
}

/** A scope path in the words of the fields; the path itself where there are none. */
export function labelOfPath(path: string): string {
  if (path.startsWith('flow.')) return path.slice('flow.'.length);
  // `interaction.email` is the same mail.
  const plain = path.startsWith('interaction.email.') ? path.slice('interaction.'.length) : path;
  return fixedFields.find((field) => field.id === plain)?.label ?? otherLabels[plain] ?? path;
}

/** True for the mail's and the run's own dates. */
export function isDatePath(path: string): boolean {
  return fixedFields.some((field) => field.id === path && field.kind === 'date');
}

function atPath(path: string, label: string, group: string, kind: ValueKind): ConditionField {
  return { id: path, label, group, kind, from: { type: 'path', path } };
}

function inItems(path: string, item: string, label: string, group: string): ConditionField {
  return { id: `${path}[].${item}`, label, group, kind: 'text', from: { type: 'items', path, item } };
}
