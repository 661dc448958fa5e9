import { Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { type SmtpSecurity, smtpSenderPorts } from '../../../../schemas/senders/smtp.ts';
import { LoginFields } from '../fields/LoginFields.tsx';
import type { SenderFieldsProps, SenderForm } from './sender-form.ts';

const securities: readonly { value: SmtpSecurity; label: string }[] = [
  { value: 'starttls', label: 'STARTTLS (required)' },
  { value: 'tls', label: 'TLS' },
  { value: 'opportunistic', label: 'STARTTLS if offered, else in the open' },
  { value: 'none', label: 'None (this machine only)' },
];

export const smtpForm: SenderForm<'smtp'> = {
  label: 'SMTP',
  bodyOf: ({ host, port, security, ca, username, signsInBy, password, authorisation }) => ({
    type: 'smtp',
    host: host.trim(),
    port,
    security,
    ca: ca.trim(),
    username: username.trim(),
    ...(signsInBy === 'authorisation' ? { authorisation } : { authorisation: '', password }),
  }),
  fieldsOf({ smtp }) {
    if (!smtp) return {};
    const { host, port, security, ca, username, authorisation = '' } = smtp;
    const signsInBy = authorisation === '' ? 'password' : 'authorisation';
    return { host, port, security, ca: ca ?? '', username: username ?? '', signsInBy, authorisation };
  },
  whereOf: ({ smtp }) => (smtp ? `${smtp.host}:${smtp.port}` : ''),
  canTry: ({ host }) => host.trim() !== '',
  Fields: SmtpFields,
};

function SmtpFields({ form, onChange, isNew }: SenderFieldsProps) {
  const changeSecurity = (chosen: string | null) => {
    const security = securities.find(({ value }) => value === chosen)?.value;
    if (!security) return;
    // A port that nobody changed follows.
    onChange({ security, ...(form.port === smtpSenderPorts[form.security] && { port: smtpSenderPorts[security] }) });
  };
  return (
    <Stack gap="md">
      <Group align="flex-end" grow preventGrowOverflow={false}>
        <TextInput
          label="SMTP server"
          placeholder="smtp.example.com"
          required
          style={{ flex: '3 1 220px' }}
          value={form.host}
          onChange={(event) => onChange({ host: event.currentTarget.value })}
        />
        <Select
          label="Security"
          allowDeselect={false}
          style={{ flex: '2 1 200px' }}
          data={[...securities]}
          value={form.security}
          onChange={changeSecurity}
        />
        <NumberInput
          label="Port"
          required
          min={1}
          max={65_535}
          allowDecimal={false}
          maw={110}
          value={form.port}
          onChange={(port) => onChange({ port: Number(port) })}
        />
      </Group>
      <LoginFields form={form} onChange={onChange} isNew={isNew} isOptional />
    </Stack>
  );
}
