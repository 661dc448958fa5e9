import { Button, Group, Loader, Stack, Text, TextInput } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { FlowSummary } from '../../../schemas/api/flows.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { useImportFlow } from '../../api/flows.ts';
import { FileIssues } from '../../files/FileIssues.tsx';
import { type ReadFlowFile, readFlowFile } from '../../files/flow-file.ts';
import { Dialog } from '../../shell/Dialog.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { isId, toId } from '../../shell/slug.ts';

interface OpenFileDialogProps {
  file: File;
  flows: readonly FlowSummary[];
  onClose: () => void;
}

/** A flow file becomes a new flow's draft, or goes on to the flow that has its id already. */
export function OpenFileDialog({ file, flows, onClose }: OpenFileDialogProps) {
  const [read, setRead] = useState<ReadFlowFile | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void readFlowFile(file).then((result) => isCurrent && setRead(result));
    return () => {
      isCurrent = false;
    };
  }, [file]);
  return (
    <Dialog onClose={onClose} title={`Open ${file.name}`} size="lg">
      {read === null ? (
        <Loader role="progressbar" aria-label="Reading the file" />
      ) : (
        <Stack gap="md">
          <FileIssues file={read} />
          {read.flow === null ? (
            <Group justify="flex-end">
              <Button onClick={onClose} data-autofocus>
                Close
              </Button>
            </Group>
          ) : (
            <OpenFlow file={file} flow={read.flow} flows={flows} onClose={onClose} />
          )}
        </Stack>
      )}
    </Dialog>
  );
}

function OpenFlow({ file, flow, flows, onClose }: OpenFileDialogProps & { flow: Flow }) {
  const taken = flows.map(({ id }) => id);
  const same = flows.find(({ id }) => id === flow.id);
  const create = useImportFlow();
  const navigate = useNavigate();
  const [name, setName] = useState(flow.name);
  const [id, setId] = useState(() => (same === undefined ? flow.id : toId(flow.id, taken)));
  const problem = !isId(id)
    ? 'Lower-case letters, digits and hyphens, beginning with a letter or digit'
    : taken.includes(id) && 'A flow with this id exists';
  const actions = Object.keys(flow.actions).length;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem) return;
    create.mutate({ flow: { ...flow, id, name: name.trim() } }, { onSuccess: () => void navigate(`/flows/${id}`) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">
          “<bdi>{flow.name}</bdi>”, {actions === 1 ? '1 action' : `${actions} actions`}.
        </Text>
        {same !== undefined && (
          <Group justify="space-between" gap="sm">
            <Text size="sm" style={{ flex: '1 1 260px' }}>
              There is a flow “{same.id}”. Look at what the file changes in it, or open the file as another flow below.
            </Text>
            <Button
              leftSection={<IconFileImport size={15} />}
              data-autofocus
              onClick={() => void navigate(`/flows/${same.id}`, { state: { file } })}
            >
              Import into “{same.name}”
            </Button>
          </Group>
        )}
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          label="Id"
          description={`Its file will be flows/${id}.flow.json`}
          required
          maxLength={64}
          value={id}
          error={problem}
          onChange={({ currentTarget }) => setId(currentTarget.value.toLowerCase())}
        />
        {create.error && <ErrorNote error={create.error} title="Not created" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant={same === undefined ? 'filled' : 'default'} loading={create.isPending}>
            Open as a new flow
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
