import {
  Alert,
  Badge,
  Button,
  Group,
  NumberInput,
  PasswordInput,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { OutboundView } from '../../../schemas/api/system.ts';
import { useOutbound, useSaveOutbound } from '../../api/settings.ts';
import { confirm } from '../../shell/confirm.tsx';
import { SaveBar } from '../../shell/form/SaveBar.tsx';
import { useForm } from '../../shell/form/useForm.ts';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { Resource } from '../../shell/Resource.tsx';
import { OutboundTest } from './OutboundTest.tsx';
import { Section } from './Section.tsx';
import { SecuritySelect } from './SecuritySelect.tsx';

const ports = { tls: 465, starttls: 587, none: 25 } as const;

export function OutboundSection() {
  const outbound = useOutbound();
  return (
    <Section
      title="Outbound mail"
      description="The server through which auto-responses leave. Without one they are captured: shown in the outbox, never sent."
    >
      <Resource query={outbound} name="The outgoing server">
        {(stored) => <Outbound stored={stored} />}
      </Resource>
    </Section>
  );
}

function Outbound({ stored }: { stored: OutboundView }) {
  const [isSettingUp, setSettingUp] = useState(false);
  if (!stored.outbound && !isSettingUp) {
    return (
      <Alert color="water" icon={<IconShieldCheck size={18} />} title="Mail is captured">
        <Stack gap="sm" align="flex-start">
          Nothing leaves this machine. Name a server when auto-responses shall really be sent.
          <Button onClick={() => setSettingUp(true)}>Set up an outgoing server</Button>
        </Stack>
      </Alert>
    );
  }
  return (
    <Stack gap="lg">
      <OutboundForm stored={stored} onCancel={() => setSettingUp(false)} />
      {stored.outbound && <OutboundTest />}
    </Stack>
  );
}

function OutboundForm({ stored, onCancel }: { stored: OutboundView; onCancel: () => void }) {
  const save = useSaveOutbound();
  const { outbound } = stored;
  const form = useForm({
    host: outbound?.host ?? '',
    port: outbound?.port ?? ports.starttls,
    security: outbound?.security ?? ('starttls' as const),
    ca: outbound?.ca ?? '',
    username: outbound?.username ?? '',
    password: '',
    from: outbound?.from ?? '',
    fromName: outbound?.fromName ?? '',
  });
  const { value, change } = form;
  const text = (name: 'host' | 'ca' | 'username' | 'from' | 'fromName' | 'password') => ({
    value: value[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { host, port, security, ...optional } = value;
    const filled = Object.fromEntries(Object.entries(optional).filter(([, entry]) => entry.trim() !== ''));
    save.mutate(
      { type: 'smtp', host: host.trim(), port, security, ...filled },
      {
        onSuccess: () => {
          form.undo();
          notifyDone('Saved: auto-responses are sent from now on');
        },
      },
    );
  };
  const askToCapture = () =>
    confirm({
      title: 'Capture again?',
      text: 'The outgoing server and its password are forgotten. Mails that wait are captured instead of sent.',
      yes: 'Capture',
      onYes: () => save.mutate(null, { onSuccess: onCancel, onError: (error) => notifyError(error) }),
    });

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {outbound && (
          <Group>
            <Badge color="green">mail is sent</Badge>
          </Group>
        )}
        <Group align="flex-end" grow preventGrowOverflow={false}>
          <TextInput
            label="SMTP server"
            required
            placeholder="smtp.example.com"
            style={{ flex: '3 1 220px' }}
            {...text('host')}
          />
          <SecuritySelect
            value={value.security}
            onChange={(security) =>
              change({ security, ...(value.port === ports[value.security] && { port: ports[security] }) })
            }
          />
          <NumberInput
            label="Port"
            required
            min={1}
            max={65_535}
            maw={110}
            value={value.port}
            onChange={(port) => change({ port: Number(port) })}
          />
        </Group>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label="User" autoComplete="off" {...text('username')} />
          <PasswordInput
            label="Password"
            autoComplete="new-password"
            placeholder={outbound?.hasPassword ? 'Stored; leave empty to keep it' : ''}
            {...text('password')}
          />
          <TextInput
            label="From address"
            placeholder="The address that the mail came to"
            type="email"
            {...text('from')}
          />
          <TextInput label="From name" maxLength={200} {...text('fromName')} />
        </SimpleGrid>
        <Textarea
          label="Private certificate authority (PEM)"
          description="Only for a server whose certificate no public authority signed"
          autosize
          minRows={2}
          maxRows={8}
          {...text('ca')}
        />
        <SaveBar save={save} isChanged={form.isChanged} onUndo={form.undo}>
          {outbound ? (
            <Button variant="subtle" color="red" onClick={askToCapture}>
              Capture again
            </Button>
          ) : (
            <Button variant="subtle" color="gray" onClick={onCancel}>
              Cancel
            </Button>
          )}
        </SaveBar>
      </Stack>
    </form>
  );
}
