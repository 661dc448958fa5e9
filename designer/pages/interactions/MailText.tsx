import { ScrollArea, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Email } from '../../../schemas/email.ts';
import { UnfoldButton } from '../../shell/UnfoldButton.tsx';
import classes from './MailPanel.module.css';

/** What the sender wrote now; the mail that it answers, and the signature, only when asked for. */
export function MailText({ email: { text, replyText } }: { email: Pick<Email, 'text' | 'replyText'> }) {
  const [isWhole, setWhole] = useState(false);
  if (text.trim() === '') return <Text c="var(--sluice-muted)">This mail has no text.</Text>;
  const hasMore = replyText.trim() !== '' && folded(replyText) !== folded(text);
  return (
    <Stack gap="xs" align="flex-start">
      <ScrollArea.Autosize mah={460} w="100%" type="auto" viewportProps={{ tabIndex: 0 }}>
        <Text size="md" className={classes.text} dir="auto">
          {hasMore && !isWhole ? replyText : text}
        </Text>
      </ScrollArea.Autosize>
      {hasMore && <UnfoldButton what="quoted text and signature" isShown={isWhole} onToggle={setWhole} />}
    </Stack>
  );
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
