import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { OutboundMailboxView } from '../../../schemas/api/outbound-mailboxes.ts';
import { useTestOutbound } from '../../api/outbound-mailboxes.ts';
import { useUser } from '../../api/session.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';

/** Sends one mail through what is saved, and says what the server answered. */
export function OutboundTest({ mailbox }: { mailbox: Pick<OutboundMailboxView, 'id'> }) {
  const test = useTestOutbound(mailbox.id);
  const [to, setTo] = useState(useUser().email);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // As a dialog it may stand inside another form, as React sees it.
    event.stopPropagation();
    test.mutate({ to: to.trim() });
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group align="flex-end" gap="xs">
          <TextInput
            label="Send a test mail to"
            type="email"
            required
            w={280}
            data-autofocus
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" leftSection={<IconSend size={16} />} loading={test.isPending}>
            Send
          </Button>
        </Group>
        {test.data && (
          <Alert color={test.data.state === 'sent' ? 'green' : 'red'} title={test.data.state} role="status">
            {test.data.detail}
          </Alert>
        )}
        {test.error && <ErrorNote error={test.error} title="Not sent" />}
      </Stack>
    </form>
  );
}
