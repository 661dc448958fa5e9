import { Button, Group, Modal, Stack } from '@mantine/core';
import { useEffect } from 'react';
import { isEnding } from '../../../schemas/actions/index.ts';
import { Connections } from '../../inspector/Connections.tsx';
import { notifyRefused } from '../../shell/notify-refused.ts';
import { useEditor, useEditorStore, useSheet } from '../../state/useEditor.ts';

/** Connecting by keyboard: where each outcome of one action leads. */
export function ConnectDialog() {
  const store = useEditorStore();
  const id = useEditor((state) => state.connecting);
  const action = useSheet((sheet) => (id === null ? undefined : sheet.actions[id]));
  const isEnd = action !== undefined && isEnding(action.type);
  const close = () => store.getState().openConnectMenu(null);

  useEffect(() => {
    if (!isEnd) return;
    notifyRefused(`“${action.name}” ends the flow: nothing follows it.`);
    store.getState().openConnectMenu(null);
  }, [isEnd, action, store]);

  if (id === null || action === undefined || isEnd) return null;
  return (
    <Modal opened onClose={close} title={`Connect “${action.name}”`} size="sm">
      <Stack gap="md">
        <Connections id={id} isFirstFocused />
        <Group justify="flex-end">
          <Button onClick={close}>Done</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
