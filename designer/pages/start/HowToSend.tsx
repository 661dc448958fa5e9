import { Alert, Anchor, List, Paper, Stack, Tabs, Text, Title } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { System } from '../../../schemas/api/system.ts';
import { useMay } from '../../api/session.ts';
import { CopyText } from '../../shell/CopyText.tsx';
import { TestMail } from './TestMail.tsx';

/** Three lines from nothing to a routed mail. */
export function HowToSend({ system }: { system: System }) {
  const mayHandle = useMay('handle');
  const { receiver } = system;

  return (
    <Paper p="md" radius="md">
      <Stack gap="sm">
        <Title order={2}>Send a mail</Title>
        {receiver ? (
          <>
            <List type="ordered" size="md" spacing={6}>
              <List.Item>
                Address it to <CopyText text={`support@${receiver.domains[0] ?? 'demo.test'}`} name="the address" />
              </List.Item>
              <List.Item>
                through the server <CopyText text={receiver.host} name="the host" />, port{' '}
                <CopyText text={String(receiver.port)} name="the port" />, no encryption, no password
              </List.Item>
              <List.Item>and see it arrive here. Put [URGENT] in the subject to see it overtake.</List.Item>
            </List>
            <SendExamples receiver={receiver} />
          </>
        ) : (
          <Text>
            The built-in receiver is switched off.{' '}
            <Anchor component={Link} to="/mailboxes">
              Connect a mailbox
            </Anchor>{' '}
            to let mail in.
          </Text>
        )}
        {receiver && mayHandle && <TestMail />}
        {system.outbound === 'capture' ? (
          <Alert color="water" icon={<IconShieldCheck size={18} />}>
            Nothing leaves this machine: outbound mail is captured and shown in the{' '}
            <Anchor component={Link} to="/outbox" size="sm">
              outbox
            </Anchor>{' '}
            until an outgoing server is set up.
          </Alert>
        ) : (
          <Alert color="yellow" icon={<IconShieldCheck size={18} />}>
            An outgoing server is set up: auto-responses are really sent, to the sender's address.
          </Alert>
        )}
      </Stack>
    </Paper>
  );
}

function SendExamples({ receiver }: { receiver: NonNullable<System['receiver']> }) {
  const to = `support@${receiver.domains[0] ?? 'demo.test'}`;
  const swaks = `swaks --server ${receiver.host}:${receiver.port} --from you@example.org --to ${to} --header "Subject: Hello" --body "Is anybody there?"`;
  const curl = `printf 'From: you@example.org\\nTo: ${to}\\nSubject: Hello\\n\\nIs anybody there?\\n' | curl -s smtp://${receiver.host}:${receiver.port} --mail-from you@example.org --mail-rcpt ${to} -T -`;

  return (
    <Tabs defaultValue="curl" variant="default">
      <Tabs.List>
        <Tabs.Tab value="curl">curl</Tabs.Tab>
        <Tabs.Tab value="swaks">swaks</Tabs.Tab>
        <Tabs.Tab value="client">Any mail program</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="curl" pt="xs">
        <CopyText block text={curl} name="the curl command" />
      </Tabs.Panel>
      <Tabs.Panel value="swaks" pt="xs">
        <CopyText block text={swaks} name="the swaks command" />
      </Tabs.Panel>
      <Tabs.Panel value="client" pt="xs">
        <Text size="sm">
          Add an account with any address as the sender and {receiver.host}:{receiver.port} as its outgoing (SMTP)
          server, connection security “none”, authentication “none”; then write to {to}.
        </Text>
      </Tabs.Panel>
    </Tabs>
  );
}
