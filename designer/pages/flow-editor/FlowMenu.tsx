import { ActionIcon, Menu, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconDots, IconTrash } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { useStore } from 'zustand';
import { useDiscardDraft } from '../../api/flows.ts';
import { CommandMenuItem } from '../../commands/CommandMenuItem.tsx';
import { notifyError } from '../../shell/notify.ts';
import { useEditor } from '../../state/useEditor.ts';
import type { Autosave } from './autosave.ts';
import classes from './FlowEditor.module.css';

interface FlowMenuProps {
  autosave: Autosave;
  onReload: () => Promise<void>;
}

/** What is needed now and then: files, former versions, giving up a draft. */
export function FlowMenu({ autosave, onReload }: FlowMenuProps) {
  const id = useEditor((state) => state.history.flow.id);
  const isReadOnly = useEditor((state) => state.isReadOnly);
  const hasDraft = useStore(autosave.state, (state) => state.hasDraft);
  const baseVersion = useStore(autosave.state, (state) => state.baseVersion);
  const discard = useDiscardDraft(id);
  const navigate = useNavigate();
  const confirmDiscard = () =>
    modals.openConfirmModal({
      title: 'Discard the draft?',
      children: (
        <Text size="sm">
          {baseVersion === null
            ? 'This flow was never published: discarding its draft deletes all of it.'
            : 'The flow goes back to what is published. What you changed since then is lost, also for undo.'}
        </Text>
      ),
      labels: { confirm: 'Discard the draft', cancel: 'Keep it' },
      confirmProps: { color: 'red' },
      onConfirm: () => {
        autosave.discarded();
        discard.mutate(undefined, {
          onSuccess: () => void (baseVersion === null ? navigate('/flows') : onReload()),
          onError: (error) => notifyError(error),
        });
      },
    });
  return (
    <Menu position="bottom-end" width={240} shadow="md">
      <Menu.Target>
        <ActionIcon aria-label="More">
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.narrow}>
          <CommandMenuItem id="commands" />
          <CommandMenuItem id="arrange" />
          <Menu.Divider />
        </div>
        <CommandMenuItem id="export-file" />
        <CommandMenuItem id="import-file" />
        <CommandMenuItem id="shortcuts" />
        <CommandMenuItem id="history" />
        <CommandMenuItem id="copy-link" />
        {!isReadOnly && hasDraft && (
          <>
            <Menu.Divider />
            <Menu.Item
              color="var(--mantine-color-error)"
              leftSection={<IconTrash size={15} />}
              onClick={confirmDiscard}
            >
              Discard the draft
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
