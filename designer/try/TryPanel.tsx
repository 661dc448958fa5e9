import { ActionIcon, Button, Group, Loader, ScrollArea, Stack, Title, Tooltip } from '@mantine/core';
import { IconBookmarkPlus, IconMailSearch, IconRefresh, IconX } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useStore } from 'zustand';
import { KeepCaseDialog } from '../cases/KeepCaseDialog.tsx';
import { ErrorNote } from '../shell/ErrorNote.tsx';
import { notifyError } from '../shell/notify.ts';
import { useEditor } from '../state/useEditor.ts';
import { MailChooser } from './MailChooser.tsx';
import { mailFromFile } from './mail-file.ts';
import { createServiceChoices } from './service-choices.ts';
import classes from './TryPanel.module.css';
import { TryResultView } from './TryResultView.tsx';
import { TrySituation } from './TrySituation.tsx';
import type { TryStore } from './try-store.ts';
import { useTrial } from './useTrial.ts';

/** Runs the flow as it is drawn on one mail, step by step; nothing is sent, nothing is kept. */
export function TryPanel({ trial, onClose }: { trial: TryStore; onClose: () => void }) {
  const id = useEditor((state) => state.history.flow.id);
  const isReadOnly = useEditor((state) => state.isReadOnly);
  const result = useStore(trial, (state) => state.result);
  const mail = useStore(trial, (state) => state.mail);
  const [services] = useState(() => createServiceChoices(id, localStorage));
  const [isOver, setIsOver] = useState(false);
  const [isKeeping, setIsKeeping] = useState(false);
  const { isRunning, error } = useTrial(trial, services);

  const drop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    if (file === undefined) return;
    event.preventDefault();
    setIsOver(false);
    mailFromFile(file).then(
      (dropped) => trial.getState().choose(dropped),
      (thrown) => notifyError(thrown, 'This file cannot be tried'),
    );
  };
  return (
    <section
      className={classes.root}
      aria-label="Try the flow"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <Group justify="space-between" px="md" pt="sm" pb={6} wrap="nowrap">
        <Group gap={8}>
          <Title order={2}>Try it</Title>
          {isRunning && <Loader size={14} role="progressbar" aria-label="The mail is running" />}
        </Group>
        <Group gap={2} wrap="nowrap">
          {mail !== null && (
            <>
              <Tooltip label="Run it again, and ask the services anew">
                <ActionIcon size="sm" aria-label="Run it again" onClick={() => trial.getState().runAgain()}>
                  <IconRefresh size={15} />
                </ActionIcon>
              </Tooltip>
              <Tooltip label="Try another mail">
                <ActionIcon size="sm" aria-label="Another mail" onClick={() => trial.getState().clear()}>
                  <IconMailSearch size={15} />
                </ActionIcon>
              </Tooltip>
            </>
          )}
          <ActionIcon size="sm" aria-label="Close the trial" onClick={onClose}>
            <IconX size={15} />
          </ActionIcon>
        </Group>
      </Group>
      <ScrollArea className={classes.content} type="auto" scrollbars="y">
        <Stack gap="md" px="md" pb="md">
          {mail === null && <MailChooser onTry={(chosen) => trial.getState().choose(chosen)} isTrying={isRunning} />}
          {error !== null && <ErrorNote error={error} title="It could not be tried" />}
          {result !== null && <TryResultView result={result} trial={trial} />}
          <TrySituation trial={trial} services={services} />
        </Stack>
      </ScrollArea>
      {result !== null && !isReadOnly && (
        <div className={classes.foot}>
          <Button
            variant="light"
            fullWidth
            leftSection={<IconBookmarkPlus size={15} />}
            onClick={() => setIsKeeping(true)}
          >
            Keep as a case
          </Button>
        </div>
      )}
      {isKeeping && <KeepCaseDialog trial={trial} onClose={() => setIsKeeping(false)} />}
    </section>
  );
}
