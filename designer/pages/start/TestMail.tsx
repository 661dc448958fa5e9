import { Button, Group, Text } from '@mantine/core';
import { IconAlarm, IconRobot, IconSend } from '@tabler/icons-react';
import type { TestMailBody } from '../../../schemas/api/system.ts';
import { useSendTestMail } from '../../api/system.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';

/** Three real mails through the real receiver, one per branch of the sample flow. */
export function TestMail() {
  const send = useSendTestMail();
  const variants: readonly { label: string; icon: typeof IconSend; body: TestMailBody }[] = [
    { label: 'Send a test mail', icon: IconSend, body: {} },
    {
      label: 'An urgent one',
      icon: IconAlarm,
      body: { subject: '[URGENT] Nobody can sign in', text: 'Since this morning nobody here can sign in.' },
    },
    {
      label: 'An automatic reply',
      icon: IconRobot,
      body: {
        subject: 'Out of office: Re: your message',
        text: 'I am away until Monday and read no mail.',
        automaticReply: true,
      },
    },
  ];

  return (
    <>
      <Group gap="xs">
        {variants.map(({ label, icon: Icon, body }, i) => (
          <Button
            key={label}
            variant={i === 0 ? 'filled' : 'default'}
            leftSection={<Icon size={16} />}
            loading={send.isPending && send.variables.subject === body.subject}
            disabled={send.isPending}
            onClick={() => send.mutate(body)}
          >
            {label}
          </Button>
        ))}
      </Group>
      <Text size="sm" c="var(--sluice-muted)" role="status" mih="1.2em">
        {send.data && `The receiver took it for ${send.data.to}: ${send.data.response}`}
      </Text>
      {send.error && <ErrorNote error={send.error} title="The test mail was not sent" />}
    </>
  );
}
