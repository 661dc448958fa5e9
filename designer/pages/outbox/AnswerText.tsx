import { Skeleton, Tabs, Text } from '@mantine/core';
import type { OutboxDetail } from '../../../schemas/api/outbox.ts';
import { useInteraction } from '../../api/interactions.ts';
import { MailHtml } from '../interactions/MailHtml.tsx';

/** What the answer says: as text, and as HTML where the flow wrote both. */
export function AnswerText({ item }: { item: OutboxDetail }) {
  const interaction = useInteraction(item.interaction);
  // The run that wanted the answer keeps its HTML; the outbox has the text to find it by.
  const html = interaction.data?.run?.effects.find(
    // Below it may stand the signature of the route, and the mail quoted.
    ({ html, body }) => html !== undefined && (item.text === body || item.text.startsWith(`${body.trimEnd()}\n\n`)),
  )?.html;
  const text = (
    <Text size="md" dir="auto" style={{ whiteSpace: 'pre-wrap' }}>
      {item.text}
    </Text>
  );
  if (interaction.isPending) return <Skeleton h={160} role="status" aria-label="Loading: the answer" />;
  if (html === undefined) return text;
  return (
    <Tabs defaultValue="text">
      <Tabs.List>
        <Tabs.Tab value="text">Text</Tabs.Tab>
        <Tabs.Tab value="html">HTML</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="text" pt="sm">
        {text}
      </Tabs.Panel>
      <Tabs.Panel value="html" pt="sm">
        <MailHtml html={html} />
      </Tabs.Panel>
    </Tabs>
  );
}
