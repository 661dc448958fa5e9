import { ActionIcon, Button, Divider, Group, ScrollArea, Stack, Text, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { TryBody } from '../../schemas/api/try.ts';
import { useTryFlow } from '../api/flows.ts';
import { ErrorNote } from '../shell/ErrorNote.tsx';
import { useEditor, useEditorStore } from '../state/useEditor.ts';
import { MailChooser } from './MailChooser.tsx';
import classes from './TryPanel.module.css';
import { TryResultView } from './TryResultView.tsx';
import type { TryStore } from './try-store.ts';

/** Runs the flow as it is drawn on one mail; nothing is sent, nothing is kept. */
export function TryPanel({ trial, onClose }: { trial: TryStore; onClose: () => void }) {
  const store = useEditorStore();
  const id = useEditor((state) => state.history.flow.id);
  const flow = useEditor((state) => state.history.flow);
  const result = useStore(trial, (state) => state.result);
  const tried = useStore(trial, (state) => state.flow);
  const [mail, setMail] = useState<TryBody | null>(null);
  const call = useTryFlow(id);

  const start = (body: TryBody) => {
    const document = store.getState().history.flow;
    setMail(body);
    call.mutate({ ...body, document }, { onSuccess: (answer) => trial.getState().show(answer, document) });
  };
  return (
    <section className={classes.root} aria-label="Try the flow">
      <Group justify="space-between" px="md" pt="sm" pb={6}>
        <Title order={2}>Try it</Title>
        <ActionIcon size="sm" aria-label="Close the trial" onClick={onClose}>
          <IconX size={15} />
        </ActionIcon>
      </Group>
      <ScrollArea className={classes.content} type="auto" scrollbars="y">
        <Stack gap="md" px="md" pb="md">
          {result === null ? (
            <MailChooser onTry={start} isTrying={call.isPending} />
          ) : (
            <Group gap="xs" grow>
              <Button
                variant="light"
                disabled={mail === null}
                loading={call.isPending}
                onClick={() => mail !== null && start(mail)}
              >
                Run it again
              </Button>
              <Button variant="default" onClick={() => trial.getState().clear()}>
                Another mail
              </Button>
            </Group>
          )}
          {call.error !== null && <ErrorNote error={call.error} title="It could not be tried" />}
          {result !== null && tried !== flow && (
            <Text size="xs" c="var(--sluice-muted)">
              The flow has changed since. Run it again to see the difference.
            </Text>
          )}
          {result !== null && (
            <>
              <Divider />
              <TryResultView result={result} trial={trial} />
            </>
          )}
        </Stack>
      </ScrollArea>
    </section>
  );
}
