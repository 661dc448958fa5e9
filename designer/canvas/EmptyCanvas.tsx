import { Button, Group, Kbd, Paper, Stack, Text, Title } from '@mantine/core';
import { IconArrowDown, IconArrowFork, IconInbox } from '@tabler/icons-react';
import type { ActionType } from '../../schemas/actions/index.ts';
import classes from './EmptyCanvas.module.css';

/** What an empty canvas teaches: the idea in a picture, and the first step as a button. */
export function EmptyCanvas({ onStart }: { onStart: (type: ActionType) => void }) {
  return (
    <div className={classes.root}>
      <Paper className={classes.panel} p="xl" radius="lg" shadow="sm">
        <Stack align="center" gap="md">
          <Group gap={6} c="var(--sluice-muted)" aria-hidden>
            <IconArrowFork size={26} stroke={1.5} />
            <IconArrowDown size={16} stroke={1.5} />
            <IconInbox size={26} stroke={1.5} />
          </Group>
          <Title order={2}>Draw what happens to a mail</Title>
          <Text size="sm" c="var(--sluice-muted)" ta="center" maw={400}>
            A mail starts at the top and follows the connections down, one action at a time, until it waits in a queue
            or ends. Drag actions here from the palette, then draw from an outcome at a card’s lower edge to the next
            card.
          </Text>
          <Group gap="xs">
            <Button leftSection={<IconArrowFork size={15} />} onClick={() => onStart('decision')}>
              Start with a decision
            </Button>
            <Button
              variant="default"
              leftSection={<IconInbox size={15} />}
              onClick={() => onStart('transfer-to-queue')}
            >
              Send everything to a queue
            </Button>
          </Group>
          <Text size="xs" c="var(--sluice-muted)">
            <Kbd size="xs">/</Kbd> finds an action, <Kbd size="xs">?</Kbd> shows all shortcuts
          </Text>
        </Stack>
      </Paper>
    </div>
  );
}
