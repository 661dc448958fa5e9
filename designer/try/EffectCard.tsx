import { Badge, Group, Stack, Text } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import type { Effect } from '../../schemas/run.ts';
import classes from './TryPanel.module.css';

/** What would have been sent, as rendered, with the send guard's word on it. */
export function EffectCard({ effect }: { effect: Effect }) {
  return (
    <div className={classes.effect}>
      <Stack gap={5}>
        <Group gap={6} wrap="nowrap">
          <IconMail size={15} aria-hidden />
          <Text size="sm" fw={600} flex={1}>
            Auto-response
          </Text>
          <Badge color={effect.allowed ? 'green' : 'yellow'}>{effect.allowed ? 'would be sent' : 'withheld'}</Badge>
        </Group>
        {effect.reason !== '' && (
          <Text size="xs" c="var(--sluice-muted)">
            {effect.reason}
          </Text>
        )}
        <Text size="xs">
          To <bdi>{effect.to || 'nobody'}</bdi>
        </Text>
        <Text size="sm" fw={500}>
          <bdi>{effect.subject}</bdi>
        </Text>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
        <div className={classes.body} tabIndex={0}>
          {effect.body}
        </div>
      </Stack>
    </div>
  );
}
