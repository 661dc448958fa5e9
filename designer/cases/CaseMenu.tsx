import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconDownload, IconFlask, IconPencil, IconTrash } from '@tabler/icons-react';
import type { CaseEntry } from '../../schemas/api/cases.ts';
import { caseMailUrl, useDeleteCase } from '../api/cases.ts';
import { confirm } from '../shell/confirm.tsx';
import { notifyDone, notifyError } from '../shell/notify.ts';
import { useEditor } from '../state/useEditor.ts';

interface CaseMenuProps {
  flow: string;
  item: CaseEntry;
  onTry: () => void;
  onEdit: () => void;
}

export function CaseMenu({ flow, item: { name, case: document, mail }, onTry, onEdit }: CaseMenuProps) {
  const isReadOnly = useEditor((state) => state.isReadOnly);
  const remove = useDeleteCase(flow);
  const askToDelete = () =>
    confirm({
      title: `Delete the case “${name}”?`,
      text: 'Its mail and its expectation are deleted, and the flow no longer has to treat this mail in any certain way. Git keeps both in its history.',
      yes: 'Delete the case',
      onYes: () =>
        remove.mutate(name, {
          onSuccess: () => notifyDone(`The case “${name}” is deleted.`),
          onError: (error) => notifyError(error, 'The case was not deleted'),
        }),
    });
  return (
    <Menu position="bottom-end" shadow="md" width={200}>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={`More for ${name}`}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFlask size={15} />} disabled={mail === null} onClick={onTry}>
          Try it step by step
        </Menu.Item>
        {!isReadOnly && (
          <Menu.Item leftSection={<IconPencil size={15} />} disabled={document === null} onClick={onEdit}>
            Change or rename
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconDownload size={15} />} component="a" href={caseMailUrl(flow, name)} download>
          Download the mail
        </Menu.Item>
        {!isReadOnly && (
          <Menu.Item color="var(--mantine-color-error)" leftSection={<IconTrash size={15} />} onClick={askToDelete}>
            Delete
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
