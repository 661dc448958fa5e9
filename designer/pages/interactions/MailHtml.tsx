import { Group, Stack, Text } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useMemo } from 'react';
import { cleanMailHtml } from './clean-mail-html.ts';
import classes from './MailPanel.module.css';

export function MailHtml({ html }: { html: string }) {
  const { document, blocked } = useMemo(() => cleanMailHtml(html), [html]);
  return (
    <Stack gap="xs">
      <Group gap={6} wrap="nowrap" c="var(--sluice-muted)">
        <IconShieldLock size={15} aria-hidden style={{ flex: 'none' }} />
        <Text size="xs">
          {blocked === 0
            ? 'Shown without scripts.'
            : `Shown without scripts; ${blocked} remote ${blocked === 1 ? 'item was' : 'items were'} not loaded, so the sender cannot tell that it was read.`}
        </Text>
      </Group>
      <iframe
        className={classes.frame}
        title="The mail as HTML"
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={document}
      />
    </Stack>
  );
}
