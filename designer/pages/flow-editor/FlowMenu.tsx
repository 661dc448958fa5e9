import { ActionIcon, FileButton, Menu, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconDots, IconDownload, IconHistory, IconKeyboard, IconTrash, IconUpload } from '@tabler/icons-react';
import { useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import { useStore } from 'zustand';
import { useDiscardDraft, useVersions } from '../../api/flows.ts';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { replaceFlow } from '../../state/commands/replace-flow.ts';
import { useEditor, useEditorStore } from '../../state/useEditor.ts';
import type { Autosave } from './autosave.ts';
import { downloadJson, readFlowFile } from './flow-file.ts';

interface FlowMenuProps {
  autosave: Autosave;
  onShortcuts: () => void;
  onReload: () => Promise<void>;
}

/** What is needed now and then: files, former versions, giving up a draft. */
export function FlowMenu({ autosave, onShortcuts, onReload }: FlowMenuProps) {
  const store = useEditorStore();
  const id = useEditor((state) => state.history.flow.id);
  const isReadOnly = useEditor((state) => state.isReadOnly);
  const hasDraft = useStore(autosave.state, (state) => state.hasDraft);
  const baseVersion = useStore(autosave.state, (state) => state.baseVersion);
  const discard = useDiscardDraft(id);
  const navigate = useNavigate();
  const versions = useVersions(id);
  const resetFile = useRef<() => void>(null);

  const load = async (file: File | null) => {
    if (file === null) return;
    try {
      store.getState().run(replaceFlow(await readFlowFile(file), 'Import a file'));
      notifyDone(`${file.name} is on the canvas. Undo takes it back.`);
    } catch (error) {
      notifyError(error, `${file.name} could not be imported`);
    }
    resetFile.current?.();
  };
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
        autosave.stop();
        discard.mutate(undefined, {
          onSuccess: () => void (baseVersion === null ? navigate('/flows') : onReload()),
          onError: (error) => notifyError(error),
        });
      },
    });
  return (
    <FileButton accept="application/json,.json" onChange={(file) => void load(file)} resetRef={resetFile}>
      {(fileButton) => (
        <Menu position="bottom-end" width={240} shadow="md">
          <Menu.Target>
            <ActionIcon aria-label="More">
              <IconDots size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconDownload size={15} />}
              onClick={() => downloadJson(`${id}.flow.json`, store.getState().history.flow)}
            >
              Export as a file
            </Menu.Item>
            {!isReadOnly && (
              <Menu.Item leftSection={<IconUpload size={15} />} onClick={fileButton.onClick}>
                Import a file
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconKeyboard size={15} />} onClick={onShortcuts}>
              Keyboard shortcuts
            </Menu.Item>
            {(versions.data?.items.length ?? 0) > 0 && <Menu.Divider />}
            {versions.data?.items.slice(0, 5).map(({ version, message }) => (
              <Menu.Item
                key={version}
                component={Link}
                to={`/flows/${id}?version=${version}`}
                leftSection={<IconHistory size={15} />}
              >
                <Text size="sm" truncate="end">
                  Version {version}: {message}
                </Text>
              </Menu.Item>
            ))}
            {!isReadOnly && hasDraft && (
              <>
                <Menu.Divider />
                <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={confirmDiscard}>
                  Discard the draft
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </FileButton>
  );
}
